package org.listlens.generate;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes copies as mboxrd, into one file for each list or into one stream, and notes them in the manifest. */
final class Archive implements Closeable {
    private final @Nullable Path folder;
    private final @Nullable Manifest manifest;
    private final @Nullable OutputStream[] outputs = new OutputStream[MailList.ALL.size()];
    private final long[] offsets = new long[MailList.ALL.size()];
    private final Totals totals = new Totals();

    /** Writes into a folder: a file for each list that has mail, and {@code manifest.ndjson}. */
    Archive(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        manifest = new Manifest(folder.resolve("manifest.ndjson"));
    }

    /** Writes all lists into a stream, which stays open. */
    Archive(OutputStream stream) {
        folder = null;
        manifest = null;
        outputs[0] = stream;
    }

    Totals totals() {
        return totals;
    }

    /** Counts a distinct mail. */
    void count(Letter letter) {
        totals.count(letter);
    }

    void write(Copy copy) throws IOException {
        int number = folder == null ? 0 : MailList.ALL.indexOf(copy.list());
        OutputStream output = output(number);
        long offset = offsets[number];
        byte[] entry = Mime.bytes(entry(copy));
        output.write(entry);
        offsets[number] += entry.length;
        if (manifest != null) {
            manifest.write(copy, offset);
        }
        totals.count(copy, entry.length);
    }

    private OutputStream output(int number) throws IOException {
        OutputStream output = outputs[number];
        if (output == null) {
            if (folder == null) {
                throw new IllegalStateException("a stream has no other lists");
            }
            Path file = folder.resolve(MailList.ALL.get(number).file());
            output = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            outputs[number] = output;
        }
        return output;
    }

    /** The {@code From } line, the mail with each {@code From } line quoted, and a blank line. */
    private static String entry(Copy copy) {
        String mail = copy.octets();
        StringBuilder entry = new StringBuilder(mail.length() + 128);
        entry.append("From ").append(copy.list().bounces()).append(' ');
        entry.append(Dates.asctime(copy.arrivedMs())).append('\n');
        int start = 0;
        while (start < mail.length()) {
            int end = mail.indexOf('\n', start) + 1;
            int text = start;
            while (text < end && mail.charAt(text) == '>') {
                text++;
            }
            if (mail.startsWith("From ", text)) {
                entry.append('>');
            }
            entry.append(mail, start, end);
            start = end;
        }
        return entry.append('\n').toString();
    }

    @Override
    public void close() throws IOException {
        try {
            for (OutputStream output : outputs) {
                if (output != null && folder == null) {
                    output.flush();
                } else if (output != null) {
                    output.close();
                }
            }
        } finally {
            if (manifest != null) {
                manifest.close();
            }
        }
    }
}
