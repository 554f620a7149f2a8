package org.listlens.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.source.Collected;
import org.listlens.source.Positions;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;

/** Bundles: their header, what is wrong with them, and what stays of them. */
class GitBundleTest {
    private static final String ID = "1234567890123456789012345678901234567890";

    @TempDir
    Path folder;

    private Path bundle = Path.of("");

    @BeforeEach
    void write() throws IOException {
        bundle = folder.resolve("list.bundle");
        try (Inbox inbox = new Inbox(folder.resolve("x.git"))) {
            inbox.add(mail("a"));
            inbox.add(mail("b"));
            inbox.delete(mail("a"));
            inbox.bundle(bundle);
        }
    }

    private static byte[] mail(String name) {
        return ("Subject: " + name + "\n\n" + "text of some length\n".repeat(50)).getBytes(StandardCharsets.UTF_8);
    }

    private GitSource open() throws IOException {
        return Objects.requireNonNull(GitSource.recognise(bundle, SourceOptions.DEFAULT));
    }

    /** Puts other lines in the place of the header. */
    private void header(String lines) throws IOException {
        byte[] octets = Files.readAllBytes(bundle);
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        String tip = text.substring(text.indexOf('\n') + 1, text.indexOf(' ', text.indexOf('\n')));
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.writeBytes(lines.replace("|", "\n").replace("TIP", tip).getBytes(StandardCharsets.UTF_8));
        changed.writeBytes(Arrays.copyOfRange(octets, text.indexOf("\n\n") + 2, octets.length));
        Files.write(bundle, changed.toByteArray());
    }

    @Test
    void givesTheMailsThatLive() throws IOException {
        GitSource source = open();
        assertThat(source.description()).isEqualTo("git bundle");
        Collected read = Collected.of(source);
        assertThat(read.texts()).containsExactly(new String(mail("b"), StandardCharsets.UTF_8));
        assertThat(read.mails.getFirst().origin().source()).isEqualTo(bundle.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# v2 git bundle|TIP HEAD||",
                "# v2 git bundle|TIP refs/heads/master||",
                "# v2 git bundle|" + ID + " refs/heads/other|TIP HEAD|TIP refs/heads/master||",
                "# v2 git bundle|TIP refs/remotes/origin/master||",
                "# v2 git bundle|" + ID + " refs/tags/x|TIP refs/heads/master||",
                "# v3 git bundle|TIP HEAD||",
                "# v3 git bundle|@object-format=sha1|TIP HEAD||",
                "# v3 git bundle|@later=x|TIP HEAD||",
            })
    void readsHeaders(String lines) throws IOException {
        header(lines);
        assertThat(Collected.of(open()).mails).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "# v2 git bundle||;                                                it names no branch",
                "# v2 git bundle|TIP refs/heads/a|TIP refs/heads/b||;              several branches",
                "# v2 git bundle|-" + ID + " x|TIP HEAD||;                         begins behind commit 123456789012",
                "# v2 git bundle|-" + ID + "|TIP HEAD||;                           begins behind commit 123456789012",
                "# v2 git bundle|TIP||;                                            a line that is no ref",
                "# v2 git bundle|nonsense||;                                       a line that is no ref",
                "# v3 git bundle|@object-format=sha256|TIP HEAD||;                 format sha256",
                "# v3 git bundle|@filter=blob:none|TIP HEAD||;                     made with a filter",
            })
    void refusesHeaders(String lines, String reason) throws IOException {
        header(lines);
        assertThatThrownBy(this::open)
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll(bundle.toString(), reason);
    }

    @Test
    void refusesALineWithoutEnd() throws IOException {
        Files.writeString(bundle, "# v2 git bundle\n" + "x".repeat(100_000));
        assertThatThrownBy(this::open).isInstanceOf(SourceException.class).hasMessageContaining("a line without end");
    }

    @Test
    void refusesWhatOnlyFollowsOnSomethingElse() throws IOException {
        try (Inbox inbox = new Inbox(folder.resolve("y.git"))) {
            ObjectId first = inbox.add(mail("a"));
            inbox.add(mail("b"));
            inbox.bundleSince(first, bundle);
            assertThatThrownBy(this::open)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContainingAll(
                            "begins behind commit " + first.name().substring(0, 12));
        }
    }

    /** Wherever it is cut off, it says so, and nothing is left behind. */
    @Test
    void refusesWhatIsCutOff() throws IOException {
        byte[] octets = Files.readAllBytes(bundle);
        for (int length = 16; length < octets.length; length += 7) {
            Files.write(bundle, Arrays.copyOf(octets, length));
            assertThatThrownBy(() -> Collected.of(open()))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContainingAll(bundle.toString(), "damaged or was cut off", "again.");
        }
    }

    @Test
    void refusesWhatIsDamaged() throws IOException {
        byte[] octets = Files.readAllBytes(bundle);
        octets[octets.length - 30] ^= 0x55;
        Files.write(bundle, octets);
        assertThatThrownBy(() -> Collected.of(open()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void isNotUnpackedWhenNothingIsNew() throws IOException {
        Positions known = Collected.of(open()).known(Positions.NONE);
        byte[] octets = Files.readAllBytes(bundle);
        // Were its pack looked at, it would be found damaged.
        Files.write(bundle, Arrays.copyOf(octets, octets.length - 30));
        Collected again = new Collected();
        open().read(known, again);
        assertThat(again.mails).isEmpty();
        assertThat(again.reached).isEmpty();
    }

    @Test
    void deletesWhatItUnpacked() throws IOException {
        BundleEpoch epoch = new BundleEpoch(bundle);
        Path unpacked;
        try (var repository = epoch.open()) {
            unpacked = repository.getDirectory().toPath();
            assertThat(unpacked).isDirectory();
        }
        epoch.close();
        assertThat(unpacked).doesNotExist();
    }
}
