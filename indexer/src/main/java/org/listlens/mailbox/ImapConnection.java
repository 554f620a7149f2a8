package org.listlens.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.ListInfo;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.Status;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;

/**
 * A connection to an IMAP server, logged in. An {@link IOException} says that it is lost, a {@link Refusal} that the
 * server does not do one thing. Not thread-safe.
 */
final class ImapConnection implements Closeable {
    private final ImapProtocol protocol;
    private final MailboxUrl url;
    private final RemoteOptions options;
    private @Nullable String fetching;

    /**
     * What EXAMINE tells.
     *
     * @param uidValidity which numbering the UIDs belong to; -1 when they are good for this session only
     * @param uidNext below which the UIDs of all mails are; -1 when the server does not say
     * @param messages how many mails there are
     */
    record Examined(long uidValidity, long uidNext, long messages) {}

    /**
     * A mail, or a part of one.
     *
     * @param octets {@code null} when the server has none to give
     */
    record Fetched(long uid, byte @Nullable [] octets) {}

    private ImapConnection(ImapProtocol protocol, MailboxUrl url, RemoteOptions options) {
        this.protocol = protocol;
        this.url = url;
        this.options = options;
    }

    /**
     * Connects, and logs in.
     *
     * @throws SourceException when trying again is of no use
     * @throws IOException when the server cannot be reached, or breaks off
     */
    static ImapConnection open(MailboxUrl url, RemoteOptions options) throws IOException {
        String prefix = "mail." + url.scheme();
        int timeout = (int) Math.min(options.timeout().toMillis(), Integer.MAX_VALUE);
        Properties properties = new Properties();
        properties.setProperty(prefix + ".connectiontimeout", Integer.toString(timeout));
        properties.setProperty(prefix + ".timeout", Integer.toString(timeout));
        properties.setProperty(prefix + ".socketFactory.fallback", "false");
        properties.setProperty(prefix + ".ssl.checkserveridentity", Boolean.toString(!options.insecure()));
        properties.put(prefix + ".ssl.socketFactory", Tls.sockets(options));
        ImapProtocol protocol;
        try {
            protocol = new ImapProtocol(url.scheme(), url.address(), url.port(), properties, url.tls());
        } catch (ProtocolException e) {
            throw greeting(e, url, options);
        }
        boolean ready = false;
        try {
            if (!url.tls() && protocol.hasCapability("STARTTLS")) {
                protocol.startTLS();
                protocol.capability();
            }
            if (!protocol.isAuthenticated()) {
                new ImapLogin(protocol, url, options).run();
            }
            ready = true;
            return new ImapConnection(protocol, url, options);
        } catch (ProtocolException e) {
            throw lost(e);
        } finally {
            if (!ready) {
                protocol.disconnect();
            }
        }
    }

    private static IOException greeting(ProtocolException e, MailboxUrl url, RemoteOptions options) {
        Response response = e.getResponse();
        if (response == null || response.isSynthetic()) {
            return lost(e);
        }
        String said = Failures.text(response.toString(), url, options);
        if (response.isBYE()) {
            return new IOException(said, e);
        }
        return new SourceException(
                "What answers at " + url.where() + " does not speak IMAP (" + said + "): check the port.", e);
    }

    /** Expects mails, and parts of them, of so many octets at most. */
    void expectMails(int most) {
        protocol.expectMails(most);
    }

    boolean hasCapability(String name) {
        return protocol.hasCapability(name);
    }

    /** Opens a mailbox to read it, and nothing else. */
    Examined examine(String mailbox) throws IOException, Refusal {
        try {
            MailboxInfo info = protocol.examine(mailbox);
            return new Examined(info.uidNotSticky ? -1 : info.uidvalidity, info.uidnext, Math.max(info.total, 0));
        } catch (ProtocolException e) {
            throw failed(e);
        }
    }

    /** UIDVALIDITY, UIDNEXT and number of mails of a mailbox that is not open here; equal as long as no mail came. */
    Object status(String mailbox) throws IOException, Refusal {
        try {
            Status status = protocol.status(mailbox, new String[] {"MESSAGES", "UIDNEXT", "UIDVALIDITY"});
            return status == null ? List.of() : List.of(status.total, status.uidnext, status.uidvalidity);
        } catch (ProtocolException e) {
            throw failed(e);
        }
    }

    /**
     * The mailboxes below another one that can be opened, sorted.
     *
     * @param prefix {@code ""} for all there are
     */
    List<String> list(String prefix) throws IOException, Refusal {
        try {
            String below = prefix;
            if (!prefix.isEmpty()) {
                ListInfo[] root = protocol.list("", "");
                below = prefix + (root == null || root.length == 0 ? '/' : root[0].separator);
            }
            ListInfo[] found = protocol.list("", below + '*');
            List<String> names = new ArrayList<>();
            for (ListInfo info : found == null ? new ListInfo[0] : found) {
                if (info.name.startsWith(below) && info.canOpen && !isNonExistent(info)) {
                    names.add(info.name);
                }
            }
            names.sort(null);
            return names;
        } catch (ProtocolException e) {
            throw failed(e);
        }
    }

