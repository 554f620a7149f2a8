package org.listlens.patch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The tables beside this package's tests. */
final class Tables {
    private Tables() {}

    /** The lines of a table, comments aside. */
    static Stream<String> lines(String name) {
        return read(name).lines().filter(line -> !line.startsWith("#"));
    }

    /** The cases of a file: each a line {@code === name} and what follows it. */
    static List<Case> cases(String name) {
        List<Case> cases = new ArrayList<>();
        for (String section : read(name).split("(?m)^=== ", -1)) {
            int end = section.indexOf('\n');
            if (end > 0) {
                cases.add(new Case(section.substring(0, end), section.substring(end + 1)));
            }
        }
        return cases;
    }

    record Case(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Tables.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
