package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;

/** Names the dialect of a line that has been read, and what the dialect settles. */
final class Dialects {
    private Dialects() {}

    static Dialect of(ReceivedParser line, @Nullable String with, @Nullable String via) {
        ReceiverReader by = line.receiver();
        Software software = by.software();
        String host = by.host();
        if (line.isInvoked()) {
            return Dialect.QMAIL;
        }
        if (line.hasRhostFlags() || "listexpand".equals(via)) {
            return Dialect.VGER;
        }
        if (software != null) {
            Dialect named = of(software.name());
            if (named != null) {
                return named;
            }
        }
        if ("mapi".equals(with)) {
            return Dialect.EXCHANGE;
        }
        if (host != null && isGoogle(line, host, with)) {
            return Dialect.GOOGLE;
        }
        // Between the servers of Exchange Online: with HTTPS.
        if (host != null && host.endsWith(".outlook.com")) {
            return Dialect.EXCHANGE;
        }
        // groups.io hands mail from its web pages on to itself by 127.0.0.2.
        if (host != null && (host.equals("groups.io") || host.endsWith(".groups.io") || host.equals("127.0.0.2"))) {
            return Dialect.GROUPS_IO;
        }
        if (isEximId(line.id()) && (with == null || Character.isLetter(with.charAt(0)))) {
            return Dialect.EXIM;
        }
        if (isQmail(line, with)) {
            return Dialect.QMAIL;
        }
        if (with != null && (with.startsWith("LMTP") || with.startsWith("UTF8LMTP"))) {
            return Dialect.LMTP;
        }
        boolean found = line.peer().isPresent() || by.isPresent() || with != null || line.id() != null || via != null;
        return found ? Dialect.RFC5321 : Dialect.UNKNOWN;
    }

    private static @Nullable Dialect of(String software) {
        if (software.startsWith("Postfix")) {
            return Dialect.POSTFIX;
        }
        if (software.regionMatches(true, 0, "Exim", 0, 4)) {
            return Dialect.EXIM;
        }
        if (software.equals("Sendmail")) {
            return Dialect.SENDMAIL;
        }
        if (software.startsWith("Microsoft") || software.equals("Internet Mail Service")) {
            return Dialect.EXCHANGE;
        }
        if (software.startsWith("qmail")) {
            return Dialect.QMAIL;
        }
        return software.startsWith("LISTSERV") ? Dialect.LISTSERV : null;
    }

    /** Google's hosts by name; and its inner hops, by an address of 10/8 or of 2002:a00::/24, which is 10/8 as 6to4. */
    private static boolean isGoogle(ReceivedParser line, String host, @Nullable String with) {
        if (host.endsWith(".google.com") || host.equals("smtp.gmail.com") || host.endsWith(".googlemail.com")) {
            return true;
        }
        boolean inner = host.equals(line.receiver().ip())
                && (host.startsWith("10.") || (host.startsWith("2002:a") && host.indexOf(':', 5) == 8));
        return inner && !line.peer().isPresent() && ("SMTP".equals(with) || "HTTP".equals(with));
    }

    static boolean isEximId(@Nullable String id) {
        return id != null
                && ((id.length() == 16 && id.charAt(6) == '-' && id.charAt(13) == '-')
                        || (id.length() == 23 && id.charAt(6) == '-' && id.charAt(18) == '-'));
    }

    /** qmail-smtpd: {@code from RDNS (HELO NAME) (USER@IP) by HOST with SMTP}, without software and id; qmail-qmqpd, qmail-qmtpd. */
    private static boolean isQmail(ReceivedParser line, @Nullable String with) {
        ReceiverReader by = line.receiver();
        if (with == null || line.id() != null || by.software() != null || by.ip() != null) {
            return false;
        }
        return with.equals("QMQP")
                || with.equals("QMTP")
                || (with.equals("SMTP") && line.peer().hasBareIp());
    }

    /** Whether the first name is the one by reverse DNS and a HELO of the same name is left out. */
    static boolean isRdnsFirst(Dialect dialect, PeerReader peer) {
        return switch (dialect) {
            case EXIM, VGER -> true;
            case QMAIL -> peer.isDescribed();
            default -> false;
        };
    }

    /** Software that is named as the protocol: {@code Microsoft SMTP Server}, {@code qmail-scanner-0.90}, {@code XWall v3.21}. */
    static @Nullable Software softwareOf(String with, Words clause) {
        boolean registered = Protocol.isRegistered(with);
        boolean phrase = clause.size() > 1 && !clause.is(1, "encrypted");
        if (with.length() < 4 || (registered && (!phrase || clause.startsWith(0, with)))) {
            return null;
        }
        Software named = Software.of(clause);
        boolean product = phrase && Character.isUpperCase(clause.first(0));
        return named != null && (product || named.version() != null) ? named : null;
    }

    /** Exchange writes its version where others write the queue id: {@code 15.2.2562.17}. */
    static @Nullable String exchangeVersion(@Nullable String id) {
        if (id == null) {
            return null;
        }
        int dots = 0;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return null;
            }
        }
        return dots == 3 ? id : null;
    }
}
