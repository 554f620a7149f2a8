package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("folder"));
    }

    @Test
    void readsInTheOrderOfNamesAndNamesEachFile() throws IOException {
        write("b/x2", "Subject: c\n\n");
        write("b/x10", "Subject: b\n\n");
        write("a", "Subject: a\n\n");
        Collected read = read();
        assertThat(read.texts()).containsExactly("Subject: a\n\n", "Subject: b\n\n", "Subject: c\n\n");
        assertThat(read.mails.get(1).origin().toString())
                .isEqualTo(folder.resolve("b/x10").toAbsolutePath() + ":0");
    }

    @Test
    void namesWhatItCannotReadAndGoesOn() throws IOException {
        write("a", "Subject: a\n\n");
        write("b.jpg", "\0\1\2");
        write("c.txt", "Dear all\n");
        Files.write(
                folder.resolve("d.gz"),
                java.util.Arrays.copyOf(Packed.compress(Compression.GZIP, Collected.octets("Subject: d\n\nabc")), 12));
        write("e", "Subject: e\n\n");
        Collected read = read();
        assertThat(read.texts()).containsExactly("Subject: a\n\n", "Subject: e\n\n");
        assertThat(read.rejected)
                .extracting(
                        entry -> Path.of(entry.origin().source()).getFileName().toString())
                .containsExactly("b.jpg", "c.txt", "d.gz");
        assertThat(read.rejected)
                .extracting(RejectedEntry::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .contains("not a mail or mbox")
                                .contains("binary"),
                        reason -> assertThat(reason)
                                .contains("not a mail or mbox")
                                .contains("text"),
                        reason -> assertThat(reason).contains("gzip data breaks off"));
    }

    @Test
    void namesAFileThatItMayNotRead() throws IOException {
        write("a", "Subject: a\n\n");
        Path secret = write("b", "Subject: b\n\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(secret), "skipped: this user may read everything");
        Collected read = read();
        assertThat(read.texts()).containsExactly("Subject: a\n\n");
        assertThat(read.rejected).singleElement().satisfies(entry -> {
            assertThat(entry.origin().source()).isEqualTo(secret.toString());
            assertThat(entry.reason()).contains("permissions");
        });
    }

    @Test
    void namesAFileThatWentAwaySinceItWasOpened() throws IOException {
        write("a", "Subject: a\n\n");
        Path gone = write("b", "Subject: b\n\n");
        MailSource source = Sources.open(folder.toString(), SourceOptions.DEFAULT);
        Collected read = new Collected() {
            @Override
            public void mail(org.listlens.mail.RawMail mail) {
                super.mail(mail);
                assertThat(gone.toFile().delete()).isTrue();
            }
        };
        source.read(read);
        assertThat(read.texts()).containsExactly("Subject: a\n\n");
        assertThat(read.rejected)
                .singleElement()
                .satisfies(entry -> assertThat(entry.origin().source()).isEqualTo(gone.toString()));
    }

    @Test
    void doesNotFollowLinksAndNamesThoseThatLeave() throws IOException {
        Path outside = Files.write(temporary.resolve("outside"), Collected.octets("Subject: o\n\n"));
        write("a", "Subject: a\n\n");
        write("b/b", "Subject: b\n\n");
        Files.createSymbolicLink(folder.resolve("b/loop"), folder);
        Files.createSymbolicLink(folder.resolve("again"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("missing"));
        Files.createSymbolicLink(folder.resolve("x"), outside);
        Collected read = read();
        assertThat(read.texts()).containsExactly("Subject: a\n\n", "Subject: b\n\n");
        assertThat(read.rejected)
                .extracting(
                        entry -> Path.of(entry.origin().source()).getFileName().toString())
                .containsExactly("nowhere", "x");
        assertThat(Collected.of(Sources.open(
                                Files.createSymbolicLink(temporary.resolve("link"), folder)
                                        .toString(),
                                SourceOptions.DEFAULT))
                        .mails)
                .as("a link that the user names is followed")
                .hasSize(2);
    }

    @Test
    void readsAMaildirWithItsFolders() throws IOException {
        for (String box : List.of(".", ".Lists.can")) {
            for (String part : List.of("cur", "new", "tmp")) {
                write(box + "/" + part + "/1.M1.mx:2,S", "Subject: " + box + part + "\n\n");
            }
        }
        write("cur/2.M2.mx:2,", "no header, but a mail by its place\n");
        write("new/3.M3.mx", "From jane@example.org Fri Jul  8 12:08:34 2011\nSubject: kept by procmail\n\n");
        write("cur/4.M4.mx", "\0\0\0");
        write("maildirsize", "1S\n");
        write(".Trash/junk", "Subject: hidden and no Maildir\n\n");
        MailSource source = Sources.open(folder.toString(), SourceOptions.DEFAULT);
        assertThat(source.description()).isEqualTo("Maildir");
        Collected read = Collected.of(source);
        assertThat(read.texts())
                .containsExactly(
                        "Subject: .Lists.cancur\n\n",
                        "Subject: .Lists.cannew\n\n",
                        "Subject: .cur\n\n",
                        "no header, but a mail by its place\n",
                        "Subject: .new\n\n",
                        "Subject: kept by procmail\n\n");
        assertThat(read.rejected)
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("binary"));
    }

    @Test
    void refusesAFolderWithoutMailAndWhatIsNotThere() throws IOException {
        refuses(folder, "no mail in the folder");
        write("readme", "nothing here\n");
        write(".hidden", "Subject: hidden\n\n");
        refuses(folder, "files looked at: 1");
        refuses(temporary.resolve("missing"), "no file or folder");
        refuses(Files.createFile(temporary.resolve("empty")), "is empty");
        refuses(Files.write(temporary.resolve("binary"), new byte[] {0, 1, 2}), "binary data");
        assertThatThrownBy(() -> Sources.open("\0", SourceOptions.DEFAULT))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("check the path");
    }

    @Test
    void readsAgainAndAgain() throws IOException {
        Path file = write("a", "Subject: a\n\n");
        MailSource source = Sources.open(file.toString(), SourceOptions.DEFAULT);
        assertThat(Collected.of(source).texts())
                .isEqualTo(Collected.of(source).texts())
                .hasSize(1);
        Files.delete(file);
        assertThatThrownBy(() -> Collected.of(source))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(file.toString());
    }

    private static void refuses(Path path, String message) {
        assertThatThrownBy(() -> Sources.open(path.toString(), SourceOptions.DEFAULT))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(path.toString());
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, Collected.octets(text));
    }

    private Collected read() throws IOException {
        return Collected.of(Sources.open(folder.toString(), SourceOptions.DEFAULT));
    }
}
