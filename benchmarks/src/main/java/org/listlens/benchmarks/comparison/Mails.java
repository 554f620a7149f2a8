package org.listlens.benchmarks.comparison;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.listlens.archives.Archives;
import org.listlens.mail.RawMail;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Positions;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;

/**
 * The same mails in the forms that programs want.
 *
 * @param mbox all of them in one file (mboxrd)
 * @param maildir one file each
 * @param count how many
 * @param octets of the mails themselves
 */
record Mails(Path mbox, Path maildir, long count, long octets) {
    private static final byte[] FROM =
            "From nobody@example.com Thu Jan  1 00:00:00 1970\n".getBytes(StandardCharsets.US_ASCII);

    /** Writes the mails of archives into a folder. */
    static Mails of(List<String> archives, Path folder) throws IOException {
        Path mbox = folder.resolve("all.mbox");
        Path maildir = folder.resolve("maildir");
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(mbox), 1 << 20)) {
            Writer writer = new Writer(out, maildir.resolve("cur"));
            for (String archive : archives) {
                MailSource source = Archives.open(archive, SourceOptions.DEFAULT);
                source.read(Positions.NONE, writer);
            }
            return new Mails(mbox, maildir, writer.count, writer.octets);
        }
    }

    /** Writes an mbox that many times into one. */
    Path copies(int times, Path to) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
            for (int i = 0; i < times; i++) {
                Files.copy(mbox, out);
            }
        }
        return to;
    }

    /** One mail with an attachment of many octets between two small ones. */
    static Path withLargeOne(long octets, Path to) throws IOException {
        byte[] line = new byte[77];
        Arrays.fill(line, (byte) 'A');
        line[76] = '\n';
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
            for (int i = 0; i < 3; i++) {
                out.write(FROM);
                out.write(("Message-ID: <large-" + i + "@example.com>\nFrom: someone@example.com\n"
                                + "Date: Thu, 01 Jan 1970 00:00:00 +0000\nSubject: A large one\nMIME-Version: 1.0\n"
                                + "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n")
                        .getBytes(StandardCharsets.US_ASCII));
                for (long written = 0; written < (i == 1 ? octets : 1000); written += line.length) {
                    out.write(line);
                }
                out.write('\n');
            }
        }
        return to;
    }

    private static final class Writer implements MailReceiver {
        private final OutputStream mbox;
        private final Path maildir;
        private long count;
        private long octets;

        Writer(OutputStream mbox, Path maildir) {
            this.mbox = mbox;
            this.maildir = maildir;
        }

        @Override
        public void mail(RawMail mail) {
            try {
                byte[] bytes = mail.bytes();
                mbox.write(FROM);
                int line = 0;
                for (int i = 0; i < bytes.length; i++) {
                    if (bytes[i] == '\n' || i == bytes.length - 1) {
                        writeLine(bytes, line, i + 1);
                        line = i + 1;
                    }
                }
                if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
                    mbox.write('\n');
                }
                mbox.write('\n');
                Files.write(maildir.resolve(count + ".mail:2,S"), bytes);
                count++;
                octets += bytes.length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void writeLine(byte[] bytes, int start, int end) throws IOException {
            int text = start;
            while (text < end && bytes[text] == '>') {
                text++;
            }
            if (end - text >= 5
                    && bytes[text] == 'F'
                    && bytes[text + 1] == 'r'
                    && bytes[text + 2] == 'o'
                    && bytes[text + 3] == 'm'
                    && bytes[text + 4] == ' ') {
                mbox.write('>');
            }
            mbox.write(bytes, start, end - start);
        }

        @Override
        public void rejected(RejectedEntry entry) {
            // What is no mail is not compared.
        }

        @Override
        public void progress(long read) {
            // Nobody watches.
        }
    }
}
