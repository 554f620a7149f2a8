package org.listlens.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.source.Collected;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives that are made to fill the memory, to lead elsewhere, or never to end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileArchiveTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final byte[] MAIL = octets("From: jane@example.org\nSubject: a mail\n\ntext\n");
    private static final int BOMB = 96 << 20;

    /** Writes octets of what was not written before. */
    @FunctionalInterface
    private interface Filling {
        void fill(OutputStream out) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "bzip2", "xz", "zstd", "zip", "tar.gz", "gzip twice"})
    void ofAMailThatIsABombTheLimitIsKept(String compression) throws IOException {
        byte[] bomb = packed(compression, out -> {
            out.write(MAIL);
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < BOMB / megabyte.length; i++) {
                out.write(megabyte);
            }
        });
        assertThat(bomb.length).isLessThan(BOMB / 50);
        long before = THREADS.getCurrentThreadAllocatedBytes();

        Collected read = read(bomb);

        assertThat(read.mails).singleElement().satisfies(mail -> {
            assertThat(mail.size()).isEqualTo(MAIL.length + (long) BOMB);
            assertThat(mail.bytes()).hasSize(Limits.DEFAULT.mailBytes());
            assertThat(mail.truncated()).isTrue();
        });
        assertThat(read.rejected).isEmpty();
        // An array that grows to the limit; one that grew to the bomb's size would take twice that.
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(4L * Limits.DEFAULT.mailBytes());
    }

    @Test
    void whatIsCompressedMoreThanTwiceIsNotUnpacked() throws IOException {
        byte[] packed = MAIL;
        for (int i = 0; i < 3; i++) {
            byte[] inner = packed;
            packed = packed("gzip", out -> out.write(inner));
        }
        byte[] thrice = packed;
        assertThatThrownBy(() -> read(thrice))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("compressed more than twice");
    }

    @Test
    void archivesInArchivesAreNotEntered() throws IOException {
        byte[] inner = zip(List.of("a.eml"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("inner.zip"));
            zip.write(inner);
            zip.putNextEntry(new ZipEntry("b.eml"));
            zip.write(MAIL);
        }
        Collected read = read(out.toByteArray());
        assertThat(read.texts()).containsExactly(new String(MAIL, StandardCharsets.ISO_8859_1));
        assertThat(read.rejected).singleElement().satisfies(rejected -> {
            assertThat(rejected.origin().position()).startsWith("inner.zip");
            assertThat(rejected.reason()).contains("an archive inside of an archive");
        });
    }

    /** Names are where a mail was found, and nothing is ever written there. */
    @ParameterizedTest
    @ValueSource(strings = {"tar", "zip"})
    void namesThatLeadElsewhereAreNames(String format) throws IOException {
        List<String> names = List.of(
                "../../x", "/etc/x", "a/../../../x", "a\u001b[31mb", "a\nb", "a\u202eb", "C:\\x", "\\\\host\\x");
        Collected read = read(format.equals("tar") ? tar(names) : zip(names));
        assertThat(read.mails)
                .hasSize(names.size())
                .allSatisfy(mail -> assertThat(mail.bytes()).isEqualTo(MAIL));
        assertThat(read.rejected).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "zip"})
    void manyEntriesTakeNoMoreEach(String format) throws IOException {
        long few = allocated(entries(format, 10_000));
        long many = allocated(entries(format, 40_000));
        assertThat((double) many / few).isLessThan(2.3 * 2.3);
    }

    private static byte[] entries(String format, int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (format.equals("tar")) {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                for (int i = 0; i < count; i++) {
                    file(tar, "mails/" + i + ".eml", MAIL);
                }
            }
        } else {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (int i = 0; i < count; i++) {
                    zip.putNextEntry(new ZipEntry("mails/" + i + ".eml"));
                    zip.write(MAIL);
                }
            }
        }
        return out.toByteArray();
    }

    @Test
    void linksAndDevicesInATarHoldNoMails() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            byte[] types = {
                TarConstants.LF_LINK,
                TarConstants.LF_SYMLINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_CONTIG
            };
            for (byte type : types) {
                TarArchiveEntry entry = new TarArchiveEntry("special" + type, type);
                entry.setLinkName("../../../etc/passwd");
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            file(tar, "a.eml", MAIL);
        }
        Collected read = read(out.toByteArray());
        assertThat(read.mails).extracting(RawMail::bytes).containsExactly(MAIL);
        assertThat(read.rejected).isEmpty();
    }

    /** A file of GNU's old sparse format, with a block that goes on with the map of its holes. */
    @Test
    void sparseFilesAreRejectedAndThoseBehindThemAreRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = header("sparse.mbox", 'S', 512);
        header[482] = 1;
        checksum(header);
        out.write(header);
        out.write(new byte[512]);
        out.write(new byte[512]);
        out.write(tar(List.of("a.eml")));
        Collected read = read(out.toByteArray());
        assertThat(read.mails).extracting(RawMail::bytes).containsExactly(MAIL);
        assertThat(read.rejected).singleElement().satisfies(rejected -> {
            assertThat(rejected.origin().position()).startsWith("sparse.mbox");
            assertThat(rejected.reason()).contains("sparse");
        });
    }

    @ParameterizedTest
    @ValueSource(chars = {'x', 'g', 'L', 'K'})
    void longAttributesOfATarAreNotHeld(char type) throws IOException {
        int length = 64 << 20;
        byte[] packed = packed("gzip", out -> {
            out.write(header("attributes", type, length));
            byte[] megabyte = new byte[1 << 20];
            Arrays.fill(megabyte, (byte) 'a');
            for (int i = 0; i < length / megabyte.length; i++) {
                out.write(megabyte);
            }
            out.write(tar(List.of("a.eml")));
        });
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Collected read = read(packed);
        assertThat(read.mails).extracting(RawMail::bytes).containsExactly(MAIL);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE, 1L << 62, 1L << 33})
    void sizesThatCannotBeAreDamage(long size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tar(List.of("a.eml")), 0, 1024);
        byte[] header = header("huge", '0', 0);
        header[124] = (byte) 0x80;
        for (int i = 0; i < 8; i++) {
            header[128 + i] = (byte) (size >>> (56 - 8 * i));
        }
        checksum(header);
        out.write(header);
        out.write(MAIL);
        Collected read = read(out.toByteArray());
        assertThat(read.mails.getFirst().bytes()).isEqualTo(MAIL);
        assertThat(read.rejected).isNotEmpty();
    }

    @Test
    void pipesAndLinksInFoldersAreTold(@TempDir Path folder) throws IOException, InterruptedException {
        Path maildir = folder.resolve("maildir");
        for (String name : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(name));
        }
        Files.write(maildir.resolve("cur/1.a.host:2,S"), MAIL);
        Files.write(folder.resolve("a.eml"), MAIL);
        pipe(maildir.resolve("cur/2.b.host:2,S"));
        pipe(maildir.resolve("new/3.c.host"));
        pipe(folder.resolve("pipe"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("self"), folder.resolve("self"));
        Files.createSymbolicLink(folder.resolve("outside"), Path.of("/etc"));
        Files.createSymbolicLink(maildir.resolve("cur/4.d.host:2,S"), Path.of("/dev/zero"));

        Collected read = Collected.of(Sources.open(folder.toString(), SourceOptions.DEFAULT));

        assertThat(read.mails).extracting(RawMail::bytes).containsExactly(MAIL, MAIL);
        assertThat(read.rejected)
                .extracting(RejectedEntry::reason)
                .filteredOn(reason -> reason.contains("neither a file nor a folder"))
                .hasSize(3);
        assertThat(read.rejected)
                .extracting(RejectedEntry::reason)
                .filteredOn(reason -> reason.contains("a link that leads"))
                .hasSize(3);
    }

    private static void pipe(Path path) throws IOException, InterruptedException {
        int status;
        try {
            status = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        } catch (IOException e) {
            status = -1;
        }
        Assumptions.assumeTrue(status == 0, "skipped: there is no mkfifo here that makes named pipes");
    }

    @Test
    void fromLinesCostNoMoreThanTheirOctets() throws IOException {
        String separator = "From jane@example.org Tue Jul  6 15:15:32 2021\n";
        for (String line : List.of(separator, separator + "\n", separator + "a: b\n\n", "From \n", ">From \n")) {
            String begin = separator + "Subject: a\n\n";
            long small = allocated(octets(begin + line.repeat(50_000)));
            long large = allocated(octets(begin + line.repeat(200_000)));
            assertThat((double) large / small).as(line).isLessThan(2.3 * 2.3);
        }
    }

    @Test
    void contentLengthsThatLieHideNoMail() throws IOException {
        StringBuilder mbox = new StringBuilder();
        long[] lengths = {0, 5, 6, 1_000_000, Integer.MAX_VALUE, Long.MAX_VALUE, -1};
        for (int i = 0; i < 7_000; i++) {
            mbox.append("From jane@example.org Tue Jul  6 15:15:32 2021\nSubject: ")
                    .append(i)
                    .append("\nContent-Length: ")
                    .append(lengths[i % lengths.length])
                    .append("\n\ntext\n\n");
        }
        Collected read = read(octets(mbox.toString()));
        assertThat(read.mails).hasSize(7_000);
        assertThat(read.rejected).isEmpty();
    }

    private static long allocated(byte[] archive) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        read(archive);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Collected read(byte[] archive) throws IOException {
        return Collected.of(Sources.stream("-", new ByteArrayInputStream(archive), SourceOptions.DEFAULT));
    }

    private static byte[] packed(String compression, Filling filling) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = switch (compression) {
            case "gzip" -> new GZIPOutputStream(packed);
            case "gzip twice" -> new GZIPOutputStream(new GZIPOutputStream(packed));
            case "bzip2" -> new BZip2CompressorOutputStream(packed);
            case "xz" -> new XZOutputStream(packed, new LZMA2Options(0));
            case "zstd" -> new ZstdOutputStream(packed);
            case "zip" -> {
                ZipOutputStream zip = new ZipOutputStream(packed);
                zip.putNextEntry(new ZipEntry("a.eml"));
                yield zip;
            }
            case "tar.gz" -> {
                OutputStream gzip = new GZIPOutputStream(packed);
                gzip.write(header("a.eml", '0', MAIL.length + BOMB));
                yield gzip;
            }
            default -> throw new IllegalArgumentException(compression);
        }) {
            filling.fill(out);
            if (compression.equals("tar.gz")) {
                out.write(new byte[(512 - MAIL.length % 512) + 1024]);
            }
        }
        return packed.toByteArray();
    }

    private static byte[] zip(List<String> names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(MAIL);
            }
        }
        return out.toByteArray();
    }

    private static byte[] tar(List<String> names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : names) {
            out.write(header(name, '0', MAIL.length));
            out.write(MAIL);
            out.write(new byte[512 - MAIL.length % 512]);
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] header(String name, char type, int size) {
        byte[] header = new byte[512];
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(octets, 0, header, 0, octets.length);
        byte[] digits = octets("%011o".formatted(size));
        System.arraycopy(digits, 0, header, 124, digits.length);
        header[156] = (byte) type;
        byte[] magic = octets("ustar");
        System.arraycopy(magic, 0, header, 257, magic.length);
        checksum(header);
        return header;
    }

    private static void checksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        byte[] digits = octets("%06o\0 ".formatted(sum));
        System.arraycopy(digits, 0, header, 148, digits.length);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
