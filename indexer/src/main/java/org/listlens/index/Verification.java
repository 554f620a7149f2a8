package org.listlens.index;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.Rejection;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.SourceException;

/**
 * Reads archives again and compares them with what is in the engine: every mail must have its delivery, of the same
 * digest, with its message and all its hops, or the engine must have the record that it was rejected. Mails are not
 * parsed but for their identity. Used once; how far it has come may be asked from any thread meanwhile.
 */
public final class Verification {
    private final List<MailSource> sources;
    private final Pipeline<ArchivedCopy> pipeline;
    private final StoredCopies stored;
    private final DigestSet copies = new DigestSet();
    private final LongAdder mails = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder mailOctets = new LongAdder();
    private final List<SourceException> failures = new ArrayList<>();
    private final long startedNanos = System.nanoTime();
    private long verified;
    private long duplicate;
    private long rejected;
    private long unrecorded;
    private long missing;
    private long incomplete;

    /**
     * Prepares.
     *
     * @param sources what to read; the limits and the key are to be those with which they were indexed
     * @param limits the bounds within which mails are read
     * @param pseudonyms the key of the pseudonyms in the place of persons; {@code null} where persons are readable
     * @param threads how many threads read digests, at least 1
     */
    public Verification(
            EngineClient client,
            RetryPolicy retry,
            List<? extends MailSource> sources,
            Limits limits,
            @Nullable PseudonymKey pseudonyms,
            int threads) {
        this.sources = List.copyOf(sources);
        this.stored = new StoredCopies(new EngineSearch(new RetryingClient(client, retry)));
        this.pipeline = new Pipeline<>(ArchivedCopy.readers(limits, pseudonyms), threads);
    }

    /** What is wrong with an entry. */
    public enum Fault {
        /** There is no delivery of it. */
        MISSING,
        /** The message or some of the hops of its delivery are not there. */
        INCOMPLETE,
        /** It cannot be read as a mail, and there is no record of that. */
        UNRECORDED
    }

    /**
     * An entry of an archive that is not in the engine as it should be.
     *
     * @param origin where it lies
     * @param messageId its Message-ID, if it has one
     * @param detail what is wrong, as a clause for the user
     */
    public record Finding(
            Fault fault, Origin origin, @Nullable String messageId, String detail) {}

    /** Takes what is not as it should be, in the order of the archives but for what cannot be read as mail. */
    @FunctionalInterface
    public interface Findings {
        void found(Finding finding) throws IOException;
    }

    /**
     * What was found. {@code read} is the sum of the six after it.
     *
     * @param read entries that the sources handed over
     * @param verified mails that are in the engine with all their documents
     * @param duplicate mails of which the same copy was read before
     * @param rejected entries of which the engine has the record that they were rejected
     * @param unrecorded entries that cannot be read as a mail, without such a record
     * @param missing mails without a delivery
     * @param incomplete mails whose delivery is there, but not its message or some of its hops
     * @param octets octets of the mails
     * @param interrupted whether reading was stopped before the end of the sources
     * @param failures sources that could not be read
     */
    public record Report(
            long read,
            long verified,
            long duplicate,
            long rejected,
            long unrecorded,
            long missing,
            long incomplete,
            long octets,
            Duration elapsed,
            boolean interrupted,
            List<SourceException> failures) {
        public Report {
            failures = List.copyOf(failures);
        }

        /** Whether every entry is accounted for. */
        public boolean complete() {
            return missing == 0 && incomplete == 0 && unrecorded == 0;
        }
    }

    /**
     * Reads the sources to their ends, or until it is stopped.
     *
     * @throws EngineException when the engine does not answer
     * @throws IOException what {@code findings} throws
     */
    public Report run(Findings findings) throws IOException, InterruptedException {
        stored.refresh();
        Comparing comparing = new Comparing(findings);
        pipeline.run(sources, null, comparing);
        comparing.compare();
        comparing.compareRejected();
        return new Report(
                mails.sum(),
                verified,
                duplicate,
                rejected,
                unrecorded,
                missing,
                incomplete,
                mailOctets.sum(),
                Duration.ofNanos(System.nanoTime() - startedNanos),
                pipeline.stopping(),
                failures);
    }

    /** Ends reading soon; what was read is still compared. May be called from any thread. */
    public void stop() {
        pipeline.stop();
    }

    /** How far reading has come. */
    public RunProgress progress() {
        return new RunProgress(
                0, mails.sum(), unreadable.sum(), mailOctets.sum(), pipeline.octetsRead(), RunProgress.total(sources));
    }

