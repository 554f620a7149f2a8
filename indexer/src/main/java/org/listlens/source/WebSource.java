package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.RawMail;

/**
 * A file on a web server: an mbox or anything else that a file on disk may be. Its position holds what the server tells of
 * the file's state, so that a file that was not changed is not transferred again; for an mbox that is not compressed also
 * the offset of its end and the digest of the {@value TailStream#SIZE} octets before it, so that of one that has grown
 * only these and what follows are.
 */
final class WebSource implements MailSource {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final WebClient client;
    private final SourceOptions options;
    private final String description;
    private final List<String> evidence;
    private final long size;

    /** What was opened to be recognised and is not read yet; {@code null} when it is. */
    private @Nullable Opened opened;

    /** A file whose transfer has begun. */
    private static final class Opened {
        private final Download download;
        private final TailStream tail;
        private final Archive archive;

        Opened(Download download, SourceOptions options) throws IOException {
            this.download = download;
            this.tail = new TailStream(download);
            this.archive = new Archive(tail, new Window(), options, false);
        }
    }

    private WebSource(WebClient client, SourceOptions options) throws IOException {
        this.client = client;
        this.options = options;
        Opened first = fetch(Map.of(), options.awaited());
        if (first == null) {
            throw new SourceException(client.address() + " does not send what it has: check the address.");
        }
        opened = first;
        description = first.archive.description();
        evidence = first.archive.evidence();
        size = first.download.state().length();
    }

    /** Whether an argument is for this class to open. */
    static boolean isAddress(String argument) {
        return argument.regionMatches(true, 0, "http://", 0, 7) || argument.regionMatches(true, 0, "https://", 0, 8);
    }

    /** @throws SourceException when there is no mail at the address */
    static MailSource open(String argument, SourceOptions options) throws SourceException {
        return open(argument, options, PAUSE);
    }

    /** @param pause how long to wait before the second attempt of a request */
    static MailSource open(String argument, SourceOptions options, Duration pause) throws SourceException {
        URI address;
        try {
            address = URI.create(argument.strip());
        } catch (IllegalArgumentException e) {
            throw new SourceException("\"" + withoutPassword(argument)
                    + "\" is no address: check it, and write blanks and the like as %20.");
        }
        if (address.getHost() == null) {
            throw new SourceException("\"" + withoutPassword(argument) + "\" names no host: check the address.");
        }
        try {
            return new WebSource(new WebClient(address, options.remote(), pause), options);
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException(
                    "Cannot read " + WebClient.withoutUser(address) + ": " + Unpacked.detail(e) + ".", e);
        }
    }

    private static String withoutPassword(String argument) {
        int from = argument.indexOf("//") + 2;
        int at = argument.lastIndexOf('@');
        return at < from ? argument : argument.substring(0, from) + argument.substring(at + 1);
    }

