package org.listlens.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.MailingList;
import org.listlens.mail.Route;
import org.listlens.mail.Segment;

/**
 * Tells the parts of a mail's way: which hops are the list's, and where the site begins that received the copy.
 *
 * <p>{@link ListFinder} finds the list by evidence in the trace and beside it. Of several lists that a mail went through, the
 * one that the copy came by last is the list; what lies before is inbound. Where the trace shows no list, everything up to
 * the recipient's site is inbound.
 *
 * <p>Parts begin and end at stamps, and the list's at stamps of its own: where its first line has none, the next one of its
 * that has ends {@link Segment#INBOUND}. A part that does not lie between two stamps has no hop.
 */
public final class RouteFinder {
    /**
     * A mail's way with its parts.
     *
     * @param hops the hops that were given, with their segments and whoever held the mail
     * @param route the way as a whole
     */
    public record Way(List<Hop> hops, Route route) {}

    private RouteFinder() {}

    /**
     * Understands a mail's way.
     *
     * @param hops oldest first, as {@link TraceParser} gives them
     * @param fields all fields of the mail in its order
     * @param lists the lists that the mail says it went through
     */
    public static Way find(List<Hop> hops, List<HeaderField> fields, List<MailingList> lists) {
        if (hops.isEmpty()) {
            return new Way(hops, Route.NONE);
        }
        ListSite site = new ListSite(lists);
        TraceMarks marks = new TraceMarks(fields, hops.getLast().position(), site);
        ListHops list = ListFinder.find(hops, site, marks);
        int first = stamped(hops, 0, hops.size() - 1);
        if (first < 0) {
            return new Way(hops, new Route(list == null ? null : list.host(), null));
        }
        int ingress = list == null ? -1 : stamped(hops, list.ingress(), list.exit());
        int exit = list == null || ingress < 0 ? -1 : lastStamped(hops, list.ingress(), list.exit());
        int arrival = stamped(hops, arrival(hops, list), hops.size() - 1);
        arrival = arrival < 0 ? hops.size() - 1 : arrival;
        String host = list == null ? null : list.host();

        List<Hop> parts = new ArrayList<>(hops.size());
        for (int i = 0; i < hops.size(); i++) {
            Segment segment;
            if (i <= first) {
                segment = Segment.ORIGIN;
            } else if (i <= ingress) {
                segment = Segment.INBOUND;
            } else if (i <= exit) {
                segment = Segment.LIST;
            } else if (i <= arrival) {
                segment = exit < 0 ? Segment.INBOUND : Segment.OUTBOUND;
            } else {
                segment = Segment.ARCHIVE;
            }
            Hop hop = hops.get(i);
            boolean atList = segment == Segment.LIST && host != null && hop.delayMs() != null;
            parts.add(hop.in(segment, atList ? host : hop.heldBy()));
        }
        return new Way(List.copyOf(parts), new Route(host, moderatedMs(hops, ingress, exit, marks.approved())));
    }

    /** The first hop of the recipient's site; where that is the list's own host, its last. */
    private static int arrival(List<Hop> hops, @Nullable ListHops list) {
        int exit = list == null ? -1 : list.exit();
        int arrival = Arrival.of(hops, exit);
        boolean stays = exit >= 0
                && arrival == exit + 1
                && arrival < hops.size()
                && Arrival.isSameHost(hops.get(exit), hops.get(arrival));
        return stays ? exit : arrival;
    }

    /** From when the list's software had the mail to when it was let pass, both by the clock of the list's host. */
    private static @Nullable Long moderatedMs(List<Hop> hops, int ingress, int exit, @Nullable Instant approved) {
        if (approved == null || ingress < 0) {
            return null;
        }
        int arrived = exit > ingress ? lastStamped(hops, ingress, exit - 1) : ingress;
        Hop hop = hops.get(arrived);
        long ms = hop.stamp() == null
                ? -1
                : approved.toEpochMilli() - hop.stamp().instant().toEpochMilli();
        return ms < 0 ? null : ms;
    }

    private static int stamped(List<Hop> hops, int from, int to) {
        for (int i = from; i <= to; i++) {
            if (hops.get(i).stamp() != null) {
                return i;
            }
        }
        return -1;
    }

    private static int lastStamped(List<Hop> hops, int from, int to) {
        for (int i = to; i >= from; i--) {
            if (hops.get(i).stamp() != null) {
                return i;
            }
        }
        return -1;
    }
}
