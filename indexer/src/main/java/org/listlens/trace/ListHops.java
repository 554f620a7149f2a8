package org.listlens.trace;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;
import org.listlens.mail.Hop;

/**
 * The hops of the list that a copy came by last, by their places among the hops.
 *
 * @param ingress the first hop by a host of the list's site
 * @param exit the hop with which the list sends the mail on; {@code ingress} where the trace shows only one
 * @param host the host that runs the list; {@code null} when no line names it
 */
record ListHops(int ingress, int exit, @Nullable String host) {
    /** The list's hops; {@code null} when the trace does not show them. */
    static @Nullable ListHops find(List<Hop> hops, ListSite site, TraceMarks marks) {
        return new Finder(hops, site, marks).find();
    }

    /** What makes a host that of the list. */
    private enum Evidence {
        /** Its name lies in the list's domain. */
        NAME,
        /** It took mail for the list. */
        RECIPIENT,
        /** Its name lies in the domain of the organisation that the list's domain belongs to. */
        ORGANISATION
    }

    /** Looks for the exit from the newest hop on, and from there for the ingress. */
    private static final class Finder {
        private final List<Hop> hops;
        private final ListSite site;
        private final TraceMarks marks;

        /** Where the recipient's site begins, as far as one can tell without the list. */
        private final int arrival;

        /** The newest hop to the list's address; the list sends on after it. */
        private final int posted;

        Finder(List<Hop> hops, ListSite site, TraceMarks marks) {
            this.hops = hops;
            this.site = site;
            this.marks = marks;
            arrival = Arrival.of(hops, -1);
            posted = posted();
        }

        private int posted() {
            for (int i = hops.size() - 1; i >= 0 && !site.isEmpty(); i--) {
                Hop hop = hops.get(i);
                if (hop.dialect() != Dialect.LISTSERV && site.isPost(hop.recipient())) {
                    return i;
                }
            }
            return -1;
        }

        @Nullable
        ListHops find() {
            int marked = marked();
            int told = told();
            int exit = Math.max(marked, told);
            boolean isMarked = exit >= 0 && exit == marked && exit > 0;
            if (!site.isEmpty()) {
                int injected = injected(Evidence.NAME);
                // The same mail sent on by another list, or what the list's host does after it has sent the mail on.
                if (injected > exit && (exit < 0 || !isSameOrganisation(hops.get(injected), hops.get(exit)))) {
                    exit = injected;
                    isMarked = false;
                }
                exit = exit >= 0 ? exit : Math.max(named(Evidence.NAME), injected(Evidence.RECIPIENT));
                exit = exit >= 0 ? exit : injected(Evidence.ORGANISATION);
                exit = exit >= 0 ? exit : named(Evidence.ORGANISATION);
                exit = exit >= 0 ? exit : passed();
            }
            return exit < 0 ? null : hops(exit, isMarked);
        }

        /** The line above a field that only list software, or a delivery to it, puts there. */
        private int marked() {
            int exit = index(marks.listField());
            int delivered = index(marks.addressField());
            return delivered >= 0 && delivered <= arrival ? Math.max(exit, delivered) : exit;
        }

        private int index(int position) {
            if (position == 0) {
                return -1;
            }
            int skipped = hops.getLast().position() - hops.size();
            int index = position - 1 < hops.size() && hops.get(position - 1).position() == position
                    ? position - 1
                    : position - 1 - skipped;
            return index >= 0 && hops.get(index).position() == position ? index : -1;
        }

        /** The newest line that says itself that a list sends the mail on. */
        private int told() {
            for (int i = hops.size() - 1; i >= 0; i--) {
                Hop hop = hops.get(i);
                boolean tells = switch (hop.dialect()) {
                    case VGER -> "listexpand".equals(hop.via());
                    case LISTSERV -> "spool".equals(hop.with());
                    case GROUPS_IO -> Domains.isLoopback(Domains.host(hop));
                    default -> false;
                };
                if (tells) {
                    return i;
                }
            }
            return -1;
        }

        /** The newest hop by which a host of the list got the mail from itself. */
        private int injected(Evidence evidence) {
            for (int i = hops.size() - 1; i > Math.max(posted, 0); i--) {
                String host = isInjection(hops.get(i)) ? hostOf(i) : null;
                if (host == null) {
                    continue;
                }
                boolean isList = i >= arrival
                        ? took(i, host, evidence != Evidence.ORGANISATION)
                        : switch (evidence) {
                            case NAME -> site.owns(host);
                            case RECIPIENT -> took(i, host, false);
                            case ORGANISATION -> isSite(host);
                        };
                if (isList) {
                    return i;
                }
            }
            return -1;
        }

