package org.listlens.header;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;

/**
 * Reads Message-ID, In-Reply-To and References (RFC 5322 §3.6.4, §4.5.4). Ids come without their brackets and without
 * the blanks that folds left inside; their case and quotes stay, for an id is compared as it is. Comments and phrases
 * ({@code "Your message of …" <id@example.com>}) are skipped.
 */
public final class MessageIds {
    /** An id has no place for a fold, and no line is longer (RFC 5322 §2.1.1). What is longer is no id. */
    static final int LONGEST = 998;

    private MessageIds() {}

    /**
     * Parses a value.
     *
     * <p>Where no brackets stand, a value that is made of words with {@code @} only gives these.
     *
     * @param value the unfolded value
     * @param limit how many ids are read; beyond it they are skipped with {@code TOO_MANY_REFERENCES}
     * @param defects takes {@code INVALID_MESSAGE_ID} when the value holds no id
     * @param offset where in the mail defects are noted, in octets
     * @return the ids in their order, each once, where it first stands
     */
    public static List<String> parse(String value, int limit, Defects defects, int offset) {
        Set<String> ids = new LinkedHashSet<>();
        List<String> words = new ArrayList<>(0);
        boolean otherWords = false;
        boolean commentsClose = true;
        boolean quotesClose = true;
        int pos = 0;
        while (pos < value.length()) {
            char c = value.charAt(pos);
            if (c == '<') {
                int end = idEnd(value, pos + 1);
                String id = withoutBlanks(value, pos + 1, end);
                pos = end < value.length() && value.charAt(end) == '>' ? end + 1 : end;
                if (!id.isEmpty() && !add(ids, id, limit, defects, offset)) {
                    break;
                }
            } else if (c == '(' && commentsClose) {
                int end = Tokens.commentEnd(value, pos);
                commentsClose = end >= 0;
                pos = commentsClose ? end : pos + 1;
            } else if (c == '"' && quotesClose) {
                int end = Tokens.quoteEnd(value, pos);
                quotesClose = end >= 0;
                pos = quotesClose ? wordEnd(value, end) : pos + 1;
                otherWords = true;
            } else if (isSeparator(c)) {
                pos++;
            } else {
                int end = wordEnd(value, pos);
                if (end == pos) {
                    end++; // A stray parenthesis or quote.
                } else if (isBareId(value, pos, end)) {
                    if (words.size() <= limit) {
                        words.add(value.substring(pos, end));
                    }
                } else {
                    otherWords = true;
                }
                pos = end;
            }
        }
        if (ids.isEmpty() && !otherWords) {
            for (String word : words) {
                if (!add(ids, word, limit, defects, offset)) {
                    break;
                }
            }
        }
        if (ids.isEmpty()) {
            defects.add(DefectCode.INVALID_MESSAGE_ID, offset);
        }
        return List.copyOf(ids);
    }

    private static boolean add(Set<String> ids, String id, int limit, Defects defects, int offset) {
        if (id.length() > LONGEST) {
            defects.add(DefectCode.INVALID_MESSAGE_ID, offset);
            return true;
        }
        if (ids.size() < limit) {
            ids.add(id);
            return true;
        }
        if (ids.contains(id)) {
            return true;
        }
        defects.add(DefectCode.TOO_MANY_REFERENCES, offset);
        return false;
    }

    /**
     * The end of the id that begins at {@code from}: the closing bracket. Where that is missing, the next opening one
     * ends it, or the next blank.
     */
    private static int idEnd(String value, int from) {
        int blank = -1;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '>' || c == '<') {
                return c == '<' && blank > 0 ? blank : i;
            }
            if (c <= ' ' && blank < 0 && i > from) {
                blank = i;
            }
        }
        return blank < 0 ? value.length() : blank;
    }

    private static int wordEnd(String value, int from) {
        int i = from;
        while (i < value.length()) {
            char c = value.charAt(i);
            if (isSeparator(c) || c == '<' || c == '(' || c == '"') {
                break;
            }
            i++;
        }
        return i;
    }

    private static boolean isBareId(String word, int from, int to) {
        for (int i = from + 1; i < to - 1; i++) {
            if (word.charAt(i) == '@') {
                return true;
            }
        }
        return false;
    }

    private static boolean isSeparator(char c) {
        return c <= ' ' || c == ',' || c == ';' || c == '>' || c == ')';
    }

    private static String withoutBlanks(String value, int from, int to) {
        int i = from;
        while (i < to && value.charAt(i) > ' ') {
            i++;
        }
        if (i == to) {
            return value.substring(from, to);
        }
        StringBuilder id = new StringBuilder(to - from);
        for (int k = from; k < to; k++) {
            if (value.charAt(k) > ' ') {
                id.append(value.charAt(k));
            }
        }
        return id.toString();
    }
}
