package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.listlens.mail.RawMail;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** Runs that go on where others ended, were killed, or still follow. */
class GoingOnIT extends OnEmbeddedEngine {
    private static final List<String> KINDS = List.of(
            "mail-hosts",
            "mail-hops",
            "mail-deliveries",
            "mail-messages",
            "mail-people",
            "mail-series",
            "mail-threads",
            "mail-quotes");

    private final List<String> mails = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    void prepare() throws Exception {
        Path archive = temporary().resolve("archive");
        assertThat(CommandLineRun.of(Map.of(), "generate", "--messages", "400", "--seed", "8", archive.toString())
                        .exitCode())
                .isZero();
        Sources.open(archive.toString(), SourceOptions.DEFAULT).read(new MailReceiver() {
            @Override
            public void mail(RawMail mail) {
                mails.add(new String(mail.bytes(), StandardCharsets.ISO_8859_1));
            }

            @Override
            public void rejected(RejectedEntry entry) {}

            @Override
            public void progress(long octets) {}
        });
        assertThat(mails).hasSizeGreaterThan(350);
    }

    @BeforeEach
    void clear() throws Exception {
        engine().clear();
    }

    @AfterEach
    void leaveNoProcess() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private CommandLineRun index(String... arguments) {
        List<String> args = new ArrayList<>(List.of("index", "--url", engine().url()));
        args.addAll(List.of(arguments));
        return CommandLineRun.of(Map.of(), args.toArray(String[]::new));
    }

