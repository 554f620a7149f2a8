package org.listlens.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a copy from the edge of its author's site through a list host to the archive. */
final class ListRoute {
    private static final String SUBSCRIBER = "archive@archive.example.net";
    private static final Host ARCHIVE = new Host("mail.archive.example.net", "203.0.113.5", Zone.CENTRAL_EUROPE);
    private static final Host EXCHANGE = new Host("mbx03.archive.example.net", "203.0.113.6", Zone.UTC);
    private static final Host GOOGLE = new Host("mx.google.com", "192.0.2.200", Zone.PACIFIC);

    /** The hosts at the end of every way. */
    static final List<Host> ENDS = List.of(ARCHIVE, EXCHANGE, GOOGLE);

    private ListRoute() {}

    /** The host that takes mail for a list, and so the one that greylists. */
    static Host ingress(MailList list) {
        Host relay = list.relay();
        return relay == null ? list.host() : relay;
    }

    /** The list's side as the archive sees it. */
    static Peer exit(MailList list) {
        return list.software() == MailList.Software.GROUPS_IO
                ? new Peer("mail02.groups.io", "mail02.groups.io", "192.0.2.151")
                : list.host().peer();
    }

    /** The host that takes mail for the archive. */
    static Host archive(MailList list) {
        return switch (list.archive()) {
            case POSTFIX, POSTFIX_LMTP -> ARCHIVE;
            case EXCHANGE -> EXCHANGE;
            case GOOGLE -> GOOGLE;
        };
    }

    /** Takes a mail into the list host, after it was greylisted for a time. */
    static void in(Trip trip, MailList list, Peer edge, String sender, long greylistMs) {
        Host host = list.host();
        long hold = greylistMs + trip.random().logNormal(800, 1.3);
        String post = list.address();
        switch (list.software()) {
            case MAJORDOMO -> {
                Host relay = ingress(list);
                trip.hop(LineStyle.POSTFIX_TLS, relay, edge, sender, post, hold);
                trip.hop(LineStyle.ZMAILER, host, relay.peer(), sender, post);
            }
            case MLMMJ -> trip.hop(LineStyle.POSTFIX_TLS, host, edge, sender, post, hold);
            case MAILMAN_2 -> trip.hop(LineStyle.EXIM, host, edge, sender, post, hold);
            case MAILMAN_3, SYMPA -> trip.hop(LineStyle.POSTFIX_LONG_ID, host, edge, sender, post, hold);
            case GROUPS_IO -> {
                trip.hop(LineStyle.GROUPS_IO_IN, host, edge, sender, post, hold);
                trip.rename();
            }
            case EZMLM -> {
                trip.hop(LineStyle.QMAIL_SMTP, host, edge, sender, post, hold);
                trip.hop(LineStyle.QMAIL_NETWORK, host, edge, sender, post);
            }
            case LISTSERV -> trip.hop(LineStyle.SENDMAIL, host, edge, sender, post, hold);
        }
    }

    /** Takes a mail out of the list host, after a moderator or a stuck queue kept it for a time, to the archive. */
    static void out(Trip trip, MailList list, long keptMs) {
        Host host = list.host();
        String bounces = list.bounces();
        Peer localhost = new Peer(host.name(), "localhost", "127.0.0.1");
        long hold = keptMs + trip.random().logNormal(3_000, 1.4);
        switch (list.software()) {
            case MAJORDOMO -> trip.hop(LineStyle.LISTEXPAND, host, localhost, bounces, SUBSCRIBER, hold);
            case MLMMJ -> {
                Peer injected = new Peer("localhost.localdomain", "localhost.localdomain", "127.0.0.1");
                trip.hop(LineStyle.POSTFIX_PLAIN, host, injected, bounces, null, hold);
            }
            case MAILMAN_2, MAILMAN_3 -> trip.hop(LineStyle.POSTFIX_PLAIN, host, localhost, bounces, null, hold);
            case SYMPA -> trip.hop(LineStyle.POSTFIX_LOCAL, host, localhost, bounces, null, hold);
            case GROUPS_IO -> {
                trip.hop(LineStyle.GROUPS_IO_OUT, host, localhost, bounces, null, hold);
                trip.rename();
            }
            case EZMLM -> trip.hop(LineStyle.QMAIL_UID, host, localhost, bounces, null, hold);
            case LISTSERV -> trip.hop(LineStyle.LISTSERV, host, localhost, bounces, list.address(), hold);
        }
    }

    /** Takes a mail from the list host to the archive. */
    static void deliver(Trip trip, MailList list) {
        String bounces = list.bounces();
        Peer exit = exit(list);
        long hold = trip.random().chance(0.02)
                ? trip.random().logNormal(900_000, 0.8)
                : trip.random().logNormal(1_500, 1.2);
        switch (list.archive()) {
            case POSTFIX -> trip.hop(LineStyle.POSTFIX_TLS, ARCHIVE, exit, bounces, SUBSCRIBER, hold);
            case POSTFIX_LMTP -> {
                trip.hop(LineStyle.POSTFIX_TLS, ARCHIVE, exit, bounces, SUBSCRIBER, hold);
                trip.hop(LineStyle.LMTP, ARCHIVE, ARCHIVE.peer(), bounces, SUBSCRIBER);
            }
            case EXCHANGE -> trip.hop(LineStyle.EXCHANGE, EXCHANGE, exit, bounces, SUBSCRIBER, hold);
            case GOOGLE -> {
                trip.hop(LineStyle.GOOGLE_MX, GOOGLE, exit, bounces, SUBSCRIBER, hold);
                trip.hop(LineStyle.GOOGLE_X, GOOGLE, exit, bounces, SUBSCRIBER);
                trip.hop(LineStyle.GOOGLE_INTERNAL, GOOGLE, exit, bounces, SUBSCRIBER);
            }
        }
    }

    /** Greylisting as postgrey or SQLgrey note it, below the line of the host that did it; {@code null} elsewhere. */
    static @Nullable String greylistField(MailList list, long greylistMs, long clockMs) {
        if (greylistMs == 0) {
            return null;
        }
        Host host = ingress(list);
        long seconds = greylistMs / 1000;
        if (list.software() == MailList.Software.MAILMAN_3) {
            return "X-Greylist: delayed " + Dates.two((int) (seconds / 3600)) + ':'
                    + Dates.two((int) (seconds / 60 % 60)) + ':' + Dates.two((int) (seconds % 60))
                    + " by SQLgrey-1.8.0";
        }
        return "X-Greylist: delayed " + seconds + " seconds by postgrey-1.37 at " + host.name() + "; "
                + Dates.date(clockMs, host.zone(), "0") + ' ' + host.zone().abbreviation(clockMs);
    }
}