    private static boolean isNonExistent(ListInfo info) {
        return info.attrs != null && Arrays.stream(info.attrs).anyMatch("\\NonExistent"::equalsIgnoreCase);
    }

    /** The UIDs from one on, ascending. */
    long[] uids(long from) throws IOException, Refusal {
        Response[] answers = protocol.command("UID SEARCH UID " + from + ":*", null);
        long[] uids = new long[256];
        int count = 0;
        for (Response answer : answers) {
            if (answer instanceof IMAPResponse response && response.keyEquals("SEARCH")) {
                for (long uid = response.readLong(); uid >= 0; uid = response.readLong()) {
                    // The last mail is in every range that ends with *.
                    if (uid >= from) {
                        if (count == uids.length) {
                            uids = Arrays.copyOf(uids, 2 * count);
                        }
                        uids[count++] = uid;
                    }
                }
            }
        }
        end(answers[answers.length - 1]);
        Arrays.sort(uids, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (distinct == 0 || uids[i] != uids[distinct - 1]) {
                uids[distinct++] = uids[i];
            }
        }
        return Arrays.copyOf(uids, distinct);
    }

    /**
     * How large mails are.
     *
     * @param uids all that there are in their range, ascending
     * @param sizes gets, at the place of each UID, the octets that the server counts, 0 when it does not say; what no
     *     longer exists stays as it is
     */
    void sizes(long[] uids, int from, int to, long[] sizes) throws IOException, Refusal {
        Response[] answers = protocol.command("UID FETCH " + range(uids, from, to) + " (UID RFC822.SIZE)", null);
        for (Response answer : answers) {
            if (answer instanceof FetchResponse fetched) {
                UID uid = fetched.getItem(UID.class);
                RFC822SIZE size = fetched.getItem(RFC822SIZE.class);
                int place = uid == null ? -1 : Arrays.binarySearch(uids, from, to, uid.uid);
                if (place >= 0) {
                    sizes[place] = size == null ? 0 : Math.max(size.size, 0);
                }
            }
        }
        end(answers[answers.length - 1]);
    }

    /**
     * Asks for mails, without a trace of it on them. What comes is {@link #next}.
     *
     * @param uids all that there are in their range, ascending
     */
    void fetch(long[] uids, int from, int to) throws IOException {
        fetching = protocol.send("UID FETCH " + range(uids, from, to) + " (UID BODY.PEEK[])");
    }

    /**
     * Asks for a part of a mail.
     *
     * @param offset from which octet on
     * @param most how many octets
     */
    void fetchPart(long uid, int offset, int most) throws IOException {
        fetching = protocol.send("UID FETCH " + uid + " (UID BODY.PEEK[]<" + offset + '.' + most + ">)");
    }

    /**
     * The next mail that was asked for; {@code null} when all have come that will.
     *
     * @throws Refusal when all have come that will, and the server says that something went wrong
     */
    @Nullable
    Fetched next() throws IOException, Refusal {
        while (true) {
            Response answer = protocol.receive();
            if (answer instanceof FetchResponse fetched) {
                UID uid = fetched.getItem(UID.class);
                BODY body = fetched.getItem(BODY.class);
                if (uid != null && body != null) {
                    return new Fetched(uid.uid, octets(body.getByteArray()));
                }
            } else if (answer.isTagged() && answer.getTag().equals(fetching)) {
                protocol.received();
                fetching = null;
                end(answer);
                return null;
            }
        }
    }

    private static byte @Nullable [] octets(@Nullable ByteArray octets) {
        return octets == null
                ? null
                : Arrays.copyOfRange(octets.getBytes(), octets.getStart(), octets.getStart() + octets.getCount());
    }

    private static String range(long[] uids, int from, int to) {
        return to - from == 1 ? Long.toString(uids[from]) : uids[from] + ":" + uids[to - 1];
    }

    /** Begins IDLE. */
    String idle() throws IOException {
        return protocol.idle();
    }

    /** Ends IDLE; the server confirms it. */
    void done() throws IOException {
        protocol.done();
    }

    /**
     * The next answer while IDLE is on.
     *
     * @return {@code null} when none came in time
     */
    @Nullable
    IMAPResponse await() throws IOException {
        try {
            return (IMAPResponse) protocol.receive();
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    /** Says good-bye. */
    void logout() {
        try {
            protocol.logout();
        } catch (ProtocolException e) {
            close();
        }
    }

    /** Ends the connection at once. */
    @Override
    public void close() {
        protocol.disconnect();
    }

    private void end(Response answer) throws IOException, Refusal {
        try {
            protocol.handleResult(answer);
        } catch (ProtocolException e) {
            throw failed(e);
        }
    }

    /** Throws a {@link Refusal}, or gives what says that the connection is lost. */
    private IOException failed(ProtocolException e) throws Refusal {
        Response response = e.getResponse();
        if (response != null && (e instanceof CommandFailedException || e instanceof BadCommandException)) {
            throw new Refusal(Failures.text(response.getRest(), url, options));
        }
        return lost(e);
    }

    private static IOException lost(ProtocolException e) {
        Response response = e.getResponse();
        Throwable cause = response == null ? e.getCause() : response.getException();
        return cause instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
}
