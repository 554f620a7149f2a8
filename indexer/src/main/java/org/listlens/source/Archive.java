package org.listlens.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;

/**
 * One stream of octets, recognised: an mbox, a mail, or a tar or zip that holds more of them. It is recognised when it
 * is made and read once.
 */
final class Archive {
    /** Names in a tar or zip are cut to this. */
    private static final int MAX_NAME = 1_000;

    private final Window window;
    private final SourceOptions options;
    private final Unpacked unpacked;
    private final Content content;
    private final @Nullable MboxDialect dialect;
    private final String holds;
    private final ArchivePaths paths = new ArchivePaths();
    private final boolean oneMail;
    private Runnable afterwards = () -> {};
    private boolean damaged;

    /**
     * Recognises what a stream holds.
     *
     * @param window is taken until the stream is read
     * @param oneMail whether the stream is one mail for certain, as in a Maildir, unless it is binary
     */
    Archive(InputStream raw, Window window, SourceOptions options, boolean oneMail) throws IOException {
        this.window = window;
        this.options = options;
        this.oneMail = oneMail;
        unpacked = Unpacked.of(raw, () -> afterwards.run());
        if (unpacked.archive() != null) {
            content = unpacked.archive();
            dialect = null;
            holds = oneMail ? "" : ArchiveHead.describe(unpacked.in().peek(Content.HEAD), content, options);
            return;
        }
        window.open(unpacked.in());
        window.require(Content.HEAD, 0);
        content = unpacked.overpacked() ? Content.BINARY : content(Content.of(window.octets(), window.limit()));
        dialect = content != Content.MBOX
                ? null
                : options.dialect() != null ? options.dialect() : MboxReader.detect(window);
        MboxWriter writer = dialect == null ? null : MboxWriter.of(window.octets(), window.limit());
        holds = writer == null ? "" : writer.label();
    }

    private Content content(Content recognised) {
        return oneMail && (recognised == Content.MBOX || recognised == Content.TEXT) ? Content.MAIL : recognised;
    }

    Content content() {
        return content;
    }

    /** Whether it is a file of its own, and not one that holds several mails. */
    boolean isSingle() {
        return content != Content.MBOX && content != Content.MMDF && content != Content.TAR && content != Content.ZIP;
    }

    /** Whether nothing was wrong with the data as far as it was read. */
    boolean isIntact() {
        return !damaged && unpacked.in().fault() == null;
    }

    /** What was recognised, for the user. */
    String description() {
        boolean packed = content == Content.TAR || content == Content.ZIP;
        return content.label()
                + (dialect == null ? "" : " (" + dialect.label() + ")")
                + (holds.isEmpty() ? "" : (packed ? " of " : ", ") + holds)
                + unpacked.suffix();
    }

    /** What tells the dialect of an mbox and who wrote it, as clauses for the user. */
    List<String> evidence() {
        return dialect == null
                ? List.of()
                : Evidence.of(
                        options,
                        dialect,
                        Content.fromLine(window.octets(), window.limit()),
                        MboxWriter.of(window.octets(), window.limit()));
    }

    /** Whether the first mail of an mbox came through groups.io. */
    boolean isOfGroupsIo() {
        return content == Content.MBOX && MboxWriter.isOfGroupsIo(window.octets(), window.limit());
    }

    /** The first octets, up to a number. */
    byte[] head(int count) {
        return Arrays.copyOf(window.octets(), Math.min(count, window.limit()));
    }

    /** The dialect of an mbox that is not compressed; {@code null} for anything else. */
    @Nullable
    MboxDialect plainMbox() {
        return unpacked.compressions().isEmpty() ? dialect : null;
    }

    /** Why there is no mail in here, as a clause for the user. */
    String refusal() {
        IOException fault = unpacked.in().fault();
        if (unpacked.overpacked()) {
            return "compressed more than twice";
        }
        if (fault != null) {
            return reason(fault);
        }
        return content == Content.EMPTY ? "empty" : "not a mail or mbox but " + content.label() + unpacked.suffix();
    }

