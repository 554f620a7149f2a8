package org.listlens.trace;

import java.util.List;
import org.listlens.mail.Dialect;
import org.listlens.mail.Hop;

/**
 * Finds where a mail reached the site that archived it: of the newest hops, those by hosts of one organisation. A host joins
 * its newer neighbour, whatever its name, when that had the mail from the same machine or fetched it from a mailbox.
 */
final class Arrival {
    private Arrival() {}

    /**
     * The oldest hop of the recipient's site.
     *
     * @param after a hop that is not of that site, nor is any older one; -1 when that is not known
     */
    static int of(List<Hop> hops, int after) {
        int arrival = hops.size() - 1;
        String organisation = Domains.organisation(hops.get(arrival));
        for (int i = arrival - 1; i > after; i--) {
            Hop hop = hops.get(i);
            String its = Domains.organisation(hop);
            if (isSameHost(hop, hops.get(i + 1))) {
                // The site goes by the name of its outermost host.
                organisation = its == null ? organisation : its;
            } else if (its == null || !its.equals(organisation)) {
                break;
            }
            arrival = i;
        }
        return arrival;
    }

    /** Whether a mail did not leave the machine or the site by this hop: handed on locally, or fetched from a mailbox. */
    static boolean isLocal(Hop hop) {
        String with = hop.with();
        if (with != null
                && (with.startsWith("LMTP")
                        || with.startsWith("IMAP")
                        || with.startsWith("POP")
                        || with.equalsIgnoreCase("local"))) {
            return true;
        }
        Hop.Peer from = hop.from();
        if (from == null) {
            // qmail has taken over what the line below tells of.
            return hop.by() == null && hop.dialect() == Dialect.QMAIL;
        }
        String by = Domains.host(hop);
        return isLoopback(from) || (by != null && by.equals(from.host()));
    }

    static boolean isLoopback(Hop.Peer from) {
        return from.ip() == null
                ? Domains.isLoopback(from.host()) || (from.host() == null && Domains.isLoopback(from.helo()))
                : Domains.isLoopback(from.ip());
    }

    /** Whether the newer of two hops does not leave the host, or its site, that took the mail by the older. */
    static boolean isSameHost(Hop older, Hop newer) {
        if (isLocal(newer)) {
            return true;
        }
        String host = Domains.host(older);
        String next = Domains.host(newer);
        // A filter on the machine writes that it is localhost.
        return host != null
                && (host.equals(next) || (Domains.isLoopback(next) && host.equals(Domains.name(newer.from()))));
    }
}
