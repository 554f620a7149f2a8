package org.listlens.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

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
    private final boolean oneMail;
    private Runnable afterwards = () -> {};

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
            return;
        }
        window.open(unpacked.in());
        window.require(Content.HEAD, 0);
        content = unpacked.overpacked() ? Content.BINARY : content(Content.of(window.octets(), window.limit()));
        dialect = content != Content.MBOX
                ? null
                : options.dialect() != null ? options.dialect() : MboxReader.detect(window);
    }

    private Content content(Content recognised) {
        return oneMail && (recognised == Content.MBOX || recognised == Content.TEXT) ? Content.MAIL : recognised;
    }

    Content content() {
        return content;
    }

    /** What was recognised, for the user. */
    String description() {
        return content.label() + (dialect == null ? "" : " (" + dialect.label() + ")") + unpacked.suffix();
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
        return content == Content.EMPTY
                ? "empty"
                : "not a mail or mbox, nor a tar or zip of them, but " + content.label() + unpacked.suffix();
    }

    /** Whether it would hold no mail even if it could be read to its end. */
    boolean isEmpty() {
        return content == Content.EMPTY && unpacked.in().fault() == null;
    }

    /**
     * Hands over what the stream holds; an empty one holds nothing, another that holds no mail is rejected.
     *
     * @param afterwards runs after each read from the stream
     */
    void read(Place place, MailReceiver receiver, Runnable afterwards) throws IOException {
        this.afterwards = afterwards;
        switch (content) {
            case MBOX -> mbox(place, receiver);
            case MAIL -> mail(place, receiver);
            case TAR -> tar(place, receiver);
            case ZIP -> zip(place, receiver);
            case TEXT, BINARY -> refuse(place, receiver);
            case EMPTY -> {
                if (!isEmpty()) {
                    refuse(place, receiver);
                }
            }
        }
    }

    private void refuse(Place place, MailReceiver receiver) throws IOException {
        receiver.rejected(new RejectedEntry(place.whole(), refusal()));
    }

    private void mbox(Place place, MailReceiver receiver) throws IOException {
        MboxDialect detected = dialect == null ? MboxDialect.MBOXRD : dialect;
        new MboxReader(window, place, options.limits().mailBytes(), options.dialect(), detected, receiver).read();
        rejectRest(place, receiver);
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
        int start = 0;
        if (Content.fromLine(window.octets(), window.limit()).kind().compareTo(FromLine.Kind.DATED) >= 0) {
            int line = Content.start(window.octets(), window.limit());
            start = Scan.lineFeed(window.octets(), line, window.limit()) + 1;
        }
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
        try (TarArchiveInputStream tar = new TarArchiveInputStream(unpacked.in(), "UTF-8")) {
            entries(tar, place, receiver);
        }
    }

    private void zip(Place place, MailReceiver receiver) throws IOException {
        try (ZipArchiveInputStream zip = new ZipArchiveInputStream(unpacked.in(), "UTF-8", true, false)) {
            entries(zip, place, receiver);
        }
    }

    private void entries(ArchiveInputStream<?> entries, Place place, MailReceiver receiver) throws IOException {
        long files = 0;
        Window shared = new Window();
        InputStream open = new FilterInputStream(entries) {
            @Override
            public void close() {
                // The next entry is still to be read from it.
            }
        };
        while (true) {
            ArchiveEntry entry;
            try {
                entry = entries.getNextEntry();
            } catch (IOException | RuntimeException e) {
                IOException fault = unpacked.in().fault();
                receiver.rejected(new RejectedEntry(
                        place.whole(),
                        fault != null
                                ? reason(fault)
                                : "the " + content.label() + " is damaged (" + e.getMessage() + ")"));
                return;
            }
            if (entry == null) {
                break;
            }
            if (isFile(entry)) {
                files++;
                Place inside = place.entry(name(entry));
                if (!entries.canReadEntryData(entry)) {
                    receiver.rejected(new RejectedEntry(
                            inside.whole(), "encrypted or compressed by a method that is not known; unpack it first"));
                    continue;
                }
                Archive archive = new Archive(open, shared, options, false);
                if (archive.unpacked.archive() != null) {
                    receiver.rejected(new RejectedEntry(
                            inside.whole(), "an archive inside of an archive; unpack the outer one first"));
                } else {
                    archive.read(inside, receiver, () -> {});
                }
                archive.close();
            }
        }
        IOException fault = unpacked.in().fault();
        if (fault != null) {
            receiver.rejected(new RejectedEntry(place.whole(), reason(fault)));
        } else if (files == 0) {
            receiver.rejected(new RejectedEntry(place.whole(), "the " + content.label() + " holds no files"));
        }
    }

    private static boolean isFile(ArchiveEntry entry) {
        String name = entry.getName();
        if (SkippedNames.contains(name.substring(name.lastIndexOf('/') + 1))) {
            return false;
        }
        return switch (entry) {
            case TarArchiveEntry tar ->
                switch (tar.getLinkFlag()) {
                    case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG -> !tar.isDirectory();
                    default -> false;
                };
            case ZipArchiveEntry zip -> !zip.isDirectory() && !zip.isUnixSymlink();
            default -> false;
        };
    }

    private static String name(ArchiveEntry entry) {
        String name = entry.getName();
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** Frees what the decoders hold. */
    void close() throws IOException {
        unpacked.in().close();
    }
}
