package org.listlens.mailbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;
import org.listlens.mailbox.ImapConnection.Examined;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.RejectedEntry;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.SourceWatch;

/**
 * A mailbox on an IMAP server, or all below another one: {@code imap://user@host/mailbox}, {@code imaps://…}, with TLS from
 * the beginning or by STARTTLS. Without a mailbox it is INBOX; with a slash or {@code /*} at the end all that are below.
 *
 * <p>An archive is a mailbox, named by its URL with the user, as each has an INBOX, and without the password. The
 * position of a mail is {@code UIDVALIDITY:UID}. Nothing is changed: mailboxes are opened by EXAMINE and mails fetched
 * by BODY.PEEK, so they stay unread.
 */
public final class ImapSource implements MailSource {
    private static final String INBOX = "INBOX";
    /** How many mailboxes are named to a user who asked for one that does not exist. */
    private static final int NAMES = 10;

    private final MailboxUrl url;
    private final SourceOptions options;
    private final Failures failures;
    private final @Nullable String user;
    /** The mailbox, or what all mailboxes to be read are below. */
    private final String mailbox;

    private final boolean below;
    private final String description;
    /** From opening it; the first reading takes it. */
    private @Nullable ImapConnection opened;

    /**
     * Connects, logs in, and looks whether the mailbox is there.
     *
     * @param url one of the scheme {@code imap} or {@code imaps}
     * @throws SourceException when it is not, or the server does not let one in
     */
    public ImapSource(String url, SourceOptions options) throws SourceException {
        this.url = MailboxUrl.parse(url);
        this.options = options;
        this.failures = new Failures(this.url);
        this.user = ImapLogin.user(this.url, options.remote());
        String path = this.url.path();
        below = path != null && (path.isEmpty() || path.endsWith("/") || path.equals("*") || path.endsWith("/*"));
        if (path == null) {
            mailbox = INBOX;
        } else if (below) {
            mailbox = parent(path);
        } else {
            mailbox = path.equalsIgnoreCase(INBOX) ? INBOX : path;
        }
        try {
            ImapConnection connection = ImapConnection.open(this.url, options.remote());
            opened = connection;
            description = recognise(connection);
        } catch (IOException e) {
            close();
            throw failures.unreachable(e);
        }
    }

    private static String parent(String path) {
        String parent = path.endsWith("*") ? path.substring(0, path.length() - 1) : path;
        return parent.endsWith("/") ? parent.substring(0, parent.length() - 1) : parent;
    }

    private String recognise(ImapConnection connection) throws IOException {
        if (below) {
            int count = mailboxes(connection).size();
            if (count == 0) {
                throw new SourceException("There is no mailbox below " + name() + ": check its name.");
            }
            return count == 1 ? "IMAP, 1 mailbox" : "IMAP, " + count + " mailboxes";
        }
        try {
            Examined examined = connection.examine(mailbox);
            if (url.uidValidity() >= 0 && url.uidValidity() != examined.uidValidity()) {
                throw new SourceException("The mailbox " + name() + " has the UIDVALIDITY " + examined.uidValidity()
                        + ", not " + url.uidValidity() + ": it is another one than the URL was made of; leave"
                        + " ;UIDVALIDITY= out to read it.");
            }
            return "IMAP mailbox";
        } catch (Refusal e) {
            throw cannotOpen(e, connection);
        }
    }

    private SourceException cannotOpen(Refusal refusal, ImapConnection connection) throws IOException {
        List<String> names = List.of();
        try {
            names = connection.list("");
        } catch (Refusal e) {
            // The server does not even say which there are.
        }
        String some = String.join(", ", names.subList(0, Math.min(names.size(), NAMES)));
        return new SourceException("The mailbox " + name() + " cannot be opened (" + refusal.getMessage()
                + "): check its name"
                + (some.isEmpty() ? "." : "; there are " + some + (names.size() > NAMES ? " and others." : ".")));
    }

