package org.listlens.mailbox;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;
import org.listlens.source.SourceWatch;

/**
 * Is told by the server that mail has come (IDLE, RFC 2177), on a thread and a connection of its own. Any change of the
 * number of mails counts.
 */
final class IdleWatch implements SourceWatch {
    /** After how long IDLE is begun anew: servers may end it after 30 minutes, and networks forget a silent connection. */
    private static final Duration RENEWAL = Duration.ofMinutes(9);

    private final ImapConnection connection;
    private final Failures failures;
    private final long renewal;
    private long messages;
    private boolean changed;
    private boolean closed;
    private @Nullable IOException lost;

    private IdleWatch(ImapConnection connection, long messages, Duration renewal, Failures failures) {
        this.connection = connection;
        this.messages = messages;
        this.renewal = renewal.toNanos();
        this.failures = failures;
    }

    /** Begins to watch; the connection is closed with the watch, or when it cannot begin. */
    static IdleWatch of(ImapConnection connection, String mailbox, Failures failures) throws IOException, Refusal {
        return of(connection, mailbox, RENEWAL, failures);
    }

    static IdleWatch of(ImapConnection connection, String mailbox, Duration renewal, Failures failures)
            throws IOException, Refusal {
        try {
            IdleWatch watch =
                    new IdleWatch(connection, connection.examine(mailbox).messages(), renewal, failures);
            Thread.ofPlatform().daemon().name("imap-idle").start(watch::run);
            return watch;
        } catch (IOException | Refusal e) {
            connection.close();
            throw e;
        }
    }

    private void run() {
        try {
            while (idle()) {
                // Begun anew.
            }
        } catch (IOException e) {
            end(e);
        } catch (RuntimeException e) {
            end(new IOException(e.toString(), e));
        }
    }

    private synchronized void end(IOException e) {
        lost = e;
        notifyAll();
    }

    /** One IDLE; whether there is to be another one. */
    private boolean idle() throws IOException {
        String tag = connection.idle();
        long begin = System.nanoTime();
        // The server owes an answer to IDLE first, and to DONE in the end.
        boolean owed = true;
        boolean asked = false;
        while (true) {
            IMAPResponse answer = connection.await();
            if (answer == null) {
                if (owed) {
                    throw new SocketTimeoutException("no answer to " + (asked ? "DONE" : "IDLE"));
                }
            } else if (answer.isTagged() && answer.getTag().equals(tag)) {
                if (!asked) {
                    throw new IOException("the server has ended IDLE: " + answer);
                }
                return !isClosed();
            } else if (answer.isContinuation()) {
                owed = asked;
            } else {
                note(answer);
            }
            if (!asked && System.nanoTime() - begin >= renewal) {
                connection.done();
                asked = true;
                owed = true;
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void note(IMAPResponse answer) {
        if (answer.keyEquals("EXISTS")) {
            changed |= answer.getNumber() != messages;
            messages = answer.getNumber();
        } else if (answer.keyEquals("EXPUNGE")) {
            changed = true;
            messages--;
        }
        if (changed) {
            notifyAll();
        }
    }

    @Override
    public synchronized boolean await(Duration atMost) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!changed && lost == null) {
            long left = atMost.toNanos() - (System.nanoTime() - begin);
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        if (changed) {
            changed = false;
            return true;
        }
        throw failures.watch(lost == null ? new IOException("closed") : lost);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        connection.close();
    }
}
