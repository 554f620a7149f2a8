package org.listlens.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;

/** Collects what the summary of a run tells; bounded but for the threads. Not thread-safe. */
final class RunStatistics {
    private static final int SLOWEST = 10;
    private static final int BUSIEST = 10;
    private static final int LISTS = 10_000;
    /** Beyond this many, rejected entries are counted and only recorded in the index. */
    private static final int REJECTIONS = 1_000;

    private final Distribution latencies = new Distribution();
    private final ThreadTally threads = new ThreadTally();
    private final Map<String, long[]> lists = new HashMap<>();
    private final Map<DefectCode, long[]> defects = new EnumMap<>(DefectCode.class);
    private final PriorityQueue<Summary.SlowMail> slowest =
            new PriorityQueue<>(Comparator.comparingLong(Summary.SlowMail::latencyMs)
                    .thenComparing(slow -> slow.origin().toString(), Comparator.reverseOrder()));
    private final List<Summary.Rejection> rejections = new ArrayList<>();
    private @Nullable Instant from;
    private @Nullable Instant to;
    private long hops;
    private long skewed;
    private Summary.@Nullable WrongClocks clocks;

    void add(MailFacts mail) {
        threads.add(
                mail.idHash(),
                mail.relatedHashes(),
                mail.subject(),
                mail.at() == null ? Long.MAX_VALUE : mail.at().getEpochSecond());
        hops += mail.hops();
        skewed += mail.skewed() ? 1 : 0;
        Instant at = mail.at();
        if (at != null) {
            from = from == null || at.isBefore(from) ? at : from;
            to = to == null || at.isAfter(to) ? at : to;
        }
        for (String list : mail.lists()) {
            if (lists.size() < LISTS || lists.containsKey(list)) {
                lists.computeIfAbsent(list, unused -> new long[1])[0]++;
            }
        }
        for (DefectCode code : mail.defects()) {
            defects.computeIfAbsent(code, unused -> new long[1])[0]++;
        }
        Long latency = mail.latencyMs();
        if (latency != null) {
            latencies.add(latency);
            if (slowest.size() == SLOWEST && latency < slowest.element().latencyMs()) {
                return;
            }
            ParsedMail.Hold hold = mail.longestHold();
            slowest.add(new Summary.SlowMail(
                    mail.origin(),
                    mail.messageId(),
                    mail.subject(),
                    at,
                    latency,
                    hold == null ? null : hold.host(),
                    hold == null ? null : hold.ms()));
            if (slowest.size() > SLOWEST) {
                slowest.remove();
            }
        }
    }

    void clocks(Summary.WrongClocks found) {
        clocks = found;
    }

    /** Sinks report rejections from their own threads. */
    synchronized void reject(Origin origin, String reason) {
        if (rejections.size() < REJECTIONS) {
            rejections.add(new Summary.Rejection(origin, reason));
        }
    }

    Summary summary(Ledger.Counts counts, long octets, long mailOctets, Duration elapsed, boolean interrupted) {
        List<Summary.SlowMail> slow = new ArrayList<>(slowest);
        slow.sort(slowest.comparator().reversed());
        List<Summary.BusyThread> busy = new ArrayList<>();
        for (ThreadTally.Tally tally : threads.busiest(BUSIEST)) {
            busy.add(new Summary.BusyThread(tally.subject(), tally.mails()));
        }
        List<Summary.ListCount> byList = new ArrayList<>();
        lists.forEach((id, count) -> byList.add(new Summary.ListCount(id, count[0])));
        byList.sort(
                Comparator.comparingLong(Summary.ListCount::mails).reversed().thenComparing(Summary.ListCount::id));
        List<Summary.DefectCount> byDefect = new ArrayList<>();
        defects.forEach((code, count) -> byDefect.add(new Summary.DefectCount(code, count[0])));
        byDefect.sort(Comparator.comparingLong(Summary.DefectCount::mails)
                .reversed()
                .thenComparing(Summary.DefectCount::code));
        List<Summary.Rejection> rejected;
        synchronized (this) {
            rejected = List.copyOf(rejections);
        }
        return new Summary(
                counts,
                octets,
                mailOctets,
                elapsed,
                interrupted,
                from,
                to,
                List.copyOf(byList),
                hops,
                latencies.total(),
                latencies.quantile(0.50),
                latencies.quantile(0.95),
                latencies.quantile(0.99),
                skewed,
                clocks,
                threads.threads(),
                List.copyOf(busy),
                List.copyOf(slow),
                List.copyOf(byDefect),
                rejected);
    }
}
