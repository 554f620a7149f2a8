package org.listlens.pseudonym;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person's name without what lists and mailers put around it.
 *
 * @param words its words in lower case, the given name first
 */
record PersonName(List<String> words) {
    /** A name has no more words; what has is a sentence. */
    private static final int MOST_WORDS = 8;

    /** A name of fewer letters stands in too many texts by chance. */
    private static final int FEWEST_LETTERS = 4;

    PersonName {
        words = List.copyOf(words);
    }

    /** The name in a display name; {@code null} when there is none. */
    static @Nullable PersonName of(@Nullable String displayName) {
        if (displayName == null || displayName.indexOf('@') >= 0) {
            return null;
        }
        String name = cleaned(displayName);
        int comma = name.indexOf(',');
        List<String> words;
        if (comma > 0 && name.indexOf(',', comma + 1) < 0) {
            words = new ArrayList<>(Words.of(name.substring(comma + 1)));
            words.addAll(Words.of(name.substring(0, comma)));
        } else {
            words = Words.of(name);
        }
        return words.isEmpty() || words.size() > MOST_WORDS ? null : new PersonName(words);
    }

    /** Without quotes, comments, {@code via LIST} and marks in brackets. */
    static String cleaned(String displayName) {
        StringBuilder name = new StringBuilder(displayName.length());
        int depth = 0;
        for (int i = 0; i < displayName.length(); i++) {
            char c = displayName.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && c != '"') {
                name.append(c);
            }
        }
        String text = name.toString();
        int via = text.toLowerCase(Locale.ROOT).indexOf(" via ");
        return via > 0 ? text.substring(0, via) : text;
    }

    /** What its pseudonym is made of. */
    String key() {
        return String.join(" ", words);
    }

    /** Whether it is so long that where it stands in a text it is this person's. */
    boolean isFull() {
        int letters = 0;
        boolean ideographs = false;
        for (String word : words) {
            letters += word.length();
            ideographs |= word.charAt(0) >= 0x2E80;
        }
        return words.size() > 1 && (letters >= FEWEST_LETTERS || (ideographs && letters >= 2));
    }
}
