package org.listlens.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Limits;
import org.listlens.source.Collected;
import org.listlens.source.Positions;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceOptions;
import org.listlens.source.SourceWatch;

/** Following: what others write into a repository, and what is fetched from its remote. */
class GitWatchTest {
    /** Long enough for any machine; what is awaited comes much earlier. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final RemoteOptions OFTEN =
            new RemoteOptions(null, null, null, null, false, Duration.ofMillis(50), Duration.ofSeconds(30), 1 << 30);

    @TempDir
    Path folder;

    private static byte[] mail(int number) {
        return ("Subject: " + number + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static GitSource open(Path path) throws IOException {
        return Objects.requireNonNull(GitSource.recognise(path, new SourceOptions(Limits.DEFAULT, null, OFTEN, true)));
    }

    private static Positions read(Path path, Positions known, String... expected) throws IOException {
        Collected read = new Collected();
        open(path).read(known, read);
        assertThat(read.texts()).containsExactly(expected);
        return read.known(known);
    }

    @Test
    void seesCommitsAndEpochs() throws IOException, InterruptedException {
        try (Inbox inbox = new Inbox(folder.resolve("git/0.git"))) {
            inbox.add(mail(0));
            try (SourceWatch watch = open(folder).watch()) {
                assertThat(watch.await(Duration.ZERO)).isFalse();
                inbox.add(mail(1));
                assertThat(watch.await(LONG)).isTrue();
                assertThat(watch.await(Duration.ZERO)).isFalse();
                try (Inbox next = new Inbox(folder.resolve("git/1.git"))) {
                    next.add(mail(2));
                }
                assertThat(watch.await(LONG)).isTrue();
                Positions known = read(folder, Positions.NONE, "Subject: 0\n", "Subject: 1\n", "Subject: 2\n");
                read(folder, known);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.git", "tree/.git"})
    void seesTheFirstCommit(String name) throws IOException, InterruptedException {
        Path gitDir = folder.resolve(name);
        Path path = name.equals("tree/.git") ? folder.resolve("tree") : gitDir;
        try (Inbox inbox = new Inbox(gitDir);
                SourceWatch watch = open(path).watch()) {
            read(path, Positions.NONE);
            inbox.add(mail(0));
            assertThat(watch.await(LONG)).isTrue();
            read(path, Positions.NONE, "Subject: 0\n");
        }
    }

    @Test
    void seesANewBundle() throws IOException, InterruptedException {
        Path bundle = folder.resolve("bundle");
        try (Inbox inbox = new Inbox(folder.resolve("x.git"))) {
            inbox.add(mail(0));
            inbox.bundle(bundle);
            Positions known = read(bundle, Positions.NONE, "Subject: 0\n");
            try (SourceWatch watch = open(bundle).watch()) {
                inbox.add(mail(1));
                inbox.bundle(bundle);
                assertThat(watch.await(LONG)).isTrue();
                read(bundle, known, "Subject: 1\n");
            }
        }
    }

    /** A mirror, a plain bare clone, and a clone with a work tree, whose own branch and files stay as they are. */
    @ParameterizedTest
    @CsvSource({"mirror.git, +refs/*:refs/*", "bare.git, ''", "tree/.git, +refs/heads/*:refs/remotes/origin/*"})
    void fetches(String name, String spec) throws IOException, InterruptedException {
        Path gitDir = folder.resolve(name);
        Path path = name.equals("tree/.git") ? folder.resolve("tree") : gitDir;
        try (Inbox remote = new Inbox(folder.resolve("remote.git"));
                Inbox clone = new Inbox(gitDir)) {
            remote.add(mail(0));
            clone.add(mail(0));
            configure(clone.repository, remote.gitDir.toString(), spec);
            Path file = folder.resolve("tree/m");
            if (!path.equals(gitDir)) {
                Files.write(file, mail(0));
            }
            Positions known = read(path, Positions.NONE, "Subject: 0\n");
            remote.add(mail(1));
            try (SourceWatch watch = open(path).watch()) {
                assertThat(watch.await(LONG)).isTrue();
                known = read(path, known, "Subject: 1\n");
                remote.add(mail(2));
                assertThat(watch.await(LONG)).isTrue();
                read(path, known, "Subject: 2\n");
            }
            if (!path.equals(gitDir)) {
                assertThat(file).hasBinaryContent(mail(0));
                assertThat(Files.readString(gitDir.resolve(Inbox.BRANCH)).strip())
                        .isEqualTo(clone.tip().name());
            }
        }
    }

    @Test
    void saysWhenFetchingFails() throws IOException {
        Path gitDir = folder.resolve("x.git");
        try (Inbox clone = new Inbox(gitDir)) {
            clone.add(mail(0));
            configure(clone.repository, folder.resolve("nowhere").toUri().toString(), "+refs/*:refs/*");
        }
        try (SourceWatch watch = open(gitDir).watch()) {
            assertThatThrownBy(() -> watch.await(LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("Cannot fetch", "nowhere", gitDir.toString());
        }
        try (SourceWatch watch = open(gitDir).watch()) {
            assertThatThrownBy(() -> watch.await(LONG)).isInstanceOf(IOException.class);
        }
    }

    /** What a hostile repository names for git to run is not run, nor is ssh. */
    @ParameterizedTest
    @CsvSource({"uploadpack, true", "url, ssh://git@git.example.org/list", "url, git@git.example.org:list"})
    void runsNoProgram(String key, String value) throws IOException, InterruptedException {
        Path gitDir = folder.resolve("x.git");
        Path trace = folder.resolve("ran");
        try (Inbox remote = new Inbox(folder.resolve("remote.git"));
                Inbox clone = new Inbox(gitDir)) {
            remote.add(mail(0));
            clone.add(mail(0));
            configure(clone.repository, remote.gitDir.toString(), "+refs/*:refs/*");
            StoredConfig config = clone.repository.getConfig();
            config.setString("remote", "origin", key, value.equals("true") ? "touch " + trace + " #" : value);
            config.save();
            boolean fetched = Fetch.run(Objects.requireNonNull(RepositoryEpoch.of(gitDir)), OFTEN, () -> false);
            assertThat(fetched).isEqualTo(key.equals("uploadpack"));
        }
        assertThat(trace).doesNotExist();
    }

    @Test
    void hasNothingToFetchWithoutARemote() throws IOException {
        Path gitDir = folder.resolve("x.git");
        try (Inbox clone = new Inbox(gitDir)) {
            clone.add(mail(0));
        }
        assertThat(Fetch.run(Objects.requireNonNull(RepositoryEpoch.of(gitDir)), OFTEN, () -> false))
                .isFalse();
    }

    private static void configure(Repository repository, String url, String spec) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setString("remote", "origin", "url", url);
        if (!spec.isEmpty()) {
            config.setStringList("remote", "origin", "fetch", List.of(spec));
        }
        config.setBoolean(
                "core", null, "bare", !repository.getDirectory().getName().equals(".git"));
        config.save();
    }
}
