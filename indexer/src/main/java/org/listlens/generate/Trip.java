package org.listlens.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mail under way: where it is in time, and the trace lines it has collected, oldest first. */
final class Trip {
    private final Prng random;
    private final List<Hop> hops = new ArrayList<>();
    private long nowMs;

    Trip(long sentMs, Prng random) {
        nowMs = sentMs;
        this.random = random;
    }

    /** Another copy of the mail, from here on by a way of its own. */
    Trip fork(Prng itsRandom) {
        Trip copy = new Trip(nowMs, itsRandom);
        for (Hop hop : hops) {
            copy.hops.add(hop.copy());
        }
        return copy;
    }

    /** The true time that it is now. */
    long nowMs() {
        return nowMs;
    }

    List<Hop> hops() {
        return hops;
    }

    Prng random() {
        return random;
    }

    /** Hands the mail to the next host after a usual time. */
    void hop(LineStyle style, Host by, Peer from, String sender, @Nullable String recipient) {
        hop(style, by, from, sender, recipient, random.logNormal(700, 1.2));
    }

    /** Hands the mail to the next host after the one that has it kept it for {@code holdMs}. */
    void hop(LineStyle style, Host by, Peer from, String sender, @Nullable String recipient, long holdMs) {
        long transitMs = 30 + random.logNormal(250, 0.8);
        nowMs += holdMs + transitMs;
        long clockMs = nowMs + by.clock().offsetMs(nowMs);
        Hop hop = style.write(new Transfer(by, from, sender, recipient, clockMs, random), nowMs);
        hop.holdMs = holdMs;
        hop.transitMs = transitMs;
        hops.add(hop);
    }

    /** Renames the lines so far, as groups.io does. */
    void rename() {
        for (Hop hop : hops) {
            hop.rename();
        }
    }

    /**
     * Computes the raw delays, and whom they blame, once the mail has arrived.
     *
     * @param ingress the number of the list's first hop
     * @param exit the number of the hop with which the list sends the mail on
     * @param list the host that runs the list, which all hosts of the list wait for
     */
    void finish(int ingress, int exit, Host list) {
        Hop older = null;
        Hop.Part part = Hop.Part.ORIGIN;
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            hop.part = part;
            hop.delayMs = null;
            hop.heldBy = null;
            Long stamp = hop.stampMs;
            if (stamp == null) {
                continue;
            }
            if (older != null && older.stampMs != null) {
                hop.delayMs = stamp - older.stampMs;
                hop.heldBy = part == Hop.Part.LIST ? list.name() : older.byHost;
            }
            older = hop;
            part = partAfter(i, ingress, exit);
        }
    }

    /** The part that begins with the stamp of a hop: the list's, while another stamp of the list follows. */
    private Hop.Part partAfter(int number, int ingress, int exit) {
        if (number < ingress) {
            return Hop.Part.INBOUND;
        }
        for (int i = number + 1; i <= exit; i++) {
            if (hops.get(i).stampMs != null) {
                return Hop.Part.LIST;
            }
        }
        return number <= exit ? Hop.Part.OUTBOUND : Hop.Part.ARCHIVE;
    }
}
