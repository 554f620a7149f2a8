package org.listlens.mailbox;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.mailbox.ImapConnection.Examined;
import org.listlens.mailbox.ImapConnection.Fetched;
import org.listlens.source.MailReceiver;
import org.listlens.source.Position;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceException;

/**
 * Reads one mailbox, once: its mails behind a position, by ascending UID. Mails are asked for in ranges; a large one
 * alone and in parts, so that a connection that breaks costs a part only.
 *
 * <p>The state of a position is {@code uidvalidity}, {@code uid} (all mails up to it were handed over, were rejected or
 * are gone) and {@code messages} (how many mails the mailbox had up to there, which tells later that some are gone).
 */
final class MailboxReader {
    /** After how many mails a position is told, and how many are asked for at once. */
    private static final int BATCH = 200;

    private static final long BATCH_OCTETS = 8 << 20;
    /** How many mails are asked for their size at once. */
    private static final int WINDOW = 1_000;
    /** What is asked for of a mail at once. */
    private static final int PART = 1 << 20;
    /** How often the connection may be lost on one question, and the numbering change in one run. */
    private static final int TRIES = 3;

    private static final long GONE = -1;

    private final Reconnection<ImapConnection> connections;
    private final Failures failures;
    private final String mailbox;
    private final String name;
    private final int limit;
    private final int part;
    private final MailReceiver receiver;
    private final Losses losses;
    private @Nullable ImapConnection selected;
    private @Nullable Examined examined;
    private long mails;
    private long messages;
    private long octets;
    private long[] uids = {};
    private long[] sizes = {};
    /** Before which place all sizes are known, all mails done, and mails fetched one by one. */
    private int sized;

    private int next;
    private int alone;
    private BitSet done = new BitSet();
    private int unreached;

