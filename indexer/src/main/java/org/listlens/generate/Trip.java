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

    /** Computes the raw delays, and whom they blame, once the mail has arrived. */
    void finish() {
        Hop older = null;
        for (Hop hop : hops) {
            hop.delayMs = null;
            hop.heldBy = null;
            Long stamp = hop.stampMs;
            if (stamp == null) {
                continue;
            }
            if (older != null && older.stampMs != null) {
                hop.delayMs = stamp - older.stampMs;
                hop.heldBy = older.byHost;
            }
            older = hop;
        }
    }
}
