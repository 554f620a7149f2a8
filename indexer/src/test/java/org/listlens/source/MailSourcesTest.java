package org.listlens.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sources over each kind of archive. */
class MailSourcesTest {
    @TempDir
    Path folder;

    /** An archive in one stream or file. */
    abstract class OneFile extends MailSourceContract {
        abstract byte[] archive(List<byte[]> mails) throws IOException;

        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            byte[] archive = archive(mails);
            if (delivery == Delivery.OCTETS) {
                return Sources.stream("-", Collected.slow(archive), options);
            }
            return Sources.open(Files.write(folder.resolve("archive"), archive).toString(), options);
        }
    }

    static String lineEnd(List<byte[]> mails) {
        return new String(mails.getFirst(), StandardCharsets.ISO_8859_1).contains("\r") ? "\r\n" : "\n";
    }

    static byte[] mbox(List<byte[]> mails) {
        return Packed.mbox(mails, lineEnd(mails));
    }

    @Nested
    class Mbox extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) {
            return mbox(mails);
        }
    }

    @Nested
    class Mboxcl2 extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) {
            byte[] from = Collected.octets("From jane@example.org Fri Jul  8 12:08:34 2011" + lineEnd(mails));
            byte[] all = {};
            for (byte[] mail : mails) {
                all = Packed.concat(all, from, mail, Collected.octets(lineEnd(mails)));
            }
            return all;
        }

        @Override
        protected SourceOptions options() {
            return new SourceOptions(SourceOptions.DEFAULT.limits(), MboxDialect.MBOXCL2);
        }
    }

    @Nested
    class Gzip extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) throws IOException {
            byte[] mbox = mbox(mails);
            int middle = mbox.length / 3;
            return Packed.concat(
                    Packed.compress(Compression.GZIP, java.util.Arrays.copyOf(mbox, middle)),
                    Packed.compress(Compression.GZIP, java.util.Arrays.copyOfRange(mbox, middle, mbox.length)));
        }
    }

    @Nested
    class XzInZstd extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) throws IOException {
            return Packed.compress(Compression.ZSTD, Packed.compress(Compression.XZ, mbox(mails)));
        }
    }

    @Nested
    class TarOfMailsInBzip2 extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) throws IOException {
            return Packed.compress(Compression.BZIP2, Packed.tar(mails));
        }
    }

    @Nested
    class ZipOfMboxes extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) throws IOException {
            return Packed.zip(List.of(
                    mbox(mails.subList(0, 2)),
                    Packed.compress(Compression.GZIP, mbox(mails.subList(2, mails.size())))));
        }
    }

    @Nested
    class Maildir extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path maildir = folder.resolve("Maildir");
            for (String name : List.of("cur", "new", "tmp")) {
                Files.createDirectories(maildir.resolve(name));
            }
            Files.write(maildir.resolve("tmp/half"), Collected.octets("Subject: half\n\n"));
            Files.write(maildir.resolve("dovecot.index"), new byte[] {0, 1});
            for (int i = 0; i < mails.size(); i++) {
                Path part = maildir.resolve(i < 2 ? "cur" : "new");
                Files.write(part.resolve("170000000" + i + ".M1P2.mx.example.org:2,FRS"), mails.get(i));
            }
            return Sources.open(maildir.toString(), options);
        }
    }

    @Nested
    class FolderOfEverything extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path mixed = Files.createDirectories(folder.resolve("mixed/b/c"));
            Files.write(folder.resolve("mixed/a"), mails.get(0));
            Files.write(mixed.resolve("x.gz"), Packed.compress(Compression.GZIP, mails.get(1)));
            Files.write(mixed.resolve("y"), mbox(mails.subList(2, 3)));
            Files.write(folder.resolve("mixed/d"), Packed.tar(mails.subList(3, mails.size())));
            Files.write(folder.resolve("mixed/b.msf"), new byte[] {1});
            Files.write(folder.resolve("mixed/.hidden"), mails.get(0));
            Files.write(folder.resolve("mixed/empty"), new byte[0]);
            return Sources.open(folder.resolve("mixed").toString(), options);
        }
    }

    @Nested
    class Mh extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path mh = Files.createDirectories(folder.resolve("Mail/inbox"));
            Files.write(mh.resolve(".mh_sequences"), Collected.octets("cur: 9\n"));
            for (int i = 0; i < mails.size(); i++) {
                Files.write(mh.resolve(Integer.toString(8 + i)), mails.get(i));
            }
            Files.write(mh.resolve(",7"), mails.get(0));
            return Sources.open(folder.resolve("Mail").toString(), options);
        }
    }

    @Nested
    class Mmdf extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) {
            byte[] delimiter = Collected.octets("\1\1\1\1" + lineEnd(mails));
            byte[] all = {};
            for (byte[] mail : mails) {
                all = Packed.concat(all, delimiter, mail, delimiter);
            }
            return all;
        }
    }

    @Nested
    class FolderOfEmlx extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path messages = Files.createDirectories(folder.resolve("INBOX.mbox/Messages"));
            byte[] list = Collected.octets("<?xml version=\"1.0\"?>\n<plist><dict/></plist>\n");
            for (int i = 0; i < mails.size(); i++) {
                byte[] count = Collected.octets(mails.get(i).length + "     \n");
                Files.write(messages.resolve(100 + i + ".emlx"), Packed.concat(count, mails.get(i), list));
            }
            return Sources.open(folder.resolve("INBOX.mbox").toString(), options);
        }
    }

    @Nested
    class ZipOfTakeout extends OneFile {
        @Override
        byte[] archive(List<byte[]> mails) throws IOException {
            String from = "From 1580273430043535358@xxx Mon Oct 09 09:28:44 +0000 2017";
            byte[] mbox = Collected.octets(new String(mbox(mails), StandardCharsets.ISO_8859_1)
                    .replace("From jane@example.org Fri Jul  8 12:08:34 2011", from));
            java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
            try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(packed)) {
                zip.putNextEntry(new java.util.zip.ZipEntry("Takeout/archive_browser.html"));
                zip.write(Collected.octets("<html></html>"));
                zip.putNextEntry(new java.util.zip.ZipEntry("Takeout/Mail/All mail Including Spam and Trash.mbox"));
                zip.write(mbox);
            }
            return packed.toByteArray();
        }
    }

    @Nested
    class OneMailInEach extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            Path mh = Files.createDirectories(folder.resolve("mh"));
            for (int i = 0; i < mails.size(); i++) {
                Files.write(mh.resolve(Integer.toString(i + 1)), mails.get(i));
            }
            return Sources.open(mh.toString(), options);
        }
    }

    @Nested
    class StandardInput extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            byte[] mbox = mbox(mails);
            return Sources.stream(
                    "-", delivery == Delivery.OCTETS ? Collected.slow(mbox) : new ByteArrayInputStream(mbox), options);
        }
    }
}