    /** Compares what the pipeline read, some thousand at once. */
    private final class Comparing implements Pipeline.Output<ArchivedCopy> {
        private final Findings findings;
        private final List<ArchivedCopy> open = new ArrayList<>();
        private final List<Finding> openRejected = new ArrayList<>();

        Comparing(Findings findings) {
            this.findings = findings;
        }

        @Override
        public void mail(ArchivedCopy copy) throws IOException, InterruptedException {
            mails.increment();
            mailOctets.add(copy.octets());
            if (!copies.add(copy.id())) {
                duplicate++;
                return;
            }
            open.add(copy);
            if (open.size() == StoredCopies.AT_ONCE) {
                compare();
            }
        }

        @Override
        public void rejected(Origin origin, String reason) throws IOException, InterruptedException {
            mails.increment();
            unreadable.increment();
            openRejected.add(new Finding(Fault.UNRECORDED, origin, null, reason));
            if (openRejected.size() == StoredCopies.AT_ONCE) {
                compareRejected();
            }
        }

        void compare() throws IOException, InterruptedException {
            List<String> ids = new ArrayList<>(open.size());
            for (ArchivedCopy copy : open) {
                ids.add(copy.id());
            }
            Map<String, StoredCopies.Delivery> deliveries = stored.deliveries(ids);
            Set<String> messageIds = new HashSet<>();
            for (StoredCopies.Delivery delivery : deliveries.values()) {
                if (delivery.message() != null) {
                    messageIds.add(delivery.message());
                }
            }
            Set<String> messages = stored.existing(DocumentKind.MESSAGE, messageIds);
            Map<String, Long> hops = stored.hops(deliveries.keySet());
            List<Finding> faults = new ArrayList<>();
            for (ArchivedCopy copy : open) {
                StoredCopies.Delivery delivery = deliveries.get(copy.id());
                if (delivery == null) {
                    faults.add(fault(Fault.MISSING, copy, "not in the index"));
                } else if (delivery.message() == null || !messages.contains(delivery.message())) {
                    faults.add(fault(Fault.INCOMPLETE, copy, "its message is not in the index"));
                } else if (hops.getOrDefault(copy.id(), 0L) != delivery.hops()) {
                    faults.add(fault(
                            Fault.INCOMPLETE,
                            copy,
                            hops.getOrDefault(copy.id(), 0L) + " of its " + delivery.hops()
                                    + " hops are in the index"));
                } else {
                    verified++;
                }
            }
            report(faults, open);
            open.clear();
        }

        private static Finding fault(Fault fault, ArchivedCopy copy, String detail) {
            return new Finding(fault, copy.place(), copy.messageId(), detail);
        }

        /** Tells what is wrong, but for the mails that the engine has refused, which is recorded. */
        private void report(List<Finding> faults, List<ArchivedCopy> batch) throws IOException, InterruptedException {
            if (faults.isEmpty()) {
                return;
            }
            Map<Origin, String> records = new HashMap<>();
            for (ArchivedCopy copy : batch) {
                records.put(copy.place(), Rejection.id(copy.origin()));
            }
            Set<String> recorded = recorded(records.values());
            for (Finding finding : faults) {
                if (recorded.contains(records.get(finding.origin()))) {
                    rejected++;
                } else {
                    if (finding.fault() == Fault.MISSING) {
                        missing++;
                    } else {
                        incomplete++;
                    }
                    findings.found(finding);
                }
            }
        }

        void compareRejected() throws IOException, InterruptedException {
            Set<String> ids = new HashSet<>();
            for (Finding finding : openRejected) {
                ids.add(Rejection.id(finding.origin()));
            }
            Set<String> recorded = recorded(ids);
            for (Finding finding : openRejected) {
                if (recorded.contains(Rejection.id(finding.origin()))) {
                    rejected++;
                } else {
                    unrecorded++;
                    findings.found(finding);
                }
            }
            openRejected.clear();
        }

        private Set<String> recorded(Collection<String> ids) throws IOException, InterruptedException {
            return stored.existing(DocumentKind.IMPORT, ids);
        }

        @Override
        public void reached(Position position) {
            // Everything is read.
        }

        @Override
        public void shrunk() {
            // Nothing is known of what was there before.
        }

        @Override
        public void ended(MailSource source) {
            // There is nothing to be done at the end of one of them.
        }

        @Override
        public void failed(MailSource source, SourceException failure) {
            failures.add(failure);
        }
    }
}