    /** Whether it would hold no mail even if it could be read to its end. */
    boolean isEmpty() {
        return content == Content.EMPTY && unpacked.in().fault() == null;
    }

    /**
     * Hands over what the stream holds; an empty one holds nothing, another that holds no mail is rejected.
     *
     * @param afterwards runs after each read from the stream
     * @param progress where to go on, and to be told how far this comes; {@code null} to read all
     * @return whether it was read; otherwise it is no longer what it was when it was read before, nothing was handed over,
     *     and it is to be opened anew
     */
    boolean read(Place place, MailReceiver receiver, Runnable afterwards, @Nullable FileProgress progress)
            throws IOException {
        this.afterwards = afterwards;
        if (content == Content.MBOX) {
            return mbox(place, receiver, progress);
        }
        MailReceiver counting = progress == null ? receiver : new Counting(receiver, progress);
        switch (content) {
            case MAIL -> mail(place, counting);
            case EMLX -> {
                new EmlxReader(window, place, options.limits().mailBytes(), counting).read();
                rejectRest(place, receiver);
            }
            case MMDF -> {
                new MmdfReader(window, place, options.limits().mailBytes(), counting).read();
                rejectRest(place, receiver);
            }
            case TAR -> tar(place, counting);
            case ZIP -> zip(place, counting);
            case TEXT, BINARY -> refuse(place, receiver);
            default -> {
                if (!isEmpty()) {
                    refuse(place, receiver);
                }
            }
        }
        if (progress != null) {
            if (!isIntact()) {
                progress.damaged();
            }
            progress.finished();
        }
        return true;
    }

    /** Counts the mails of an archive that is read as a whole. */
    private record Counting(MailReceiver receiver, FileProgress progress) implements MailReceiver {
        @Override
        public void mail(RawMail mail) throws IOException {
            receiver.mail(mail);
            progress.mail();
        }

        @Override
        public void rejected(RejectedEntry entry) throws IOException {
            receiver.rejected(entry);
        }

        @Override
        public void leftOut(LeftOut why, Origin origin) throws IOException {
            receiver.leftOut(why, origin);
        }

        @Override
        public void progress(long octets) {
            receiver.progress(octets);
        }
    }

    private void refuse(Place place, MailReceiver receiver) throws IOException {
        receiver.rejected(new RejectedEntry(place.whole(), refusal()));
    }

    private boolean mbox(Place place, MailReceiver receiver, @Nullable FileProgress progress) throws IOException {
        MboxDialect detected = dialect == null ? MboxDialect.MBOXRD : dialect;
        MboxDialect before = progress == null ? null : progress.dialect();
        MboxReader reader = new MboxReader(
                window,
                place,
                options.limits().mailBytes(),
                options.dialect(),
                before == null ? detected : before,
                receiver);
        boolean read = progress == null ? reader.read() : reader.read(progress);
        if (read) {
            rejectRest(place, receiver);
        }
        return read;
    }

    private void rejectRest(Place place, MailReceiver receiver) throws IOException {
        IOException fault = window.fault();
        if (fault != null) {
            receiver.rejected(new RejectedEntry(place.at(window.end()), reason(fault)));
        }
    }

    private String reason(IOException fault) {
        return Unpacked.reason(unpacked.compressions(), fault);
    }

    private void mail(Place place, MailReceiver receiver) throws IOException {
        int most = options.limits().mailBytes();
        int start = SingleMail.start(window.octets(), window.limit());
        window.require(Window.SIZE, 0);
        boolean complete = Content.headerEnd(window.octets(), start, window.limit()) >= 0;
        MailCutter cutter = new MailCutter(window, most);
        cutter.begin(start);
        while (window.require(window.end() + 1, cutter.kept())) {
            cutter.putAside(window.end() - 1);
        }
        boolean broken = window.fault() != null && !complete;
        if (!broken) {
            receiver.mail(cutter.cut(window.end(), place.whole()));
        }
        rejectRest(place, receiver);
    }

