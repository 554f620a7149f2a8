package org.listlens.people;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.HeaderField;

/**
 * Tells mails that programs wrote by the author's address, by the display name and by header fields. The rules are lines of
 * a table; {@code robots.txt} beside this class, which explains itself, is the one that comes with the program. Immutable.
 */
public final class Robots {
    private static final int LONGEST_FIELD_NAME = 64;

    private final Patterns addresses = new Patterns();
    private final Patterns locals = new Patterns();
    private final Patterns names = new Patterns();
    private final Set<String> words = new HashSet<>();

    /** By the length of the field's name, so that most fields need no comparison. */
    private final List<List<Evidence>> fields = new ArrayList<>();

    private record Evidence(String field, Patterns values) {}

    /** The table that comes with the program. */
    public static Robots shipped() {
        return new Robots(TableLines.resource("robots.txt"));
    }

    /** @throws IllegalArgumentException when a line is none of those that the table explains */
    Robots(String table) {
        for (int i = 0; i <= LONGEST_FIELD_NAME; i++) {
            fields.add(new ArrayList<>(0));
        }
        for (TableLines.Line line : TableLines.read(table)) {
            String value = line.value().toLowerCase(Locale.ROOT);
            switch (line.key()) {
                case "address" -> addresses.add(value);
                case "local" -> locals.add(value);
                case "name" -> names.add(value);
                case "word" -> words.add(value);
                case "field" -> addField(value);
                default ->
                    throw new IllegalArgumentException(
                            "line " + line.number() + " of the table of robots begins with " + line.key());
            }
        }
    }

    private void addField(String line) {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? line : line.substring(0, blank);
        Patterns values = new Patterns();
        values.add(blank < 0 ? "*" : line.substring(blank).strip());
        fields.get(name.length()).add(new Evidence(name, values));
    }

    /**
     * Whether a program wrote a mail.
     *
     * @param name the author's name, cleaned
     * @param address the author's address, in lower case; empty where it is a list's instead
     * @param header the mail's fields
     */
    boolean wrote(@Nullable String name, String address, List<HeaderField> header) {
        return isAddress(name, address) || (name != null && isName(name)) || isHeader(header);
    }

    private boolean isAddress(@Nullable String name, String address) {
        int at = address.lastIndexOf('@');
        if (at <= 0) {
            return false;
        }
        int plus = address.indexOf('+');
        String local = address.substring(0, plus > 0 && plus < at ? plus : at);
        return addresses.match(address) || (locals.match(local) && !isSurname(local, name));
    }

    /** Whether somebody with a first name has this surname: {@code Jane Jenkins <jenkins@example.com>}. */
    private boolean isSurname(String local, @Nullable String name) {
        int blank = name == null ? -1 : name.lastIndexOf(' ');
        return name != null
                && blank > 0
                && name.length() - blank - 1 == local.length()
                && name.regionMatches(true, blank + 1, local, 0, local.length())
                && !hasWord(name);
    }

    private boolean isName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (names.match(lower)) {
            return true;
        }
        int blank = lower.lastIndexOf(' ');
        String last = lower.substring(blank + 1);
        if (blank <= 0) {
            return last.equals("bot") || last.equals("robot");
        }
        // Bot is a surname, Robot is none.
        return last.equals("robot")
                || (last.equals("bot") && (hasWord(name) || (name.endsWith("bot") && !lower.equals(name))));
    }

    /** Whether a word before the last is of those that people are not called. */
    private boolean hasWord(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int start = 0;
        for (int end = lower.indexOf(' '); end > 0; end = lower.indexOf(' ', start)) {
            if (words.contains(lower.substring(start, end))) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private boolean isHeader(List<HeaderField> header) {
        for (int i = 0; i < header.size(); i++) {
            HeaderField field = header.get(i);
            int length = field.name().length();
            if (length <= LONGEST_FIELD_NAME) {
                List<Evidence> known = fields.get(length);
                for (int j = 0; j < known.size(); j++) {
                    if (field.is(known.get(j).field()) && known.get(j).values().match(begin(field.value()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String begin(String value) {
        return value.substring(0, Math.min(value.length(), 100)).toLowerCase(Locale.ROOT);
    }

    /** Patterns in lower case, with a {@code *} at the begin, at the end or within, or none. */
    private static final class Patterns {
        private final Set<String> whole = new HashSet<>();
        private final List<String[]> parts = new ArrayList<>();

        void add(String pattern) {
            if (pattern.indexOf('*') < 0) {
                whole.add(pattern);
            } else {
                parts.add(pattern.split("\\*", -1));
            }
        }

        boolean match(String text) {
            if (whole.contains(text)) {
                return true;
            }
            for (int i = 0; i < parts.size(); i++) {
                if (match(parts.get(i), text)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean match(String[] pattern, String text) {
            String last = pattern[pattern.length - 1];
            if (!text.startsWith(pattern[0]) || !text.endsWith(last)) {
                return false;
            }
            int at = pattern[0].length();
            for (int i = 1; i < pattern.length - 1; i++) {
                int found = text.indexOf(pattern[i], at);
                if (found < 0) {
                    return false;
                }
                at = found + pattern[i].length();
            }
            return text.length() - last.length() >= at;
        }
    }
}
