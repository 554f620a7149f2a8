package org.listlens.mailbox;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.nntp.NNTPClient;
import org.jspecify.annotations.Nullable;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;

/**
 * A connection to a news server. An {@link IOException} says that it is lost, a {@link Refusal} that the server does not
 * do one thing. Articles are asked for ahead (RFC 3977, section 3.5) and read octet by octet as they were sent:
 * {@link NNTPClient}'s own way to read them takes one that breaks off for a whole one. Not thread-safe.
 */
final class NntpConnection extends NNTPClient implements Closeable {
    private static final int GROUP_SELECTED = 211;
    private static final int ARTICLE_FOLLOWS = 220;
    private static final int LOGGED_IN = 281;
    private static final int PASSWORD_WANTED = 381;
    private static final int NO_SUCH_GROUP = 411;
    private static final int NO_SUCH_NUMBER = 423;
    private static final int NO_SUCH_ARTICLE = 430;
    private static final int LOGIN_WANTED = 480;
    private static final int CHUNK = 8_192;

    /** The octets between which a block of lines ends: CR LF . CR LF. */
    private enum State {
        LINE_BEGIN,
        DOT,
        DOT_CR,
        TEXT,
        TEXT_CR
    }

    private final MailboxUrl url;
    private final RemoteOptions options;
    private final char[] chars = new char[CHUNK];
    private byte[] block = new byte[64 << 10];
    private int kept;
    private long size;

    /**
     * What GROUP tells.
     *
     * @param first the lowest article number
     * @param last the highest, below {@code first} when there are no articles
     */
    record Group(long first, long last) {}

    /**
     * An article.
     *
     * @param octets as many as are kept
     * @param size how many it has
     */
    record Article(byte[] octets, long size) {}

    private NntpConnection(MailboxUrl url, RemoteOptions options) throws SourceException {
        this.url = url;
        this.options = options;
        int timeout = (int) Math.min(options.timeout().toMillis(), Integer.MAX_VALUE);
        setConnectTimeout(timeout);
        setDefaultTimeout(timeout);
        if (url.tls()) {
            setSocketFactory(Tls.sockets(options));
        }
    }

