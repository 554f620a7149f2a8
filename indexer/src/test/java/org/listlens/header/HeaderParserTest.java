package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;

class HeaderParserTest {
    record Sample(String name, String mail, String fields, String body, String defects) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> samples() {
        String text;
        try (InputStream in = Objects.requireNonNull(HeaderParserTest.class.getResourceAsStream("headers.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Sample> samples = new ArrayList<>();
        for (String sample : text.split("(?m)^## ", -1)) {
            if (!sample.startsWith("#")) {
                int line = sample.indexOf('\n');
                String[] sections = ("\n" + sample.substring(line + 1)).split("\n--(?=\n|$)", -1);
                assertThat(sections).as(sample).hasSize(4);
                samples.add(new Sample(
                        sample.substring(0, line),
                        section(sections[0]),
                        section(sections[1]),
                        section(sections[2]),
                        section(sections[3]).trim()));
            }
        }
        return samples;
    }

    private static String section(String text) {
        return text.isEmpty() ? "" : text.substring(1);
    }

    /** A char for each octet. */
    private static String unescape(String text) {
        String octets = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            switch (octets.charAt(++i)) {
                case '0' -> out.append('\0');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 's' -> out.append(' ');
                case 'x' -> {
                    out.append((char) Integer.parseInt(octets.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException(text);
            }
        }
        return out.toString();
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void splits(Sample sample) {
        check(sample, unescape(sample.mail()), unescape(sample.body()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void splitsWithCrlf(Sample sample) {
        if (!sample.name().endsWith("[as is]")) {
            check(
                    sample,
                    unescape(sample.mail()).replace("\n", "\r\n"),
                    unescape(sample.body()).replace("\n", "\r\n"));
        }
    }

    private static void check(Sample sample, String mail, String body) {
        Defects defects = new Defects(20);
        byte[] octets = octets(mail);

        HeaderBlock header = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);

        String fields = header.fields().stream()
                .map(field -> field.name() + ": " + field.value().replace("\t", "\\t"))
                .collect(Collectors.joining("\n"));
        assertThat(fields).isEqualTo(sample.fields());
        assertThat(mail.substring(header.bodyOffset())).isEqualTo(body);
        assertThat(defects.toList().stream().map(defect -> defect.code().name()))
                .containsExactlyElementsOf(
                        sample.defects().isEmpty()
                                ? List.of()
                                : Arrays.asList(sample.defects().split(" ", -1)));
        for (HeaderField field : header.fields()) {
            assertThat(mail.substring(field.offset()).replace("\0", "")).startsWith(field.name());
        }
    }

    private static HeaderBlock parse(String mail, Limits limits, Defects defects) {
        byte[] octets = octets(mail);
        return HeaderParser.parse(octets, octets.length, limits, defects);
    }

    @Test
    void readsOnlyTheGivenOctets() {
        byte[] octets = octets("Subject: a\nTo: x\n\nBody");

        HeaderBlock header = HeaderParser.parse(octets, 14, Limits.DEFAULT, new Defects(9));

        assertThat(header.fields()).containsExactly(new HeaderField("Subject", "a", 0), new HeaderField("To", "", 11));
        assertThat(header.bodyOffset()).isEqualTo(14);
    }

    @Test
    void findsFieldsByNameInAnyCase() {
        HeaderBlock header = parse("A: 1\nb: 2\na: 3\n\n", Limits.DEFAULT, new Defects(9));

        assertThat(header.value("a")).isEqualTo("1");
        assertThat(header.first("B")).isEqualTo(new HeaderField("b", "2", 5));
        assertThat(header.all("A")).extracting(HeaderField::value).containsExactly("1", "3");
        assertThat(header.first("c")).isNull();
        assertThat(header.value("c")).isNull();
        assertThat(header.all("c")).isEmpty();
    }

    @Test
    void cutsAFieldAtItsLimitButNotACharacter() {
        Limits limits = new Limits(1000, 20, 10, 10, 10, 10, 10, 10, 1000, 10);
        Defects defects = new Defects(9);

        // 20 octets end within the ä of each: its two octets are the 20th and the 21st.
        HeaderBlock header = parse(
                "Subject: 0123456789\u00c3\u00a4tail\n more\nX-A: 0123456\n 78901\u00c3\u00a4\n tail\nTo: x\n\nBody",
                limits,
                defects);

        assertThat(header.fields()).extracting(HeaderField::value).containsExactly("0123456789", "0123456 78901", "x");
        assertThat(defects.toList())
                .containsExactly(new Defect(DefectCode.FIELD_TOO_LONG, 0), new Defect(DefectCode.FIELD_TOO_LONG, 32));
    }

    @Test
    void skipsFieldsBeyondTheLimitAndFindsTheBody() {
        String mail = "X-A: 1\n folded\n".repeat(100_000) + "\nBody";
        Defects defects = new Defects(9);

        HeaderBlock header = parse(mail, Limits.DEFAULT, defects);

        assertThat(header.fields()).hasSize(Limits.DEFAULT.fields());
        assertThat(header.bodyOffset()).isEqualTo(mail.length() - 4);
        assertThat(defects.toList())
                .containsExactly(new Defect(DefectCode.TOO_MANY_FIELDS, 15 * Limits.DEFAULT.fields()));
    }

    @Test
    void readsLongHeaders() {
        String value = " word".repeat(40_000);
        String mail =
                "Subject:" + value + "\n" + "X-Long: a\n" + (" " + "b".repeat(98) + "\n").repeat(2_000) + "\nBody";

        HeaderBlock header = parse(mail, Limits.DEFAULT, new Defects(9));

        assertThat(header.fields()).hasSize(2);
        assertThat(header.fields().get(0).value().length()).isEqualTo(value.length() - 1);
        assertThat(header.fields().get(1).value().length()).isEqualTo(1 + 99 * 2_000);
        assertThat(header.bodyOffset()).isEqualTo(mail.length() - 4);
    }

    @Test
    void survivesHostileSizes() {
        List<String> mails = List.of(
                "\n".repeat(2_000_000),
                "\r".repeat(2_000_000),
                "\n" + "\r".repeat(2_000_000) + "x",
                "A: b\n" + "\r".repeat(2_000_000) + "x",
                " \n".repeat(1_000_000),
                "A: b\n" + " \n".repeat(1_000_000),
                "\0".repeat(2_000_000),
                "a".repeat(2_000_000),
                "From a 10:00:00\n".repeat(200_000),
                "A: b\n" + "x\n".repeat(1_000_000),
                "x\nTo: a\n".repeat(200_000),
                "To: a Cc: b ".repeat(200_000),
                "DKIM-Signature: h=" + "To: ".repeat(400_000),
                "From: a To: b Subject: " + "c X-A: d ".repeat(200_000),
                "From: <a To: <b Message-ID: " + "<".repeat(1_000_000),
                "From: a Date: ( To: b Message-ID: <a> " + "(".repeat(1_000_000),
                "From: a To: b Date: 1:00 " + "A-B: c ".repeat(200_000),
                "From: a To: b Date: 1:00 " + "A-b: ".repeat(200_000) + "X-C: d",
                "From: a To: b Subject: " + "Organization: Status: x ".repeat(100_000) + "X-C: d",
                "From: a To: b X-D: e" + "A".repeat(63).concat("To: ").repeat(30_000),
                "From: a To: b Received: " + ";".repeat(1_000_000),
                "From: a To: b Received: " + "; 1:00 ".repeat(200_000),
                "From: a To: b In-Reply-To: <" + "References: <".repeat(100_000),
                "From: a To: b DKIM-Signature: " + "a=b; ".repeat(300_000),
                "From: a To: b X-Mailer: " + "a=b ".repeat(300_000),
                "From: a To: b Content-Language: " + "a, ".repeat(300_000));

        for (String mail : mails) {
            HeaderBlock header = parse(mail, Limits.DEFAULT, new Defects(100));

            assertThat(header.fields().size()).isLessThanOrEqualTo(Limits.DEFAULT.fields());
            assertThat(header.bodyOffset()).isBetween(0, mail.length());
        }
    }

    @Test
    void neverThrowsOnMutations() {
        Random random = new Random(3);
        List<Sample> samples = samples();
        String alphabet = "\n\n\n\r\r \t::\0aFrom >X-To\u00c3\u00a4\u00fc<>()\";=";
        for (int round = 0; round < 30_000; round++) {
            StringBuilder mail = new StringBuilder(
                    unescape(samples.get(random.nextInt(samples.size())).mail()));
            for (int i = random.nextInt(8); i >= 0; i--) {
                int at = random.nextInt(mail.length() + 1);
                if (random.nextBoolean()) {
                    mail.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                } else {
                    mail.delete(at, Math.min(mail.length(), at + random.nextInt(5)));
                }
            }

            HeaderBlock header = parse(mail.toString(), Limits.DEFAULT, new Defects(20));

            assertThat(header.bodyOffset()).isBetween(0, mail.length());
        }
    }

    @Test
    void anyPrefixOfAMailParses() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Sample sample : samples()) {
            out.reset();
            out.writeBytes(octets(unescape(sample.mail())));
            byte[] octets = out.toByteArray();
            for (int length = 0; length <= octets.length; length++) {
                HeaderBlock header = HeaderParser.parse(octets, length, Limits.DEFAULT, new Defects(20));

                assertThat(header.bodyOffset()).isBetween(0, length);
            }
        }
    }
}
