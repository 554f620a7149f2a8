package org.listlens.quote;

import java.util.Locale;

/**
 * Words in lower case, each with a number other than 0, that are looked up in whatever case where they stand in a text,
 * without being cut out of it. Filled once, then read by any number of threads.
 */
final class WordTable {
    /** Hashed with open addressing; never more than half full. */
    private String[] words = new String[64];

    /** The hash of each word, which tells most others from it. */
    private int[] hashes = new int[64];

    private int[] values = new int[64];
    private int size;
    private int longest;

    /** A table of words parted by blanks, each with the number 1. */
    static WordTable of(String words) {
        WordTable table = new WordTable();
        int from = 0;
        while (from < words.length()) {
            int to = words.indexOf(' ', from);
            to = to < 0 ? words.length() : to;
            table.put(words.substring(from, to), 1);
            from = to + 1;
        }
        return table;
    }

    /** Gives a word, which must be in lower case, a number in place of the one that it has. */
    void put(String word, int value) {
        int hash = hash(word, 0, word.length());
        int place = place(word, 0, word.length(), hash);
        if (values[place] == 0) {
            if (2 * ++size > words.length) {
                grow();
                place = place(word, 0, word.length(), hash);
            }
            words[place] = word;
            hashes[place] = hash;
            longest = Math.max(longest, word.length());
        }
        values[place] = value;
    }

    /** The number of the word from {@code from} to before {@code to}; 0 when it is none of the table's. */
    int get(String text, int from, int to) {
        if (to - from > longest) {
            return 0;
        }
        for (int i = from; i < to; i++) {
            if (isContextual(text.charAt(i))) {
                String word = text.substring(from, to).toLowerCase(Locale.ROOT);
                return values[place(word, 0, word.length(), hash(word, 0, word.length()))];
            }
        }
        return values[place(text, from, to, hash(text, from, to))];
    }

    int get(String word) {
        return get(word, 0, word.length());
    }

    boolean contains(String text, int from, int to) {
        return get(text, from, to) != 0;
    }

    boolean contains(String word) {
        return get(word, 0, word.length()) != 0;
    }

    /** Whether what a character is in lower case takes more than one character to say: sigma, the dotted I, pairs. */
    private static boolean isContextual(char c) {
        return c >= 0x0130 && (c == 0x0130 || c == 0x03a3 || Character.isSurrogate(c));
    }

    private static char lower(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(c);
    }

    private static int hash(String text, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + lower(text.charAt(i));
        }
        return hash ^ (hash >>> 15);
    }

    /** Where the word stands in the table, or could be put. */
    private int place(String text, int from, int to, int hash) {
        int mask = words.length - 1;
        int place = hash & mask;
        while (values[place] != 0 && (hashes[place] != hash || !equals(words[place], text, from, to))) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static boolean equals(String word, String text, int from, int to) {
        if (word.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (word.charAt(i - from) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        String[] oldWords = words;
        int[] oldHashes = hashes;
        int[] oldValues = values;
        words = new String[2 * oldWords.length];
        hashes = new int[words.length];
        values = new int[words.length];
        for (int i = 0; i < oldWords.length; i++) {
            if (oldValues[i] != 0) {
                String word = oldWords[i];
                int place = place(word, 0, word.length(), oldHashes[i]);
                words[place] = word;
                hashes[place] = oldHashes[i];
                values[place] = oldValues[i];
            }
        }
    }
}
