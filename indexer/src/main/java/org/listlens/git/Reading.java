package org.listlens.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.source.MailReceiver;
import org.listlens.source.Positions;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SingleMail;
import org.listlens.source.SourceException;

/**
 * Reads an inbox once. First all epochs are surveyed, the newest one first, because any may delete mails of those
 * before it; then their mails are handed over, the oldest first.
 */
final class Reading {
    /** After how many mails a position is told. */
    private static final int REACHED_EVERY = 500;

    private static final int PROGRESS_EVERY = 50;
    private static final String REPAIR = "; run git fsck there, or fetch the repository again";

    private final List<Epoch> epochs;
    private final int mailBytes;
    private final Positions known;
    private final MailReceiver receiver;
    private final long size;
    private final boolean again;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Set<ObjectId> deleted = new HashSet<>();
    private boolean lost;
    private long done;
    private long all;

    /** An epoch that has something new. */
    private record Part(Epoch epoch, ObjectId tip, Noted noted, Survey survey) {
        Origin at(String position) {
            return new Origin(epoch.path().toString(), position);
        }
    }

    /**
     * Prepares.
     *
     * @param epochs in the order of their mails
     * @param mailBytes how many octets are kept of a mail
     * @param size what {@link MailReceiver#progress} comes to in the end
     */
    Reading(List<Epoch> epochs, int mailBytes, Positions known, MailReceiver receiver, long size) {
        this.epochs = epochs;
        this.mailBytes = mailBytes;
        this.known = known;
        this.receiver = receiver;
        this.size = size;
        this.again = epochs.stream().anyMatch(epoch -> position(epoch).commit() != null);
    }

    private Noted position(Epoch epoch) {
        return Noted.of(known.find(epoch.path().toString(), ""));
    }

