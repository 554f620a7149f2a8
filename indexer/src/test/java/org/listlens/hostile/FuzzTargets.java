package org.listlens.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.listlens.body.BodyParser;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.header.Addresses;
import org.listlens.header.DateTimes;
import org.listlens.header.EncodedWords;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.header.MailCharsets;
import org.listlens.header.MailingLists;
import org.listlens.header.MessageIds;
import org.listlens.header.ParameterizedValue;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.RawMail;
import org.listlens.mail.Role;
import org.listlens.parse.MailParser;
import org.listlens.patch.PatchParser;
import org.listlens.patch.TrailerParser;
import org.listlens.people.DisplayNames;
import org.listlens.people.Mailmap;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.Quotations;
import org.listlens.quote.QuoteParser;
import org.listlens.source.Collected;
import org.listlens.source.MboxDialect;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;
import org.listlens.trace.ReceivedParser;

/**
 * Every parser with any octets, as targets for Jazzer, which calls {@link #fuzzerTestOneInput}; the system property {@code
 * listlens.fuzz} names the target (docs/hostile-mail.md has the command). The build runs all of them on their seeds.
 */
@SuppressWarnings("StringConcatToTextBlock") // Line ends are what some of the seeds are about.
final class FuzzTargets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PseudonymKey KEY = new PseudonymKey("a key of enough characters");
    private static final List<String> DATES =
            List.of("Tue, 6 Jul 2021 15:15:32 +0200 (CEST)", "2021-07-06 15:15", "6 Jul 21");

    private static final Map<String, Target> TARGETS = new LinkedHashMap<>();

    static {
        put("mail", FuzzTargets::mail, Stream.concat(headers(), bodies()));
        put("lineEnds", FuzzTargets::lineEnds, Stream.concat(headers(), bodies()));
        put("pseudonyms", FuzzTargets::pseudonyms, headers());
        put("header", FuzzTargets::header, headers());
        put("addresses", FuzzTargets::addresses, values());
        put("dates", FuzzTargets::dates, values());
        put("encodedWords", FuzzTargets::encodedWords, values());
        put("messageIds", FuzzTargets::messageIds, values());
        put("parameters", FuzzTargets::parameters, values());
        put("received", FuzzTargets::received, values());
        put("authentication", FuzzTargets::authentication, values());
        put("quotes", FuzzTargets::quotes, bodies());
        put("patches", FuzzTargets::patches, bodies());
        put("html", FuzzTargets::html, bodies());
        put("flowedText", FuzzTargets::flowedText, bodies());
        put("multiparts", FuzzTargets::multiparts, headers());
        put("mailmap", FuzzTargets::mailmap, values());
        put("archive", FuzzTargets::archive, archives());
        put("mbox", FuzzTargets::mbox, archives());
    }

    private static final @Nullable Target CHOSEN = TARGETS.get(System.getProperty("listlens.fuzz", ""));

    private FuzzTargets() {}

    /** What is to hold for any octets. */
    @FunctionalInterface
    interface Check {
        void run(byte[] octets) throws IOException;
    }

    /**
     * A target.
     *
     * @param seeds what to begin with
     */
    record Target(String name, Check check, List<byte[]> seeds) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Collection<Target> all() {
        return TARGETS.values();
    }

    /** Jazzer's way in. */
    public static void fuzzerTestOneInput(byte[] octets) throws IOException {
        if (CHOSEN == null) {
            throw new IllegalStateException("-Dlistlens.fuzz= is none of " + TARGETS.keySet());
        }
        CHOSEN.check().run(octets);
    }

    /** Writes the seeds of a target into a folder, for Jazzer to begin with. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        Target target = Objects.requireNonNull(TARGETS.get(arguments[0]), "no such target");
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(folder.resolve("seed-" + i), target.seeds().get(i));
        }
    }

    private static void put(String name, Check check, Stream<byte[]> seeds) {
        TARGETS.put(name, new Target(name, check, seeds.toList()));
    }

    private static Stream<byte[]> headers() {
        return octets(
                "From: =?utf-8?q?J=C3=A9?= Doe <jane@example.org>\nTo: list@example.com (List), group: a@example.net;\n"
                        + "Message-ID: <1@example.org>\nReferences: <a@b> <c@d>\nDate: Tue, 6 Jul 2021 15:15:32 +0200\n"
                        + "Subject: [PATCH v2 1/2] Re: a\nList-Id: List <list.example.com>\n"
                        + "Received: from a.example.com (a.example.com [192.0.2.1]) by b.example.com (Postfix) with ESMTPS"
                        + " id 4GK5; Tue, 6 Jul 2021 15:15:32 +0200\n"
                        + "Authentication-Results: mx.example.com; dkim=pass header.d=example.org; spf=fail\n"
                        + "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s; h=from:to; bh=YQ==; b=YQ==\n\ntext\n",
                "ARC-Seal: i=1; cv=none; d=example.com; s=s; b=YQ==\nARC-Message-Signature: i=1; d=example.com; h=from;"
                        + " bh=YQ==; b=YQ==\nARC-Authentication-Results: i=1; mx.example.com; dkim=pass header.d=example.org\n"
                        + "Received-SPF: pass (a) client-ip=192.0.2.1; receiver=mx.example.com\nDate: 6 Jul 2021\n\n",
                "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n"
                        + "<p>a<blockquote>b</blockquote>\n--b\nContent-Type: message/rfc822\n\nSubject: c\n\nd\n--b--\n");
    }

    private static Stream<byte[]> bodies() {
        return octets(
                "On Tue, 6 Jul 2021 at 15:15, Jane Doe <jane@example.org> wrote:\n> a\n>> b\nnew\n-- \nJane\n",
                "-----Original Message-----\nFrom: Jane\nSent: Tuesday\nSubject: a\n\nold\n",
                "a\n\nSigned-off-by: Jane Doe <jane@example.org>\n---\n a | 2 +-\n 1 file changed, 1 insertion(+)\n\n"
                        + "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n",
                "<html><body><div>a<br>&amp;<pre>b</pre></div></body></html>",
                "begin 644 a\n#86)C\n`\nend\n");
    }

    private static Stream<byte[]> values() {
        return octets(
                "Jane Doe <jane@example.org>, \"Doe, J\" <j@example.org> (c), g: a@b.example, c@d.example;",
                "=?utf-8?q?J=C3=A9?= =?iso-2022-jp?b?GyRCJCIbKEI=?= =?utf-8?b?w6k=?=",
                "Tue, 6 Jul 2021 15:15:32 +0200 (CEST)",
                "<1@example.org> (comment) \"quoted\" <2@example.org>",
                "text/plain; charset=\"utf-8\"; name*0*=utf-8'en'%41; name*1=b; format=flowed",
                "from a.example.com (HELO a) (192.0.2.1) by b.example.com with SMTP; 6 Jul 2021 13:15:32 -0000",
                "pass (mx: domain of a@example.org) client-ip=192.0.2.1;",
                "Jane Doe <jane@example.org> <other@example.org>\n# comment\nJ <a@example.org> K <b@example.org>\n");
    }

    private static Stream<byte[]> archives() {
        return octets(
                "From jane@example.org Tue Jul  6 15:15:32 2021\nSubject: a\nContent-Length: 4\n\nb\n>From c\n\n"
                        + "From jane@example.org Tue Jul  6 15:15:33 2021\nSubject: d\n\ne\n",
                "\u0001\u0001\u0001\u0001\nSubject: a\n\nb\n\u0001\u0001\u0001\u0001\n",
                "20\nSubject: a\n\nb\n<plist></plist>",
                "Subject: a\nFrom: b@example.org\n\nc\n",
                "PK\u0003\u0004\u0014\0\b\0\0\0",
                "\u001f\u008b\b\0\0\0\0\0\0\u0003",
                "(\u00b5/\u00fd\u0004",
                "BZh91AY&SY",
                "\u00fd7zXZ\0\0\u0004");
    }

    private static Stream<byte[]> octets(String... texts) {
        return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void mail(byte[] octets) throws IOException {
        ParsedMail mail = parsed(octets);
        isValid(mail);
        delaysAddUp(mail.hops());
        MailParser parser = new MailParser(Limits.DEFAULT);
        assertThat(parser.trace(raw(octets)).digest()).isEqualTo(mail.digest());
        assertThat(parser.identify(raw(octets)).messageId()).isEqualTo(mail.messageId());
    }

    /** What line ends are used makes no difference. */
    private static void lineEnds(byte[] octets) {
        byte[] lf = withoutCr(octets);
        ParsedMail one = parsed(lf);
        ParsedMail other = parsed(crlf(lf));
        assertThat(other.digest()).isEqualTo(one.digest());
        assertThat(other.messageId()).isEqualTo(one.messageId());
        assertThat(other.subject()).isEqualTo(one.subject());
        assertThat(other.date()).isEqualTo(one.date());
        assertThat(other.references()).isEqualTo(one.references());
        assertThat(other.participants()).isEqualTo(one.participants());
        assertThat(other.hops()).hasSameSizeAs(one.hops());
        assertThat(text(other)).isEqualTo(text(one));
    }

    private static void pseudonyms(byte[] octets) throws IOException {
        isValid(new Pseudonymizer(KEY).apply(parsed(octets)));
    }

    private static void header(byte[] octets) {
        Defects defects = new Defects(100);
        HeaderBlock header = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);
        assertThat(header.bodyOffset()).isBetween(0, octets.length);
        MailingLists.find(header, defects);
        Addresses.parseAll(header, Limits.DEFAULT, defects);
    }

    private static void addresses(byte[] octets) {
        for (Role role : new Role[] {Role.FROM, Role.TO}) {
            HeaderField field = new HeaderField(role == Role.FROM ? "From" : "To", value(octets), 0);
            for (Participant participant : Addresses.parse(role, field, Limits.DEFAULT, new Defects(10))) {
                DisplayNames.clean(participant.name(), participant.address());
            }
        }
    }

    private static void dates(byte[] octets) {
        String value = value(octets);
        DateTimes.parse(value);
        DateTimes.parse(DATES.getFirst() + value);
    }

    private static void encodedWords(byte[] octets) {
        String value = value(octets);
        EncodedWords.decode(value, new Defects(10));
        MailCharsets.forName(value);
    }

    private static void messageIds(byte[] octets) {
        assertThat(MessageIds.parse(value(octets), 10, new Defects(10), 0))
                .hasSizeLessThanOrEqualTo(10)
                .doesNotHaveDuplicates();
    }

    private static void parameters(byte[] octets) {
        assertThat(ParameterizedValue.parse(value(octets))).isNotNull();
    }

    private static void received(byte[] octets) {
        assertThat(ReceivedParser.parse(value(octets))).isNotNull();
    }

    private static void authentication(byte[] octets) throws IOException {
        String value = value(octets).replace('\n', ' ');
        isValid(parsed(("Authentication-Results: " + value + "\nARC-Authentication-Results: i=1; " + value
                        + "\nARC-Seal: i=1; " + value + "\nDKIM-Signature: " + value + "\nReceived-SPF: " + value
                        + "\nARC-Message-Signature: i=1; " + value + "\n\n")
                .getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void quotes(byte[] octets) {
        ClassifiedLines lines = QuoteParser.classify(value(octets));
        lines.toQuotes();
        Quotations.of(lines, List.of());
        TrailerParser.parse(lines);
    }

    private static void patches(byte[] octets) {
        String text = value(octets);
        int end = Math.max(0, text.indexOf('\n'));
        new PatchParser()
                .parse(
                        text.substring(0, end),
                        "jane@example.org",
                        true,
                        List.of(),
                        QuoteParser.classify(text.substring(end)));
    }

    private static void html(byte[] octets) {
        body("text/html", octets);
    }

    private static void flowedText(byte[] octets) {
        body("text/plain; format=flowed; delsp=yes", octets);
    }

    private static void multiparts(byte[] octets) {
        body("multipart/mixed; boundary=b", octets);
    }

    private static void mailmap(byte[] octets) {
        assertThat(new Mailmap(value(octets))).isNotNull();
    }

    /** As it is, and octet by octet. */
    private static void archive(byte[] octets) throws IOException {
        Collected whole = read(new ByteArrayInputStream(octets), null);
        Collected slow = read(slowly(octets), null);
        assertThat(slow == null).isEqualTo(whole == null);
        if (slow != null && whole != null) {
            assertThat(slow.texts()).isEqualTo(whole.texts());
            assertThat(slow.rejected).isEqualTo(whole.rejected);
        }
    }

    private static void mbox(byte[] octets) throws IOException {
        ByteArrayOutputStream mbox = new ByteArrayOutputStream();
        mbox.writeBytes("From jane@example.org Tue Jul  6 15:15:32 2021\n".getBytes(StandardCharsets.US_ASCII));
        mbox.writeBytes(octets);
        for (MboxDialect dialect : MboxDialect.values()) {
            Collected whole = read(new ByteArrayInputStream(mbox.toByteArray()), dialect);
            Collected slow = read(slowly(mbox.toByteArray()), dialect);
            assertThat(slow == null).isEqualTo(whole == null);
            if (slow != null && whole != null) {
                assertThat(slow.texts()).isEqualTo(whole.texts());
            }
        }
    }

    private static @Nullable Collected read(InputStream in, @Nullable MboxDialect dialect) throws IOException {
        try {
            return Collected.of(Sources.stream("-", in, new SourceOptions(Limits.DEFAULT, dialect)));
        } catch (SourceException e) {
            return null;
        }
    }

    private static InputStream slowly(byte[] octets) {
        return new FilterInputStream(new ByteArrayInputStream(octets)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1));
            }
        };
    }

    private static void body(String type, byte[] octets) {
        List<HeaderField> fields = List.of(new HeaderField("Content-Type", type, 0));
        assertThat(BodyParser.parse(octets, 0, octets.length, fields, Limits.DEFAULT, new Defects(10)))
                .isNotNull();
    }

    private static void delaysAddUp(List<Hop> hops) {
        List<Integer> positions = new ArrayList<>();
        for (Hop hop : hops) {
            positions.add(hop.position());
        }
        assertThat(positions).isSorted().doesNotHaveDuplicates();
    }

    private static void isValid(ParsedMail mail) throws IOException {
        EncodedMail encoded = new MailDocuments().encode(mail);
        for (EncodedDocument document : encoded.documents()) {
            assertThat(JSON.readTree(encoded.body(), document.start(), document.sourceStart() - document.start()))
                    .isNotNull();
            assertThat(JSON.readTree(encoded.body(), document.sourceStart(), document.end() - document.sourceStart())
                            .at("/event/hash")
                            .asText())
                    .isEqualTo(document.hash());
        }
    }

    private static @Nullable String text(ParsedMail mail) {
        return mail.text() == null ? null : mail.text().text();
    }

    private static ParsedMail parsed(byte[] octets) {
        return new MailParser(Limits.DEFAULT).parse(raw(octets));
    }

    private static RawMail raw(byte[] octets) {
        return new RawMail(new Origin("fuzz", "0"), octets, octets.length);
    }

    private static String value(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static byte[] withoutCr(byte[] octets) {
        byte[] lf = new byte[octets.length];
        int size = 0;
        for (byte octet : octets) {
            if (octet != '\r') {
                lf[size++] = octet;
            }
        }
        return Arrays.copyOf(lf, size);
    }

    private static byte[] crlf(byte[] lf) {
        ByteArrayOutputStream crlf = new ByteArrayOutputStream();
        for (byte octet : lf) {
            if (octet == '\n') {
                crlf.write('\r');
            }
            crlf.write(octet);
        }
        return crlf.toByteArray();
    }
}
