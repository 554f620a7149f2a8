package org.listlens.mailbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Positions;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.SourceWatch;

/**
 * A newsgroup: {@code nntp://host/group}, with TLS {@code nntps://host/group}. Its name is that URL without a user, as all
 * users see the same articles; the position of a mail is its article number.
 */
public final class NntpSource implements MailSource {
    private final MailboxUrl url;
    private final SourceOptions options;
    private final Failures failures;
    private final String group;
    /** From opening it; the first reading takes it. */
    private @Nullable NntpConnection opened;

    /**
     * Connects, and looks whether the newsgroup is there.
     *
     * @param url one of the scheme {@code nntp} or {@code nntps}
     * @throws SourceException when it is not, or the server does not let one in
     */
    public NntpSource(String url, SourceOptions options) throws SourceException {
        this.url = MailboxUrl.parse(url);
        this.options = options;
        this.failures = new Failures(this.url);
        String path = this.url.path();
        if (path == null || path.isEmpty() || path.indexOf('/') >= 0 || path.indexOf(' ') >= 0) {
            throw new SourceException(
                    "The URL " + this.url + " names no newsgroup: its form is " + this.url.scheme() + "://host/group.");
        }
        group = path;
        NntpConnection connection = null;
        try {
            connection = NntpConnection.open(this.url, options.remote());
            connection.select(group);
            opened = connection;
        } catch (Refusal e) {
            connection.close();
            throw cannotOpen(e);
        } catch (IOException e) {
            if (connection != null) {
                connection.close();
            }
            throw failures.unreachable(e);
        }
    }

    private SourceException cannotOpen(Refusal e) {
        return new SourceException(
                "The newsgroup " + name() + " cannot be opened (" + e.getMessage() + "): check its name.");
    }

    @Override
    public String name() {
        return url.name(null, group);
    }

    @Override
    public String description() {
        return "NNTP newsgroup";
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
        NntpConnection first = opened;
        opened = null;
        try (Reconnection<NntpConnection> connections =
                new Reconnection<>(() -> NntpConnection.open(url, remote), first, remote.timeout(), failures)) {
            new NewsgroupReader(
                            connections,
                            failures,
                            group,
                            name(),
                            options.limits().mailBytes(),
                            receiver)
                    .read(known.find(name(), ""));
            NntpConnection last = connections.take();
            if (last != null) {
                last.leave();
            }
        } catch (Refusal e) {
            throw cannotOpen(e);
        }
    }

    @Override
    public SourceWatch watch() throws IOException {
        try {
            return new IntervalWatch(options.remote().interval(), new GroupLook());
        } catch (IOException e) {
            throw failures.unreachable(e);
        }
    }

    /** Asks for the highest number; connects anew when the server has lost patience between two looks. */
    private final class GroupLook implements IntervalWatch.Look {
        private NntpConnection connection = NntpConnection.open(url, options.remote());

        GroupLook() throws IOException {}

        @Override
        public Object look() throws IOException {
            try {
                return last();
            } catch (SourceException e) {
                throw e;
            } catch (IOException e) {
                connection.close();
                connection = NntpConnection.open(url, options.remote());
                return last();
            }
        }

        private Object last() throws IOException {
            try {
                return connection.select(group);
            } catch (Refusal e) {
                throw cannotOpen(e);
            }
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