    private void tar(Place place, MailReceiver receiver) throws IOException {
        TarStream tar = new TarStream(unpacked.in());
        boolean any = false;
        String name;
        while ((name = next(tar, place, receiver)) != null) {
            any = true;
            Place inside = place.entry(cut(name));
            if (tar.isSparse()) {
                receiver.rejected(new RejectedEntry(inside.whole(), "a sparse file; unpack it first"));
            } else {
                entry(tar, name, inside, receiver);
            }
        }
        rejectEnd(any, place, receiver);
    }

    /** The next file's name; {@code null} at the end or behind a fault, which is handed over. */
    private @Nullable String next(TarStream tar, Place place, MailReceiver receiver) throws IOException {
        try {
            return tar.next();
        } catch (IOException e) {
            rejectDamage(e, place, receiver);
            return null;
        }
    }

    private void zip(Place place, MailReceiver receiver) throws IOException {
        try (ZipArchiveInputStream zip = new ZipArchiveInputStream(unpacked.in(), "UTF-8", true, false)) {
            InputStream open = new FilterInputStream(zip) {
                @Override
                public void close() {
                    // The next entry is still to be read from it.
                }
            };
            boolean any = false;
            ZipArchiveEntry entry;
            while ((entry = next(zip, place, receiver)) != null) {
                any = true;
                Place inside = place.entry(cut(entry.getName()));
                if (entry.isDirectory() || entry.isUnixSymlink()) {
                    continue;
                }
                if (zip.canReadEntryData(entry)) {
                    entry(open, entry.getName(), inside, receiver);
                } else {
                    receiver.rejected(new RejectedEntry(
                            inside.whole(),
                            "encrypted, or packed in a way that cannot be read from a stream; unpack it first"));
                }
            }
            rejectEnd(any, place, receiver);
        }
    }

    private @Nullable ZipArchiveEntry next(ZipArchiveInputStream zip, Place place, MailReceiver receiver)
            throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IOException | RuntimeException e) {
            rejectDamage(e, place, receiver);
            return null;
        }
    }

    private void entry(InputStream open, String path, Place inside, MailReceiver receiver) throws IOException {
        switch (paths.of(path)) {
            case SKIP -> {
                return;
            }
            case DELETED -> {
                receiver.leftOut(LeftOut.DELETED, inside.whole());
                return;
            }
            case UNFINISHED -> {
                receiver.leftOut(LeftOut.UNFINISHED, inside.whole());
                return;
            }
            case READ -> {}
        }
        Archive archive = new Archive(open, window, options, false);
        if (archive.unpacked.archive() != null) {
            receiver.rejected(
                    new RejectedEntry(inside.whole(), "an archive inside of an archive; unpack the outer one first"));
        } else {
            archive.read(inside, receiver, () -> {}, null);
        }
        archive.close();
    }

    private void rejectDamage(Exception damage, Place place, MailReceiver receiver) throws IOException {
        damaged = true;
        if (unpacked.in().fault() == null) {
            receiver.rejected(new RejectedEntry(
                    place.whole(), "the " + content.label() + " is damaged (" + Unpacked.detail(damage) + ")"));
        }
    }

    private void rejectEnd(boolean any, Place place, MailReceiver receiver) throws IOException {
        IOException fault = unpacked.in().fault();
        if (fault != null) {
            receiver.rejected(new RejectedEntry(place.whole(), reason(fault)));
        } else if (!any && !damaged) {
            receiver.rejected(new RejectedEntry(place.whole(), "the " + content.label() + " holds no files"));
        }
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** Frees what the decoders hold. */
    void close() throws IOException {
        unpacked.in().close();
    }
}
