package org.listlens.generate;

import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which mail software writes trace lines; each sets in the {@link Hop} what its line says. */
enum LineStyle {
    POSTFIX_TLS {
        @Override
        String write(Transfer t, Hop hop) {
            return postfix(t, hop, "ESMTPS", QueueIds.postfixShort(t.random()));
        }
    },
    /** Postfix with {@code enable_long_queue_ids}. */
    POSTFIX_LONG_ID {
        @Override
        String write(Transfer t, Hop hop) {
            hop.idMs = t.clockMs();
            return postfix(t, hop, "ESMTPS", QueueIds.postfixLong(t.clockMs(), t.random()));
        }
    },
    /** Without TLS, as from one's own list manager by way of localhost. */
    POSTFIX_PLAIN {
        @Override
        String write(Transfer t, Hop hop) {
            return postfix(t, hop, "ESMTP", QueueIds.postfixShort(t.random()));
        }
    },
    POSTFIX_SUBMISSION {
        @Override
        String write(Transfer t, Hop hop) {
            hop.authenticated = t.sender();
            return postfix(t, hop, "ESMTPSA", QueueIds.postfixShort(t.random()));
        }
    },
    POSTFIX_LOCAL {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "postfix";
            hop.by(t.by(), "Postfix", null);
            hop.id = QueueIds.postfixShort(t.random());
            return "Received: by " + t.by().name() + " (Postfix, from userid "
                    + t.random().between(100, 1010) + ")\n\tid " + hop.id + "; "
                    + Dates.postfix(t.clockMs(), t.by().zone());
        }
    },
    SENDMAIL {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "sendmail";
            hop.from(t.from());
            hop.by(t.by(), "Sendmail", "8.17.1");
            hop.id = QueueIds.sendmail(t.clockMs(), t.random());
            hop.idMs = t.secondMs();
            hop.recipient = t.recipient();
            boolean tls = t.random().chance(0.7);
            hop.with = tls ? "ESMTPS" : "ESMTP";
            if (tls) {
                hop.tls("1.2", "ECDHE-RSA-AES256-GCM-SHA384", 256);
            }
            String peer = t.from().rdns() == null
                    ? t.from().literal()
                    : t.from().rdns() + ' ' + t.from().literal();
            String forged = t.random().chance(0.05) ? " (may be forged)" : "";
            return "Received: from " + t.from().helo() + " (" + peer + forged + ")\n\tby " + t.by().name()
                    + " (8.17.1/8.17.1) with " + hop.with + " id " + hop.id
                    + (tls ? "\n\t(version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT)" : "")
                    + t.forClause("\n\t") + ";\n\t" + sendmailDate(t);
        }
    },
    SENDMAIL_SUBMIT {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "sendmail";
            hop.fromUser = t.user();
            hop.fromHost = "localhost";
            hop.by(t.by(), "Sendmail", "8.17.1");
            hop.id = QueueIds.sendmail(t.clockMs(), t.random());
            hop.idMs = t.secondMs();
            return "Received: (from " + t.user() + "@localhost)\n\tby " + t.by().name() + " (8.17.1/8.17.1/Submit) id "
                    + hop.id + ";\n\t" + sendmailDate(t);
        }
    },
    EXIM {
        @Override
        String write(Transfer t, Hop hop) {
            hop.from(t.from());
            boolean named = t.from().helo().equals(t.from().rdns());
            String peer = t.from().rdns() == null
                    ? "[" + t.from().ip() + "] (helo=" + t.from().helo() + ")"
                    : t.from().rdns() + " ([" + t.from().ip() + "]"
                            + (named ? "" : " helo=" + t.from().helo()) + ")";
            hop.tls("1.3", "TLS_AES_256_GCM_SHA384", 256);
            return exim(t, hop, peer, "esmtps", " (TLS1.3:TLS_AES_256_GCM_SHA384:256)", "4.94.2");
        }
    },
    EXIM_SUBMISSION {
        @Override
        String write(Transfer t, Hop hop) {
            int port = t.random().between(20_000, 60_000);
            hop.fromHelo = t.from().helo();
            hop.fromIp = t.from().ip();
            hop.fromPort = port;
            hop.authenticated = "";
            hop.tls("1.3", "TLS_AES_256_GCM_SHA384", 256);
            String peer = "[" + t.from().ip() + "] (port=" + port + " helo="
                    + t.from().helo() + ")";
            return exim(t, hop, peer, "esmtpsa", " (TLS1.3:TLS_AES_256_GCM_SHA384:256)", "4.98");
        }
    },
    EXIM_LOCAL {
        @Override
        String write(Transfer t, Hop hop) {
            hop.fromUser = t.user();
            return exim(t, hop, t.user(), "local", "", "4.96");
        }
    },
    QMAIL_UID {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "qmail";
            return "Received: (qmail " + t.random().between(300, 32_000) + " invoked by uid "
                    + t.random().between(500, 1010) + "); " + Dates.qmail(t.clockMs());
        }
    },
    QMAIL_NETWORK {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "qmail";
            return "Received: (qmail " + t.random().between(300, 32_000) + " invoked from network); "
                    + Dates.qmail(t.clockMs());
        }
    },
    QMAIL_SMTP {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "qmail";
            hop.from(t.from());
            hop.byHost = t.by().name();
            hop.with = "SMTP";
            return "Received: from " + t.rdnsOrUnknown() + " (HELO " + t.from().helo() + ") ("
                    + t.from().ip() + ")\n  by " + t.by().name() + " with SMTP; " + Dates.qmail(t.clockMs());
        }
    },
    EXCHANGE_MAPI {
        @Override
        String write(Transfer t, Hop hop) {
            String store =
                    "2001:db8:5:" + t.random().between(1, 9) + "::" + t.random().between(1, 99);
            hop.dialect = "exchange";
            hop.fromHelo = t.by().cased();
            hop.fromIp = store;
            hop.byHost = t.by().name();
            hop.byIp = store;
            hop.with = "mapi";
            hop.id = "15.20." + t.random().between(3000, 7999) + ".032";
            return "Received: from " + t.by().cased() + "\n ([" + store + "]) by\n " + t.by().cased() + " ([" + store
                    + "])\n with mapi id " + hop.id + "; " + exchangeDate(t);
        }
    },
    EXCHANGE {
        @Override
        String write(Transfer t, Hop hop) {
            return exchange(t, hop, "");
        }
    },
    EXCHANGE_FRONTEND {
        @Override
        String write(Transfer t, Hop hop) {
            hop.via = "Frontend Transport";
            return exchange(t, hop, " via Frontend\n Transport");
        }
    },
    GOOGLE_X {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "google";
            String ip = internal(t);
            address(hop, ip + "::");
            hop.with = "SMTP";
            hop.id = QueueIds.googleX(t.clockMs(), t.random());
            hop.idMs = t.clockMs();
            return "X-Received: by " + ip + ":: with SMTP id " + hop.id + ";\n " + Dates.google(t.clockMs());
        }
    },
    GOOGLE_INTERNAL {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "google";
            String ip = internal(t);
            address(hop, ip + "::");
            hop.with = "SMTP";
            hop.id = QueueIds.googleInternal(t.random());
            return "Received: by " + ip + ":0:0:0:0 with SMTP id " + hop.id + ";\n        " + Dates.google(t.clockMs());
        }
    },
    GOOGLE_HTTP {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "google";
            String ip = internal(t);
            address(hop, ip + "::");
            hop.with = "HTTP";
            String date = Dates.google(t.clockMs());
            int fold = date.indexOf(" -0");
            return "Received: by " + ip + ":0:0:0:0 with HTTP; " + date.substring(0, fold) + "\n"
                    + date.substring(fold);
        }
    },
    GOOGLE_RELAY {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "google";
            hop.byHost = t.by().name();
            hop.with = "SMTP";
            hop.id = QueueIds.googleRelay(t.random());
            return "Received: by " + t.by().name() + " with SMTP id " + hop.id + t.forClause("\n        ")
                    + ";\n        " + Dates.google(t.clockMs());
        }
    },
    GOOGLE_MX {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "google";
            hop.from(t.from());
            hop.byHost = t.by().name();
            hop.with = "ESMTPS";
            long opened = t.secondMs() - t.random().below(12) * 1000L;
            hop.id = QueueIds.googleMx(opened, t.random());
            hop.idMs = opened;
            hop.recipient = t.recipient();
            hop.tls("1.3", "TLS_AES_256_GCM_SHA384", 256);
            return "Received: from " + t.from().helo() + " (" + t.rdnsOrUnknown() + ". "
                    + t.from().literal()
                    + ")\n        by " + t.by().name() + " with ESMTPS id " + hop.id + t.forClause("\n        ")
                    + "\n        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n        "
                    + Dates.google(t.clockMs());
        }
    },
    ZMAILER {
        @Override
        String write(Transfer t, Hop hop) {
            int port = t.random().between(20_000, 60_000);
            hop.dialect = "vger";
            hop.from(t.from());
            hop.fromPort = port;
            hop.byHost = t.by().name();
            hop.with = "ESMTP";
            hop.id = QueueIds.zmailer(t.clockMs(), t.random());
            hop.idMs = t.secondMs();
            return "Received: from " + t.rdnsOrUnknown() + " (" + t.from().literal() + ":" + port + " \"EHLO\n        "
                    + t.from().helo() + "\" rhost-flags-OK-OK-OK-OK) by " + t.by().name()
                    + "\n        with ESMTP id " + hop.id + " (ORCPT\n        <rfc822;" + t.recipient() + ">); "
                    + Dates.plain(t.clockMs(), t.by().zone());
        }
    },
    LISTEXPAND {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "vger";
            hop.byHost = t.by().name();
            hop.via = "listexpand";
            hop.id = QueueIds.zmailer(t.clockMs(), t.random());
            hop.idMs = t.secondMs();
            String others = t.random().chance(0.3) ? "\n        + " + t.random().between(2, 99) + " others" : "";
            return "Received: (majordomo@" + t.by().name() + ") by " + t.by().name()
                    + " via listexpand\n        id " + hop.id + " (ORCPT <rfc822;" + t.recipient() + ">" + others
                    + ");\n        " + Dates.plain(t.clockMs(), t.by().zone());
        }
    },
    GROUPS_IO_IN {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "groups-io";
            hop.from(t.from());
            hop.byHost = t.by().name();
            hop.with = "SMTP";
            hop.id = QueueIds.groupsIo(t.clockMs(), t.random());
            hop.idMs = t.clockMs();
            hop.recipient = t.recipient();
            return "Received: from " + t.from().helo() + " (" + t.rdnsOrUnknown() + ' '
                    + t.from().literal()
                    + ")\n by " + t.by().name() + " with SMTP id " + hop.id + t.forClause("\n ") + ";\n "
                    + Dates.zeroPadded(t.clockMs(), t.by().zone());
        }
    },
    GROUPS_IO_OUT {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "groups-io";
            address(hop, "127.0.0.2");
            hop.with = "SMTP";
            hop.id = t.random().string(QueueIds.BASE62, 4) + "YY" + t.random().between(1_000_000, 9_999_999)
                    + t.random().string(QueueIds.BASE62, 14);
            return "Received: by 127.0.0.2 with SMTP id " + hop.id + "; "
                    + Dates.zeroPadded(t.clockMs(), t.by().zone());
        }
    },
    LISTSERV {
        @Override
        String write(Transfer t, Hop hop) {
            String name = t.by().name().toUpperCase(Locale.ROOT);
            hop.dialect = "listserv";
            hop.fromHelo = name;
            hop.by(t.by(), "LISTSERV-TCP/IP", "17.0");
            hop.with = "spool";
            hop.id = Integer.toString(t.random().between(10_000_000, 39_999_999));
            hop.recipient = t.recipient();
            return "Received: from " + name + " by " + name
                    + "\n          (LISTSERV-TCP/IP release 17.0) with spool id " + hop.id + " for\n          "
                    + t.recipient() + "; " + Dates.plain(t.clockMs(), t.by().zone());
        }
    },
    /** Dovecot, at the end of a mail's way. */
    LMTP {
        @Override
        String write(Transfer t, Hop hop) {
            hop.dialect = "lmtp";
            hop.fromHelo = t.from().helo();
            hop.byHost = t.by().name();
            hop.with = "LMTP";
            hop.id = t.random().string(QueueIds.BASE62, 20) + "AA";
            hop.recipient = t.recipient();
            hop.envelopeFrom = t.sender();
            return "Received: from " + t.from().helo() + "\n\tby " + t.by().name() + " with LMTP\n\tid " + hop.id
                    + "\n\t(envelope-from <" + t.sender() + ">)" + t.forClause("\n\t") + "; "
                    + Dates.zeroPadded(t.clockMs(), t.by().zone());
        }
    },
    /** A bulk sender's gateway: no semicolon before the date, which has fractions. */
    BULK_HTTP {
        @Override
        String write(Transfer t, Hop hop) {
            hop.fromHelo = "MTc0MzAzNDc";
            hop.by(t.by(), "SG", null);
            hop.with = "HTTP";
            hop.id = t.random().string(QueueIds.BASE62, 22);
            hop.stampMs = t.clockMs();
            return "Received: from MTc0MzAzNDc (unknown)\n by " + t.by().name() + " (SG) with HTTP id " + hop.id + "\n "
                    + Dates.date(t.clockMs(), Zone.UTC, "0") + '.'
                    + Dates.digits(Math.floorMod(t.clockMs(), 1000L), 3) + " +0000 (UTC)";
        }
    },
    /** The same sender's filter: a date as Go prints it. */
    BULK_FILTER {
        @Override
        String write(Transfer t, Hop hop) {
            String name = t.by().name().substring(0, t.by().name().indexOf('.'));
            LocalDateTime utc = Zone.utc(t.clockMs());
            hop.byHost = t.by().name();
            hop.with = "SMTP";
            hop.id = name
                    + '-'
                    + t.random().between(1000, 29_999)
                    + '-'
                    + Long.toHexString(Math.floorDiv(t.clockMs(), 1000L)).toUpperCase(Locale.ROOT)
                    + '-'
                    + t.random().between(1, 99);
            hop.stampMs = t.clockMs();
            return "Received: by " + t.by().name() + " with SMTP id\n " + hop.id + "\n " + utc.toLocalDate() + ' '
                    + Dates.clock(utc) + '.' + Dates.digits(Math.floorMod(t.clockMs(), 1000L), 3)
                    + Dates.digits(t.random().below(1_000_000), 6) + " +0000 UTC m=+"
                    + t.random().between(1000, 2_000_000) + '.'
                    + Dates.digits(t.random().below(1_000_000_000), 9);
        }
    },
    /** A web mailer that names its zone only by letters. */
    WEBMAIL {
        @Override
        String write(Transfer t, Hop hop) {
            hop.fromHelo = t.from().literal();
            hop.fromIp = t.from().ip();
            hop.byHost = t.by().name();
            hop.via = "HTTP";
            return "Received: from " + t.from().literal() + " by " + t.by().name() + " via HTTP; "
                    + Dates.date(t.clockMs(), t.by().zone(), "0") + ' '
                    + t.by().zone().abbreviation(t.clockMs());
        }
    },
    /** An old gateway: a year of two digits and an obsolete zone (RFC 5322 §4.3). */
    SMAIL {
        @Override
        String write(Transfer t, Hop hop) {
            LocalDateTime local = t.by().zone().local(t.clockMs());
            hop.fromHelo = t.from().helo();
            hop.fromIp = t.from().ip();
            hop.by(t.by(), "Smail", "3.2.0.111");
            hop.with = "SMTP";
            hop.id = "m0" + t.random().string(QueueIds.BASE62, 4) + "-000"
                    + t.random().string(QueueIds.BASE62, 3) + 'C';
            return "Received: from " + t.from().helo() + " (" + t.from().literal() + ") by " + t.by().name()
                    + "\n\twith smtp (Smail3.2.0.111)\n\tid " + hop.id + "; " + Dates.day(local) + ", "
                    + local.getDayOfMonth() + ' ' + Dates.month(local) + ' ' + Dates.two(local.getYear() % 100) + ' '
                    + Dates.clock(local) + ' ' + t.by().zone().abbreviation(t.clockMs());
        }
    };

    /** Writes the line, folded as the software folds, and notes in {@code hop} what it says. */
    abstract String write(Transfer t, Hop hop);

    /** Writes the line of a host that takes the mail at a true time. */
    Hop write(Transfer t, long trueMs) {
        Hop hop = new Hop();
        hop.stampMs = t.secondMs();
        hop.stampedBy = t.by().name();
        hop.trueMs = trueMs;
        hop.offsetMs = t.clockMs() - trueMs;
        hop.text = write(t, hop);
        hop.zoneMinutes = zoneMinutes(t);
        return hop;
    }

    private @Nullable Integer zoneMinutes(Transfer t) {
        return switch (this) {
            case QMAIL_UID, QMAIL_NETWORK, QMAIL_SMTP -> null;
            case GOOGLE_X, GOOGLE_INTERNAL, GOOGLE_HTTP, GOOGLE_RELAY, GOOGLE_MX ->
                Zone.PACIFIC.offsetMinutes(t.clockMs());
            case BULK_HTTP, BULK_FILTER -> 0;
            default -> t.by().zone().offsetMinutes(t.clockMs());
        };
    }

    private static String postfix(Transfer t, Hop hop, String protocol, String id) {
        boolean tls = !protocol.equals("ESMTP");
        hop.dialect = "postfix";
        hop.from(t.from());
        hop.by(t.by(), "Postfix", null);
        hop.with = protocol;
        hop.id = id;
        hop.recipient = t.recipient();
        StringBuilder line = new StringBuilder("Received: from " + t.from().helo() + " (" + t.rdnsOrUnknown() + ' '
                + t.from().literal() + ')');
        if (tls) {
            hop.tls("1.3", "TLS_AES_256_GCM_SHA384", 256);
            line.append("\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)")
                    .append("\n\t key-exchange X25519 server-signature RSA-PSS (2048 bits))")
                    .append("\n\t(No client certificate requested)");
        }
        if (hop.authenticated != null) {
            line.append("\n\t(Authenticated sender: ").append(hop.authenticated).append(')');
        }
        line.append("\n\tby ")
                .append(t.by().name())
                .append(" (Postfix) with ")
                .append(protocol)
                .append(" id ");
        line.append(id).append(t.recipient() == null ? ";\n\t" : t.forClause("\n\t") + "; ");
        return line.append(Dates.postfix(t.clockMs(), t.by().zone())).toString();
    }

    private static String exim(Transfer t, Hop hop, String peer, String protocol, String tls, String version) {
        hop.dialect = "exim";
        hop.by(t.by(), "Exim", version);
        hop.with = protocol.equals("local") ? protocol : protocol.toUpperCase(Locale.ROOT);
        hop.id = version.equals("4.98")
                ? QueueIds.eximLong(t.clockMs(), t.random())
                : QueueIds.exim(t.clockMs(), t.random());
        hop.idMs = t.secondMs();
        hop.envelopeFrom = t.sender();
        hop.recipient = t.recipient();
        return "Received: from " + peer + "\n\tby " + t.by().name() + " with " + protocol + tls + "\n\t(Exim " + version
                + ")\n\t(envelope-from <" + t.sender() + ">)\n\tid " + hop.id + t.forClause("\n\t") + "; "
                + Dates.zeroPadded(t.clockMs(), t.by().zone());
    }

    private static String exchange(Transfer t, Hop hop, String via) {
        hop.dialect = "exchange";
        hop.fromHelo = t.from().helo();
        hop.fromIp = t.from().ip();
        hop.byHost = t.by().name();
        hop.byIp = t.by().ip();
        hop.with = "Microsoft SMTP Server";
        hop.tls("1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 0);
        hop.tlsBits = null;
        hop.software = "Microsoft SMTP Server";
        hop.id = "15.2." + t.random().between(1100, 2562) + '.' + t.random().between(2, 39);
        hop.version = hop.id;
        return "Received: from " + t.from().helo() + " (" + t.from().ip() + ") by\n " + t.by().cased() + " ("
                + t.by().ip() + ") with Microsoft SMTP Server\n (version=TLS1_2,"
                + " cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\n " + hop.id + via + "; " + exchangeDate(t);
    }

    /** Exchange folds at 76 columns, so often inside the date. */
    private static String exchangeDate(Transfer t) {
        String date = Dates.plain(t.clockMs(), t.by().zone());
        int fold = date.lastIndexOf(' ', 13);
        return date.substring(0, fold) + '\n' + date.substring(fold);
    }

    private static String sendmailDate(Transfer t) {
        Zone zone = t.by().zone();
        return zone == Zone.GMT
                ? Dates.date(t.clockMs(), zone, "") + " GMT"
                : Dates.plain(t.clockMs(), zone) + " (" + zone.abbreviation(t.clockMs()) + ')';
    }

    /** A host that a line names by its address only. */
    private static void address(Hop hop, String ip) {
        hop.byHost = ip;
        hop.byIp = ip;
    }

    /** The first half of an address inside Google: 6to4 (RFC 3056) of a private one. */
    private static String internal(Transfer t) {
        return "2002:a05:"
                + Integer.toHexString(t.random().between(0x6000, 0x6fff))
                + ':'
                + Integer.toHexString(t.random().between(0x1000, 0xffff));
    }
}