    private List<String> mailboxes(ImapConnection connection) throws IOException {
        if (!below) {
            return List.of(mailbox);
        }
        try {
            return connection.list(mailbox);
        } catch (Refusal e) {
            throw new SourceException(
                    "The server does not list the mailboxes of " + name() + " (" + e.getMessage() + "): name one.");
        }
    }

    @Override
    public String name() {
        if (!below) {
            return url.name(user, mailbox);
        }
        return url.name(user, mailbox.isEmpty() ? "" : mailbox + '/') + '*';
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void read(Positions known, MailReceiver receiver) throws IOException {
        RemoteOptions remote = options.remote();
        ImapConnection first = opened;
        opened = null;
        try (Reconnection<ImapConnection> connections =
                new Reconnection<>(() -> ImapConnection.open(url, remote), first, remote.timeout(), failures)) {
            List<String> mailboxes = below ? listed(connections) : List.of(mailbox);
            Set<String> archives = new HashSet<>();
            long octets = 0;
            for (String box : mailboxes) {
                String archive = url.name(user, box);
                archives.add(archive);
                MailboxReader reader = new MailboxReader(
                        connections, failures, box, archive, options.limits().mailBytes(), octets, receiver);
                try {
                    octets = reader.read(known.find(archive, ""));
                } catch (Refusal e) {
                    if (!below) {
                        throw new SourceException("The mailbox " + archive + " cannot be opened any more ("
                                + e.getMessage() + "): check whether it was deleted.");
                    }
                    receiver.rejected(new RejectedEntry(
                            new Origin(archive, "0"), "cannot be opened: the server says \"" + e.getMessage() + '"'));
                }
            }
            if (below) {
                forget(known, archives, receiver);
            }
            receiver.progress(octets);
            ImapConnection last = connections.take();
            if (last != null) {
                last.logout();
            }
        }
    }

    private List<String> listed(Reconnection<ImapConnection> connections) throws IOException {
        try {
            return mailboxes(connections.get());
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            // The connection may be an old one.
            connections.lost();
        }
        try {
            return mailboxes(connections.get());
        } catch (IOException e) {
            throw failures.unreachable(e);
        }
    }

    /** Tells of mailboxes that were read and are no longer there. */
    private void forget(Positions known, Set<String> archives, MailReceiver receiver) throws IOException {
        String root = url.name(user, mailbox.isEmpty() ? "" : mailbox + '/');
        List<Position> gone = new ArrayList<>();
        for (Position position : known.all()) {
            if (position.archive().startsWith(root) && !archives.contains(position.archive())) {
                gone.add(Position.forgotten(position.archive(), position.part()));
            }
        }
        if (!gone.isEmpty()) {
            receiver.shrunk();
            for (Position position : gone) {
                receiver.reached(position);
            }
        }
    }

    @Override
    public SourceWatch watch() throws IOException {
        RemoteOptions remote = options.remote();
        try {
            ImapConnection connection = ImapConnection.open(url, remote);
            if (below || !connection.hasCapability("IDLE")) {
                return new IntervalWatch(remote.interval(), new StatusLook(connection));
            }
            return IdleWatch.of(connection, mailbox, failures);
        } catch (Refusal e) {
            throw new SourceException("The mailbox " + name() + " cannot be opened (" + e.getMessage()
                    + "): check whether it was deleted.");
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw failures.unreachable(e);
        }
    }

    /** Asks for the state of all mailboxes; connects anew when the server has lost patience between two looks. */
    private final class StatusLook implements IntervalWatch.Look {
        private ImapConnection connection;

        StatusLook(ImapConnection connection) {
            this.connection = connection;
        }

        @Override
        public Object look() throws IOException {
            try {
                return states();
            } catch (SourceException e) {
                throw e;
            } catch (IOException e) {
                connection.close();
                connection = ImapConnection.open(url, options.remote());
                return states();
            }
        }

        private Object states() throws IOException {
            List<Object> states = new ArrayList<>();
            for (String box : mailboxes(connection)) {
                try {
                    states.add(box);
                    states.add(connection.status(box));
                } catch (Refusal e) {
                    states.add("");
                }
            }
            return states;
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
