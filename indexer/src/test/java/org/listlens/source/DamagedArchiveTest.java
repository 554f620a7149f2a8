package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in front of a fault is kept, and the fault is named with its place. */
class DamagedArchiveTest {
    private static final List<byte[]> MAILS = mails(300);
    private static final byte[] MBOX = Packed.mbox(MAILS, "\n");

    /** Mails that do not compress well, so that a cut falls among them. */
    private static List<byte[]> mails(int count) {
        Random random = new Random(1);
        List<byte[]> mails = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder mail = new StringBuilder("Subject: " + i + "\n\n");
            for (int j = 0; j < 40; j++) {
                mail.append(Long.toHexString(random.nextLong())).append('\n');
            }
            mails.add(Collected.octets(mail.toString()));
        }
        return mails;
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheMailsInFrontOfTheEndOfTruncatedData(Compression compression) throws IOException {
        byte[] packed = Packed.compress(compression, MBOX);
        Collected read = Collected.of(Arrays.copyOf(packed, packed.length * 9 / 10));
        assertThat(read.mails).hasSizeGreaterThan(100).hasSizeLessThan(MAILS.size());
        for (int i = 0; i < read.mails.size() - 1; i++) {
            assertThat(read.mails.get(i).bytes()).isEqualTo(MAILS.get(i));
        }
        // The last may end in the middle, or behind its end, in the line that separates it from the next.
        byte[] last = read.mails.getLast().bytes();
        byte[] whole = Packed.concat(MAILS.get(read.mails.size() - 1), Collected.octets("\nFrom jane@example.org Fri"));
        assertThat(last).isEqualTo(Arrays.copyOf(whole, last.length));
        RejectedEntry rejected = single(read);
        assertThat(rejected.reason()).contains(compression.label()).contains("breaks off");
        assertThat(Long.parseLong(rejected.origin().position()))
                .isGreaterThanOrEqualTo(Long.parseLong(read.positions().getLast()));
    }

    @Test
    void keepsEveryOctetInFrontOfTheEndOfGzipAndZstd() throws IOException {
        for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
            byte[] first = Packed.compress(compression, Collected.octets("Subject: a\n\none\ntwo"));
            byte[] second = Packed.compress(compression, MBOX);
            Collected read = Collected.of(Packed.concat(first, Arrays.copyOf(second, 8)));
            assertThat(read.texts()).containsExactly("Subject: a\n\none\ntwo");
            assertThat(single(read).origin().position()).isEqualTo("19");
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotFailOnCorruptData(Compression compression) throws IOException {
        byte[] packed = Packed.compress(compression, MBOX);
        Random random = new Random(2);
        for (int round = 0; round < 100; round++) {
            byte[] corrupt = packed.clone();
            int place = 64 + random.nextInt(corrupt.length - 64);
            corrupt[place] ^= (byte) (1 + random.nextInt(255));
            try {
                Collected read = Collected.of(corrupt);
                assertThat(read.mails.size() == MAILS.size() || !read.rejected.isEmpty())
                        .isTrue();
            } catch (SourceException e) {
                assertThat(e).hasMessageContaining(compression.label());
            }
        }
    }

    @Test
    void leavesOutAMailWhoseHeaderIsNotComplete() throws IOException {
        String from = "From jane@example.org Fri Jul  8 12:08:34 2011\n";
        byte[] whole =
                Packed.compress(Compression.GZIP, Collected.octets(from + "Subject: a\n\n\n" + from + "Subject"));
        Collected read = Collected.of(Packed.concat(whole, Collected.octets("garbage")));
        assertThat(read.texts()).containsExactly("Subject: a\n\n");
        assertThat(single(read).reason()).contains("not gzip");
    }

    @Test
    void takesPaddingBehindGzipForWhatItIs() throws IOException {
        byte[] whole = Packed.compress(Compression.GZIP, MBOX);
        Collected read = Collected.of(Packed.concat(whole, new byte[5_000]));
        assertThat(read.mails).hasSameSizeAs(MAILS);
        assertThat(read.rejected).isEmpty();
    }

    @Test
    void keepsTheMailsOfATruncatedTar() throws IOException {
        byte[] tar = Packed.tar(MAILS);
        for (byte[] archive : List.of(
                Arrays.copyOf(tar, tar.length / 2 - 1_000),
                Packed.compress(Compression.XZ, Arrays.copyOf(tar, tar.length / 2 - 1_000)),
                Arrays.copyOf(Packed.compress(Compression.GZIP, tar), tar.length / 4),
                Arrays.copyOf(Packed.zip(MAILS), tar.length / 4))) {
            Collected read = Collected.of(archive);
            assertThat(read.mails).hasSizeGreaterThan(50).hasSizeLessThan(MAILS.size());
            assertThat(read.mails.get(10).bytes()).isEqualTo(MAILS.get(10));
            assertThat(read.rejected).isNotEmpty();
        }
    }

    @Test
    void doesNotFailOnACorruptTarOrZip() throws IOException {
        Random random = new Random(3);
        for (byte[] packed : List.of(Packed.tar(MAILS.subList(0, 20)), Packed.zip(MAILS.subList(0, 20)))) {
            for (int round = 0; round < 300; round++) {
                byte[] corrupt = packed.clone();
                for (int i = 0; i < 5; i++) {
                    corrupt[512 + random.nextInt(corrupt.length - 512)] = (byte) random.nextInt(256);
                }
                assertThat(Collected.of(corrupt).mails.size()).isLessThanOrEqualTo(21);
            }
        }
    }

    @Test
    void namesTheFilesOfATarThatAreNoMails() throws IOException {
        Collected read = Collected.of(Packed.tar(List.of(
                Collected.octets("Just a text.\n"),
                new byte[] {0, 1, 2, 3},
                Packed.tar(MAILS.subList(0, 1)),
                Collected.octets("Subject: a\n\n"))));
        assertThat(read.positions()).containsExactly("box/3");
        assertThat(read.rejected)
                .extracting(entry -> entry.origin().position())
                .containsExactly("box/0", "box/1", "box/2");
    }

    @Test
    void refusesWhatHoldsNoMail() throws IOException {
        refuses(new byte[0], "Standard input is empty");
        refuses(Collected.octets("\r\n \n\n"), "Standard input is empty");
        refuses(Packed.compress(Compression.GZIP, new byte[0]), "Standard input is empty");
        refuses(new byte[] {0x7f, 'E', 'L', 'F', 0, 0, 0}, "binary data");
        refuses(Collected.octets("Dear all,\nnothing to see\n"), "text");
        refuses(Collected.octets("# Title\n\nSubject: late\n"), "text");
        refuses(Packed.compress(Compression.XZ, new byte[] {0, 1, 2}), "binary data, xz");
        refuses(Arrays.copyOf(Packed.compress(Compression.XZ, MBOX), 6), "xz data breaks off");
        refuses(Arrays.copyOf(Packed.compress(Compression.GZIP, MBOX), 5), "gzip data breaks off");
        byte[] thrice = MBOX;
        for (int i = 0; i < 3; i++) {
            thrice = Packed.compress(Compression.GZIP, thrice);
        }
        refuses(thrice, "compressed more than twice");
    }

    private static void refuses(byte[] archive, String message) {
        assertThatThrownBy(() -> Sources.stream("-", new ByteArrayInputStream(archive), SourceOptions.DEFAULT))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(message);
    }

    private static RejectedEntry single(Collected read) {
        assertThat(read.rejected).hasSize(1);
        return read.rejected.getFirst();
    }
}
