package org.listlens.quote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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

    private static final Map<String, Field> FIELDS = new HashMap<>();
    private static final Set<String> SEPARATORS = new HashSet<>();
    private static final Set<String> BEHALF = new HashSet<>();

    static {
        read("original-message-words.txt");
    }

    private OriginalMessageWords() {}

    /** Whether words in lower case say that a message is repeated, by themselves or between dashes. */
    static boolean isSeparator(String words) {
        return SEPARATORS.contains(words);
    }

    /** What a name of a field, in lower case, stands for; {@code OTHER} when it is not known. */
    static Field field(String name) {
        return FIELDS.getOrDefault(name, Field.OTHER);
    }

    /** Whether a field's name is known at all. */
    static boolean isField(String name) {
        return FIELDS.containsKey(name);
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
                case "separator" -> SEPARATORS.add(value);
                case "behalf" -> BEHALF.add(' ' + value + ' ');
                case "from" -> FIELDS.putIfAbsent(value, Field.FROM);
                case "sent" -> FIELDS.putIfAbsent(value, Field.SENT);
                case "date" -> FIELDS.putIfAbsent(value, Field.DATE);
                case "to" -> FIELDS.putIfAbsent(value, Field.TO);
                case "subject" -> FIELDS.putIfAbsent(value, Field.SUBJECT);
                case "id" -> FIELDS.putIfAbsent(value, Field.MESSAGE_ID);
                default -> FIELDS.putIfAbsent(value, Field.OTHER);
            }
            from = to + 1;
        }
    }
}