    private static void append(Path mbox, List<String> mails) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String mail : mails) {
            text.append("From jane@example.org Fri Jul  8 12:08:34 2011\n")
                    .append(mail.replaceAll("(?m)^(>*From )", ">$1"))
                    .append(mail.endsWith("\n") ? "\n" : "\n\n");
        }
        Files.write(
                mbox,
                text.toString().getBytes(StandardCharsets.ISO_8859_1),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void deliver(Path maildir, int from, List<String> mails) throws IOException {
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
        for (int i = 0; i < mails.size(); i++) {
            String name = (1_700_000_000L + from + i) + ".M1P1.mx.example.org";
            Path written = Files.write(
                    maildir.resolve("tmp").resolve(name), mails.get(i).getBytes(StandardCharsets.ISO_8859_1));
            Files.move(written, maildir.resolve("new").resolve(name));
        }
    }

    /** All documents but the ledger's, by index and id, without where a mail lies. */
    private Map<String, JsonNode> documents() throws Exception {
        Map<String, JsonNode> documents = new TreeMap<>();
        for (String alias : KINDS) {
            engine().post("/" + alias + "/_refresh", "");
            engine().all(alias).forEach((id, source) -> {
                ((ObjectNode) source).remove("archive");
                documents.put(alias + '/' + id, source);
            });
        }
        return documents;
    }

    private void assertDocuments(Map<String, JsonNode> expected) throws Exception {
        Map<String, JsonNode> documents = documents();
        assertThat(documents.keySet()).isEqualTo(expected.keySet());
        List<String> differences = new ArrayList<>();
        expected.forEach((id, document) -> {
            if (!document.equals(documents.get(id))) {
                differences.add(id + ": expected " + document + " and not " + documents.get(id));
            }
        });
        assertThat(differences).isEmpty();
    }

    /** What an undisturbed run over the mails makes of them. */
    private Map<String, JsonNode> undisturbed(Path mbox) throws Exception {
        CommandLineRun run = index(mbox.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, JsonNode> documents = documents();
        engine().clear();
        return documents;
    }

    @Test
    void readsNothingTwiceAndWhatCameSince() throws Exception {
        Path mbox = temporary().resolve("grows.mbox");
        Path maildir = temporary().resolve("Grows");
        append(mbox, mails);
        Map<String, JsonNode> expected = undisturbed(mbox);
        Files.delete(mbox);
        int half = mails.size() / 2;
        append(mbox, mails.subList(0, half / 2));
        deliver(maildir, 0, mails.subList(half, half + 50));
        assertThat(index(mbox.toString(), maildir.toString()).out()).contains("= " + (half / 2 + 50) + " of ");

        CommandLineRun again = index(mbox.toString(), maildir.toString());
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("Nothing new");

        append(mbox, mails.subList(half / 2, half));
        deliver(maildir, 50, mails.subList(half + 50, mails.size()));
        CommandLineRun later = index(mbox.toString(), maildir.toString());
        int added = mails.size() - half / 2 - 50;
        assertThat(later.out()).contains("= " + added + " of " + added + " read");
        assertDocuments(expected);

        CommandLineRun restarted = index("--restart", mbox.toString(), maildir.toString());
        assertThat(restarted.out()).contains(" 0 indexed + ").contains("= " + mails.size() + " of ");
        assertDocuments(expected);
    }

    @Test
    void positionsDoNotHoldForAnotherIndexOrOtherSettings() throws Exception {
        Path mbox = temporary().resolve("other.mbox");
        append(mbox, mails.subList(0, 20));
        assertThat(index(mbox.toString()).out()).contains("20 indexed");
        assertThat(index("--max-mail-size", "16", mbox.toString()).out()).contains("20 unchanged");
        for (String alias : KINDS) {
            engine().send("DELETE", "/" + alias + "-v1", null);
        }
        assertThat(index(mbox.toString()).out()).contains("20 indexed");
    }

    /** The program in a process of its own, which can be killed. */
    private Process process(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dlistlens.home=" + System.getProperty("listlens.root"),
                "-cp",
                System.getProperty("java.class.path"),
                "org.listlens.cli.Main",
                "index",
                "--url",
                engine().url()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temporary().resolve("output").toFile())
                .start();
        processes.add(process);
        return process;
    }

    @Test
    void killedAnywhereItEndsInTheSameDocuments() throws Exception {
        Path mbox = temporary().resolve("killed.mbox");
        append(mbox, mails);
        Map<String, JsonNode> expected = undisturbed(mbox);
        Random random = new Random(3);
        for (int kill = 0; kill < 5; kill++) {
            Process process = process(mbox.toString());
            process.waitFor(1_000 + random.nextInt(4_000), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        CommandLineRun last = index(mbox.toString());
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertDocuments(expected);
    }

    @Test
    void followsWhatGrowsUntilItIsTold() throws Exception {
        Path mbox = temporary().resolve("followed.mbox");
        Path maildir = temporary().resolve("Followed");
        append(mbox, mails);
        Map<String, JsonNode> expected = undisturbed(mbox);
        Files.delete(mbox);
        append(mbox, mails.subList(0, 100));
        deliver(maildir, 0, List.of());
        Process process = process("--follow", mbox.toString(), maildir.toString());
        awaitDeliveries(copies(100));
        append(mbox, mails.subList(100, 101));
        awaitDeliveries(copies(101));
        deliver(maildir, 101, mails.subList(101, 102));
        awaitDeliveries(copies(102));
        // Killed, and begun anew, while mail comes.
        process.destroyForcibly().waitFor();
        append(mbox, mails.subList(102, 200));
        process = process("--follow", mbox.toString(), maildir.toString());
        deliver(maildir, 200, mails.subList(200, 300));
        awaitDeliveries(copies(200) + 50);
        append(mbox, mails.subList(300, mails.size()));
        awaitDeliveries(expected.keySet().stream()
                .filter(id -> id.startsWith("mail-deliveries/"))
                .count());
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertDocuments(expected);
        engine().post("/mail-imports/_refresh", "");
        JsonNode notes = engine().get("/mail-imports/_search?q=import.kind:source&size=100")
                .at("/hits/hits");
        assertThat(Stream.of(mbox, maildir).map(Path::toString))
                .allSatisfy(name -> assertThat(notes.findValuesAsText("source")).contains(name));
        assertThat(notes.findValues("followed")).allMatch(followed -> !followed.asBoolean());
    }

    @Test
    void followingRemovesWhatIsDeletedWhenAskedTo() throws Exception {
        Path mbox = temporary().resolve("pruned.mbox");
        append(mbox, mails.subList(0, 60));
        Map<String, JsonNode> expected = undisturbed(mbox);
        Path maildir = temporary().resolve("Pruned");
        deliver(maildir, 0, mails.subList(0, 80));
        Process process = process("--follow", "--prune", maildir.toString());
        awaitDeliveries(copies(80));
        for (int i = 60; i < 80; i++) {
            Files.delete(maildir.resolve("new").resolve((1_700_000_000L + i) + ".M1P1.mx.example.org"));
        }
        awaitDeliveries(count -> count >= 0 && count <= copies(60));
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertDocuments(expected);
    }

    /** How many different mails are among the first ones. */
    private long copies(int count) {
        return new HashSet<>(mails.subList(0, count)).size();
    }

    private void awaitDeliveries(long count) throws Exception {
        awaitDeliveries(found -> found >= count);
    }

    private void awaitDeliveries(LongPredicate enough) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        long found = -1;
        while (!enough.test(found) && System.nanoTime() < end) {
            Thread.sleep(100);
            found = engine().countIfAny("mail-deliveries");
        }
        assertThat(enough.test(found))
                .as(found + " deliveries, " + Files.readString(temporary().resolve("output")))
                .isTrue();
    }
}
