package org.listlens.index;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Origin;

/**
 * What a run read and found. Duplicates count in the ledger only; everything else is over distinct copies, whether they
 * were new to the index or not.
 *
 * @param counts the ledger
 * @param octets octets read from the sources as they lie on disk, compressed or not
 * @param mailOctets octets of the mails
 * @param elapsed wall time from the first octet read to the last document acknowledged
 * @param interrupted whether the run was stopped before the end of its sources
 * @param from time of the oldest mail; {@code null} when no mail has a time
 * @param to time of the newest mail
 * @param lists the lists met, the busiest first
 * @param hops trace fields that became hops
 * @param latencies how many copies have a latency
 * @param p50Ms median latency in milliseconds; {@code null} without latencies
 * @param p95Ms 95th percentile
 * @param p99Ms 99th percentile
 * @param skewed copies with a negative hop
 * @param clocks the hosts whose clocks are known to be wrong; {@code null} when that was not looked at
 * @param threads how many threads the mails belong to
 * @param busiest the threads with the most mails, the largest first
 * @param slowest the copies with the highest latency, the slowest first
 * @param defects how many copies have each defect, the most frequent first
 * @param rejections the first rejected entries
 */
public record Summary(
        Ledger.Counts counts,
        long octets,
        long mailOctets,
        Duration elapsed,
        boolean interrupted,
        @Nullable Instant from,
        @Nullable Instant to,
        List<ListCount> lists,
        long hops,
        long latencies,
        @Nullable Long p50Ms,
        @Nullable Long p95Ms,
        @Nullable Long p99Ms,
        long skewed,
        @Nullable WrongClocks clocks,
        int threads,
        List<BusyThread> busiest,
        List<SlowMail> slowest,
        List<DefectCount> defects,
        List<Rejection> rejections) {

    /** A list and how many copies came by it. */
    public record ListCount(String id, long mails) {}

    /**
     * Hosts whose clocks are wrong on lists of the run.
     *
     * @param hosts how many there are
     * @param worst those that were wrong most often, the first the most
     */
    public record WrongClocks(long hosts, List<WrongClock> worst) {}

    /**
     * A host whose clock is wrong.
     *
     * @param windows in how many windows, which are days or parts of days
     * @param minOffsetMs the least of its offsets, in milliseconds; a clock that is ahead has a positive one
     * @param maxOffsetMs the greatest
     */
    public record WrongClock(String host, long windows, long minOffsetMs, long maxOffsetMs) {}

    /** A thread, by the subject of its oldest mail. */
    public record BusyThread(@Nullable String subject, int mails) {}

    /** A copy that was long on its way, the host that held it longest, if that is known, and how long. */
    public record SlowMail(
            Origin origin,
            @Nullable String messageId,
            @Nullable String subject,
            @Nullable Instant at,
            long latencyMs,
            @Nullable String heldBy,
            @Nullable Long heldMs) {}

    /** A defect and how many copies have it. */
    public record DefectCount(DefectCode code, long mails) {}

    /** An entry that became no document, and why. */
    public record Rejection(Origin origin, String reason) {}
}
