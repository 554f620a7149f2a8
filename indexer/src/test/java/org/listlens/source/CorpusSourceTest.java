package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;

/** Real archives, which are not part of the project. */
@Tag("corpus")
class CorpusSourceTest {
    private final Path corpora = Path.of(System.getProperty("listlens.corpora", "missing"), "corpora")
            .toAbsolutePath()
            .normalize();

    @BeforeEach
    void findCorpora() {
        Assumptions.assumeTrue(
                Files.isDirectory(corpora), () -> "skipped: there are no corpora in " + corpora.toAbsolutePath());
    }

    /** Numbers of the corpora's own description; util-linux, which has only about one there, counted by its separators. */
    @ParameterizedTest
    @CsvSource({
        "linux-can,                22794, 0",
        "linux-hwmon,               3698, 0",
        "util-linux,                3335, 0",
        "easy_ham/easy_ham.tar.xz,  2500, 1"
    })
    void hasAsManyMailsAsTheArchive(String archive, long mails, int rejected) throws IOException {
        Counted counted = new Counted();
        MailSource source = Sources.open(corpora.resolve(archive).toString(), SourceOptions.DEFAULT);
        source.read(counted);
        assertThat(counted.mails).isEqualTo(mails);
        assertThat(counted.rejected).isEqualTo(rejected);
        assertThat(counted.octets).isEqualTo(source.size());
    }

    /** All {@code From } lines of this mboxrd separate, as its writer escapes every other. */
    @Test
    void splitsWhereEachFromLineStands() throws IOException {
        Path archive = corpora.resolve("linux-can/2021.mbox.zst");
        byte[] octets;
        try (InputStream in = new ZstdInputStream(Files.newInputStream(archive))) {
            octets = in.readAllBytes();
        }
        StringBuilder expected = new StringBuilder();
        for (int at = 0; at < octets.length - 5; at++) {
            if ((at == 0 || octets[at - 1] == '\n')
                    && octets[at] == 'F'
                    && octets[at + 1] == 'r'
                    && octets[at + 2] == 'o'
                    && octets[at + 3] == 'm'
                    && octets[at + 4] == ' ') {
                expected.append(at).append('\n');
            }
        }
        StringBuilder positions = new StringBuilder();
        Sources.open(archive.toString(), SourceOptions.DEFAULT).read(new Counted() {
            @Override
            public void mail(RawMail mail) {
                positions.append(mail.origin().position()).append('\n');
            }
        });
        assertThat(positions).hasToString(expected.toString());
    }

    /** Every file of the oddities is a mail, an mbox with the number of mails that a reader finds in it, or named. */
    @Test
    void leavesOutNoFileOfTheOddities() throws IOException {
        Map<String, Integer> perFile = new HashMap<>();
        Sources.open(corpora.resolve("oddities").toString(), SourceOptions.DEFAULT)
                .read(new Counted() {
                    @Override
                    public void mail(RawMail mail) {
                        perFile.merge(file(mail.origin()), 1, Integer::sum);
                    }

                    @Override
                    public void rejected(RejectedEntry entry) {
                        assertThat(perFile).doesNotContainKey(entry.origin().source());
                        perFile.put(entry.origin().source(), 0);
                    }
                });
        Map<String, Integer> mboxes = new TreeMap<>();
        perFile.forEach((file, mails) -> {
            if (mails > 1) {
                mboxes.put(Path.of(file).getFileName().toString(), mails);
            }
        });
        assertThat(mboxes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "users_ponymail_apache_org_2019-09.mbox", 4,
                        "users_ponymail_apache_org_2022-01.mbox", 6,
                        "mbox_multipart.mbox", 2,
                        "mbox_no_fields.mbox", 6,
                        "pipermail_2015_november.mbox", 4,
                        "mbox_complex.mbox", 2,
                        "pipermail_2016_april.mbox", 3,
                        "hyperkitty_2016_april.mbox", 3));
        try (var files = Files.walk(corpora.resolve("oddities"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> file.toFile().length() > 0)
                            .map(Path::toString))
                    .allMatch(file -> perFile.containsKey(file) || isBlank(file));
        }
    }

    /** Mails of a Maildir are known by the folder and their names without flags. */
    private static String file(Origin origin) {
        Path source = Path.of(origin.source());
        if (!Files.isDirectory(source)) {
            return origin.source();
        }
        Path found = new Maildirs().find(source, origin.position());
        return found == null ? origin.toString() : found.toString();
    }

    private static boolean isBlank(String file) {
        try {
            return Files.readString(Path.of(file)).isBlank();
        } catch (IOException e) {
            return false;
        }
    }

    private static class Counted implements MailReceiver {
        private long mails;
        private int rejected;
        private long octets;

        @Override
        public void mail(RawMail mail) {
            mails++;
        }

        @Override
        public void rejected(RejectedEntry entry) {
            rejected++;
        }

        @Override
        public void progress(long taken) {
            octets = taken;
        }
    }
}