    @Override
    public String name() {
        return client.address().toString();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> evidence() {
        return evidence;
    }

    @Override
    public long size() {
        return size;
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
        Position position = known.find(name(), "");
        Opened file = opened;
        opened = null;
        if (position == null) {
            whole(file == null ? fetch(Map.of(), options.awaited()) : file, receiver);
            return;
        }
        WebState before = WebState.of(position.state());
        boolean same = file != null && before.isSame(file.download.state());
        boolean growing = position.state().containsKey("offset");
        if (file != null && (same || growing)) {
            file.archive.close();
            file = null;
        }
        if (same || (growing && grown(position, before, receiver))) {
            receiver.progress(Math.max(0, size));
            return;
        }
        file = file == null ? fetch(conditions(before), true) : file;
        if (file != null) {
            receiver.shrunk();
        }
        whole(file, receiver);
    }

    /** Reads a file from its beginning; {@code null} is one that is as it was. */
    private void whole(@Nullable Opened file, MailReceiver receiver) throws IOException {
        if (file == null) {
            receiver.progress(Math.max(0, size));
            return;
        }
        Counted counted = new Counted(receiver);
        try {
            file.archive.read(new Place(name(), null), counted, () -> receiver.progress(file.tail.octets()), null);
        } finally {
            file.archive.close();
        }
        boolean complete = file.archive.isIntact();
        receiver.progress(Math.max(size, file.tail.octets()));
        if (complete) {
            Map<String, String> state = new TreeMap<>();
            file.download.state().put(state);
            MboxDialect dialect = file.archive.plainMbox();
            if (dialect != null) {
                put(state, file.tail.octets(), file.tail.digest(), dialect.label());
            }
            receiver.reached(new Position(name(), state, counted.mails));
        }
    }

    private static void put(Map<String, String> state, long offset, String tail, String dialect) {
        state.put("offset", Long.toString(offset));
        state.put("tail", tail);
        state.put("dialect", dialect);
    }

    /**
     * Reads what an mbox has grown by.
     *
     * @return whether it is what it was, and perhaps more; otherwise nothing was handed over
     */
    private boolean grown(Position position, WebState before, MailReceiver receiver) throws IOException {
        long offset = Long.parseLong(position.state().getOrDefault("offset", "0"));
        long from = Math.max(0, offset - TailStream.SIZE);
        Map<String, String> fields = new TreeMap<>(conditions(before));
        fields.put("Range", "bytes=" + from + '-');
        HttpResponse<InputStream> answer = client.ask("GET", fields);
        long start = answer.statusCode() == 206 ? WebState.start(answer) : answer.statusCode() == 200 ? 0 : -1;
        if (answer.statusCode() == 304 || start < 0 || start > from) {
            WebClient.close(answer);
            return answer.statusCode() == 304;
        }
        try (Download download =
                new Download(client, answer, start, options.remote().downloadBytes())) {
            byte[] tail;
            try {
                download.skipNBytes(from - start);
                tail = download.readNBytes((int) (offset - from));
            } catch (IOException e) {
                return false; // It has become shorter, or cannot be read; the next attempt tells.
            }
            if (!TailStream.digest(tail).equals(position.state().get("tail"))) {
                return false;
            }
            return rest(position, download, tail, offset, receiver);
        }
    }

    /** Hands over the mails behind an offset, if they begin there. */
    private boolean rest(Position position, Download download, byte[] before, long offset, MailReceiver receiver)
            throws IOException {
        TailStream tail = new TailStream(download);
        tail.remember(before);
        Window window = new Window();
        window.open(new FaultStream(tail, Window.SIZE, () -> receiver.progress(offset + tail.octets())));
        window.require(Content.HEAD, 0);
        boolean any = Content.start(window.octets(), window.limit()) < window.limit();
        if (any && Content.of(window.octets(), window.limit()) != Content.MBOX) {
            return false; // What was read as the last mail goes on.
        }
        MboxDialect dialect = dialect(position);
        Counted counted = new Counted(receiver);
        if (any) {
            Place place = new Place(name(), null, offset);
            new MboxReader(window, place, options.limits().mailBytes(), options.dialect(), dialect, counted).read();
        }
        IOException fault = window.fault();
        if (fault != null) {
            receiver.rejected(new RejectedEntry(
                    new Place(name(), null, offset).at(window.end()), Unpacked.reason(List.of(), fault)));
        } else {
            Map<String, String> state = new TreeMap<>();
            download.state().put(state);
            put(state, offset + tail.octets(), tail.digest(), dialect.label());
            receiver.reached(new Position(name(), state, position.mails() + counted.mails));
        }
        receiver.progress(Math.max(size, offset + tail.octets()));
        return true;
    }

    private static MboxDialect dialect(Position position) {
        String label = position.state().getOrDefault("dialect", "");
        for (MboxDialect dialect : MboxDialect.values()) {
            if (dialect.label().equals(label)) {
                return dialect;
            }
        }
        return MboxDialect.MBOXRD;
    }

    /** So that the server does not send what was read already (RFC 9110 §13.1). */
    private static Map<String, String> conditions(WebState before) {
        if (!before.etag().isEmpty()) {
            return Map.of("If-None-Match", before.etag());
        }
        return before.modified().isEmpty() ? Map.of() : Map.of("If-Modified-Since", before.modified());
    }

    /**
     * Begins to transfer the whole file.
     *
     * @return {@code null} when it is as it was
     */
    private @Nullable Opened fetch(Map<String, String> conditions, boolean mayBeEmpty) throws IOException {
        HttpResponse<InputStream> answer = client.ask("GET", conditions);
        if (answer.statusCode() != 200) {
            WebClient.close(answer);
            if (answer.statusCode() == 304) {
                return null;
            }
            throw new SourceException(name() + " answers with status " + answer.statusCode()
                    + " instead of an archive: check the address.");
        }
        Opened file =
                new Opened(new Download(client, answer, 0, options.remote().downloadBytes()), options);
        if (!file.archive.content().isMail() && !(mayBeEmpty && file.archive.isEmpty())) {
            SourceException refusal = refusal(file, answer);
            file.archive.close();
            throw refusal;
        }
        return file;
    }

    private SourceException refusal(Opened file, HttpResponse<InputStream> answer) {
        if (file.archive.isEmpty()) {
            return new SourceException(name() + " is empty: check the address, or try again later.");
        }
        boolean page = file.archive.content() == Content.TEXT && isPage(file.archive, answer);
        return new SourceException(
                page
                        ? name()
                                + " is a web page, not an archive: give the address of the mbox itself, which such pages"
                                + " often link to, as .mbox, .mbox.gz or .txt.gz."
                        : "There is no mail at " + name() + ", which is " + file.archive.refusal()
                                + "; give the address of an mbox or a mail, plain, compressed or packed in a tar or zip.");
    }

    private static boolean isPage(Archive archive, HttpResponse<InputStream> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String begin = new String(archive.head(200), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.startsWith("text/html") || begin.startsWith("<!doctype html") || begin.startsWith("<html");
    }

    @Override
    public SourceWatch watch() throws IOException {
        return new PollingWatch(options.remote().interval(), this::look);
    }

    /** The state of the file; something that is like nothing else where the server tells of none. */
    private Object look() throws IOException {
        HttpResponse<InputStream> answer = client.ask("HEAD", Map.of());
        if (answer.statusCode() == 405 || answer.statusCode() == 501) {
            WebClient.close(answer);
            answer = client.ask("GET", Map.of());
        }
        WebClient.close(answer);
        WebState state = WebState.of(answer);
        return state.isSame(state) || state.length() >= 0 ? state : new Object();
    }

    /** Counts the mails of a file. */
    private static final class Counted implements MailReceiver {
        private final MailReceiver receiver;
        private long mails;

        Counted(MailReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void mail(RawMail mail) throws IOException {
            receiver.mail(mail);
            mails++;
        }

        @Override
        public void rejected(RejectedEntry entry) throws IOException {
            receiver.rejected(entry);
        }

        @Override
        public void leftOut(LeftOut why, org.listlens.mail.Origin origin) throws IOException {
            receiver.leftOut(why, origin);
        }

        @Override
        public void progress(long octets) {
            receiver.progress(octets);
        }
    }
}
