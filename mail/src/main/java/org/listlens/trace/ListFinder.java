package org.listlens.trace;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;
import org.listlens.mail.Hop;

/**
 * Finds the hops of the list that a copy came by last: first the one with which the list sends the mail on, from the
 * newest hop on, then from there the first one of the list's site. Evidence for the former, the stronger first:
 *
 * <ol>
 *   <li>a line that says so ({@code via listexpand}, LISTSERV's spool, groups.io's 127.0.0.2), or the line above a field
 *       that list software or the delivery to it puts on top of the trace;
 *   <li>a line by which a host in the list's domain got the mail from itself: localhost, a user, a program. This comes
 *       before the first where it is newer and of another organisation, for then another list sent the mail on;
 *   <li>the newest line by a host in the list's domain, or by which a host that took mail for the list got it from itself;
 *   <li>the same of hosts in the domain of the list's organisation;
 *   <li>a host in transit that got the mail from elsewhere and then from itself;
 *   <li>the recipient's site itself, where the mail was archived from its delivery to the list.
 * </ol>
 *
 * <p>The newest line that names the list's address as its recipient is older than the exit. Hosts of the recipient's site
 * are the list's only if they took mail for its address, or have its name and the host of the newest line has not.
 */
final class ListFinder {
    /** What makes a host that of the list. */
    private enum Evidence {
        /** Its name lies in the list's domain. */
        NAME,
        /** It took mail for the list. */
        RECIPIENT,
        /** Its name lies in the domain of the organisation that the list's domain belongs to. */
        ORGANISATION
    }

    /** How many hosts in transit are looked at: more than any way has. */
    private static final int MAX_PASSED = 8;

    /** How far below a line another one of its site is looked for: farther than any site's lines stand apart. */
    private static final int MAX_LOCAL = 32;

    private final List<Hop> hops;
    private final ListSite site;
    private final TraceMarks marks;

    /** The host of each line by its name, where it tells one. */
    private final @Nullable String[] names;

    /** Whom each line, or where local ones stand between a newer one, has the mail from. */
    private final @Nullable String[] senders;

    /** The newest line at or below each that tells a name. */
    private final @Nullable String[] olderNames;

    /** Where the recipient's site begins, as far as one can tell without the list. */
    private final int arrival;

    /** The newest hop to the list's address; the list sends on after it. -1 without one. */
    private final int posted;

    private ListFinder(List<Hop> hops, ListSite site, TraceMarks marks) {
        this.hops = hops;
        this.site = site;
        this.marks = marks;
        int size = hops.size();
        names = new @Nullable String[size];
        olderNames = new @Nullable String[size];
        senders = new @Nullable String[size + 1];
        for (int i = 0; i < size; i++) {
            names[i] = Domains.name(hops.get(i));
            olderNames[i] = names[i] != null || i == 0 ? names[i] : olderNames[i - 1];
        }
        for (int i = size - 1; i >= 0; i--) {
            String sender = Domains.name(hops.get(i).from());
            senders[i] = sender != null || names[i] != null ? sender : senders[i + 1];
        }
        arrival = Arrival.of(hops, -1);
        posted = posted();
    }

    /** The list's hops; {@code null} when the trace does not show them. */
    static @Nullable ListHops find(List<Hop> hops, ListSite site, TraceMarks marks) {
        return new ListFinder(hops, site, marks).find();
    }

    private @Nullable ListHops find() {
        int marked = marked();
        int exit = Math.max(marked, told());
        if (!site.isEmpty()) {
            int injected = injected(Evidence.NAME);
            if (injected > exit && (exit < 0 || !isSameOrganisation(injected, exit))) {
                exit = injected;
            }
            exit = exit >= 0 ? exit : Math.max(named(Evidence.NAME), injected(Evidence.RECIPIENT));
            exit = exit >= 0 ? exit : injected(Evidence.ORGANISATION);
            exit = exit >= 0 ? exit : named(Evidence.ORGANISATION);
            exit = exit >= 0 ? exit : passed();
            exit = exit < 0 && (marks.isDelivered() || posted >= arrival) ? arrival : exit;
        }
        if (exit < 0) {
            return null;
        }
        int ingress = ingress(exit, exit == marked && exit > 0);
        return new ListHops(ingress, exit, host(ingress, exit));
    }

