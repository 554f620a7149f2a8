package org.listlens.quote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What mailers write above a message that they repeat; the resource {@code original-message-words.txt} has it. */
final class OriginalMessageWords {
    /** A field of the message that is repeated. */
    enum Field {
        FROM,
        /** Its time, in a field of another name than git's Date. */
        SENT,
        DATE,
        TO,
        SUBJECT,
        MESSAGE_ID,
        /** One that says nothing here. */
        OTHER
    }

    /** What each name stands for, and by name the place in it, counted from 1. */
    private static final List<Field> MEANINGS = new ArrayList<>();

    private static final WordTable FIELDS = new WordTable();

    private static final WordTable SEPARATORS = new WordTable();
    private static final Set<String> BEHALF = new HashSet<>();

    static {
        read("original-message-words.txt");
    }

    private OriginalMessageWords() {}

    /** Whether words say that a message is repeated, by themselves or between dashes. */
    static boolean isSeparator(String text, int from, int to) {
        return SEPARATORS.contains(text, from, to);
    }

    /** What a name of a field stands for; {@code OTHER} when it is not known. */
    static Field field(String name) {
        int field = FIELDS.get(name);
        return field == 0 ? Field.OTHER : MEANINGS.get(field - 1);
    }

    /** Whether a field's name is known at all. */
    static boolean isField(String name) {
        return FIELDS.contains(name);
    }

    static boolean isField(String text, int from, int to) {
        return FIELDS.contains(text, from, to);
    }

    private static void name(String name, Field field) {
        if (!FIELDS.contains(name)) {
            MEANINGS.add(field);
            FIELDS.put(name, MEANINGS.size());
        }
    }

    /** What stands, in lower case, between a sender and who it is sent for: {@code on behalf of}. */
    static Set<String> behalf() {
        return BEHALF;
    }

    private static void read(String resource) {
        try (InputStream in =
                        Objects.requireNonNull(OriginalMessageWords.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int blank = line.indexOf(' ');
                if (blank > 0 && !line.startsWith("#")) {
                    readLine(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read: " + resource, e);
        }
    }

    private static void readLine(String kind, String values) {
        int from = 0;
        while (from < values.length()) {
            int to = values.indexOf('|', from);
            to = to < 0 ? values.length() : to;
            String value = values.substring(from, to).strip();
            switch (kind) {
                case "separator" -> SEPARATORS.put(value, 1);
                case "behalf" -> BEHALF.add(' ' + value + ' ');
                case "from" -> name(value, Field.FROM);
                case "sent" -> name(value, Field.SENT);
                case "date" -> name(value, Field.DATE);
                case "to" -> name(value, Field.TO);
                case "subject" -> name(value, Field.SUBJECT);
                case "id" -> name(value, Field.MESSAGE_ID);
                default -> name(value, Field.OTHER);
            }
            from = to + 1;
        }
    }
}
