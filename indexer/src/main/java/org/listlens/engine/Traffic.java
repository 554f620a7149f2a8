package org.listlens.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a client has sent to an engine so far. Thread-safe. */
public final class Traffic {
    private final LongAdder bulkRequests = new LongAdder();
    private final LongAdder bulkOctets = new LongAdder();
    private final AtomicInteger bulkUnderWay = new AtomicInteger();
    private final Map<RetryCause, LongAdder> retries = new EnumMap<>(RetryCause.class);
    private final Map<String, LongAdder> documents = new ConcurrentHashMap<>();

    Traffic() {
        for (RetryCause cause : RetryCause.values()) {
            retries.put(cause, new LongAdder());
        }
    }

    void bulkBegins(long octets) {
        bulkRequests.increment();
        bulkOctets.add(octets);
        bulkUnderWay.incrementAndGet();
    }

    void bulkEnds() {
        bulkUnderWay.decrementAndGet();
    }

    void retried(RetryCause cause) {
        LongAdder count = retries.get(cause);
        if (count != null) {
            count.increment();
        }
    }

    /** The engine has created, changed or deleted a document. */
    public void written(String alias) {
        documents.computeIfAbsent(alias, unused -> new LongAdder()).increment();
    }

    /** Requests to {@code _bulk}, repetitions included. */
    public long bulkRequests() {
        return bulkRequests.sum();
    }

    /** Octets of the bodies of these requests, before compression. */
    public long bulkOctets() {
        return bulkOctets.sum();
    }

    /** How many of them have no answer yet. */
    public int bulkUnderWay() {
        return bulkUnderWay.get();
    }

    /** How often something was asked again because of a cause. */
    public long retries(RetryCause cause) {
        LongAdder count = retries.get(cause);
        return count == null ? 0 : count.sum();
    }

    /** How many documents were written by the alias of their index. */
    public Map<String, Long> documents() {
        Map<String, Long> counts = new TreeMap<>();
        documents.forEach((alias, count) -> counts.put(alias, count.sum()));
        return counts;
    }
}
