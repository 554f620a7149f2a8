package org.listlens.patch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The paths of diffs: where they end, what of them is a prefix, and how git quotes them (git-config, core.quotePath). */
final class DiffPath {
    private static final int LONGEST = 4_096;

    private DiffPath() {}

    /** The path of a {@code ---}, {@code +++} or {@code Index:} line, without its time or revision. */
    static @Nullable String of(String text, int start, int end) {
        int tab = text.indexOf('\t', start, end);
        int to = tab < 0 ? end : tab;
        int note = text.indexOf(" (", start, to);
        if (note > 0 && (text.startsWith("revision ", note + 2) || text.startsWith("working copy", note + 2))) {
            to = note;
        } else if (tab < 0) {
            to = withoutTime(text, start, to);
        }
        return whole(text, start, to);
    }

    /** A path without blanks around it and without quotes; {@code null} when nothing is left. */
    static @Nullable String whole(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        if (to == from || to - from > LONGEST) {
            return null;
        }
        return text.charAt(from) == '"' ? unquoted(text, from + 1, to) : text.substring(from, to);
    }

    /** The last word of a line, as in {@code diff -r 0123456789ab file}. */
    static @Nullable String lastWord(String text, int start, int end) {
        int to = end;
        while (to > start && text.charAt(to - 1) <= ' ') {
            to--;
        }
        int from = to;
        while (from > start && text.charAt(from - 1) > ' ') {
            from--;
        }
        return from > start + 5 && text.charAt(from) != '-' ? whole(text, from, to) : null;
    }

    /**
     * The blank between the paths of {@code a/x b/x}; paths with blanks are found as the same twice.
     *
     * @return -1 when there is none
     */
    static int middle(String text, int start, int end) {
        int to = end;
        while (to > start && text.charAt(to - 1) <= ' ') {
            to--;
        }
        if (start < to && text.charAt(start) == '"') {
            int at = start + 1;
            while (at < to && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return at + 1 < to ? at + 1 : -1;
        }
        int half = start + (to - start) / 2;
        boolean twice = (to - start) % 2 == 1 && half > start + 2 && text.charAt(half) == ' ';
        if (twice && text.regionMatches(start + 2, text, half + 3, to - half - 3)) {
            return half;
        }
        int blank = text.indexOf(' ', start, to);
        return blank > 0 && text.indexOf(' ', blank + 1, to) < 0 ? blank : -1;
    }

    /**
     * What two paths of one file have in common behind their prefixes: {@code x} of {@code a/x} and {@code b/x}, and of
     * {@code linux.orig/x} and {@code linux/x}; the new path, where nothing is.
     */
    static @Nullable String common(@Nullable String before, @Nullable String after) {
        String old = before == null || before.endsWith("dev/null") ? null : before;
        String now = after == null || after.endsWith("dev/null") ? null : after;
        if (old == null || now == null) {
            String only = now == null ? old : now;
            return only == null ? null : withoutPrefix(only);
        }
        int slash = now.indexOf('/');
        int oldSlash = old.indexOf('/');
        if (!old.equals(now) && slash > 0 && oldSlash > 0) {
            boolean oneLetter = slash == 1 && oldSlash == 1;
            if (oneLetter || old.substring(oldSlash).equals(now.substring(slash))) {
                return now.substring(slash + 1);
            }
        }
        // Of file.orig or file~ and file, in whichever order, the file.
        return now.startsWith(old) ? old : now;
    }

    private static String withoutPrefix(String path) {
        return path.startsWith("a/") || path.startsWith("b/") ? path.substring(2) : path;
    }

    /** Where a time begins that stands behind a blank, where a mail program made blanks of the tab. */
    private static int withoutTime(String text, int start, int end) {
        int blank = text.indexOf(' ', start, end);
        while (blank > start) {
            int at = blank + 1;
            while (at < end && text.charAt(at) == ' ') {
                at++;
            }
            if (isTime(text, at, end)) {
                return blank;
            }
            blank = text.indexOf(' ', at, end);
        }
        return end;
    }

    /** {@code 2021-07-06 …}, {@code Tue Jul  6 …}, {@code Tue, 06 Jul …}, {@code 1 Jan 1970 …}. */
    private static boolean isTime(String text, int at, int end) {
        if (end - at < 10) {
            return false;
        }
        if (isDigit(text.charAt(at))) {
            return (text.charAt(at + 4) == '-' && text.charAt(at + 7) == '-' && isDigit(text.charAt(at + 9)))
                    || (end - at > 16 && text.indexOf(':', at, end) > 0 && text.indexOf(' ', at, at + 3) > 0);
        }
        int day = "Mon Tue Wed Thu Fri Sat Sun".indexOf(text.substring(at, at + 3));
        return end - at > 16 && day >= 0 && day % 4 == 0 && text.indexOf(':', at, end) > 0;
    }

    /** Undoes git's quotes: {@code \303\251} is an octet of UTF-8 each, {@code \t}, {@code \"} … are as in C. */
    private static String unquoted(String text, int from, int end) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(end - from);
        int at = from;
        while (at < end && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 >= end) {
                int point = text.codePointAt(at);
                octets.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            } else if (at + 3 < end && isOctal(text.charAt(at + 1)) && isOctal(text.charAt(at + 3))) {
                octets.write((text.charAt(at + 1) - '0') * 64
                        + (text.charAt(at + 2) - '0') * 8
                        + (text.charAt(at + 3) - '0'));
                at += 4;
            } else {
                octets.write(escaped(text.charAt(at + 1)));
                at += 2;
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'v' -> 11;
            default -> c;
        };
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
