package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Dialect;
import org.listlens.mail.Hop;
import org.listlens.mail.Stamp;

/**
 * Runs the tables of trace lines in {@code src/test/resources/trace}. A table holds lines, each with the next, indented
 * line telling what it means: the dialect, then {@code key=value} for every field that the line has. A field that is not
 * told must be absent.
 */
class ReceivedParserTest {
    private static final List<String> TABLES = List.of(
            "postfix",
            "sendmail",
            "exim",
            "qmail",
            "exchange",
            "google",
            "vger",
            "lists",
            "servers",
            "gateways",
            "clients",
            "historic",
            "protocols",
            "dates",
            "grammar");

    private static final List<String> KEYS = List.of(
            "helo", "host", "ip", "port", "user", "by", "byip", "sw", "ver", "via", "with", "tls", "auth", "id", "for",
            "ef", "at");

    record Sample(String table, String line, Map<String, String> expected) {
        @Override
        public String toString() {
            return table + ": " + line;
        }
    }

    static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String table : TABLES) {
            String line = null;
            for (String row : read("/trace/" + table + ".txt")) {
                if (row.isBlank() || row.startsWith("#")) {
                    continue;
                }
                if (line == null) {
                    line = row;
                } else {
                    samples.add(new Sample(table, line, expected(row.strip())));
                    line = null;
                }
            }
        }
        return samples;
    }

    private static List<String> read(String name) throws IOException {
        try (InputStream in = ReceivedParserTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no table " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void theTablesAreThere() throws IOException {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(390);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsALine(Sample sample) {
        assertThat(told(ReceivedParser.parse(sample.line()))).isEqualTo(sample.expected());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsALineFoldedWithCrLf(Sample sample) {
        assertThat(told(ReceivedParser.parse(sample.line().replace(" ", "\r\n    "))))
                .isEqualTo(sample.expected());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsALineFoldedWithTabs(Sample sample) {
        assertThat(told(ReceivedParser.parse("\t" + sample.line().replace(" ", "\n\t") + "\t")))
                .isEqualTo(sample.expected());
    }

    /** The fields that a line has, under the keys of the tables. */
    private static Map<String, String> told(Received line) {
        Map<String, String> fields = new TreeMap<>();
        put(fields, "dialect", line.dialect());
        Hop.Peer from = line.from();
        if (from != null) {
            put(fields, "helo", from.helo());
            put(fields, "host", from.host());
            put(fields, "ip", from.ip());
            put(fields, "port", from.port());
            put(fields, "user", from.user());
        }
        Hop.Receiver by = line.by();
        if (by != null) {
            put(fields, "by", by.host());
            put(fields, "byip", by.ip());
            put(fields, "sw", by.software());
            put(fields, "ver", by.version());
        }
        put(fields, "via", line.via());
        put(fields, "with", line.with());
        Hop.Tls tls = line.tls();
        if (tls != null) {
            fields.put("tls", known(tls.version()) + "/" + known(tls.cipher()) + "/" + known(tls.bits()));
        }
        put(fields, "auth", line.authenticated());
        put(fields, "id", line.id());
        put(fields, "for", line.recipient());
        put(fields, "ef", line.envelopeFrom());
        Stamp stamp = line.stamp();
        if (stamp != null) {
            fields.put("at", stamp.instant() + " " + known(stamp.offset()));
            assertThat(line.isDated()).isTrue();
        } else if (line.isDated()) {
            fields.put("invalid", "");
        }
        return fields;
    }

    /** A fold inside of a quoted value stays where it is. */
    private static void put(Map<String, String> fields, String key, @Nullable Object value) {
        if (value != null) {
            fields.put(key, value.toString().replaceAll("\\s+", " "));
        }
    }

    private static String known(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static Map<String, String> expected(String row) {
        Map<String, String> fields = new TreeMap<>();
        int at = row.indexOf(' ') < 0 ? row.length() : row.indexOf(' ');
        fields.put("dialect", Dialect.valueOf(row.substring(0, at)).name());
        while (at < row.length()) {
            int equals = row.indexOf('=', at);
            if (equals < 0) {
                fields.put(row.substring(at).strip(), "");
                break;
            }
            char quote = equals + 1 < row.length() ? row.charAt(equals + 1) : ' ';
            boolean quoted = quote == '\'' || (quote == '"' && row.indexOf('"', equals + 2) > 0);
            int start = equals + (quoted ? 2 : 1);
            int end = row.indexOf(quoted ? quote : ' ', start);
            end = end < 0 ? row.length() : end;
            String key = row.substring(at, equals).strip();
            assertThat(KEYS).as("keys of: " + row).contains(key);
            fields.put(key, row.substring(start, end));
            at = quoted ? end + 1 : end;
        }
        return fields;
    }
}
