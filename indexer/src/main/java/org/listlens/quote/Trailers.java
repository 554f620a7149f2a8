package org.listlens.quote;

import java.util.Locale;
import java.util.Set;

/** Trailers as git and the kernel's maintainers read them: {@code Reviewed-by: Jane Doe <jane@example.com>}. */
final class Trailers {
    private static final int LONGEST_NAME = 40;
    private static final Set<String> NAMES = Set.of("fixes", "link", "closes", "change-id", "bugzilla");

    private Trailers() {}

    static boolean isTrailer(ClassifiedLines lines, int line) {
        String text = lines.text();
        int from = lines.start(line);
        int limit = Math.min(lines.end(line), from + LONGEST_NAME);
        int colon = from;
        while (colon < limit && isNameChar(text.charAt(colon))) {
            colon++;
        }
        if (colon == from
                || colon + 1 >= lines.end(line)
                || text.charAt(colon) != ':'
                || text.charAt(colon + 1) != ' ') {
            return false;
        }
        if (text.regionMatches(true, colon - 3, "-by", 0, 3)) {
            return Character.isLetter(text.charAt(from));
        }
        String name = text.substring(from, colon).toLowerCase(Locale.ROOT);
        boolean copied = name.equals("cc") && line > 0 && lines.lineClass(line - 1) == LineClass.TRAILER;
        return copied || NAMES.contains(name);
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }
}
