package org.listlens.pseudonym;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code local@domain} in a text: an address or a Message-ID. What stands between angle brackets is one as a whole;
 * elsewhere it is as long as its characters allow. In URLs the {@code @} may be {@code %40}.
 *
 * @param start where it begins
 * @param end what follows it
 * @param text {@code local@domain}, percent signs resolved, the domain in Unicode
 */
record AddressToken(int start, int end, String text) {
    /** No address and hardly any Message-ID is longer (RFC 5321 §4.5.3.1). */
    private static final int LONGEST = 1_000;

    /** What may stand before an address in its brackets: of a URL (RFC 6068), of an ORCPT (RFC 3461 §4.2). */
    private static final String[] SCHEMES = {"mailto:", "rfc822;"};

    private static final int LONGEST_LITERAL = 64;

    private static final String[] RETURN_PATHS = {"bounce", "return", "owner", "srs", "prvs", "btv1", "confirm", "leave"
    };

    /** Where the next {@code @} or {@code %40} stands; -1 when there is none. */
    static int nextSign(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '@' || (c == '%' && text.startsWith("40", at + 1))) {
                return at;
            }
        }
        return -1;
    }

    /**
     * The address around a sign.
     *
     * @param floor no address begins before
     * @param sign what {@link #nextSign} found
     * @return {@code null} when the sign is none of an address
     */
    static @Nullable AddressToken around(String text, int floor, int sign) {
        AddressToken bracketed = bracketed(text, floor, sign);
        if (bracketed != null) {
            return bracketed;
        }
        int start = localStart(text, Math.max(floor, sign - LONGEST), sign);
        int domain = sign + (text.charAt(sign) == '@' ? 1 : 3);
        int end = domainEnd(text, domain);
        if (start == sign || end == domain || isUnit(text, start, domain, end)) {
            return null;
        }
        return new AddressToken(start, end, normalize(text.substring(start, end)));
    }

    private static @Nullable AddressToken bracketed(String text, int floor, int sign) {
        int open = sign - 1;
        int lowest = Math.max(floor, sign - LONGEST);
        while (open >= lowest && text.charAt(open) != '<') {
            if (text.charAt(open) <= ' ' || text.charAt(open) == '>') {
                return null;
            }
            open--;
        }
        if (open < lowest) {
            return null;
        }
        int start = open + 1;
        for (String scheme : SCHEMES) {
            start += text.regionMatches(true, start, scheme, 0, scheme.length()) ? scheme.length() : 0;
        }
        if (start >= sign) {
            return null;
        }
        int highest = Math.min(text.length(), sign + LONGEST);
        int close = sign;
        while (close < highest && text.charAt(close) != '>' && text.charAt(close) != '?') {
            if (text.charAt(close) <= ' ' || text.charAt(close) == '<') {
                return null;
            }
            close++;
        }
        if (close == highest) {
            return null;
        }
        String content = text.substring(start, close);
        return content.contains("://") ? null : new AddressToken(start, close, normalize(content));
    }

    private static int localStart(String text, int floor, int sign) {
        if (sign > floor && text.charAt(sign - 1) == '"') {
            int quote = sign - 2;
            while (quote >= floor && text.charAt(quote) != '"' && text.charAt(quote) != '\n') {
                quote--;
            }
            return quote >= floor && text.charAt(quote) == '"' ? quote : sign;
        }
        int start = sign;
        boolean wrapped = false;
        while (start > floor && isLocalChar(text.charAt(start - 1))) {
            if (text.charAt(start - 1) == '=' && !wrapped) {
                wrapped = isReturnPath(text, floor, start - 1);
                if (!wrapped) {
                    break;
                }
            }
            start--;
        }
        while (start < sign
                && !Character.isLetterOrDigit(text.charAt(start))
                && text.charAt(start) != '_'
                && text.charAt(start) != '%') {
            start++;
        }
        return start;
    }

    /** Whether {@code =} belongs to an address in which another is wrapped, as in {@code dev-bounces+jane=example.net@…}. */
    private static boolean isReturnPath(String text, int floor, int equals) {
        int start = equals;
        while (start > floor && isLocalChar(text.charAt(start - 1))) {
            start--;
        }
        String before = text.substring(start, equals).toLowerCase(Locale.ROOT);
        for (String word : RETURN_PATHS) {
            if (before.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static int domainEnd(String text, int domain) {
        if (domain < text.length() && text.charAt(domain) == '[') {
            int close = domain + 1;
            int last = Math.min(text.length(), domain + LONGEST_LITERAL);
            while (close < last && text.charAt(close) != ']' && text.charAt(close) > ' ') {
                close++;
            }
            return close < last && text.charAt(close) == ']' ? close + 1 : domain;
        }
        int end = domain;
        int highest = Math.min(text.length(), domain + LONGEST);
        while (end < highest && isDomainChar(text.charAt(end))) {
            end++;
        }
        while (end > domain && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        return end > domain && Character.isLetterOrDigit(text.charAt(domain)) ? end : domain;
    }

    /** {@code i2c@7e804000}: a node of a device tree, no domain. */
    private static boolean isUnit(String text, int start, int domain, int end) {
        for (int i = domain; i < end; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return end - domain <= 16 && start < domain;
    }

    private static boolean isLocalChar(char c) {
        return Character.isLetterOrDigit(c) || ".-_+=$%".indexOf(c) >= 0;
    }

    private static boolean isDomainChar(char c) {
        return c == '.' || c == '-' || c == '_' || Character.isLetterOrDigit(c);
    }

    /** As participants have it: percent signs resolved, without brackets, the domain in Unicode. */
    static String normalize(String address) {
        String text = address.indexOf('%') < 0 ? address : decodePercents(address);
        int from = text.startsWith("<") ? 1 : 0;
        int to = text.endsWith(">") && text.length() > from ? text.length() - 1 : text.length();
        text = text.substring(from, to);
        int at = text.lastIndexOf('@');
        if (at >= 0 && (text.regionMatches(true, at + 1, "xn--", 0, 4) || text.indexOf(".xn--", at) > 0)) {
            try {
                return text.substring(0, at + 1) + IDN.toUnicode(text.substring(at + 1), IDN.ALLOW_UNASSIGNED);
            } catch (RuntimeException invalid) {
                return text;
            }
        }
        return text;
    }

    private static String decodePercents(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            int octet = low < 0 ? -1 : high << 4 | low;
            if (octet > ' ' && octet < 127) {
                decoded.append((char) octet);
                i += 2;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    /** Whether a program made the part before the {@code @}, as those of Message-IDs are. */
    static boolean isGenerated(String address) {
        int at = address.lastIndexOf('@');
        int length = at < 0 ? address.length() : at;
        int digits = 0;
        for (int i = 0; i < length; i++) {
            digits += address.charAt(i) >= '0' && address.charAt(i) <= '9' ? 1 : 0;
        }
        return length >= 16 && digits >= 4;
    }
}
