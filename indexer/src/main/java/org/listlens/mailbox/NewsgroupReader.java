package org.listlens.mailbox;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.mailbox.NntpConnection.Article;
import org.listlens.mailbox.NntpConnection.Group;
import org.listlens.source.MailReceiver;
import org.listlens.source.Position;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceException;

/**
 * Reads a newsgroup, once: its articles behind a position, by ascending number; some are asked for ahead.
 *
 * <p>The state of a position is {@code high} (all articles up to this number were handed over, were rejected or are
 * gone) and {@code low} (the lowest number there was, which tells later that articles have expired).
 */
final class NewsgroupReader {
    /** After how many articles a position is told. */
    private static final int REACH = 200;
    /** The same, where numbers have no article. */
    private static final int REACH_GONE = 10_000;

    private static final int AHEAD = 32;
    private static final int TRIES = 3;

    private final Reconnection<NntpConnection> connections;
    private final Failures failures;
    private final String group;
    private final String name;
    private final int limit;
    private final MailReceiver receiver;
    private final Losses losses;
    private @Nullable NntpConnection selected;
    private Group state = new Group(1, 0);
    private Numbers numbers = new Numbers(1, 0, null);
    private long octets;
    private long mails;
    private long next;
    private long asked;
    private long unreached;

    /**
     * The numbers of articles.
     *
     * @param listed all that there are; {@code null} when the server does not tell
     */
    private record Numbers(long from, long to, long @Nullable [] listed) {
        long count() {
            return listed == null ? to - from + 1 : listed.length;
        }

        long get(long place) {
            return listed == null ? from + place : listed[(int) place];
        }
    }

    /**
     * @param name the URL of the newsgroup
     * @param limit how many octets are kept of an article
     */
    NewsgroupReader(
            Reconnection<NntpConnection> connections,
            Failures failures,
            String group,
            String name,
            int limit,
            MailReceiver receiver) {
        this.connections = connections;
        this.failures = failures;
        this.group = group;
        this.name = name;
        this.limit = limit;
        this.receiver = receiver;
        this.losses = new Losses(receiver, failures);
    }

    /**
     * Reads what is new.
     *
     * @throws Refusal when the newsgroup cannot be opened
     * @throws SourceException when the server is lost
     */
    void read(@Nullable Position position) throws IOException, Refusal {
        selected();
        Group begin = state;
        long high = position == null ? 0 : MailboxUrl.number(position.state().getOrDefault("high", "0"));
        long low = position == null ? 0 : MailboxUrl.number(position.state().getOrDefault("low", "0"));
        mails = position == null ? 0 : position.mails();
        if (begin.last() < high && begin.last() >= begin.first()) {
            // Numbers never fall, unless the group was made anew.
            receiver.shrunk();
            high = 0;
            mails = 0;
        } else if (position != null && begin.first() > low && low <= high) {
            receiver.shrunk();
        }
        long from = Math.max(begin.first(), high + 1);
        if (from <= begin.last()) {
            numbers = new Numbers(from, begin.last(), list(from, begin.last()));
            fetchAll();
        }
        long reached = Math.max(begin.last(), high);
        if (position == null || reached != high || begin.first() != low) {
            reached(reached);
        }
        receiver.progress(octets);
    }

    private long @Nullable [] list(long from, long to) throws IOException, Refusal {
        for (int tries = 1; ; tries++) {
            NntpConnection connection = selected();
            try {
                return connection.list(group, from, to);
            } catch (IOException e) {
                lost(e, tries);
            }
        }
    }

    private void fetchAll() throws IOException, Refusal {
        while (next < numbers.count()) {
            NntpConnection connection = selected();
            Article article;
            String refused = null;
            try {
                ask(connection);
                article = connection.next(limit);
            } catch (Refusal e) {
                article = null;
                refused = e.getMessage();
            } catch (SourceException e) {
                throw e;
            } catch (IOException e) {
                lostWithin(e);
                continue;
            }
            long number = numbers.get(next);
            if (article != null) {
                losses.passed();
                octets += article.size();
                receiver.mail(new RawMail(origin(number), article.octets(), article.size()));
                receiver.progress(octets);
                mails++;
                unreached += REACH_GONE / REACH;
            } else if (refused != null) {
                receiver.rejected(
                        new RejectedEntry(origin(number), "cannot be fetched: the server says \"" + refused + '"'));
                unreached += REACH_GONE / REACH;
            } else {
                unreached++;
            }
            next++;
            if (unreached >= REACH_GONE && !losses.isOpen()) {
                reached(number);
            }
        }
        losses.passed();
    }

    /** Asks for articles ahead; for one alone when the connection broke there. */
    private void ask(NntpConnection connection) throws IOException {
        if (asked > next && asked - next > AHEAD / 2) {
            return;
        }
        long end = losses.isSuspect(numbers.get(next)) ? next + 1 : Math.min(next + AHEAD, numbers.count());
        if (asked < end) {
            for (long place = Math.max(asked, next); place < end; place++) {
                connection.ask(numbers.get(place));
            }
            asked = end;
            connection.flush();
        }
    }

    private void lostWithin(IOException thrown) throws SourceException {
        connections.lost();
        selected = null;
        asked = next;
        long number = numbers.get(next);
        if (losses.add(number, origin(number), thrown)) {
            next++;
        }
    }

    private void reached(long high) throws IOException {
        unreached = 0;
        receiver.reached(
                new Position(name, Map.of("high", Long.toString(high), "low", Long.toString(state.first())), mails));
    }

    private Origin origin(long number) {
        return new Origin(name, Long.toString(number));
    }

    /** A connection on which the newsgroup is open. */
    private NntpConnection selected() throws IOException, Refusal {
        for (int tries = 1; ; tries++) {
            NntpConnection connection = connections.get();
            if (connection == selected) {
                return connection;
            }
            try {
                Group now = connection.select(group);
                if (selected == null && numbers.count() == 0) {
                    state = now;
                }
                selected = connection;
                asked = next;
                return connection;
            } catch (IOException e) {
                lost(e, tries);
            }
        }
    }

    private void lost(IOException thrown, int tries) throws SourceException {
        if (thrown instanceof SourceException known) {
            throw known;
        }
        connections.lost();
        if (tries == TRIES) {
            throw failures.gone(thrown);
        }
    }
}