    void run() throws IOException {
        for (Epoch epoch : epochs.reversed()) {
            try {
                survey(epoch);
            } catch (IOException | RuntimeException e) {
                SourceException refusal = GitSource.refusal(epoch.path(), e);
                if (epochs.size() == 1) {
                    throw refusal;
                }
                receiver.rejected(new RejectedEntry(
                        new Origin(epoch.path().toString(), "0"), String.valueOf(refusal.getMessage())));
            }
        }
        if (lost) {
            receiver.shrunk();
        }
        if (epochs.size() > 1) {
            // A run that goes on in one epoch knows by that which deletions in the others were heeded.
            for (Part part : parts) {
                tell(part, part.survey.isContinued() ? part.noted.commit() : null, mailsBefore(part));
            }
        }
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            handOver(part);
        }
        receiver.progress(size);
    }

    private void survey(Epoch epoch) throws IOException {
        ObjectId tip = epoch.tip();
        Noted noted = position(epoch);
        if (tip == null || (tip.equals(noted.commit()) && noted.cutOffAt() == null)) {
            return;
        }
        try (Repository repository = epoch.open();
                ObjectReader reader = reader(repository)) {
            ObjectId cutOffAt = noted.cutOffAt();
            // What lies before that commit has been fetched since.
            boolean deepened = cutOffAt != null && !reader.getShallowCommits().contains(cutOffAt);
            if (deepened) {
                noted = Noted.of(null);
            } else if (tip.equals(noted.commit())) {
                return;
            }
            Layout layout = GitSource.layout(epoch, reader, tip);
            Survey survey = new Survey(reader, tip, layout, noted, again && !deepened, deleted);
            survey.run();
            lost |= survey.isLost();
            all += survey.unread().size();
            parts.addFirst(new Part(epoch, tip, noted, survey));
        }
    }

    private ObjectReader reader(Repository repository) {
        ObjectReader reader = repository.newObjectReader();
        reader.setStreamFileThreshold(Math.max(Jgit.MAX_OBJECT, mailBytes));
        return reader;
    }

    private void handOver(Part part) throws IOException {
        Survey survey = part.survey;
        Unread unread = survey.unread();
        reject(part);
        long mails = mailsBefore(part);
        int since = 0;
        try (Repository repository = reopen(part.epoch);
                ObjectReader reader = reader(repository)) {
            for (int i = unread.size() - 1; i >= 0; i--) {
                if (mail(part, reader, i)) {
                    mails++;
                }
                if (++done % PROGRESS_EVERY == 0) {
                    receiver.progress((long) ((double) size * done / all));
                }
                if (++since >= REACHED_EVERY && !unread.isOfSameCommit(i)) {
                    tell(part, unread.commit(i), mails);
                    since = 0;
                }
            }
        }
        tell(part, part.tip, mails);
        unread.clear();
    }

    private static Repository reopen(Epoch epoch) throws SourceException {
        try {
            return epoch.open();
        } catch (IOException | RuntimeException e) {
            throw GitSource.refusal(epoch.path(), e);
        }
    }

    private static long mailsBefore(Part part) {
        return part.survey.isContinued() ? part.noted.mails() : 0;
    }

    /** Tells a position; not where the history breaks off, as all is read again then when it has been repaired. */
    private void tell(Part part, @Nullable ObjectId commit, long mails) throws IOException {
        Survey survey = part.survey;
        if (survey.brokenAt() == null) {
            ObjectId cutOffAt = survey.isContinued() ? part.noted.cutOffAt() : survey.cutOffAt();
            receiver.reached(new Noted(commit, part.tip, cutOffAt, mails)
                    .position(part.epoch.path().toString()));
        }
    }

    /** Says where the history breaks off. */
    private void reject(Part part) throws IOException {
        Survey survey = part.survey;
        ObjectId brokenAt = survey.brokenAt();
        if (brokenAt != null) {
            receiver.rejected(new RejectedEntry(
                    part.at(brokenAt.name()),
                    "the history breaks off before here, because a commit " + reason(survey.fault()) + REPAIR));
        }
        ObjectId cutOffAt = survey.cutOffAt();
        if (cutOffAt != null) {
            receiver.rejected(new RejectedEntry(
                    part.at(cutOffAt.name()),
                    "the clone is shallow, so that mails before here are not in it; run git fetch --unshallow there"));
        }
    }

    /** Hands over a mail, or says why it cannot be read. */
    private boolean mail(Part part, ObjectReader reader, int index) throws IOException {
        Unread unread = part.survey.unread();
        ObjectId blob = unread.blob(index);
        Origin origin = part.at(unread.place(index));
        if (blob.equals(ObjectId.zeroId())) {
            receiver.rejected(
                    new RejectedEntry(origin, "the list of the commit's files is missing or damaged" + REPAIR));
            return false;
        }
        byte[] octets;
        try {
            octets = octets(reader, blob);
        } catch (IOException | RuntimeException e) {
            receiver.rejected(new RejectedEntry(origin, "the blob " + blob.name() + ' ' + reason(e) + REPAIR));
            return false;
        }
        if (octets.length == 0) {
            receiver.rejected(new RejectedEntry(origin, "the file is empty"));
            return false;
        }
        int start = SingleMail.start(octets, octets.length);
        int kept = Math.min(octets.length - start, mailBytes);
        boolean whole = kept == octets.length;
        receiver.mail(new RawMail(
                origin, whole ? octets : Arrays.copyOfRange(octets, start, start + kept), octets.length - start));
        return true;
    }

    private static byte[] octets(ObjectReader reader, ObjectId blob) throws IOException {
        ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
        if (loader.isLarge()) {
            throw new LargeObjectException(blob);
        }
        return loader.getCachedBytes();
    }

    private static String reason(@Nullable Exception fault) {
        if (fault instanceof LargeObjectException) {
            return "is too large for a mail";
        }
        return fault instanceof MissingObjectException ? "is missing" : "is damaged";
    }
}