    /** The UIDs that are known are no longer those of the mailbox. */
    private static final class RenumberedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Something to ask the server. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(ImapConnection connection) throws IOException, Refusal;
    }

    /**
     * @param mailbox its name on the server
     * @param name the URL that stands for it
     * @param limit how many octets are kept of a mail
     * @param octets how many were read before, from other mailboxes
     */
    MailboxReader(
            Reconnection<ImapConnection> connections,
            Failures failures,
            String mailbox,
            String name,
            int limit,
            long octets,
            MailReceiver receiver) {
        this.connections = connections;
        this.failures = failures;
        this.mailbox = mailbox;
        this.name = name;
        this.limit = limit;
        this.part = Math.min(limit, PART);
        this.octets = octets;
        this.receiver = receiver;
        this.losses = new Losses(receiver, failures);
    }

    /**
     * Reads what is new.
     *
     * @param known how far earlier runs came
     * @return how many octets were read so far, from other mailboxes as well
     * @throws Refusal when the mailbox cannot be opened
     * @throws SourceException when the server is lost
     */
    long read(@Nullable Position known) throws IOException, Refusal {
        Position position = known;
        for (int turn = 0; turn < TRIES; turn++) {
            try {
                turn(position);
                return octets;
            } catch (RenumberedException e) {
                position = null;
                receiver.shrunk();
            }
        }
        throw new SourceException("The mailbox " + name
                + " was numbered anew several times while it was read: run this again when that is over.");
    }

    private void turn(@Nullable Position position) throws IOException, Refusal, RenumberedException {
        selected = null;
        examined = null;
        selected();
        Examined box = Objects.requireNonNull(examined);
        mails = 0;
        messages = 0;
        long after = 0;
        if (position != null) {
            long uid = Math.max(number(position, "uid"), 0);
            // UIDs never fall; where they do, the mailbox was made anew within the second that UIDVALIDITY counts.
            boolean fallen = box.uidNext() >= 0 && box.uidNext() <= uid;
            if (number(position, "uidvalidity") == box.uidValidity() && !fallen) {
                after = uid;
                messages = Math.max(number(position, "messages"), 0);
                mails = position.mails();
            } else {
                receiver.shrunk();
            }
        }
        long first = after + 1;
        boolean news = box.messages() > 0 && (box.uidNext() < 0 || box.uidNext() > first);
        uids = news ? ask(connection -> connection.uids(first)) : new long[0];
        boolean changed = position == null || uids.length > 0 || box.uidNext() - 1 > after;
        // What came since EXAMINE is not among the messages that it counted.
        long old = box.messages() - (box.uidNext() < 0 ? uids.length : countBelow(box.uidNext()));
        if (old < messages) {
            receiver.shrunk();
            mails = Math.max(0, mails - (messages - old));
            messages = old;
            changed = true;
        }
        sizes = new long[uids.length];
        done = new BitSet(uids.length);
        sized = 0;
        next = 0;
        alone = 0;
        fetchAll(box);
        if (changed) {
            reached(box, Math.max(uids.length == 0 ? after : uids[uids.length - 1], box.uidNext() - 1));
        }
        receiver.progress(octets);
    }

    private int countBelow(long uid) {
        int place = Arrays.binarySearch(uids, uid);
        return place < 0 ? -1 - place : place;
    }

    private void fetchAll(Examined box) throws IOException, Refusal, RenumberedException {
        while (next < uids.length) {
            if (next == sized) {
                measure(next, Math.min(next + WINDOW, uids.length));
            }
            if (sizes[next] > part && !whole(next)) {
                large(next);
            } else {
                batch(next, batchEnd(next));
            }
            next = done.nextClearBit(next);
            if (unreached >= BATCH && !losses.isOpen()) {
                reached(box, uids[next - 1]);
            }
        }
        losses.passed();
    }

    private void reached(Examined box, long uid) throws IOException {
        unreached = 0;
        if (box.uidValidity() > 0) {
            receiver.reached(new Position(
                    name,
                    Map.of(
                            "uidvalidity", Long.toString(box.uidValidity()),
                            "uid", Long.toString(uid),
                            "messages", Long.toString(messages)),
                    mails));
        }
    }

    /** Asks how large mails are; those that no longer exist are done. */
    private void measure(int from, int to) throws IOException, Refusal, RenumberedException {
        Arrays.fill(sizes, from, to, GONE);
        try {
            ask(connection -> {
                connection.sizes(uids, from, to, sizes);
                return sizes;
            });
        } catch (Refusal e) {
            Arrays.fill(sizes, from, to, 0);
        }
        sized = Math.max(sized, to);
    }

    /** Whether a large mail is to be fetched in one piece, as the server fails at the first part of it. */
    private boolean whole(int place) {
        return sizes[place] <= limit && losses.isLast(uids[place]);
    }

    private int batchEnd(int from) {
        int to = from + 1;
        if (from < alone || losses.isSuspect(uids[from])) {
            return to;
        }
        long sum = sizes[from];
        while (to < sized && to - from < BATCH && sizes[to] <= part && sum + sizes[to] <= BATCH_OCTETS) {
            sum += sizes[to++];
        }
        return to;
    }

    private void batch(int from, int to) throws IOException, Refusal, RenumberedException {
        String reason = "the server does not give its content";
        ImapConnection connection = selected();
        try {
            connection.expectMails(Math.max(limit, part));
            connection.fetch(uids, from, to);
        } catch (IOException e) {
            lost(e);
            return;
        }
        while (true) {
            Fetched fetched;
            try {
                fetched = connection.next();
            } catch (IOException e) {
                lost(e);
                return;
            } catch (Refusal e) {
                reason = refused(e);
                break;
            }
            if (fetched == null) {
                break;
            }
            int place = Arrays.binarySearch(uids, from, to, fetched.uid());
            byte[] mail = fetched.octets();
            if (place < 0 || mail == null || done.get(place)) {
                continue;
            }
            octets += mail.length;
            mail(place, mail.length > limit ? Arrays.copyOf(mail, limit) : mail, mail.length);
        }
        for (int i = done.nextClearBit(from); i < to; i = done.nextClearBit(i + 1)) {
            if (sizes[i] == GONE) {
                done.set(i);
            } else if (to - from == 1) {
                missing(i, reason);
            } else {
                alone = to;
            }
        }
    }

    /** Fetches a mail in parts; goes on with the part at which the connection breaks. */
    private void large(int place) throws IOException, Refusal, RenumberedException {
        byte[] kept = {};
        int length = 0;
        while (!done.get(place)) {
            int wanted = Math.min(part, limit - length);
            byte[] piece;
            ImapConnection connection = selected();
            try {
                connection.expectMails(Math.max(limit, part));
                connection.fetchPart(uids[place], length, wanted);
                piece = piece(connection, uids[place]);
            } catch (IOException e) {
                lost(e);
                if (length == 0 && whole(place)) {
                    return;
                }
                continue;
            } catch (Refusal e) {
                missing(place, refused(e));
                return;
            }
            if (piece == null && length == 0) {
                missing(place, "the server does not give its content");
                return;
            }
            int came = piece == null ? 0 : Math.min(piece.length, wanted);
            if (piece != null && came > 0) {
                losses.progressed();
                if (length + came > kept.length) {
                    kept = Arrays.copyOf(kept, (int) Math.min(limit, Math.max(2L * kept.length, length + came)));
                }
                System.arraycopy(piece, 0, kept, length, came);
                length += came;
                octets += came;
                receiver.progress(octets);
            }
            if (came < wanted || length == limit) {
                byte[] mail = length == kept.length ? kept : Arrays.copyOf(kept, length);
                mail(place, mail, length == limit ? Math.max(sizes[place], length) : length);
            }
        }
    }

    private static byte @Nullable [] piece(ImapConnection connection, long uid) throws IOException, Refusal {
        byte[] piece = null;
        while (true) {
            Fetched fetched = connection.next();
            if (fetched == null) {
                return piece;
            }
            if (fetched.uid() == uid) {
                piece = fetched.octets();
            }
        }
    }

    private void mail(int place, byte[] mail, long size) throws IOException {
        losses.passed();
        receiver.mail(new RawMail(origin(place), mail, size));
        receiver.progress(octets);
        done.set(place);
        mails++;
        messages++;
        unreached++;
    }

    /** A mail did not come, although it was asked for alone: it no longer exists, or the server cannot give it. */
    private void missing(int place, String reason) throws IOException, Refusal, RenumberedException {
        measure(place, place + 1);
        done.set(place);
        if (sizes[place] != GONE) {
            receiver.rejected(new RejectedEntry(origin(place), "cannot be fetched: " + reason));
            messages++;
            unreached++;
        }
    }

    private static String refused(Refusal e) {
        return "the server says \"" + e.getMessage() + '"';
    }

    private void lost(IOException thrown) throws SourceException {
        connections.lost();
        int place = done.nextClearBit(next);
        if (place < uids.length && losses.add(uids[place], origin(place), thrown)) {
            done.set(place);
            messages++;
            unreached++;
        }
    }

    private Origin origin(int place) {
        return new Origin(name, (examined == null ? 0 : examined.uidValidity()) + ":" + uids[place]);
    }

    private <T> T ask(Question<T> question) throws IOException, Refusal, RenumberedException {
        for (int tries = 1; ; tries++) {
            ImapConnection connection = selected();
            try {
                return question.ask(connection);
            } catch (IOException e) {
                connections.lost();
                if (tries == TRIES) {
                    throw failures.gone(e);
                }
            }
        }
    }

    /** A connection on which the mailbox is open. */
    private ImapConnection selected() throws IOException, Refusal, RenumberedException {
        for (int tries = 1; ; tries++) {
            ImapConnection connection = connections.get();
            if (connection == selected) {
                return connection;
            }
            try {
                Examined now = connection.examine(mailbox);
                if (examined != null && (now.uidValidity() != examined.uidValidity() || now.uidValidity() < 0)) {
                    throw new RenumberedException();
                }
                if (examined == null) {
                    examined = now;
                }
                selected = connection;
                return connection;
            } catch (IOException e) {
                connections.lost();
                if (tries == TRIES) {
                    throw failures.gone(e);
                }
            }
        }
    }

    private static long number(Position position, String key) {
        return MailboxUrl.number(position.state().getOrDefault(key, ""));
    }
}
