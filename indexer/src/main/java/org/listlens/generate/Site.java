package org.listlens.generate;

import java.util.List;

/**
 * A place that people send mail from: a domain and the hosts of its mail's way out.
 *
 * @param domain the domain of its addresses
 * @param origin what its mail goes through
 * @param inner the host that takes mail from people
 * @param outer the host that hands mail to other sites
 */
record Site(String domain, Origin origin, Host inner, Host outer) {
    /** What the mail of a site goes through on its way out. */
    enum Origin {
        SUBMISSION,
        WORKSTATION,
        SENDMAIL,
        EXIM,
        EXIM_LOCAL,
        QMAIL,
        EXCHANGE,
        GOOGLE,
        GOOGLE_WEB,
        BULK,
        WEBMAIL,
        OLD_GATEWAY
    }

    /** Every site; people are spread over them in turn. */
    static final List<Site> ALL = List.of(
            new Site("skymail.example.com", Origin.GOOGLE, google("mail-oi1-f45"), google("mail-oi1-f45")),
            new Site(
                    "observatory.example.org",
                    Origin.SUBMISSION,
                    new Host("smtp.observatory.example.org", "192.0.2.10", Zone.CENTRAL_EUROPE),
                    new Host("smtp.observatory.example.org", "192.0.2.10", Zone.CENTRAL_EUROPE)),
            new Site(
                    "kiln.example.net",
                    Origin.WORKSTATION,
                    new Host("kiln-ws.kiln.example.net", "198.51.100.20", Zone.EASTERN_EUROPE),
                    new Host("mx.kiln.example.net", "2001:db8:20::25", Zone.EASTERN_EUROPE)),
            new Site(
                    "orchard.example.com",
                    Origin.EXIM,
                    new Host("mail.orchard.example.com", "203.0.113.30", Zone.CENTRAL_EUROPE),
                    new Host("mail.orchard.example.com", "203.0.113.30", Zone.CENTRAL_EUROPE)),
            new Site(
                    "harbour.example.org",
                    Origin.EXCHANGE,
                    new Host("ex01.harbour.example.org", "192.0.2.41", Zone.UTC),
                    new Host("ex-edge.harbour.example.org", "192.0.2.42", Zone.UTC)),
            new Site(
                    "university.example.net",
                    Origin.SENDMAIL,
                    new Host("linux7.university.example.net", "198.51.100.51", Zone.EASTERN),
                    new Host("mx-out.university.example.net", "198.51.100.52", Zone.EASTERN, new Clock(-45_000, 0))),
            new Site("skymail.example.com", Origin.GOOGLE_WEB, google("mail-wm1-x32c"), google("mail-wm1-x32c")),
            new Site(
                    "ropewalk.example.net",
                    Origin.QMAIL,
                    new Host("ropewalk.example.net", "203.0.113.60", Zone.UTC),
                    new Host("ropewalk.example.net", "203.0.113.60", Zone.UTC)),
            new Site(
                    "foundry.example.com",
                    Origin.EXIM_LOCAL,
                    new Host("builder.foundry.example.com", "192.0.2.71", Zone.INDIA),
                    new Host("relay.foundry.example.com", "192.0.2.72", Zone.INDIA, new Clock(7_000, 0))),
            new Site(
                    "newsletter.example.com",
                    Origin.BULK,
                    new Host("geopod-ismtpd-1-0.bulk.example.com", "198.51.100.80", Zone.UTC),
                    new Host("filter1991p1.bulk.example.com", "198.51.100.81", Zone.UTC)),
            new Site(
                    "lighthouse.example.net",
                    Origin.WEBMAIL,
                    new Host("web101.lighthouse.example.net", "203.0.113.90", Zone.PACIFIC),
                    new Host("out3.lighthouse.example.net", "203.0.113.91", Zone.JAPAN)),
            new Site(
                    "mill.example.org",
                    Origin.OLD_GATEWAY,
                    new Host("oldgate.mill.example.org", "192.0.2.95", Zone.EASTERN),
                    new Host("mx2.mill.example.org", "192.0.2.96", Zone.GMT)));

