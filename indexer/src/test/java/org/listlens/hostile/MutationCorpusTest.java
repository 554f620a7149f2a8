package org.listlens.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.source.Collected;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/**
 * Real archives, cut at random places and with random octets: nothing fails, and no mail is lost beside the one that was
 * hit. The system property {@code listlens.mutations} says how often each file is cut and altered.
 */
@Tag("corpus")
class MutationCorpusTest {
    private static final int TIMES = Integer.getInteger("listlens.mutations", 1);

    private final Path corpora = Path.of(System.getProperty("listlens.corpora", "missing"), "corpora")
            .toAbsolutePath()
            .normalize();
    private final MailParser parser = new MailParser(Limits.DEFAULT);
    private final MailDocuments documents = new MailDocuments();

    @BeforeEach
    void findCorpora() {
        Assumptions.assumeTrue(
                Files.isDirectory(corpora), () -> "skipped: there are no corpora in " + corpora.toAbsolutePath());
    }

    @Test
    void oddFilesBecomeDocumentsOrRejections() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(corpora.resolve("oddities"))) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        Random random = new Random(20);
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            for (int i = 0; i < TIMES && octets.length > 0; i++) {
                become(file, Arrays.copyOf(octets, random.nextInt(octets.length)));
                become(file, altered(octets, random, 1 + random.nextInt(20)));
            }
        }
    }

    /** Whatever was read of a file is a mail that becomes documents, or is rejected. */
    private void become(Path file, byte[] octets) throws IOException {
        Collected read = read(octets);
        if (read == null) {
            return;
        }
        for (RawMail mail : read.mails) {
            assertThat(documents.encode(parser.parse(mail)).documents().size())
                    .as("documents of %s", file)
                    .isGreaterThanOrEqualTo(2);
        }
        assertThat(read.mails.size() + read.rejected.size())
                .as("what %s holds", file)
                .isPositive();
    }

    /**
     * Damage within one mail of an mbox. What separates mails is a From line with a field behind it, so these two lines
     * stay; without them the mail is text of the one before.
     */
    @Test
    void neighboursOfADamagedMailStay() throws IOException {
        byte[] mbox = mbox();
        List<RawMail> mails = mails(mbox);
        Random random = new Random(21);
        for (int i = 0; i < 50 * TIMES; i++) {
            int hit = random.nextInt(mails.size() - 1);
            int from = begin(mails.get(hit));
            int field = from + line(mbox, from);
            int header = field + line(mbox, field);
            int to = begin(mails.get(hit + 1)) - 1;
            byte[] damaged = mbox.clone();
            if (i % 2 == 0) {
                int cut = header + random.nextInt(to - header);
                damaged = joined(Arrays.copyOf(mbox, cut), "\n\n", Arrays.copyOfRange(mbox, to + 1, mbox.length));
            } else {
                for (int j = 0; j < 30; j++) {
                    damaged[header + random.nextInt(to - 1 - header)] = (byte) random.nextInt(256);
                }
            }

            List<RawMail> read = mails(damaged);
            assertThat(read).as("mails, the %dth hit", hit).hasSizeGreaterThanOrEqualTo(mails.size());
            for (int j = 0; j < hit; j++) {
                assertThat(read.get(j).bytes())
                        .as("mail %d before %d", j, hit)
                        .isEqualTo(mails.get(j).bytes());
            }
            for (int j = 1; j < mails.size() - hit; j++) {
                assertThat(read.get(read.size() - j).bytes())
                        .as("mail %d from the end, behind %d", j, hit)
                        .isEqualTo(mails.get(mails.size() - j).bytes());
            }
            documents.encode(parser.parse(read.get(hit)));
        }
    }

    /** What lies in front of a cut or a damage is read as ever, and the rest is told of. */
    @ParameterizedTest
    @ValueSource(strings = {"linux-can/2019.mbox.zst", "easy_ham/easy_ham.tar.xz"})
    void whatLiesBeforeDamageOfAnArchiveStays(String archive) throws IOException {
        byte[] packed = Files.readAllBytes(corpora.resolve(archive));
        List<RawMail> mails = mails(packed);
        Random random = new Random(22);
        for (int i = 0; i < TIMES; i++) {
            int place = 1_000 + random.nextInt(packed.length - 1_000);
            Collected cut = told(Arrays.copyOf(packed, place), mails.size());
            // The last one that was read may end in the middle.
            for (int j = 0; j < cut.mails.size() - 1; j++) {
                assertThat(cut.mails.get(j).bytes())
                        .as("mail %d", j)
                        .isEqualTo(mails.get(j).bytes());
            }
            byte[] damaged = packed.clone();
            damaged[place] ^= (byte) (1 + random.nextInt(255));
            // What octets that are wrong and can be unpacked make of a mail shows in the checksum, which comes last.
            told(damaged, mails.size());
        }
    }

    private static Collected told(byte[] archive, int mails) throws IOException {
        Collected read = Objects.requireNonNull(read(archive));
        assertThat(read.mails.size() == mails || !read.rejected.isEmpty()).isTrue();
        return read;
    }

    /** Some mails of a real mbox, without compression. */
    private byte[] mbox() throws IOException {
        try (InputStream in = new ZstdInputStream(Files.newInputStream(corpora.resolve("linux-can/2019.mbox.zst")))) {
            byte[] octets = in.readNBytes(1 << 20);
            List<RawMail> mails = mails(octets);
            // Without the last, which was cut.
            return Arrays.copyOf(octets, begin(mails.getLast()));
        }
    }

    private static int begin(RawMail mail) {
        return Integer.parseInt(mail.origin().position());
    }

    private static int line(byte[] octets, int from) {
        int at = from;
        while (octets[at] != '\n') {
            at++;
        }
        return at + 1 - from;
    }

    private static byte[] joined(byte[] before, String between, byte[] after) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(before);
        joined.writeBytes(between.getBytes(StandardCharsets.US_ASCII));
        joined.writeBytes(after);
        return joined.toByteArray();
    }

    private static byte[] altered(byte[] octets, Random random, int times) {
        byte[] altered = octets.clone();
        for (int i = 0; i < times; i++) {
            altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
        }
        return altered;
    }

    private static List<RawMail> mails(byte[] archive) throws IOException {
        return Objects.requireNonNull(read(archive)).mails;
    }

    private static @Nullable Collected read(byte[] archive) throws IOException {
        try {
            return Collected.of(Sources.stream("-", new ByteArrayInputStream(archive), SourceOptions.DEFAULT));
        } catch (SourceException e) {
            return null;
        }
    }
}
