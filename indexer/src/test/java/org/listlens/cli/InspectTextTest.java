package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.HostClocks;
import org.listlens.document.ClockDocuments;
import org.listlens.document.EncodedAction;
import org.listlens.document.HostWindow;
import org.listlens.inspect.Document;
import org.listlens.inspect.Inspection;
import org.listlens.inspect.KnownClocks;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/**
 * Pages as a whole, against golden files that {@code -Dlistlens.update} writes anew. The mail is one that a list held for
 * over an hour, by a clock that ran 157 s ahead.
 */
class InspectTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DAY = Instant.parse("2021-07-06T00:00:00Z").toEpochMilli();

    @Test
    void withoutClocksThePageIsRawAndBlamesNobody() throws IOException {
        String page = page(Inspection.of(mail()), StandardCharsets.UTF_8);
        golden("inspect-alone.txt", page);
        assertThat(page)
                .contains("vger.kernel.org and mx.google.com differ by 1 min 30 s or more")
                .doesNotContain("corrected", "is wrong:");
    }

    @Test
    void clocksCorrectThePage() throws IOException {
        String page = page(Inspection.of(mail(), clocks()), StandardCharsets.UTF_8);
        golden("inspect-clocks.txt", page);
        assertThat(page.lines()
                        .filter(line -> line.startsWith("  list") || line.startsWith("  outbound"))
                        .map(line -> line.strip().replaceAll(" {2,}", "|")))
                .containsExactly(
                        "list|1 h 18 min 39 s|1 h 16 min 1 s|within the list, run by vger.kernel.org",
                        "outbound|-1 min 30 s|1 min 7 s|from the list to the archive's first host");
        assertThat(page).contains("Held longest: vger.kernel.org", "vger.kernel.org  is wrong: 157.0 s ahead");
    }

    @Test
    void documentsAloneTellTheSameButForTheDepthsAndPlaces() throws IOException {
        Inspection whole = Inspection.of(mail(), clocks());
        Inspection stored = new Inspection(whole.message(), whole.delivery(), whole.hops(), whole.clocks(), null);
        assertThat(page(stored, StandardCharsets.UTF_8))
                .isEqualTo(page(whole, StandardCharsets.UTF_8).replaceAll("(?s)\n  by depth.*?\n\n", "\n\n"));
    }

    @Test
    void jsonHoldsEachLineAsItStood() throws IOException {
        ParsedMail mail = parse("""
                Content-Type: text/plain; format=flowed

                On Tue, 6 Jul 2021, Jane Doe\s
                <jane@example.com> wrote:
                >> Is it\s
                >> ready?
                > It is.
                Good.
                --\s
                John
                """.getBytes(StandardCharsets.UTF_8));
        StringWriter out = new StringWriter();
        Inspection.of(mail).writeJson(out);

        List<String> lines = new ArrayList<>();
        for (JsonNode line : JSON.readTree(out.toString()).path("lines")) {
            assertThat(line.path("line").asInt()).isEqualTo(lines.size() + 1);
            lines.add(line.path("class").asText()
                    + ' '
                    + line.path("depth").asInt()
                    + ' '
                    + line.path("text").asText());
        }
        assertThat(lines)
                .containsExactly(
                        "attribution 0 On Tue, 6 Jul 2021, Jane Doe ",
                        "attribution 0 <jane@example.com> wrote:",
                        "quoted 2 >> Is it ",
                        "quoted 2 >> ready?",
                        "quoted 1 > It is.",
                        "new 0 Good.",
                        "signature 0 -- ",
                        "signature 0 John");
    }

    @Test
    void theQuoteMapShowsRunsOfLines() throws IOException {
        ParsedMail mail = parse("""
                From: Jane Doe <jane@example.com>

                Hello,

                John Roe wrote:
                > > Is it ready?
                >
                > It is, and so are the others that we
                > talked about.

                Good.
                --\s
                Jane
                """.getBytes(StandardCharsets.UTF_8));
        Page page = new Page(80);
        new InspectText(page, Inspection.of(mail)).write();

        assertThat(printed(page, StandardCharsets.UTF_8)).contains("""
                Quotes      4 lines quoted up to 2 levels deep, 2 new (40 %), answered below the
                            quote
                """, """
                      1            new             Hello,
                      3            attribution     John Roe wrote:
                      4  ██        quoted 2        Is it ready?
                    6–7  █         quoted 1        It is, and so are the others that we
                      9            new             Good.
                  10–11            signature       --
                """);
    }

    @Test
    void whereTheMessageIsAnotherCopysItsHeaderIsNotTaken() throws IOException {
        Inspection whole = Inspection.of(mail());
        Document other = parse("{\"delivery\":{\"id\":\"other\"},\"header\":{\"lines\":[\"From: x@example.com\"]}}");
        Inspection stored = new Inspection(other, whole.delivery(), whole.hops(), List.of(), null);
        assertThat(stored.authentication()).isNull();
        assertThat(page(stored, StandardCharsets.UTF_8))
                .contains("1 signature of example.com; selectors sel1", "1 set of google.com, cv=none", "dmarc=pass");
    }

    @Test
    void noLineIsWiderThanThePage() throws IOException {
        for (int width : new int[] {80, 100, 160}) {
            Page page = new Page(width);
            new InspectText(page, Inspection.of(mail(), clocks())).write();
            assertThat(printed(page, StandardCharsets.UTF_8).lines()).allMatch(line -> line.length() <= width);
        }
    }

    @Test
    void aTerminalWithoutUtf8GetsBarsOfAscii() throws IOException {
        String page = page(Inspection.of(mail(), clocks()), StandardCharsets.US_ASCII);
        assertThat(page.chars()).allMatch(character -> character < 128);
        assertThat(page).contains("#####").doesNotContain("????");
        assertThat(page.lines().toList())
                .hasSameSizeAs(page(Inspection.of(mail(), clocks()), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
    }

    @Test
    void whatStrangersWroteCannotDriveTheTerminal() throws IOException {
        String evil = "x\u001b[2J\u202e\u0007\u009b31m";
        String mail = "Received: from " + evil + " (" + evil + " [192.0.2.1]) by b" + evil
                + ".example.org (Postfix) with " + evil + " id " + evil + " for <" + evil
                + "@example.org>; Tue, 6 Jul 2021 08:14:09 -0700\n"
                + "Received: by a.example.org via " + evil + " id 1; Tue, 6 Jul 2021 08:14:00 -0700\n"
                + "Authentication-Results: " + evil + "; spf=" + evil + " smtp.mailfrom=" + evil + "\n"
                + "DKIM-Signature: v=1; a=" + evil + "; d=" + evil + "; s=" + evil + "; h=from; bh=x; b=y\n"
                + "ARC-Seal: i=1; cv=" + evil + "; d=" + evil + "; s=" + evil + "; a=" + evil + "; b=x\n"
                + "From: " + evil + " <" + evil + "@example.org>\nSubject: " + evil + "\nMessage-ID: <" + evil
                + "@x>\nList-Id: <" + evil + ".example.org>\n\n> " + evil + "\n";
        String page = page(Inspection.of(parse(mail.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8);
        assertThat(page).contains("Hops, oldest first");
        assertThat(page.codePoints().filter(point -> point != '\n'))
                .allMatch(point ->
                        Character.getType(point) != Character.CONTROL && Character.getType(point) != Character.FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no header at all", "From: a@example.org\n\n", "Received: by\n\n"})
    void whateverTheMailThereIsAPage(String mail) throws IOException {
        String page = page(Inspection.of(parse(mail.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8);
        assertThat(page).startsWith("Subject     (none)").contains("Authentication, as the header tells it\n  nothing");
    }

    @Test
    void jsonHoldsTheDocumentsAsTheEngineHasThem() throws IOException {
        StringWriter out = new StringWriter();
        Inspection.of(mail(), clocks()).writeJson(out);
        assertThat(out.toString()).endsWith("}\n");
        JsonNode json = JSON.readTree(out.toString());
        assertThat(json.propertyStream().map(field -> field.getKey()))
                .containsExactly("message", "delivery", "hops", "clocks", "lines");
        assertThat(json.at("/message/email/subject").asText()).isEqualTo("Re: [PATCH 0/2] A mail that waited");
        JsonNode delivery = json.at("/delivery/delivery");
        assertThat(delivery.path("held_by").asText()).isEqualTo("vger.kernel.org");
        assertThat(delivery.path("held_corrected_by").asText()).isEqualTo("vger.kernel.org");
        assertThat(delivery.path("list_ms").asLong()).isEqualTo(4_719_000);
        assertThat(delivery.path("list_corrected_ms").asLong()).isEqualTo(4_561_000);
        assertThat(delivery.path("outbound_ms").asLong()).isEqualTo(-90_000);
        assertThat(delivery.path("outbound_corrected_ms").asLong()).isEqualTo(67_000);
        assertThat(json.at("/delivery/authentication/dmarc/result/0").asText()).isEqualTo("pass");
        assertThat(json.path("hops")).hasSize(7);
        assertThat(json.at("/hops/4/hop/times/connected").asText()).isEqualTo("2021-07-06T15:13:58.000Z");
        assertThat(json.at("/clocks/0/host/name").asText()).isEqualTo("lindbergh.monkeyblade.net");
        assertThat(json.at("/clocks/1/clock/verdict").asText()).isEqualTo("wrong");
        assertThat(json.at("/clocks/1/clock/offset_ms").asLong()).isEqualTo(157_000);
    }

    @Test
    void aDocumentIsWrittenAsItWasRead() throws IOException {
        String text = "{\"a\":{\"b\":[1,-2.5,null,true,{\"c\":\"\u00fc\"}],\"d\":[]},\"e\":123456789012}";
        Document document = parse(text);
        StringWriter out = new StringWriter();
        new Inspection(document, document, List.of(document), List.of(), null).writeJson(out);
        JsonNode json = JSON.readTree(out.toString());
        assertThat(json.path("message")).isEqualTo(JSON.readTree(text));
        assertThat(json.at("/hops/0")).isEqualTo(JSON.readTree(text));
        assertThat(document.number("e")).isEqualTo(123456789012L);
        assertThat(document.number("a.b")).isEqualTo(1);
        assertThat(document.text("a.b.c")).isNull();
        assertThat(document.number("a.x.y")).isNull();
    }

    private static ParsedMail mail() throws IOException {
        try (InputStream in = InspectTextTest.class.getResourceAsStream("inspect.eml")) {
            return parse(Objects.requireNonNull(in).readAllBytes());
        }
    }

    private static ParsedMail parse(byte[] bytes) {
        return new MailParser(Limits.DEFAULT)
                .parse(new RawMail(new Origin("/archive/dev.mbox", "0"), bytes, bytes.length));
    }

    private static Document parse(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Document.parse(bytes, 0, bytes.length);
    }

    private static KnownClocks clocks() throws IOException {
        List<ClockWindow> windows = List.of(
                window("lindbergh.monkeyblade.net", 0L, -1_000L, 1_000L, 0, ClockWindow.Verdict.RIGHT, 0.99),
                window("vger.kernel.org", 157_000L, 155_500L, 158_500L, 1_700, ClockWindow.Verdict.WRONG, 0.98),
                window("mx.google.com", null, null, 2_000L, 0, ClockWindow.Verdict.RIGHT, 0.9));
        HostClocks clocks = new HostClocks();
        clocks.add(windows);
        List<Document> documents = new ArrayList<>();
        for (ClockWindow window : windows) {
            EncodedAction action = ClockDocuments.host(new HostWindow(window, List.of(), null, null))
                    .action();
            String body = new String(action.body(), StandardCharsets.UTF_8);
            documents.add(parse(body.substring(body.indexOf('\n') + 1)));
        }
        return new KnownClocks(clocks, documents);
    }

    private static ClockWindow window(
            String host,
            @Nullable Long offset,
            @Nullable Long min,
            @Nullable Long max,
            long drift,
            ClockWindow.Verdict verdict,
            double confidence) {
        return new ClockWindow(host, DAY, DAY + 86_400_000, offset, min, max, drift, verdict, confidence, 58);
    }

    private static String page(Inspection inspection, Charset charset) {
        Page page = new Page(100);
        new InspectText(page, inspection).write();
        return printed(page, charset);
    }

    private static String printed(Page page, Charset charset) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        page.print(new PrintStream(out, true, charset));
        return out.toString(charset).replace("\r\n", "\n");
    }

    private static void golden(String name, String page) throws IOException {
        if (System.getProperty("listlens.update") != null) {
            Files.writeString(
                    Path.of(
                            System.getProperty("listlens.root", ""),
                            "indexer/src/test/resources/org/listlens/cli",
                            name),
                    page);
        }
        try (InputStream expected = InspectTextTest.class.getResourceAsStream(name)) {
            assertThat(page)
                    .isEqualTo(
                            new String(Objects.requireNonNull(expected, name).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
