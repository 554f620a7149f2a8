package org.listlens.index;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of every entry that was read. At the end of a run {@code read = indexed + unchanged + duplicate +
 * rejected}. Thread-safe.
 */
public final class Ledger {
    private final LongAdder read = new LongAdder();
    private final LongAdder indexed = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder duplicate = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    void read() {
        read.increment();
    }

    void indexed() {
        indexed.increment();
    }

    void unchanged() {
        unchanged.increment();
    }

    void duplicate() {
        duplicate.increment();
    }

    void rejected() {
        rejected.increment();
    }

    /** The counts as they are now; while a run goes on they need not add up. */
    public Counts counts() {
        return new Counts(read.sum(), indexed.sum(), unchanged.sum(), duplicate.sum(), rejected.sum());
    }

    /**
     * The counts of a ledger.
     *
     * @param read entries that the sources handed over, mails and rejected ones
     * @param indexed mails of which at least one document was created or changed
     * @param unchanged mails whose documents were all in the index already
     * @param duplicate mails of which the same run had read the same copy before
     * @param rejected entries that could not be read as a mail or that the engine refused
     */
    public record Counts(long read, long indexed, long unchanged, long duplicate, long rejected) {
        /** Entries that were read and have no outcome; 0 after a complete run. */
        public long open() {
            return read - indexed - unchanged - duplicate - rejected;
        }
    }
}
