package org.listlens.authentication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tables of field values, each followed by indented lines that tell what it means; lines with {@code #} are remarks. */
final class Tables {
    private Tables() {}

    record Sample(String value, List<String> expected) {
        @Override
        public String toString() {
            return value;
        }
    }

    static List<Sample> read(String name) throws IOException {
        List<Sample> samples = new ArrayList<>();
        String value = "";
        List<String> expected = new ArrayList<>();
        try (InputStream in = Tables.class.getResourceAsStream("/authentication/" + name)) {
            if (in == null) {
                throw new IOException("no table " + name);
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("    ")) {
                    expected.add(line.strip());
                } else if (!line.startsWith("#")) {
                    add(samples, value, expected);
                    value = line;
                    expected = new ArrayList<>();
                }
            }
        }
        add(samples, value, expected);
        return samples;
    }

    private static void add(List<Sample> samples, String value, List<String> expected) {
        if (!expected.isEmpty()) {
            samples.add(new Sample(value, List.copyOf(expected)));
        }
    }

    /** A value with a fold wherever a blank stands. */
    static String folded(String value, String fold) {
        return fold + value.replace(" ", fold) + fold;
    }

    /** A fold within a quoted string stays in it. */
    static String squeezed(Object value) {
        return value.toString().replaceAll("\\s+", " ").strip();
    }
}
