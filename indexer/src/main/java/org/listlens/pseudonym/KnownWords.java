package org.listlens.pseudonym;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names, user names and hosts that must not stay in a mail, as a tree of their words: where one begins in a text, the
 * longest is found by a walk of as many steps as it has words.
 */
final class KnownWords {
    /** More people than this take part in no mail. */
    private static final int MOST = 20_000;

    private final Node root = new Node();
    /** The pseudonyms of the persons who have a word in their names. */
    private final Map<String, Set<String>> singles = new HashMap<>();

    private int size;

    /** Where a word of some entries may lead. */
    private static final class Node {
        private @Nullable Map<String, Node> next;
        private @Nullable String replacement;
        private boolean person;
    }

    /**
     * An entry found in a text.
     *
     * @param end what follows it
     * @param replacement what stands in its place
     * @param person whether it is a name
     */
    record Found(int end, String replacement, boolean person) {}

    /** Adds a person's name. */
    void addPerson(PersonName name, String pseudonym) {
        List<String> words = name.words();
        if (name.isFull()) {
            add(words, pseudonym, true);
            if (words.size() == 2) {
                add(List.of(words.get(1), words.get(0)), pseudonym, true);
            }
        }
        for (String word : words) {
            if (word.length() > 1 || word.charAt(0) >= 0x2E80) {
                singles.computeIfAbsent(word, key -> new HashSet<>(2)).add(pseudonym);
            }
        }
    }

    /** Adds what is replaced wherever its words stand one after another. */
    void addWords(List<String> words, String replacement) {
        if (!words.isEmpty()) {
            add(words, replacement, false);
        }
    }

    private void add(List<String> words, String replacement, boolean person) {
        if (size >= MOST) {
            return;
        }
        Node node = root;
        for (String word : words) {
            if (node.next == null) {
                node.next = new HashMap<>(4);
            }
            node = node.next.computeIfAbsent(word, key -> new Node());
        }
        // A name goes before a user name that is made of it.
        if (node.replacement == null || (person && !node.person)) {
            size += node.replacement == null ? 1 : 0;
            node.replacement = replacement;
            node.person = person;
        }
    }

    /** The longest entry that begins at a word; {@code null} when none does. */
    @Nullable
    Found find(String text, int start, int to) {
        Node node = root;
        Found found = null;
        int at = start;
        while (at >= 0 && at < to && node.next != null) {
            int end = Words.end(text, at, to);
            node = node.next.get(Words.lower(text, at, end));
            if (node == null) {
                break;
            }
            if (node.replacement != null) {
                found = new Found(end, node.replacement, node.person);
            }
            at = Words.afterGap(text, end, to);
        }
        return found;
    }

    /** Whether some person has this word, in lower case, in the name. */
    boolean isSingle(String word) {
        return singles.containsKey(word);
    }

    /** The pseudonym of the only person who has this word in the name; {@code null} when there are more or none. */
    @Nullable
    String single(String word) {
        Set<String> persons = singles.get(word);
        return persons == null || persons.size() > 1 ? null : persons.iterator().next();
    }
}
