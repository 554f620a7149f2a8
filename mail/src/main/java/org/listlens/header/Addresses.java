package org.listlens.header;

import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

/**
 * Reads address fields (RFC 5322 §3.4 and §4.4, RFC 6532), and what real mailers write in their place: display names
 * with unquoted dots and commas, missing brackets and commas, {@code address (Full Name)}, addresses that list archives
 * mangled to {@code jane at example.org}.
 */
public final class Addresses {
    /** The longest domain name (RFC 1035 §2.3.4). */
    private static final int MAX_DOMAIN = 255;

    private Addresses() {}

    /**
     * Parses one field.
     *
     * @param role what the field's addresses are to the mail
     * @param limits bounds how many addresses are read
     * @param defects takes {@code INVALID_ADDRESS} and {@code TOO_MANY_ADDRESSES}, at the field's offset
     * @return its participants in order; a field without any address, such as {@code undisclosed-recipients:;}, has none
     */
    public static List<Participant> parse(Role role, HeaderField field, Limits limits, Defects defects) {
        List<Participant> participants = new ArrayList<>(2);
        parse(role, field, limits, defects, participants);
        return participants;
    }

    /**
     * Parses all address fields of a header, in the order of the mail. Destination fields that are repeated count as one
     * (RFC 5322 §4.5.3); of the others the first counts.
     *
     * @param limits bounds the addresses of all fields together
     * @param defects takes {@code INVALID_ADDRESS} and {@code TOO_MANY_ADDRESSES}
     */
    public static List<Participant> parseAll(HeaderBlock header, Limits limits, Defects defects) {
        List<Participant> participants = new ArrayList<>();
        Set<Role> met = EnumSet.noneOf(Role.class);
        for (HeaderField field : header.fields()) {
            Role role = role(field.name());
            if (role == null) {
                continue;
            }
            boolean destination = role == Role.TO || role == Role.CC || role == Role.BCC;
            if ((met.add(role) || destination) && !parse(role, field, limits, defects, participants)) {
                break;
            }
        }
        return participants;
    }

    /** The role of the addresses in a field of that name; {@code null} when it is none of the address fields. */
    public static @Nullable Role role(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("To") ? Role.TO : name.equalsIgnoreCase("Cc") ? Role.CC : null;
            case 3 -> name.equalsIgnoreCase("Bcc") ? Role.BCC : null;
            case 4 -> name.equalsIgnoreCase("From") ? Role.FROM : null;
            case 6 -> name.equalsIgnoreCase("Sender") ? Role.SENDER : null;
            case 8 -> name.equalsIgnoreCase("Reply-To") ? Role.REPLY_TO : null;
            default -> null;
        };
    }

    private static boolean parse(
            Role role, HeaderField field, Limits limits, Defects defects, List<Participant> participants) {
        boolean complete = new AddressList(role, field, limits.addresses(), defects, participants).parse();
        if (!complete) {
            defects.add(DefectCode.TOO_MANY_ADDRESSES, field.offset());
        }
        return complete;
    }

    /**
     * Brings {@code local@domain} into the form that {@link Participant#address} has: the domain in lower case and in
     * Unicode. Returns {@code null} when the text is no address (RFC 5322 §3.4.1); blanks and comments must have gone.
     */
    static @Nullable String normalize(String text) {
        int at = text.endsWith("]") ? text.lastIndexOf("@[") : text.lastIndexOf('@');
        if (at <= 0 || !isLocalPart(text, at)) {
            return null;
        }
        String domain = domain(text, at + 1);
        return domain == null ? null : text.substring(0, at + 1) + domain;
    }

    /** A dot-atom, or a quoted string (RFC 5322 §3.4.1), also with UTF-8 (RFC 6532). */
    private static boolean isLocalPart(String text, int end) {
        if (text.charAt(0) == '"') {
            int pos = 1;
            while (pos < end && text.charAt(pos) != '"') {
                pos += text.charAt(pos) == '\\' ? 2 : 1;
            }
            return pos == end - 1;
        }
        boolean afterDot = true;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (afterDot) {
                    return false;
                }
                afterDot = true;
            } else if (c <= ' ' || c == 127 || "()<>[]:;@\\,\"".indexOf(c) >= 0) {
                return false;
            } else {
                afterDot = false;
            }
        }
        return !afterDot;
    }

    private static @Nullable String domain(String text, int start) {
        int end = text.length();
        if (start < end && text.charAt(start) == '[') {
            return text.indexOf(']', start) == end - 1 && end - start > 2 && !hasBlank(text, start)
                    ? text.substring(start).toLowerCase(Locale.ROOT)
                    : null;
        }
        if (start < end && text.charAt(end - 1) == '.') {
            end--;
        }
        if (start >= end || end - start > MAX_DOMAIN) {
            return null;
        }
        boolean ascii = true;
        boolean afterDot = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' ? afterDot : !isDomainChar(c)) {
                return null;
            }
            afterDot = c == '.';
            ascii &= c < 128;
        }
        if (afterDot) {
            return null;
        }
        String domain = text.substring(start, end).toLowerCase(Locale.ROOT);
        return domain.contains("xn--")
                ? unicode(domain)
                : ascii ? domain : Normalizer.normalize(domain, Normalizer.Form.NFC);
    }

    /** RFC 5890; what is not a valid A-label stays one. */
    private static String unicode(String domain) {
        String unicode;
        try {
            unicode = IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (RuntimeException invalid) {
            // Documented not to throw, it does on some hostile labels.
            return domain;
        }
        for (int i = 0; i < unicode.length(); i++) {
            char c = unicode.charAt(i);
            if (c != '.' && !isDomainChar(c)) {
                return domain;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < unicode.length()
                        && Character.isLowSurrogate(unicode.charAt(i + 1));
                if (!pair) {
                    return domain;
                }
                i++;
            }
        }
        return unicode;
    }

    private static boolean isDomainChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || (c >= 160 && !Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != '\uFFFD');
    }

    private static boolean hasBlank(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                return true;
            }
        }
        return false;
    }
}
