package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;
import org.listlens.mail.Hop;

/** What the names of hosts tell of who runs them. */
final class Domains {
    private Domains() {}

    /** Whether this is a host's name with its domain, and not an address or the name of a machine on its own. */
    static boolean isQualified(String host) {
        return host.indexOf('.') > 0 && !isAddress(host) && !isLocalName(host);
    }

    private static @Nullable String qualified(@Nullable String host) {
        return host != null && isQualified(host) ? host : null;
    }

    static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0 || host.startsWith("[")) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3, RFC 6761 §6.3). */
    static boolean isLoopback(@Nullable String host) {
        return host != null && (host.startsWith("127.") || host.equals("::1") || isLocalName(host));
    }

    private static boolean isLocalName(String host) {
        return host.regionMatches(true, 0, "localhost", 0, 9) && (host.length() == 9 || host.charAt(9) == '.');
    }

    /**
     * The domain under which an organisation registers its names: the last two labels, three under the usual second levels
     * of countries. Providers that use several domains have them as one. A name without a domain is its own.
     */
    static String organisation(String host) {
        int last = host.lastIndexOf('.');
        int second = last <= 0 ? -1 : host.lastIndexOf('.', last - 1);
        if (second > 0 && host.length() - last == 3 && isSecondLevel(host, second + 1, last)) {
            second = host.lastIndexOf('.', second - 1);
        }
        String domain = second < 0 ? host : host.substring(second + 1);
        return switch (domain) {
            case "office365.com" -> "outlook.com";
            case "gmail.com", "googlemail.com", "googlegroups.com" -> "google.com";
            default -> domain;
        };
    }

    private static boolean isSecondLevel(String host, int start, int end) {
        return switch (host.substring(start, end)) {
            case "co",
                    "com",
                    "net",
                    "org",
                    "ac",
                    "edu",
                    "gov",
                    "gob",
                    "or",
                    "ne",
                    "go",
                    "gv",
                    "ad",
                    "asn",
                    "id",
                    "ltd" -> true;
            default -> false;
        };
    }

    /** The organisation whose host took a mail; {@code null} where its line does not name it by a domain. */
    static @Nullable String organisation(Hop hop) {
        String host = host(hop);
        if (host == null) {
            return null;
        }
        if (isQualified(host)) {
            return organisation(host);
        }
        // Google names the hosts inside by their addresses.
        return hop.dialect() == Dialect.GOOGLE && isAddress(host) ? "google.com" : null;
    }

    /** The host that took a mail, as its line has it: a name, an address or {@code localhost}. */
    static @Nullable String host(Hop hop) {
        return hop.by() == null ? null : hop.by().host();
    }

    /** The name of the host that took a mail; {@code null} where the line does not tell its domain. */
    static @Nullable String name(Hop hop) {
        return qualified(host(hop));
    }

    /** The name of the host that handed a mail over: by reverse DNS, else as it called itself. */
    static @Nullable String name(Hop.@Nullable Peer peer) {
        if (peer == null || peer.host() != null) {
            return peer == null ? null : qualified(peer.host());
        }
        String helo = qualified(peer.helo());
        return helo == null ? null : HostName.canonical(helo);
    }

    /** Whether one name is the other or lies below it. */
    static boolean isWithin(String host, String domain) {
        int before = host.length() - domain.length();
        return host.endsWith(domain) && (before == 0 || (before > 0 && host.charAt(before - 1) == '.'));
    }
}
