package org.listlens.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.archives.Archives;
import org.listlens.source.Collected;
import org.listlens.source.MailSource;
import org.listlens.source.Positions;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;

/** What is recognised, what is refused, and what happens to a repository that is damaged. */
class GitSourceTest {
    @TempDir
    Path folder;

    private static byte[] mail(String name) {
        return ("From: a@example.org\nSubject: " + name + "\n\n" + name + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable GitSource recognise(Path path) throws IOException {
        return GitSource.recognise(path, SourceOptions.DEFAULT);
    }

    private static GitSource open(Path path) throws IOException {
        return Objects.requireNonNull(recognise(path));
    }

    /** A repository with some mails. */
    private Path inbox(String name, String... mails) throws IOException {
        Path gitDir = folder.resolve(name);
        try (Inbox inbox = new Inbox(gitDir)) {
            for (String mail : mails) {
                inbox.add(mail(mail));
            }
        }
        return gitDir;
    }

    private static List<String> subjects(Collected read) {
        List<String> subjects = new ArrayList<>();
        for (String text : read.texts()) {
            int at = text.indexOf("Subject: ") + 9;
            subjects.add(text.substring(at, text.indexOf('\n', at)));
        }
        return subjects;
    }

    @Test
    void namesMailsAsGitShowTakesThem() throws IOException {
        Path gitDir = folder.resolve("x.git");
        ObjectId commit;
        String path = Inbox.path("a@example.org");
        try (Inbox inbox = new Inbox(gitDir)) {
            inbox.put(path, mail("a"));
            commit = inbox.put(path, mail("b"));
        }
        Collected read = Collected.of(open(gitDir));
        assertThat(read.mails).singleElement().satisfies(mail -> {
            assertThat(mail.origin().source()).isEqualTo(gitDir.toString());
            assertThat(mail.origin().position()).isEqualTo(commit.name() + ':' + path);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"git/N.git", "N.git", "N", "git/N/.git"})
    void recognisesAnInboxByItsEpochs(String form) throws IOException {
        // In the order of their numbers, not of their names.
        for (int i = 0; i < 11; i++) {
            inbox("list/" + form.replace("N", Integer.toString(i)), "mail " + i);
        }
        GitSource source = open(folder.resolve("list"));
        assertThat(source.description()).isEqualTo("public-inbox v2 (git, epochs: 11)");
        assertThat(subjects(Collected.of(source)))
                .hasSize(11)
                .startsWith("mail 0", "mail 1", "mail 2")
                .endsWith("mail 10");
    }

    @Test
    void readsTheInboxThatAllGitStandsFor() throws IOException {
        inbox("git/0.git", "a");
        inbox("git/1.git", "b");
        Path all = inbox("all.git");
        GitSource source = open(all);
        assertThat(source.name()).isEqualTo(folder.toString());
        assertThat(subjects(Collected.of(source))).containsExactly("a", "b");
    }

    @Test
    void skipsAnEpochWithoutCommits() throws IOException {
        inbox("git/0.git", "a");
        inbox("git/1.git");
        Collected read = Collected.of(open(folder));
        assertThat(subjects(read)).containsExactly("a");
        assertThat(read.rejected).isEmpty();
    }

    @Test
    void rejectsAnEpochThatCannotBeReadAndReadsTheOthers() throws IOException {
        inbox("git/0.git", "a");
        Path damaged = inbox("git/1.git", "b");
        Files.writeString(damaged.resolve(Inbox.BRANCH), "1234567890123456789012345678901234567890\n");
        Collected read = Collected.of(open(folder));
        assertThat(subjects(read)).containsExactly("a");
        assertThat(read.rejected).singleElement().satisfies(entry -> {
            assertThat(entry.origin().source()).isEqualTo(damaged.toString());
            assertThat(entry.reason()).contains("1234567890123456789012345678901234567890");
        });
    }

    @Test
    void followsAFileThatLinksToTheRepository() throws IOException {
        inbox("elsewhere", "a");
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve(".git"), "gitdir: ../elsewhere\n");
        GitSource source = open(tree);
        assertThat(source.name()).isEqualTo(tree.toString());
        assertThat(subjects(Collected.of(source))).containsExactly("a");
    }

    @Test
    void readsTheOnlyBranchWhenHeadNamesNone() throws IOException {
        Path gitDir = inbox("x.git", "a");
        Files.writeString(gitDir.resolve("HEAD"), "ref: refs/heads/main\n");
        assertThat(subjects(Collected.of(open(gitDir)))).containsExactly("a");
        Files.copy(gitDir.resolve(Inbox.BRANCH), gitDir.resolve("refs/heads/other"));
        assertThatThrownBy(() -> recognise(gitDir))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("several branches (master, other)");
    }

    /** A clone that was fetched but not merged has what it fetched; one with commits of its own keeps them. */
    @Test
    void readsWhatWasFetchedWhereItIsAhead() throws IOException {
        Path tree = folder.resolve("tree");
        Path gitDir = inbox("tree/.git", "a", "b", "c");
        Path branch = gitDir.resolve(Inbox.BRANCH);
        Path fetched = gitDir.resolve("refs/remotes/origin/master");
        Files.createDirectories(fetched.getParent());
        Files.copy(branch, fetched);
        List<String> positions = Collected.of(open(tree)).positions();
        String first = positions.getFirst().substring(0, 40);
        Files.writeString(branch, first + '\n');
        assertThat(subjects(Collected.of(open(tree)))).containsExactly("a", "b", "c");
        Files.writeString(branch, positions.getLast().substring(0, 40) + '\n');
        Files.writeString(fetched, first + '\n');
        assertThat(subjects(Collected.of(open(tree)))).containsExactly("a", "b", "c");
    }

    @Test
    void stripsTheFromLineThatOldArchivesHave() throws IOException {
        Path gitDir = folder.resolve("x.git");
        String mail = new String(mail("a"), StandardCharsets.UTF_8);
        try (Inbox inbox = new Inbox(gitDir)) {
            inbox.add(("From a@example.org Fri Jul  8 12:08:34 2011\n" + mail).getBytes(StandardCharsets.UTF_8));
            inbox.add(("From the start\n" + mail).getBytes(StandardCharsets.UTF_8));
        }
        Collected read = Collected.of(open(gitDir));
        assertThat(read.texts()).containsExactly(mail, "From the start\n" + mail);
        assertThat(read.mails.getFirst().size()).isEqualTo(mail.length());
    }

    @Test
    void leavesAFolderOfOtherFilesToOthers() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        try (Inbox inbox = new Inbox(tree.resolve(".git"))) {
            inbox.put("src/main.c", mail("a"));
        }
        assertThat(recognise(tree)).isNull();
        Files.write(tree.resolve("mail.eml"), mail("b"));
        MailSource source = Archives.open(tree.toString(), SourceOptions.DEFAULT);
        assertThat(subjects(Collected.of(source))).containsExactly("b");
        assertThat(recognise(folder.resolve("nothing"))).isNull();
        assertThat(recognise(tree.resolve("mail.eml"))).isNull();
    }

    /** Files that happen to be kept in git are read as files, even if their history cannot be. */
    @Test
    void leavesFilesToOthersThoughTheirHistoryIsDamaged() throws IOException {
        Path gitDir = inbox("tree/.git", "a");
        Files.write(folder.resolve("tree/mail.eml"), mail("b"));
        Files.writeString(gitDir.resolve(Inbox.BRANCH), "1234567890123456789012345678901234567890\n");
        assertThat(recognise(folder.resolve("tree"))).isNull();
        Files.write(folder.resolve("tree/m"), mail("a"));
        assertThatThrownBy(() -> recognise(folder.resolve("tree")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void refusesARepositoryWithoutMails() throws IOException {
        Path source = folder.resolve("source.git");
        try (Inbox inbox = new Inbox(source)) {
            inbox.put("m/x", mail("a"));
            inbox.put("ab/cdef", mail("a"));
        }
        assertThatThrownBy(() -> recognise(source))
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll("There is no mail in the git repository " + source, "name a clone");
        Path empty = inbox("empty.git");
        assertThatThrownBy(() -> recognise(empty))
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll(empty.toString(), "it has no commits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"extensions..objectformat=sha256", "remote.origin.partialclonefilter=blob:none"})
    void refusesWhatItCannotRead(String setting) throws IOException {
        Path gitDir = inbox("x.git", "a");
        String[] parts = setting.split("[.=]", -1);
        try (Repository repository = Jgit.open(gitDir)) {
            StoredConfig config = repository.getConfig();
            config.setString(parts[0], parts[1].isEmpty() ? null : parts[1], parts[2], parts[3]);
            config.save();
        }
        assertThatThrownBy(() -> recognise(gitDir))
                .isInstanceOf(SourceException.class)
                .hasMessageContainingAll(gitDir.toString(), parts[3], "clone it");
    }

    @Test
    void rejectsAMailWhoseOctetsAreMissingOrDamagedAndReadsTheOthers() throws IOException {
        Path gitDir = inbox("x.git", "a", "b", "c", "d");
        try (Inbox inbox = new Inbox(folder.resolve("ids.git"))) {
            Files.delete(object(gitDir, inbox.blob(mail("b"))));
            Path damaged = object(gitDir, inbox.blob(mail("c")));
            Files.delete(damaged);
            Files.write(damaged, new byte[] {1, 2, 3});
        }
        Collected read = Collected.of(open(gitDir));
        assertThat(subjects(read)).containsExactly("a", "d");
        assertThat(read.rejected).hasSize(2);
        assertThat(read.rejected.get(0).reason()).contains("is missing");
        assertThat(read.rejected.get(1).reason()).contains("is damaged");
        assertThat(read.rejected)
                .allSatisfy(entry -> assertThat(entry.origin().position()).endsWith(":m"));
    }

    /** What lies before a commit that is missing cannot be found; when it is back, all is read. */
    @Test
    void readsAllAgainWhenAHistoryThatBrokeOffIsRepaired() throws IOException {
        Path gitDir = inbox("x.git", "a", "b", "c");
        ObjectId second = ObjectId.fromString(
                Collected.of(open(gitDir)).positions().get(1).substring(0, 40));
        Path object = object(gitDir, second);
        Path aside = folder.resolve("aside");
        Files.move(object, aside);
        Collected read = Collected.of(open(gitDir));
        assertThat(subjects(read)).containsExactly("c");
        assertThat(read.rejected).singleElement().satisfies(entry -> {
            assertThat(entry.origin().position()).isEqualTo(second.name());
            assertThat(entry.reason()).contains("breaks off");
        });
        assertThat(read.reached).isEmpty();
        Files.move(aside, object);
        assertThat(subjects(Collected.of(open(gitDir)))).containsExactly("a", "b", "c");
    }

    @Test
    void rejectsACommitWhoseFilesAreMissing() throws IOException {
        Path gitDir = folder.resolve("x.git");
        try (Inbox inbox = new Inbox(gitDir)) {
            inbox.add(mail("a"));
            inbox.commitTree(ObjectId.fromString("1234567890123456789012345678901234567890"));
            inbox.add(mail("c"));
        }
        Collected read = Collected.of(open(gitDir));
        assertThat(subjects(read)).containsExactly("a", "c");
        assertThat(read.rejected)
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("list of the commit's files"));
    }

    /** A shallow clone says where it ends; what is fetched later is read, although it lies before the position. */
    @Test
    void readsWhatAShallowCloneGetsLater() throws IOException {
        Path gitDir = inbox("x.git", "a", "b", "c");
        String second = Collected.of(open(gitDir)).positions().get(1).substring(0, 40);
        Path shallow = gitDir.resolve("shallow");
        Files.writeString(shallow, second + '\n');
        Collected read = Collected.of(open(gitDir));
        assertThat(subjects(read)).containsExactly("b", "c");
        assertThat(read.rejected).singleElement().satisfies(entry -> {
            assertThat(entry.origin().position()).isEqualTo(second);
            assertThat(entry.reason()).contains("shallow");
        });
        Positions known = read.known(Positions.NONE);
        Collected again = new Collected();
        open(gitDir).read(known, again);
        assertThat(again.mails).isEmpty();
        assertThat(again.rejected).isEmpty();
        Files.delete(shallow);
        Collected whole = new Collected();
        open(gitDir).read(known, whole);
        assertThat(subjects(whole)).containsExactly("a", "b", "c");
        assertThat(whole.shrunk).isFalse();
    }

    @Test
    void tellsPositionsNowAndThen() throws IOException {
        Path gitDir = folder.resolve("x.git");
        try (Inbox inbox = new Inbox(gitDir)) {
            for (int i = 0; i < 1_001; i++) {
                inbox.add(mail("mail " + i));
            }
        }
        Collected read = Collected.of(open(gitDir));
        assertThat(read.mails).hasSize(1_001);
        assertThat(read.reached).extracting(position -> position.mails()).containsExactly(500L, 1_000L, 1_001L);
        Collected rest = new Collected();
        open(gitDir).read(new Positions(read.reached.subList(0, 1)), rest);
        assertThat(subjects(rest)).hasSize(501).startsWith("mail 500").endsWith("mail 1000");
    }

    /** What a run left out that was then killed is not lost to the one that goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnBehindAKilledRunWithoutALoss(boolean version1) throws IOException {
        Path gitDir = folder.resolve("x.git");
        try (Inbox inbox = new Inbox(gitDir)) {
            for (int i = 0; i <= 600; i++) {
                if (version1) {
                    inbox.put(Inbox.path("mail " + i), mail("mail " + i));
                } else {
                    inbox.add(mail("mail " + i));
                }
            }
            if (version1) {
                inbox.remove(Inbox.path("mail 0"));
            } else {
                inbox.delete(mail("mail 0"));
            }
            Collected killed = Collected.of(open(gitDir));
            Positions known = new Positions(killed.reached.subList(0, 1));
            Collected rest = new Collected();
            open(gitDir).read(known, rest);
            assertThat(subjects(rest)).hasSize(100).startsWith("mail 501");
            assertThat(rest.shrunk).isFalse();
            // Another deletion is news.
            if (version1) {
                inbox.remove(Inbox.path("mail 1"));
            } else {
                inbox.delete(mail("mail 1"));
            }
            Collected later = new Collected();
            open(gitDir).read(known, later);
            assertThat(later.shrunk).isTrue();
        }
    }

    @Test
    void goesOnInALaterEpochWithoutALoss() throws IOException {
        inbox("git/0.git", "a", "b");
        try (Inbox next = new Inbox(folder.resolve("git/1.git"))) {
            next.delete(mail("a"));
            next.add(mail("c"));
        }
        Collected whole = Collected.of(open(folder));
        assertThat(subjects(whole)).containsExactly("b", "c");
        // The first epoch is done, the second was only looked at.
        Positions known = new Positions(whole.reached.subList(0, whole.reached.size() - 1));
        Collected rest = new Collected();
        open(folder).read(known, rest);
        assertThat(subjects(rest)).containsExactly("c");
        assertThat(rest.shrunk).isFalse();
    }

    /** Neither probes of the file system nor locks, and no object is unpacked. */
    @Test
    void writesNothingIntoTheRepository() throws IOException {
        Path gitDir = inbox("x.git", "a", "b");
        Map<String, String> before = files(gitDir);
        Collected read = Collected.of(open(gitDir));
        assertThat(read.mails).hasSize(2);
        assertThat(files(gitDir)).isEqualTo(before);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                files.put(path.toString(), Files.getLastModifiedTime(path).toString());
            }
        }
        return files;
    }

    private static Path object(Path gitDir, ObjectId id) {
        String name = id.name();
        return gitDir.resolve("objects").resolve(name.substring(0, 2)).resolve(name.substring(2));
    }
}
