package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;

/** Files that grow, are rewritten, rotated and emptied between one run and the next. */
class FilePositionsTest {
    private static final String FROM = "From jane@example.org Fri Jul  8 12:08:34 2011\n";

    @TempDir
    Path folder;

    @Test
    void goesOnWhereItGrew() throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1));
        Positions known = read(mbox, Positions.NONE).known(Positions.NONE);
        append(mbox, FROM + mail(2) + "\n");
        Collected later = read(mbox, known);
        assertThat(later.texts()).containsExactly(mail(2));
        assertThat(later.positions())
                .containsExactly(Long.toString((FROM + mail(0) + "\n" + FROM + mail(1) + "\n").length()));
        assertThat(later.known(known).all())
                .singleElement()
                .satisfies(position -> assertThat(position.mails()).isEqualTo(3));
    }

    @Test
    void readsOneThatWasRewrittenFromItsBeginning() throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1), mail(2));
        Positions known = read(mbox, Positions.NONE).known(Positions.NONE);
        mbox("list.mbox", mail(0), mail(2), mail(3), mail(4));
        Collected later = read(mbox, known);
        assertThat(later.texts()).containsExactly(mail(0), mail(2), mail(3), mail(4));
        assertThat(later.shrunk).isTrue();
        assertThat(read(mbox, later.known(known)).texts()).isEmpty();
    }

    @Test
    void seesAChangeThatLeavesTheSizeAsItWas() throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1), mail(2));
        Positions known = read(mbox, Positions.NONE).known(Positions.NONE);
        mbox("list.mbox", mail(0), mail(1).replace("Subject: 1", "Subject: 7"), mail(2));
        Files.setLastModifiedTime(mbox, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(read(mbox, known).texts()).hasSize(3).anyMatch(text -> text.contains("Subject: 7"));
    }

    @Test
    void doesNotReadAgainWhatWasOnlyTouchedOrCopied() throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1));
        Positions known = read(mbox, Positions.NONE).known(Positions.NONE);
        Files.setLastModifiedTime(mbox, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(read(mbox, known).texts()).isEmpty();
        Path copy = Files.copy(mbox, folder.resolve("copy"));
        Files.move(copy, mbox, StandardCopyOption.REPLACE_EXISTING);
        Collected later = read(mbox, known);
        assertThat(later.texts()).isEmpty();
        assertThat(later.shrunk).isFalse();
    }

    @Test
    void knowsARotatedFileByItsNewName() throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1));
        Positions known = read(mbox, Positions.NONE).known(Positions.NONE);
        append(mbox, FROM + mail(2) + "\n");
        Path rotated = Files.move(mbox, folder.resolve("list.mbox.1"));
        mbox("list.mbox", mail(3));
        Collected old = read(rotated, known);
        assertThat(old.texts()).containsExactly(mail(2));
        known = old.known(known);
        Collected young = read(mbox, known);
        assertThat(young.texts()).containsExactly(mail(3));
        known = young.known(known);
        assertThat(read(rotated, known).texts()).isEmpty();
        assertThat(read(mbox, known).texts()).isEmpty();
    }

    @Test
    void readsOneThatWasCopiedAndEmptied() throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1));
        Positions known = read(mbox, Positions.NONE).known(Positions.NONE);
        Files.copy(mbox, folder.resolve("list.mbox.1"));
        Files.write(mbox, new byte[0]);
        MailSource source = open(mbox, true);
        Collected empty = new Collected();
        source.read(known, empty);
        assertThat(empty.texts()).isEmpty();
        known = empty.known(known);
        append(mbox, FROM + mail(5) + "\n");
        Collected later = new Collected();
        source.read(known, later);
        assertThat(later.texts()).containsExactly(mail(5));
    }

    /** A mail that was cut off where the file ended then is read anew, and never as two halves. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 48, 60, 90, 110, 200})
    void readsTheLastMailAgainWhenThereWasMoreOfIt(int octets) throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1));
        String next = FROM + mail(2) + "\n";
        append(mbox, next.substring(0, octets));
        Files.setLastModifiedTime(mbox, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Collected first = read(mbox, Positions.NONE);
        append(mbox, next.substring(octets) + FROM + mail(3) + "\n");
        Collected later = read(mbox, first.known(Positions.NONE));
        assertThat(later.texts()).containsSubsequence(mail(2), mail(3)).doesNotContain(mail(0));
        assertThat(read(mbox, later.known(first.known(Positions.NONE))).texts()).isEmpty();
    }

    /** Whoever writes a mail in pieces is waited for. */
    @Test
    void waitsForTheRestOfAMailThatIsBeingWritten() throws Exception {
        Path mbox = mbox("list.mbox", mail(0));
        String next = FROM + mail(2) + "\n";
        append(mbox, next.substring(0, 70));
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int at = 70; at < next.length(); at += 40) {
                    Thread.sleep(50);
                    append(mbox, next.substring(at, Math.min(next.length(), at + 40)));
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Collected read = read(mbox, Positions.NONE);
        writer.join();
        assertThat(read.texts()).containsExactly(mail(0), mail(2));
    }

    @Test
    void everyMailComesOnceFromAFileThatGrowsWhileItIsRead() throws Exception {
        Path mbox = mbox("list.mbox", mail(0));
        int mails = 200;
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 1; i < mails; i++) {
                    append(mbox, FROM + mail(i) + "\n");
                    Thread.sleep(1);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Positions known = Positions.NONE;
        List<String> all = new ArrayList<>();
        boolean ended;
        do {
            ended = !writer.isAlive();
            Collected read = read(mbox, known);
            all.addAll(read.texts());
            known = read.known(known);
        } while (!ended);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            expected.add(mail(i));
        }
        assertThat(all).isEqualTo(expected);
    }

    @Test
    void damagedDataIsReadAgainAndTheRestOfItNot() throws IOException {
        byte[] packed = Packed.compress(Compression.GZIP, Packed.mbox(octets(mail(0), mail(1), mail(2)), "\n"));
        Path file = Files.write(folder.resolve("a.gz"), java.util.Arrays.copyOf(packed, packed.length - 9));
        Collected first = read(file, Positions.NONE);
        assertThat(first.rejected).hasSize(1);
        Collected second = read(file, first.known(Positions.NONE));
        assertThat(second.rejected).hasSize(1);
        Files.write(file, packed);
        Collected whole = read(file, second.known(first.known(Positions.NONE)));
        assertThat(whole.rejected).isEmpty();
        assertThat(whole.texts()).contains(mail(2));
    }

    @Test
    void positionsOfGarbageDoNoHarm() throws IOException {
        Path mbox = mbox("list.mbox", mail(0), mail(1));
        for (String value : List.of("", "-1", "x", "99999999999999999999", "3", "1000000")) {
            Map<String, String> state = new TreeMap<>(Map.of("offset", value, "last", value, "digest", value));
            Positions known = new Positions(List.of(new Position(mbox.toString(), state, 7)));
            assertThat(read(mbox, known).texts()).as(value).containsExactly(mail(0), mail(1));
        }
    }

    @Test
    void aMailOfAMaildirKeepsItsPlaceWhateverItsFlagsAre() throws IOException {
        for (String name : List.of("cur", "new", "tmp")) {
            Files.createDirectories(folder.resolve("Maildir").resolve(name));
        }
        Path maildir = folder.resolve("Maildir");
        Path mail = Files.write(maildir.resolve("new/1.M1P1.mx"), Collected.octets(mail(0)));
        Collected first = read(maildir, Positions.NONE);
        Files.move(mail, maildir.resolve("cur/1.M1P1.mx:2,FS"));
        assertThat(read(maildir, Positions.NONE).mails)
                .extracting(RawMail::origin)
                .isEqualTo(first.mails.stream().map(RawMail::origin).toList());
        assertThat(read(maildir, first.known(Positions.NONE)).texts()).isEmpty();
        Files.delete(maildir.resolve("cur/1.M1P1.mx:2,FS"));
        Collected gone = new Collected();
        open(maildir, true).read(first.known(Positions.NONE), gone);
        assertThat(gone.shrunk).isTrue();
        assertThat(gone.known(first.known(Positions.NONE)).isEmpty()).isTrue();
    }

    @Test
    void manySmallPartsOfAMaildirBecomeOne() throws IOException {
        for (String name : List.of("cur", "new", "tmp")) {
            Files.createDirectories(folder.resolve(name));
        }
        Positions known = Positions.NONE;
        for (int i = 0; i < 30; i++) {
            Files.write(folder.resolve("new/" + i + ".M1P1.mx"), Collected.octets(mail(i)));
            Collected read = read(folder, known);
            assertThat(read.texts()).containsExactly(mail(i));
            known = read.known(known);
            assertThat(known.all()).hasSizeLessThanOrEqualTo(9);
            assertThat(known.all().stream().mapToLong(Position::mails).sum()).isEqualTo(i + 1);
        }
    }

    private static String mail(int number) {
        return "From: a@example.org\nMessage-ID: <" + number + "@example.org>\nSubject: " + number + "\n\n"
                + "line of the body\n".repeat(number % 7 + 5);
    }

    private static List<byte[]> octets(String... mails) {
        List<byte[]> octets = new ArrayList<>();
        for (String mail : mails) {
            octets.add(Collected.octets(mail));
        }
        return octets;
    }

    /** Written anew under another name and moved, as mail readers do. */
    private Path mbox(String name, String... mails) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String mail : mails) {
            all.append(FROM).append(mail).append('\n');
        }
        Path written = Files.write(folder.resolve(name + ".new"), Collected.octets(all.toString()));
        return Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void append(Path file, String text) throws IOException {
        Files.write(file, Collected.octets(text), StandardOpenOption.APPEND);
    }

    private static MailSource open(Path path, boolean awaited) throws IOException {
        return Sources.open(path.toString(), new SourceOptions(Limits.DEFAULT, null, RemoteOptions.DEFAULT, awaited));
    }

    private static Collected read(Path path, Positions known) throws IOException {
        Collected read = new Collected();
        open(path, false).read(known, read);
        return read;
    }
}
