package org.listlens.authentication;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;

/** The hops of a mail, as places at which other fields were written. */
final class Way {
    private final List<Hop> hops;

    Way(List<Hop> hops) {
        this.hops = hops;
    }

    /** Whether a field is one of those that hops are read from, of which each counts in their positions. */
    static boolean isTrace(HeaderField field) {
        int length = field.name().length();
        return (length == 8 && field.is("Received")) || (length == 10 && field.is("X-Received"));
    }

    /**
     * The position of the hop at which a field was written. Most servers insert their fields below the trace line of
     * their own host, some above it. So where the next newer hop is that of the host that the field names, it is that
     * one; else the newest hop below the field.
     *
     * @param below how many trace fields stand below the field
     * @param host the host, or a domain that it lies in; {@code null} when the field names none
     * @return {@code null} when there is no such hop
     */
    @Nullable
    Integer hop(int below, @Nullable String host) {
        if (host != null && isAt(below + 1, host)) {
            return below + 1;
        }
        return below > 0 ? below : null;
    }

    /** Whether the {@code by} host at a position is that host, or lies in that domain. */
    boolean isAt(@Nullable Integer position, String domain) {
        String host = host(position);
        return host != null
                && host.endsWith(domain)
                && (host.length() == domain.length() || host.charAt(host.length() - domain.length() - 1) == '.');
    }

    /** The {@code by} host of the hop at a position; {@code null} when it names none, or is not kept. */
    @Nullable
    String host(@Nullable Integer position) {
        Hop hop = position == null ? null : at(position);
        Hop.Receiver by = hop == null ? null : hop.by();
        return by == null ? null : by.host();
    }

    /** Hops beyond a limit are left out of the middle, so those at either end are where their positions say. */
    private @Nullable Hop at(int position) {
        int size = hops.size();
        if (size == 0 || position < 1) {
            return null;
        }
        if (position <= size && hops.get(position - 1).position() == position) {
            return hops.get(position - 1);
        }
        int fromEnd = size - 1 - (hops.getLast().position() - position);
        return fromEnd >= 0 && fromEnd < size && hops.get(fromEnd).position() == position ? hops.get(fromEnd) : null;
    }

    /**
     * Who changed a mail that was whole at one hop and not at another.
     *
     * @param from the first hop whose host may have done it
     * @param to the last such hop
     * @param listHost the host of the list, a suspect wherever it is among them; {@code null} when the trace shows none
     * @param single whether the only host on that way is a suspect
     * @return {@code null} when that cannot be told
     */
    @Nullable
    String changedBy(int from, int to, @Nullable String listHost, boolean single) {
        String only = null;
        boolean several = false;
        for (int position = from; position <= to; position++) {
            String host = host(position);
            if (host != null && listHost != null && host.equals(listHost.toLowerCase(Locale.ROOT))) {
                return host;
            }
            several |= host == null || (only != null && !only.equals(host));
            only = host;
        }
        return !several && single && only != null && isFrom(to + 1, only) ? only : null;
    }

    /** Whether a hop is not known to have the mail from any other host than this one. */
    private boolean isFrom(int position, String host) {
        Hop hop = at(position);
        Hop.Peer from = hop == null ? null : hop.from();
        if (from == null || (from.host() == null && from.helo() == null)) {
            return true;
        }
        return host.equalsIgnoreCase(from.host())
                || host.equalsIgnoreCase(from.helo())
                || isLocal(from.host())
                || isLocal(from.helo());
    }

    private static boolean isLocal(@Nullable String name) {
        return name != null && name.regionMatches(true, 0, "localhost", 0, 9);
    }
}
