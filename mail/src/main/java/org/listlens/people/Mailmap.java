package org.listlens.people;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names and addresses that people want to go by: a {@code .mailmap} as git reads it (gitmailmap(5)). A line is one of
 *
 * <pre>{@code
 * Proper Name <commit@example.com>
 * <proper@example.com> <commit@example.com>
 * Proper Name <proper@example.com> <commit@example.com>
 * Proper Name <proper@example.com> Commit Name <commit@example.com>
 * }</pre>
 *
 * or begins with {@code #}; what follows the addresses is ignored. Names and addresses match whatever the case of their
 * ASCII letters. Of lines for one address, and of those for one address and name, the later completes and replaces what
 * the earlier says; a line with a name goes before one without. Immutable.
 */
public final class Mailmap {
    /** Maps nobody. */
    public static final Mailmap EMPTY = new Mailmap("");

    private final Map<String, Entry> entries = new HashMap<>();
    private final List<Integer> unreadable = new ArrayList<>();

    /** What somebody wants to go by; {@code null} stays as it was. */
    public record Identity(@Nullable String name, @Nullable String address) {}

    /** What the lines for one address say. */
    private static final class Entry {
        @Nullable
        String name;

        @Nullable
        String address;

        final Map<String, Identity> byName = new HashMap<>(2);
    }

    /** Reads the text of a file. */
    public Mailmap(String text) {
        int number = 0;
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            number++;
            String line = text.substring(start, end);
            if (!line.startsWith("#") && !add(line) && !line.isBlank()) {
                unreadable.add(number);
            }
            start = end + 1;
        }
    }

    /** The numbers of the lines, from 1 on, that have no address; git ignores them without a word. */
    public List<Integer> unreadableLines() {
        return List.copyOf(unreadable);
    }

    /**
     * Looks somebody up.
     *
     * @return what to go by; {@code null} when no line is about this address, or this name with it
     */
    public @Nullable Identity find(@Nullable String name, String address) {
        if (entries.isEmpty()) {
            return null;
        }
        Entry entry = entries.get(fold(address));
        if (entry == null) {
            return null;
        }
        Identity named = name == null ? null : entry.byName.get(fold(name));
        if (named != null) {
            return named.name() == null && named.address() == null ? null : named;
        }
        return entry.name == null && entry.address == null ? null : new Identity(entry.name, entry.address);
    }

    private boolean add(String line) {
        Mailbox first = Mailbox.parse(line, 0);
        if (first == null || first.address.isEmpty()) {
            return false;
        }
        Mailbox second = Mailbox.parse(line, first.end);
        String old = second == null ? first.address : second.address;
        String address = second == null ? null : first.address;
        Entry entry = entries.computeIfAbsent(fold(old), unused -> new Entry());
        if (second == null || second.name == null) {
            entry.name = first.name == null ? entry.name : first.name;
            entry.address = address == null ? entry.address : address;
        } else {
            entry.byName.put(fold(second.name), new Identity(first.name, address));
        }
        return true;
    }

    /** A name, which may be missing, and an address in brackets, which may be empty; {@code end} is behind them. */
    private record Mailbox(@Nullable String name, String address, int end) {
        static @Nullable Mailbox parse(String line, int start) {
            int open = line.indexOf('<', start);
            int close = open < 0 ? -1 : line.indexOf('>', open + 1);
            if (close < 0) {
                return null;
            }
            String name = line.substring(start, open).strip();
            return new Mailbox(name.isEmpty() ? null : name, line.substring(open + 1, close), close + 1);
        }
    }

    /** ASCII letters in lower case; git leaves others as they are. */
    private static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                char[] chars = text.toCharArray();
                for (int j = i; j < chars.length; j++) {
                    chars[j] += (char) (chars[j] >= 'A' && chars[j] <= 'Z' ? 'a' - 'A' : 0);
                }
                return new String(chars);
            }
        }
        return text;
    }
}