    /**
     * Connects, and logs in if there is somebody to log in.
     *
     * @throws SourceException when trying again is of no use
     * @throws IOException when the server cannot be reached, or breaks off
     */
    static NntpConnection open(MailboxUrl url, RemoteOptions options) throws IOException {
        NntpConnection connection = new NntpConnection(url, options);
        boolean ready = false;
        try {
            connection.connect(url.address(), url.port());
            int greeting = connection.getReplyCode();
            if (greeting / 100 != 2) {
                throw new SourceException("The NNTP server at " + url.where() + " lets nobody in (" + connection.said()
                        + "): ask who runs it.");
            }
            // Some servers take other servers for granted; those that do not know the command may refuse it.
            connection.command("MODE READER");
            connection.login();
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /** Sees to it that certificates are made out to the host. */
    @Override
    protected void _connectAction_() throws IOException {
        if (_socket_ instanceof SSLSocket socket) {
            socket.setSoTimeout(getDefaultTimeout());
            if (!options.insecure()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
        }
        super._connectAction_();
        // Nothing follows the greeting before something is asked.
        _reader_ = new BoundedLines(new InputStreamReader(_input_, StandardCharsets.ISO_8859_1));
    }

    /** Lines as the client reads them, of a bounded length. */
    private static final class BoundedLines extends BufferedReader {
        private static final int LONGEST = 64 << 10;

        BoundedLines(Reader in) {
            super(in);
        }

        @Override
        public @Nullable String readLine() throws IOException {
            StringBuilder line = new StringBuilder(80);
            for (int c = read(); c >= 0; c = read()) {
                int last = line.length() - 1;
                if (c == '\n' && last >= 0 && line.charAt(last) == '\r') {
                    return line.substring(0, last);
                }
                if (last == LONGEST) {
                    throw new IOException("the server sent a line of more than " + LONGEST + " octets");
                }
                line.append((char) c);
            }
            return line.isEmpty() ? null : line.toString();
        }
    }

    private void login() throws IOException {
        String user = url.user() == null ? options.user() : url.user();
        String password = url.password() == null ? options.password() : url.password();
        if (user == null || password == null) {
            return;
        }
        Failures failures = new Failures(url);
        if (!Tls.maySend(url.tls(), getRemoteAddress(), options)) {
            throw failures.clear();
        }
        int reply = command("AUTHINFO USER " + user);
        if (reply == PASSWORD_WANTED) {
            reply = command("AUTHINFO PASS " + password);
        }
        if (reply != LOGGED_IN) {
            throw failures.login(user, said());
        }
    }

    /** Opens a newsgroup. */
    Group select(String group) throws IOException, Refusal {
        int reply = command("GROUP " + group);
        if (reply == LOGIN_WANTED) {
            throw new Failures(url).noLogin();
        }
        if (reply != GROUP_SELECTED) {
            throw new Refusal(reply == NO_SUCH_GROUP ? "there is no such newsgroup" : said());
        }
        // 211 number low high group
        long[] numbers = numbers(getReplyString());
        if (numbers.length < 4 || numbers[2] < 0 || numbers[3] < 0) {
            throw new IOException("the server sent an answer to GROUP that makes no sense");
        }
        return numbers[1] == 0 ? new Group(numbers[2], numbers[2] - 1) : new Group(numbers[2], numbers[3]);
    }

    /**
     * The numbers of the articles that there are, ascending.
     *
     * @return {@code null} when the server does not tell
     */
    long @Nullable [] list(String group, long from, long to) throws IOException {
        if (command("LISTGROUP " + group + ' ' + from + '-' + to) != GROUP_SELECTED) {
            return null;
        }
        long[] numbers = new long[256];
        int count = 0;
        boolean sane = true;
        for (String line = line(); !line.equals("."); line = line()) {
            long number = MailboxUrl.number(line.strip());
            sane &= number >= 0;
            // An old server lists all.
            if (number >= from && number <= to) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = number;
            }
        }
        // public-inbox 1.9 answers a range with addresses in its memory.
        if (!sane) {
            return null;
        }
        Arrays.sort(numbers, 0, count);
        return Arrays.copyOf(numbers, count);
    }

    private String line() throws IOException {
        String line = _reader_.readLine();
        if (line == null) {
            throw new EOFException("the connection was closed");
        }
        return line;
    }

    /** Asks for an article; it is {@link #next} after those asked for before. */
    void ask(long number) throws IOException {
        _writer_.write("ARTICLE " + number + "\r\n");
    }

    /** Sends what was asked for. */
    void flush() throws IOException {
        _writer_.flush();
    }

    /**
     * The next article that was asked for.
     *
     * @param most how many octets of it are kept
     * @return {@code null} when there is none with this number
     * @throws Refusal when the server does not give it
     */
    @Nullable
    Article next(int most) throws IOException, Refusal {
        int reply = getReply();
        if (reply == ARTICLE_FOLLOWS) {
            readBlock(most);
            return new Article(Arrays.copyOf(block, kept), size);
        }
        if (reply == NO_SUCH_NUMBER || reply == NO_SUCH_ARTICLE) {
            return null;
        }
        if (reply == LOGIN_WANTED) {
            throw new Failures(url).noLogin();
        }
        throw new Refusal(said());
    }

    /** Reads lines up to the one that is a dot, and takes away the dots that were put in front of others' dots. */
    private void readBlock(int most) throws IOException {
        kept = 0;
        size = 0;
        State state = State.LINE_BEGIN;
        while (true) {
            _reader_.mark(CHUNK);
            int count = _reader_.read(chars, 0, CHUNK);
            if (count < 0) {
                throw new EOFException("the connection was closed within an article");
            }
            for (int i = 0; i < count; i++) {
                char c = chars[i];
                switch (state) {
                    case LINE_BEGIN -> {
                        if (c == '.') {
                            state = State.DOT;
                            continue;
                        }
                    }
                    case DOT -> {
                        if (c == '\r') {
                            state = State.DOT_CR;
                            continue;
                        }
                    }
                    case DOT_CR -> {
                        if (c == '\n') {
                            _reader_.reset();
                            skip(i + 1);
                            return;
                        }
                        keep('\r', most);
                    }
                    case TEXT_CR -> {
                        if (c == '\n') {
                            keep(c, most);
                            state = State.LINE_BEGIN;
                            continue;
                        }
                    }
                    case TEXT -> {}
                }
                keep(c, most);
                state = c == '\r' ? State.TEXT_CR : State.TEXT;
            }
        }
    }

    private void skip(int count) throws IOException {
        long left = count;
        while (left > 0) {
            left -= _reader_.skip(left);
        }
    }

    private void keep(char octet, int most) {
        size++;
        if (kept < most) {
            if (kept == block.length) {
                block = Arrays.copyOf(block, (int) Math.min(most, 2L * kept));
            }
            block[kept++] = (byte) octet;
        }
    }

    private int command(String command) throws IOException {
        // A line break would be another command.
        if (command.indexOf('\r') >= 0 || command.indexOf('\n') >= 0) {
            throw new SourceException("The URL " + url + " holds a line break: check it.");
        }
        // The client writes Latin-1, the protocol is UTF-8 (RFC 3977, section 3.1).
        return sendCommand(new String(command.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** What the server said last. */
    String said() {
        String reply = getReplyString();
        return reply == null
                ? ""
                : Failures.text(
                        new String(reply.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8), url, options);
    }

    private static long[] numbers(String reply) {
        long[] numbers = new long[4];
        int count = 0;
        int begin = 0;
        while (begin < reply.length() && count < numbers.length) {
            int end = reply.indexOf(' ', begin);
            end = end < 0 ? reply.length() : end;
            if (end > begin) {
                numbers[count++] = MailboxUrl.number(reply.substring(begin, end));
            }
            begin = end + 1;
        }
        return Arrays.copyOf(numbers, count);
    }

    /** Says good-bye. */
    void leave() {
        try {
            quit();
        } catch (IOException e) {
            // It has gone already.
        }
        close();
    }

    /** Ends the connection at once. */
    @Override
    public void close() {
        try {
            disconnect();
        } catch (IOException e) {
            return; // It is of no more use anyway.
        }
    }
}