    private static Host google(String name) {
        return new Host(name + ".google.com", "192.0.2." + (100 + name.length()), Zone.PACIFIC);
    }

    /** Takes a mail from its author to the edge of the site, and returns how the next host sees that edge. */
    Peer depart(Trip trip, String sender) {
        Prng random = trip.random();
        Peer desk = new Peer("desk" + random.between(1, 40), null, "198.51.100." + random.between(100, 250));
        long hold = random.chance(0.015) ? random.logNormal(600_000, 0.9) : random.logNormal(900, 1.2);
        switch (origin) {
            case SUBMISSION -> trip.hop(LineStyle.POSTFIX_SUBMISSION, outer, desk, sender, null);
            case WORKSTATION -> {
                trip.hop(LineStyle.POSTFIX_LOCAL, inner, desk, sender, null);
                trip.hop(LineStyle.POSTFIX_LONG_ID, outer, inner.peer(), sender, null, hold);
            }
            case SENDMAIL -> {
                trip.hop(LineStyle.SENDMAIL_SUBMIT, inner, desk, sender, null);
                trip.hop(LineStyle.SENDMAIL, outer, inner.peer(), sender, null, hold);
            }
            case EXIM -> trip.hop(LineStyle.EXIM_SUBMISSION, outer, desk, sender, null);
            case EXIM_LOCAL -> {
                trip.hop(LineStyle.EXIM_LOCAL, inner, desk, sender, null);
                trip.hop(LineStyle.EXIM, outer, new Peer("builder", inner.name(), inner.ip()), sender, null, hold);
            }
            case QMAIL -> {
                trip.hop(LineStyle.QMAIL_UID, inner, desk, sender, null);
                trip.hop(LineStyle.QMAIL_SMTP, outer, desk, sender, null);
                trip.hop(LineStyle.QMAIL_NETWORK, outer, desk, sender, null, hold);
            }
            case EXCHANGE -> {
                trip.hop(LineStyle.EXCHANGE_MAPI, inner, desk, sender, null);
                trip.hop(
                        LineStyle.EXCHANGE,
                        inner,
                        new Peer("EX02.harbour.example.org", null, "192.0.2.43"),
                        sender,
                        null);
                trip.hop(
                        LineStyle.EXCHANGE_FRONTEND,
                        outer,
                        new Peer(inner.cased(), inner.name(), inner.ip()),
                        sender,
                        null,
                        hold);
            }
            case GOOGLE -> {
                trip.hop(LineStyle.GOOGLE_X, inner, desk, sender, null);
                trip.hop(LineStyle.GOOGLE_RELAY, outer, desk, sender, null, hold);
            }
            case GOOGLE_WEB -> {
                trip.hop(LineStyle.GOOGLE_HTTP, inner, desk, sender, null);
                trip.hop(LineStyle.GOOGLE_X, inner, desk, sender, null);
                trip.hop(LineStyle.GOOGLE_RELAY, outer, desk, sender, null, hold);
            }
            case BULK -> {
                trip.hop(LineStyle.BULK_HTTP, inner, desk, sender, null);
                trip.hop(LineStyle.BULK_FILTER, outer, inner.peer(), sender, null, hold);
            }
            case WEBMAIL -> {
                trip.hop(LineStyle.WEBMAIL, inner, desk, sender, null);
                trip.hop(LineStyle.POSTFIX_TLS, outer, inner.peer(), sender, null, hold);
            }
            case OLD_GATEWAY -> {
                trip.hop(LineStyle.SMAIL, inner, desk, sender, null);
                trip.hop(LineStyle.SENDMAIL, outer, inner.peer(), sender, null, hold);
            }
        }
        return outer.peer();
    }
}