        /** Whether a host took the mail for the list before: for its very address, or for its name or domain. */
        private boolean took(int before, String host, boolean strictly) {
            String organisation = Domains.organisation(host);
            for (int i = before - 1; i >= 0; i--) {
                String its = Domains.organisation(hops.get(i));
                String recipient = hops.get(i).recipient();
                if (its != null && !its.equals(organisation)) {
                    return false;
                }
                if (strictly ? site.isPost(recipient) : site.isNamed(recipient) || site.isAt(recipient)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isSite(String host) {
            return site.isWithin(Domains.organisation(host));
        }

        private boolean isInjection(Hop hop) {
            Hop.Peer from = hop.from();
            String by = Domains.host(hop);
            if (from == null) {
                boolean isPickup = hop.dialect() == Dialect.POSTFIX && hop.with() == null;
                return isPickup || marks.isCall(hop.position());
            }
            if (Arrival.isLoopback(from) || (by != null && by.equals(from.host()))) {
                return true;
            }
            boolean isUser = from.user() != null && from.ip() == null && hop.with() == null;
            return isUser || "local".equalsIgnoreCase(hop.with());
        }

        /** The newest hop by a host with a name of the list's, before the recipient's site. */
        private int named(Evidence evidence) {
            boolean strictly = evidence == Evidence.NAME;
            for (int i = Math.min(arrival, hops.size()) - 1; i >= Math.max(posted, 0); i--) {
                String host = Domains.name(hops.get(i));
                if (host != null && !isSubmission(hops.get(i)) && (strictly ? site.owns(host) : isSite(host))) {
                    return i;
                }
            }
            String host = Domains.name(hops.get(arrival));
            boolean isThere = strictly && posted == arrival && host != null && (site.owns(host) || isSite(host));
            return isThere ? arrival : -1;
        }

        /** The newest host in transit that had the mail from elsewhere and got it from itself. */
        private int passed() {
            for (int i = Math.min(arrival, hops.size()) - 1; i > Math.max(posted, 0); i--) {
                String host = isInjection(hops.get(i)) ? hostOf(i) : null;
                if (host != null) {
                    int first = ingress(i, host, false);
                    if (first < i && isFromOutside(hops.get(first), Domains.organisation(host))) {
                        return i;
                    }
                }
            }
            return -1;
        }

        /** The host that took the mail by a hop; where its line does not name it, the one that a neighbour tells. */
        private @Nullable String hostOf(int i) {
            String host = Domains.name(hops.get(i));
            if (host == null && i + 1 < hops.size()) {
                host = Domains.name(hops.get(i + 1).from());
            }
            for (int older = i - 1; older >= 0 && host == null; older--) {
                host = Domains.name(hops.get(older));
            }
            return host;
        }

        private ListHops hops(int exit, boolean isMarked) {
            String host = Domains.name(hops.get(exit));
            boolean isHandedOn = host != null && !isInjection(hops.get(exit));
            int ingress = ingress(exit, host, isMarked);
            if (host == null || (isHandedOn && !isTold(hops.get(exit)))) {
                // Of several hosts it is the one that handed the mail to the last.
                String runs = null;
                for (int i = exit - 1; i >= ingress && runs == null; i--) {
                    runs = Domains.name(hops.get(i));
                }
                if (runs == null && host == null) {
                    runs = exit + 1 < hops.size()
                            ? Domains.name(hops.get(exit + 1).from())
                            : null;
                } else if (runs == null && ingress < exit) {
                    runs = Domains.name(hops.get(exit).from());
                }
                host = runs == null ? host : runs;
            }
            return new ListHops(ingress, exit, host == null ? Domains.host(hops.get(exit)) : host);
        }

        private static boolean isTold(Hop hop) {
            return hop.via() != null || hop.dialect() == Dialect.LISTSERV;
        }

        /**
         * The first hop of the list's site before its exit. Those of the list's host belong to it, and with them what
         * stands between them; those of other hosts of its organisation when one of them took the mail from outside, for
         * otherwise they are the sender's own.
         */
        private int ingress(int exit, @Nullable String host, boolean isMarked) {
            String runs = host;
            int own = isMarked ? exit - 1 : exit;
            int front = exit;
            boolean isPosted = false;
            for (int i = exit - 1; i >= 0; i--) {
                Hop hop = hops.get(i);
                String name = Domains.name(hop);
                if (name == null) {
                    String next = Domains.name(hops.get(i + 1).from());
                    if (i + 1 == own && next != null && (next.equals(runs) || site.owns(next))) {
                        own = i;
                    }
                    continue;
                }
                runs = runs == null ? name : runs;
                if (name.equals(runs) || (isMarked && i == exit - 1)) {
                    own = i;
                    runs = name;
                } else if (site.isKnown(runs) || site.isKnown(name)) {
                    if (!site.isKnown(name)) {
                        break;
                    }
                    own = i;
                } else {
                    String organisation = Domains.organisation(name);
                    boolean isSite = organisation.equals(Domains.organisation(runs)) || site.owns(name);
                    if (!isSite || isSubmission(hop)) {
                        break;
                    }
                    front = isFromOutside(hop, organisation) ? i : front;
                    if (!isPosted && site.isNamed(hop.recipient())) {
                        own = i;
                    }
                }
                isPosted |= site.isNamed(hop.recipient());
            }
            return Math.min(own, front);
        }

        /** Whether a host had a mail from another organisation, and no list's. */
        private boolean isFromOutside(Hop hop, String organisation) {
            String name = Domains.name(hop.from());
            return name != null && !Domains.organisation(name).equals(organisation) && !site.owns(name);
        }

        /** Whether a mail came from its author's program. */
        private static boolean isSubmission(Hop hop) {
            String with = hop.with();
            return hop.authenticated() != null
                    || (with != null
                            && ((with.startsWith("ESMTP") && with.endsWith("A"))
                                    || with.toUpperCase(Locale.ROOT).startsWith("HTTP")));
        }

        private static boolean isSameOrganisation(Hop one, Hop other) {
            String organisation = Domains.organisation(one);
            return organisation == null || organisation.equals(Domains.organisation(other));
        }
    }
}
