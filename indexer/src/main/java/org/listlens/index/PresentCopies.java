package org.listlens.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.SourceException;

/**
 * Which copies archives hold at present, and where. Kept are digests only: some 130 octets for a mail of a file of its
 * own, some 90 for others. Not thread-safe, but for {@link #stop} and the counts.
 */
final class PresentCopies {
    private final Pipeline<ArchivedCopy> pipeline;
    private final MessageDigest sha256;
    private final DigestSet copies = new DigestSet();
    private final DigestSet places = new DigestSet();
    private final DigestSet archives = new DigestSet();
    private String archive = "";
    private final LongAdder mails = new LongAdder();
    private final LongAdder octets = new LongAdder();

    PresentCopies(Limits limits, @Nullable PseudonymKey pseudonyms, int threads) {
        pipeline = new Pipeline<>(ArchivedCopy.readers(limits, pseudonyms), threads);
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads a source to its end.
     *
     * @return why it does not tell what the source no longer has, as a clause for the user; {@code null} when it does
     */
    @Nullable
    String read(MailSource source) throws IOException, InterruptedException {
        if (!source.isRepeatable()) {
            return "it can be read only once";
        }
        Reading reading = new Reading();
        pipeline.run(List.of(source), null, reading);
        if (pipeline.stopping()) {
            return "reading it was interrupted";
        }
        if (reading.fault == null && !reading.any) {
            return "it holds no mail";
        }
        return reading.fault;
    }

    private final class Reading implements Pipeline.Output<ArchivedCopy> {
        private boolean any;
        private @Nullable String fault;

        @Override
        public void mail(ArchivedCopy copy) {
            any = true;
            add(copy);
            if (!copy.whole()) {
                fault("only the first part of the mail at " + copy.place()
                        + " was read, which is larger than --max-mail-size");
            }
        }

        @Override
        public void rejected(Origin origin, String reason) {
            fault("what lies at " + origin + " cannot be read: " + reason);
        }

        @Override
        public void failed(MailSource source, SourceException failure) {
            fault("it cannot be read: " + failure.getMessage());
        }

        private void fault(String first) {
            fault = fault == null ? first : fault;
        }

        @Override
        public void reached(Position position) {
            // Everything is read.
        }

        @Override
        public void shrunk() {
            // Comparing tells.
        }

        @Override
        public void ended(MailSource source) {
            // There is but one.
        }
    }

    private void add(ArchivedCopy copy) {
        mails.increment();
        octets.add(copy.octets());
        copies.add(copy.id());
        String source = copy.origin().source();
        places.add(place(copy.id(), source));
        if (!source.equals(archive)) {
            archives.add(digest(source));
            archive = source;
        }
    }

    /** Whether a copy lies in any of the archives. */
    boolean has(String copy) {
        return copies.contains(copy);
    }

    /** Whether a copy lies in one of the archives. */
    boolean has(String copy, String source) {
        return places.contains(place(copy, source));
    }

    /** Whether any mail was read from an archive. */
    boolean met(String source) {
        return archives.contains(digest(source));
    }

    private String place(String copy, String source) {
        return digest(copy + ' ' + source);
    }

    private String digest(String text) {
        return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /** Ends reading soon. May be called from any thread. */
    void stop() {
        pipeline.stop();
    }

    /** How many mails were read so far. */
    long mails() {
        return mails.sum();
    }

    /** Octets of the mails that were read so far. */
    long octets() {
        return octets.sum();
    }
}
