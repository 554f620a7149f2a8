package org.listlens.mailbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.source.SourceException;

/**
 * The address of a mailbox or newsgroup: {@code imap://user[;AUTH=mechanism][:password]@host:port/mailbox} (RFC 5092; the
 * password is an addition) or {@code nntp://user:password@host:port/group} (RFC 5538), and both with TLS as {@code
 * imaps} and {@code nntps}.
 *
 * @param scheme in small letters
 * @param mechanism the SASL mechanism that is asked for, in capitals; {@code null} for any
 * @param host as it is written, an IPv6 address in brackets
 * @param port the port, never 0
 * @param path what comes behind the slash, decoded; {@code null} when there is no slash
 * @param uidValidity the UIDVALIDITY that the mailbox is to have; -1 for any
 */
record MailboxUrl(
        String scheme,
        @Nullable String user,
        @Nullable String password,
        @Nullable String mechanism,
        String host,
        int port,
        @Nullable String path,
        long uidValidity) {
    private static final String UNRESERVED = "-._~";
    private static final String PATH = UNRESERVED + "/:@!$'()+,=&";
    private static final String UIDVALIDITY = ";UIDVALIDITY=";

    /** Whether the whole connection is by TLS. */
    boolean tls() {
        return scheme.endsWith("s");
    }

    /** The host as a resolver wants it. */
    String address() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Host and port, for messages. */
    String where() {
        return host + ':' + port;
    }

    /**
     * The name of a mailbox on this server: a URL without password, and without the port if it is the usual one. The
     * user stays, because each has an INBOX.
     *
     * @param who who logs in; {@code null} for nobody in particular
     */
    String name(@Nullable String who, String mailbox) {
        StringBuilder name = new StringBuilder(scheme).append("://");
        if (who != null) {
            encode(who, UNRESERVED, name);
            name.append('@');
        }
        name.append(host);
        if (port != standardPort(scheme)) {
            name.append(':').append(port);
        }
        name.append('/');
        encode(mailbox, PATH, name);
        return name.toString();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name(user, path == null ? "" : path);
    }

    /** @throws SourceException when it is none; the message does not repeat what may be a password */
    static MailboxUrl parse(String url) throws SourceException {
        int colon = url.indexOf("://");
        String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
        int begin = colon + 3;
        int slash = url.indexOf('/', begin);
        String authority = slash < 0 ? url.substring(begin) : url.substring(begin, slash);
        String path = slash < 0 ? null : url.substring(slash + 1);
        int at = authority.lastIndexOf('@');
        if (at < 0 && path != null && path.indexOf('@') >= 0) {
            throw malformed(
                    scheme,
                    "has an @ behind its first slash; write / and @ as %2F and %40 where they are part of"
                            + " a name or password");
        }
        String user = null;
        String password = null;
        String mechanism = null;
        if (at >= 0) {
            String login = authority.substring(0, at);
            int separator = login.indexOf(':');
            password = separator < 0 ? null : decode(scheme, login.substring(separator + 1));
            String who = separator < 0 ? login : login.substring(0, separator);
            int auth = who.toUpperCase(Locale.ROOT).indexOf(";AUTH=");
            if (auth >= 0) {
                String asked = decode(scheme, who.substring(auth + 6)).toUpperCase(Locale.ROOT);
                mechanism = asked.equals("*") ? null : asked;
                who = who.substring(0, auth);
            }
            user = who.isEmpty() ? null : decode(scheme, who);
        }
        String place = authority.substring(at + 1);
        int end = hostEnd(place);
        String host = place.substring(0, end).toLowerCase(Locale.ROOT);
        if (host.isEmpty() || (host.charAt(0) == '[' && host.indexOf(']') != host.length() - 1)) {
            throw malformed(scheme, "names no host");
        }
        int port = end == place.length() ? standardPort(scheme) : port(scheme, place.substring(end + 1));
        long uidValidity = -1;
        if (path != null && scheme.startsWith("imap")) {
            int semicolon = path.indexOf(';');
            if (semicolon >= 0) {
                uidValidity = uidValidity(scheme, path.substring(semicolon));
                path = path.substring(0, semicolon);
            }
            if (path.indexOf('?') >= 0) {
                throw malformed(
                        scheme, "asks for a search; name a mailbox, and write ? as %3F if it is part of its name");
            }
        }
        return new MailboxUrl(
                scheme, user, password, mechanism, host, port, path == null ? null : decode(scheme, path), uidValidity);
    }

    private static int hostEnd(String place) {
        int from = place.startsWith("[") ? Math.max(place.indexOf(']'), 0) : 0;
        int colon = place.indexOf(':', from);
        return colon < 0 ? place.length() : colon;
    }

    private static int port(String scheme, String digits) throws SourceException {
        int port = digits.length() > 5 ? -1 : (int) number(digits);
        if (port < 1 || port > 65_535) {
            throw malformed(scheme, "has no valid port; give one from 1 to 65535");
        }
        return port;
    }

    private static long uidValidity(String scheme, String suffix) throws SourceException {
        long value = suffix.regionMatches(true, 0, UIDVALIDITY, 0, UIDVALIDITY.length())
                ? number(suffix.substring(UIDVALIDITY.length()))
                : -1;
        if (value < 1) {
            throw malformed(
                    scheme,
                    "has a part behind a semicolon that is not ;UIDVALIDITY= and a number; name a whole mailbox, and"
                            + " write ; as %3B if it is part of its name");
        }
        return value;
    }

    /** The value of up to 18 digits; -1 when there is anything else. */
    static long number(String digits) {
        if (digits.isEmpty() || digits.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int standardPort(String scheme) {
        return switch (scheme) {
            case "imap" -> 143;
            case "imaps" -> 993;
            case "nntp" -> 119;
            default -> 563;
        };
    }

    private static SourceException malformed(String scheme, String what) {
        String form = scheme.startsWith("imap") ? "/mailbox" : "/group";
        return new SourceException(
                "The " + scheme + " URL " + what + ": its form is " + scheme + "://user@host:port" + form + ".");
    }

    private static String decode(String scheme, String encoded) throws SourceException {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        byte[] octets = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] != '%') {
                decoded.write(octets[i]);
                continue;
            }
            int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
            int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw malformed(scheme, "has a % without two hex digits behind it; write % itself as %25");
            }
            decoded.write(high << 4 | low);
            i += 2;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static void encode(String text, String plain, StringBuilder into) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter || plain.indexOf(c) >= 0) {
                into.append(c);
            } else {
                into.append('%');
                into.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                into.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
    }
}
