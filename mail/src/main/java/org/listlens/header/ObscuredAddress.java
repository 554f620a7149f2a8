package org.listlens.header;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses that list archives have obscured for harvesters: {@code jane at example.org}, as Pipermail and
 * HyperKitty write them, in the language of the list, and {@code jane(a)example.org}. Nothing but an address may stand in
 * the text, so that an {@code at} in a name is no matter.
 */
final class ObscuredAddress {
    /** What stands for the at sign in Mailman's templates, and what else is common. */
    private static final Set<String> AT =
            Set.of("a", "at", "em", "en", "kukac", "la", "na", "på", "à", "στο", "на", "tại", "在", "於");

    /** What may stand around it. */
    private static final String BRACKETS = "()[]{}";

    private ObscuredAddress() {}

    /** The address, normalized; {@code null} when the text is no obscured address. */
    static @Nullable String read(String text) {
        int domain = text.length();
        while (domain > 0 && !isEdge(text.charAt(domain - 1))) {
            domain--;
        }
        int local = 0;
        while (local < domain && !isEdge(text.charAt(local))) {
            local++;
        }
        int dot = text.lastIndexOf('.');
        // A domain has a dot, and no top level begins with a digit.
        if (local == 0 || dot < domain || dot + 1 == text.length() || !Character.isLetter(text.charAt(dot + 1))) {
            return null;
        }
        int from = local;
        int to = domain;
        while (from < to && isEdge(text.charAt(from))) {
            from++;
        }
        while (to > from && isEdge(text.charAt(to - 1))) {
            to--;
        }
        return AT.contains(text.substring(from, to).toLowerCase(Locale.ROOT))
                ? Addresses.normalize(text.substring(0, local) + '@' + unquoted(text.substring(domain)))
                : null;
    }

    /** Whether a comment (RFC 5322 §3.2.2) is one of a bracketed at sign. */
    static boolean isBracketedAt(String comment) {
        return comment.equalsIgnoreCase("a") || comment.equalsIgnoreCase("at");
    }

    private static boolean isEdge(char c) {
        return c == ' ' || BRACKETS.indexOf(c) >= 0;
    }

    /** Without the quotes that some templates put around the domain. */
    private static String unquoted(String domain) {
        int last = domain.length() - 1;
        boolean quoted = last > 1 && (domain.charAt(0) == '\u201c' || domain.charAt(0) == '\u00ab');
        return quoted ? domain.substring(1, last) : domain;
    }
}
