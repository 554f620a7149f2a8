package org.listlens.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Defects;
import org.listlens.mail.Limits;
import org.listlens.quote.QuoteParser;

/** Every real mail gives a body. */
@Tag("corpus")
class BodyCorpusTest {
    private static Path corpora() {
        Path folder = Path.of(System.getProperty("listlens.corpora", "none"), "corpora");
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: no real archives in " + folder);
        return folder;
    }

    @Test
    void oddities() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(corpora().resolve("oddities"))) {
            files = tree.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".mbox"))
                    .sorted()
                    .toList();
        }
        int texts = 0;
        for (Path file : files) {
            byte[] mail = Files.readAllBytes(file);
            texts += check(file.toString(), mail) ? 1 : 0;
            check(file + " with CRLF", Mails.withCrlf(mail));
        }

        assertThat(files).hasSizeGreaterThan(600);
        // Some are empty, or attachments alone.
        assertThat(texts).isGreaterThan(files.size() * 9 / 10);
    }

    @Test
    void easyHam() throws IOException {
        Path archive = corpora().resolve("easy_ham").resolve("easy_ham.tar.xz");
        List<byte[]> mails = new ArrayList<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && mails.size() < 500;
                    entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    mails.add(tar.readAllBytes());
                }
            }
        }
        int quoting = 0;
        for (int i = 0; i < mails.size(); i++) {
            check("easy_ham " + i, mails.get(i));
            ReaderText text =
                    Mails.parse(mails.get(i), Limits.DEFAULT, new Defects(100)).text();
            quoting += text != null && QuoteParser.parse(text.text()).depth() > 0 ? 1 : 0;
        }

        assertThat(mails).hasSize(500);
        assertThat(quoting).isBetween(100, 450);
    }

    /** Whether there is a text. */
    private static boolean check(String name, byte[] mail) {
        Body[] body = new Body[1];
        assertThatCode(() -> body[0] = Mails.parse(mail, Limits.DEFAULT, new Defects(100)))
                .as(name)
                .doesNotThrowAnyException();
        ReaderText text = body[0].text();
        if (text != null) {
            assertThat(text.text()).as(name).doesNotContain("\r", "\0");
        }
        return text != null;
    }
}