    private int posted() {
        for (int i = hops.size() - 1; i >= 0 && !site.isEmpty(); i--) {
            Hop hop = hops.get(i);
            if (!isSpool(hop) && site.isPost(hop.recipient())) {
                return i;
            }
        }
        return -1;
    }

    /** The line above a field that only list software, or a delivery to it, puts there. */
    private int marked() {
        int exit = index(marks.listField());
        int delivered = index(marks.addressField());
        return delivered <= arrival ? Math.max(exit, delivered) : exit;
    }

    /** The place of the hop with a position; -1 where there is none, or it was left out as one of too many. */
    private int index(int position) {
        int index = position - 1;
        if (index >= hops.size() || (index >= 0 && hops.get(index).position() != position)) {
            index -= hops.getLast().position() - hops.size();
        }
        return index >= 0 && hops.get(index).position() == position ? index : -1;
    }

    /** The newest line that says itself that a list sends the mail on. */
    private int told() {
        for (int i = hops.size() - 1; i >= 0; i--) {
            Hop hop = hops.get(i);
            if (isExpansion(hop)
                    || isSpool(hop)
                    || (hop.dialect() == Dialect.GROUPS_IO && Domains.isLoopback(Domains.host(hop)))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isExpansion(Hop hop) {
        return hop.dialect() == Dialect.VGER && "listexpand".equals(hop.via());
    }

    private static boolean isSpool(Hop hop) {
        return hop.dialect() == Dialect.LISTSERV && "spool".equals(hop.with());
    }

    /** The newest hop by which a host of the list got the mail from itself. */
    private int injected(Evidence evidence) {
        for (int i = hops.size() - 1; i > Math.max(posted, 0); i--) {
            String host = isInjection(hops.get(i)) ? hostOf(i) : null;
            if (host == null) {
                continue;
            }
            boolean isHome = i >= arrival;
            boolean isList = switch (evidence) {
                case NAME -> site.owns(host) && (!isHome || isApart(i) || took(i, host, true));
                case RECIPIENT -> took(i, host, isHome);
                case ORGANISATION -> isHome ? took(i, host, false) : site.isWithin(Domains.organisation(host));
            };
            if (isList) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a newer host is not in the list's domain, so that it is not for the recipient's site that this one is. */
    private boolean isApart(int i) {
        for (int newer = hops.size() - 1; newer > i; newer--) {
            String name = names[newer];
            if (name != null) {
                return !site.owns(name);
            }
        }
        return false;
    }

    /** Whether a host took the mail for the list before: for its very address, or for its name or domain. */
    private boolean took(int before, String host, boolean strictly) {
        String organisation = Domains.organisation(host);
        for (int i = before - 1; i >= Math.max(0, before - MAX_LOCAL); i--) {
            String its = Domains.organisation(hops.get(i));
            if (its != null && !its.equals(organisation)) {
                return false;
            }
            String recipient = hops.get(i).recipient();
            if (strictly ? site.isPost(recipient) : site.isNamed(recipient) || site.isAt(recipient)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a host got a mail from itself: by loopback or its own name, from a user or a program. */
    private boolean isInjection(Hop hop) {
        Hop.Peer from = hop.from();
        if (from == null) {
            // Postfix's pickup, and qmail-inject.
            return (hop.dialect() == Dialect.POSTFIX && hop.with() == null) || marks.isCall(hop.position());
        }
        String by = Domains.host(hop);
        if (Arrival.isLoopback(from) || (by != null && by.equals(from.host()))) {
            return true;
        }
        boolean isUser = from.user() != null && from.ip() == null && hop.with() == null;
        return isUser || "local".equalsIgnoreCase(hop.with());
    }

    /** The newest hop by a host with a name of the list's that is not of the recipient's site. */
    private int named(Evidence evidence) {
        for (int i = hops.size() - 1; i >= Math.max(posted, 0); i--) {
            String name = names[i];
            if (name == null || isSubmission(hops.get(i))) {
                continue;
            }
            boolean isList = evidence == Evidence.NAME
                    ? site.owns(name) && (i < arrival || isApart(i))
                    : i < arrival && site.isWithin(Domains.organisation(name));
            if (isList) {
                return i;
            }
        }
        return -1;
    }

    /** The newest host in transit that had the mail from elsewhere and got it from itself. */
    private int passed() {
        int tried = 0;
        for (int i = arrival - 1; i > Math.max(posted, 0) && tried < MAX_PASSED; i--) {
            String host = isInjection(hops.get(i)) ? hostOf(i) : null;
            if (host != null) {
                tried++;
                int first = ingress(i, false);
                if (first < i && isFromOutside(hops.get(first), host)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The host that took the mail by a hop; where its line does not name it, the one that a neighbour tells. */
    private @Nullable String hostOf(int i) {
        String name = names[i];
        name = name == null ? senders[i + 1] : name;
        return name == null ? olderNames[i] : name;
    }

    /** The host that runs the list: that of the exit, or if that only relays, the one that it has the mail from. */
    private @Nullable String host(int ingress, int exit) {
        Hop last = hops.get(exit);
        String own = names[exit];
        if (own != null && (ingress == exit || isInjection(last) || isExpansion(last) || isSpool(last))) {
            return own;
        }
        for (int i = exit - 1; i >= ingress; i--) {
            String name = names[i];
            if (name != null) {
                return own != null && site.owns(own) && !site.owns(name) ? own : name;
            }
        }
        String sender = own == null ? senders[exit + 1] : senders[exit];
        return sender != null ? sender : own != null ? own : Domains.host(last);
    }

    /**
     * The first hop of the list's site before its exit. Those of the list's host belong to it, and with them what stands
     * between them; those of other hosts of its organisation if one of them took the mail from outside, for otherwise they
     * are the sender's own.
     *
     * @param isMarked whether the hop below the exit is known to be the list's
     */
    private int ingress(int exit, boolean isMarked) {
        String runs = names[exit];
        int own = isMarked ? exit - 1 : exit;
        int front = exit;
        boolean isPosted = false;
        for (int i = exit - 1; i >= 0; i--) {
            Hop hop = hops.get(i);
            String name = names[i];
            if (name == null) {
                String sender = Domains.name(hops.get(i + 1).from());
                if (i + 1 == own && sender != null && (sender.equals(runs) || site.owns(sender))) {
                    own = i;
                }
                continue;
            }
            if (runs == null || (isMarked && i == exit - 1)) {
                runs = name;
            }
            if (name.equals(runs) || (site.isKnown(runs) && site.isKnown(name))) {
                own = i;
            } else if (!isOfSite(name, runs) || isSubmission(hop)) {
                break;
            } else {
                front = isFromOutside(hop, runs) ? i : front;
                own = !isPosted && site.isNamed(hop.recipient()) ? i : own;
            }
            isPosted |= site.isNamed(hop.recipient());
        }
        return Math.min(own, front);
    }

    /** Whether a host belongs to the site of the one that runs the list: its organisation, or the list's domain. */
    private boolean isOfSite(String name, String runs) {
        if (site.isKnown(runs) || site.isKnown(name)) {
            return site.isKnown(runs) && site.isKnown(name);
        }
        return Domains.organisation(name).equals(Domains.organisation(runs)) || (site.owns(name) && !site.owns(runs));
    }

    /** Whether a host had a mail from another site. */
    private boolean isFromOutside(Hop hop, String runs) {
        String name = Domains.name(hop.from());
        return name != null && !isOfSite(name, runs);
    }

    /** Whether a mail came from its author's program. */
    private static boolean isSubmission(Hop hop) {
        String with = hop.with();
        return hop.authenticated() != null
                || (with != null
                        && ((with.startsWith("ESMTP") && with.endsWith("A"))
                                || with.toUpperCase(Locale.ROOT).startsWith("HTTP")));
    }

    private boolean isSameOrganisation(int one, int other) {
        String organisation = Domains.organisation(hops.get(one));
        return organisation == null || organisation.equals(Domains.organisation(hops.get(other)));
    }
}
