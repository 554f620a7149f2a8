package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.RetryPolicy;
import org.listlens.index.Pruning;
import org.listlens.mail.Limits;
import org.listlens.people.People;
import org.listlens.sink.BulkSettings;
import org.listlens.source.MailSource;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** What archives no longer hold is removed from an engine as if it had never been there, and nothing else is. */
class PruneIT extends OnEmbeddedEngine {
    private static final List<String> ALIASES = List.of(
            "mail-hosts",
            "mail-hops",
            "mail-deliveries",
            "mail-messages",
            "mail-people",
            "mail-series",
            "mail-threads",
            "mail-quotes");

    private int folders;

    @BeforeEach
    void clear() throws Exception {
        engine().clear();
    }

    private void index(Path... sources) throws Exception {
        List<String> args = new ArrayList<>(List.of("index", "--restart", "--url", engine().url()));
        for (Path source : sources) {
            args.add(source.toString());
        }
        CommandLineRun run = CommandLineRun.of(Map.of(), args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
    }

    private Pruning.Pruned prune(boolean force, Path... sources) throws Exception {
        return prune(engine().url(), force, sources);
    }

    private static Pruning.Pruned prune(String url, boolean force, Path... sources) throws Exception {
        List<MailSource> opened = new ArrayList<>();
        for (Path source : sources) {
            opened.add(Sources.open(source.toString(), SourceOptions.DEFAULT));
        }
        try (EngineClient client = new EngineClient(EngineSettings.of(url))) {
            BulkSettings bulk = new BulkSettings(1_000_000, 500, 1, RetryPolicy.lasting(Duration.ZERO));
            return new Pruning(client, bulk, Limits.DEFAULT, People.SHIPPED, null, 2, force).run(opened);
        }
    }

    /** All documents but the ledger's, by index and id, with the archives, but without the places in them. */
    private Map<String, JsonNode> documents() throws Exception {
        Map<String, JsonNode> documents = new TreeMap<>();
        for (String alias : ALIASES) {
            engine().post("/" + alias + "/_refresh", "");
            engine().all(alias).forEach((id, source) -> {
                if (source.path("archive") instanceof ObjectNode archive) {
                    archive.remove("source");
                    archive.remove("position");
                }
                documents.put(alias + '/' + id, source);
            });
        }
        return documents;
    }

    private Path newFolder() throws IOException {
        return Files.createDirectories(temporary().resolve("folder" + folders++))
                .toRealPath();
    }

    private static void assertSame(Map<String, JsonNode> actual, Map<String, JsonNode> expected) {
        List<String> differences = new ArrayList<>();
        expected.forEach((id, document) -> {
            if (!document.equals(actual.get(id))) {
                differences.add(id + ": expected " + document + ", is " + actual.get(id));
            }
        });
        actual.forEach((id, document) -> {
            if (!expected.containsKey(id)) {
                differences.add(id + ": not expected: " + document);
            }
        });
        assertThat(differences).isEmpty();
    }

    /** The mails of an mbox whose mails have no line that begins with From and a blank. */
    private static List<String> mails(Path mbox) throws IOException {
        List<String> mails = new ArrayList<>();
        String text = Files.readString(mbox, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (start < text.length()) {
            int next = text.indexOf("\n\nFrom ", start);
            int end = next < 0 ? text.length() : next + 2;
            mails.add(text.substring(start, end));
            start = end;
        }
        return mails;
    }

    private static void write(Path mbox, List<String> mails) throws IOException {
        Files.writeString(mbox, String.join("", mails), StandardCharsets.ISO_8859_1);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> path.toString().endsWith(".mbox"))
                    .sorted()
                    .toList();
        }
    }

    /** Messages of which several copies are there, and the one that speaks for each. */
    private Map<String, String> crossposts() throws Exception {
        Map<String, Integer> copies = new TreeMap<>();
        engine().all("mail-deliveries")
                .values()
                .forEach(delivery -> copies.merge(delivery.at("/message/id").asText(), 1, Integer::sum));
        Map<String, String> voices = new TreeMap<>();
        engine().all("mail-messages").forEach((id, message) -> {
            if (copies.getOrDefault(id, 0) > 1) {
                voices.put(id, message.at("/delivery/id").asText());
            }
        });
        return voices;
    }

    @Test
    void whatIsGoneIsAsIfItHadNeverBeenThere() throws Exception {
        Path archive = temporary().resolve("archive");
        assertThat(CommandLineRun.of(Map.of(), "generate", "--messages", "900", "--seed", "7", archive.toString())
                        .exitCode())
                .isZero();
        // Every eighth mail by one more list.
        List<String> more = new ArrayList<>();
        for (Path file : files(archive)) {
            List<String> mails = mails(file);
            for (int i = 0; i < mails.size(); i += 8) {
                int header = mails.get(i).indexOf('\n') + 1;
                more.add(mails.get(i).substring(0, header) + "List-Id: <more.example.org>\n"
                        + mails.get(i).substring(header));
            }
        }
        write(archive.resolve("more.mbox"), more);
        index(archive);
        Map<String, String> before = crossposts();
        long messages = engine().count("mail-messages");
        long deliveries = engine().count("mail-deliveries");
        Random random = new Random(11);
        for (Path file : files(archive)) {
            List<String> mails = mails(file);
            // One mail in five here and there, and some days on end.
            int gap = random.nextInt(mails.size());
            List<String> left = new ArrayList<>();
            for (int i = 0; i < mails.size(); i++) {
                if (random.nextInt(5) > 0 && (i < gap || i > gap + mails.size() / 8)) {
                    left.add(mails.get(i));
                }
            }
            write(file, left);
        }

        Pruning.Pruned pruned = prune(false, archive);
        index(archive);

        assertThat(pruned.kept()).isEmpty();
        Map<String, JsonNode> after = documents();
        assertThat(pruned.copies())
                .isEqualTo(deliveries - engine().count("mail-deliveries"))
                .isGreaterThan(200);
        assertThat(pruned.messages())
                .isEqualTo(messages - engine().count("mail-messages"))
                .isGreaterThan(100);
        long lostTheirVoice = before.entrySet().stream()
                .filter(entry -> after.containsKey("mail-messages/" + entry.getKey())
                        && !after.containsKey("mail-deliveries/" + entry.getValue()))
                .count();
        assertThat(lostTheirVoice).as("messages made anew from another copy").isGreaterThan(10);

        clear();
        index(archive);
        assertSame(after, documents());
    }

    /** A mail of a thread by two lists, with a trace. */
    private static String mail(int number, String list, int answered) {
        return "Received: from a.example.com (a.example.com [192.0.2.1]) by " + list + ".example.org with ESMTP id x"
                + number + "; Fri, 0" + (1 + number % 8) + " Jan 2021 00:" + number % 60 + ":09 +0000\n"
                + "Received: from b.example.com (b.example.com [192.0.2.2]) by a.example.com with ESMTP id y" + number
                + "; Fri, 0" + (1 + number % 8) + " Jan 2021 00:" + number % 60 + ":05 +0000\n"
                + "Message-ID: <" + number + "@example.com>\n"
                + (answered < 0 ? "" : "In-Reply-To: <" + answered + "@example.com>\n")
                + "From: Jane Doe <jane" + number % 5 + "@example.com>\n"
                + "Date: Fri, 0" + (1 + number % 8) + " Jan 2021 00:" + number % 60 + ":00 +0000\n"
                + "Subject: " + (number % 3 == 0 ? "[PATCH] a fix of number " + number : "number " + number) + "\n"
                + "List-Id: <" + list + ".example.org>\n\n"
                + "This is the text of the mail with the number " + number + ", and it is long enough.\n"
                + (number % 3 == 0
                        ? "\n---\n a.c | 2 +-\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+"
                                + number + "\n"
                        : "");
    }

    private static String inMbox(int number, String list) {
        return "From MAILER Fri Jan  1 00:00:00 2021\n" + mail(number, list, number % 7 == 0 ? -1 : number - 1) + "\n";
    }

    private static void mbox(Path file, String list, int... numbers) throws IOException {
        List<String> mails = new ArrayList<>();
        for (int number : numbers) {
            mails.add(inMbox(number, list));
        }
        write(file, mails);
    }

    private List<String> sources(int number) throws Exception {
        engine().post("/mail-deliveries/_refresh", "");
        List<String> sources = new ArrayList<>();
        for (JsonNode delivery : engine().all("mail-deliveries").values()) {
            if (delivery.at("/email/message_id").asText().equals(number + "@example.com")) {
                delivery.at("/archive/sources").forEach(source -> sources.add(source.asText()));
            }
        }
        return sources;
    }

    @Test
    void aCopyStaysAsLongAsAnyArchiveHasIt() throws Exception {
        Path folder = newFolder();
        Path one = folder.resolve("one.mbox");
        Path other = folder.resolve("other.mbox");
        mbox(one, "a", 1, 2, 3, 4, 5);
        mbox(other, "a", 4, 5, 6);
        index(one, other);
        assertThat(sources(4)).containsExactly(one.toString(), other.toString());
        assertThat(sources(1)).containsExactly(one.toString());

        mbox(one, "a", 2, 3, 5);
        assertThat(prune(false, one)).isEqualTo(new Pruning.Pruned(1, 1, List.of()));
        assertThat(sources(4)).containsExactly(other.toString());
        assertThat(sources(5)).containsExactly(one.toString(), other.toString());
        assertThat(sources(1)).isEmpty();

        mbox(other, "a", 5, 6);
        assertThat(prune(false, other)).isEqualTo(new Pruning.Pruned(1, 1, List.of()));
        assertThat(sources(4)).isEmpty();
        index(one, other);
        Map<String, JsonNode> after = documents();
        clear();
        index(one, other);
        assertSame(after, documents());
    }

    @Test
    void theCommandLineSaysWhatItRemoves() throws Exception {
        Path folder = newFolder();
        Path one = folder.resolve("one.mbox");
        mbox(one, "a", 1, 2, 3, 4, 5);
        index(one);
        mbox(one, "a", 1, 2, 4, 5, 6);
        CommandLineRun run = CommandLineRun.of(Map.of(), "index", "--prune", "--url", engine().url(), one.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("Pruned     1 copy, 1 message");
        Map<String, JsonNode> after = documents();

        mbox(one, "a", 1);
        CommandLineRun refused =
                CommandLineRun.of(Map.of(), "index", "--prune", "--url", engine().url(), one.toString());
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.REJECTED);
        assertThat(refused.err()).contains("Nothing was pruned of " + one, "--prune-most");
        assertThat(refused.out()).contains("Pruned     0 copies, 0 messages");
        assertSame(documents(), after);

        CommandLineRun most =
                CommandLineRun.of(Map.of(), "index", "--prune-most", "--url", engine().url(), one.toString());
        assertThat(most.exitCode()).as(most.err()).isEqualTo(ExitCode.OK);
        assertThat(most.out()).contains("Pruned     4 copies, 4 messages");

        mbox(one, "a", 1, 2, 4, 5, 6);
        clear();
        index(one);
        assertSame(after, documents());
    }

    @Test
    void aFileThatIsMovedOrFlaggedTakesItsMailsWithIt() throws Exception {
        Path maildir = newFolder();
        for (String name : List.of("cur", "new", "tmp")) {
            Files.createDirectory(maildir.resolve(name));
        }
        for (int i = 0; i < 6; i++) {
            Files.writeString(maildir.resolve("cur/" + i + ".host:2,"), mail(i, "a", -1));
        }
        index(maildir);
        Files.move(maildir.resolve("cur/1.host:2,"), maildir.resolve("cur/1.host:2,S"));
        Files.delete(maildir.resolve("cur/2.host:2,"));
        // Nothing was indexed in between.
        assertThat(prune(false, maildir)).isEqualTo(new Pruning.Pruned(1, 1, List.of()));
        index(maildir);
        Map<String, JsonNode> after = documents();
        clear();
        index(maildir);
        assertSame(after, documents());
    }

    @Test
    void aSourceThatMayNotBeAllThatItWasRemovesNothing() throws Exception {
        Path folder = newFolder();
        Path one = folder.resolve("one.mbox");
        mbox(one, "a", 1, 2, 3, 4, 5, 6);
        Path hidden = Files.createDirectory(folder.resolve(".hidden")).resolve("two.mbox");
        mbox(hidden, "a", 7, 8);
        index(folder, hidden);
        Map<String, JsonNode> before = documents();

        // More than half of it is gone.
        mbox(one, "a", 1);
        assertThat(prune(false, one).kept()).singleElement().asString().contains("5 of the 6 mails", "--prune-most");
        assertSame(documents(), before);

        // Something in it cannot be read.
        mbox(one, "a", 1, 2, 3, 4, 5);
        Path broken = folder.resolve("broken.gz");
        Files.write(broken, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2});
        assertThat(prune(true, folder).kept()).singleElement().asString().contains("broken.gz");
        assertSame(documents(), before);

        // A file that is there and holds nothing, and a folder that is not looked into, are no reason to remove mails.
        Files.delete(broken);
        Path three = folder.resolve("three.mbox");
        mbox(three, "a", 9, 10);
        index(three);
        Files.writeString(three, "");
        assertThat(prune(false, folder)).isEqualTo(new Pruning.Pruned(1, 1, List.of()));
        assertThat(sources(6)).isEmpty();
        assertThat(sources(8)).containsExactly(hidden.toString());
        assertThat(sources(10)).containsExactly(three.toString());

        mbox(one, "a", 1);
        assertThat(prune(true, one)).isEqualTo(new Pruning.Pruned(4, 4, List.of()));
    }

    @Test
    void aMessageWithoutItsCopyTakesTheNextThatIsRead() throws Exception {
        Path folder = newFolder();
        Path one = folder.resolve("one.mbox");
        Path other = folder.resolve("other.mbox");
        mbox(one, "a", 1, 2, 3, 4);
        mbox(other, "b", 1, 2, 5);
        index(one, other);
        Map<String, String> voices = crossposts();
        assertThat(voices).hasSize(2);
        boolean firstSpeaks = sources(engine().get("/mail-deliveries/_doc/"
                        + voices.values().iterator().next()))
                .contains(one.toString());
        Path gone = firstSpeaks ? one : other;
        Path stays = firstSpeaks ? other : one;
        String message = voices.keySet().iterator().next();
        int number = Integer.parseInt(engine().get("/mail-messages/_doc/" + message)
                .at("/_source/email/message_id")
                .asText()
                .replace("@example.com", ""));
        List<String> left = mails(gone);
        left.remove(inMbox(number, firstSpeaks ? "a" : "b"));
        write(gone, left);

        // The other copy is not among what is read: the message keeps what it says, but for the list.
        assertThat(prune(false, gone)).isEqualTo(new Pruning.Pruned(1, 0, List.of()));
        JsonNode voiceless = engine().get("/mail-messages/_doc/" + message).path("_source");
        assertThat(voiceless.at("/email/message_id").asText()).isEqualTo(number + "@example.com");
        assertThat(voiceless.at("/list/id").toString())
                .isEqualTo(firstSpeaks ? "[\"b.example.org\"]" : "[\"a.example.org\"]");

        index(stays);
        Map<String, JsonNode> after = documents();
        clear();
        index(one, other);
        assertSame(after, documents());
    }

    private static List<String> sources(JsonNode delivery) {
        List<String> sources = new ArrayList<>();
        delivery.at("/_source/archive/sources").forEach(source -> sources.add(source.asText()));
        return sources;
    }

    /** Hands requests on to the engine, but for those after so many. */
    private static final class Cut implements AutoCloseable {
        private final HttpServer server;
        private final AtomicInteger left;

        Cut(String engine, int requests) throws IOException {
            left = new AtomicInteger(requests);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            HttpClient http = HttpClient.newHttpClient();
            server.createContext("/", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (left.getAndDecrement() <= 0) {
                    exchange.close();
                    return;
                }
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engine + exchange.getRequestURI()))
                        .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
                String type = exchange.getRequestHeaders().getFirst("Content-Type");
                if (type != null) {
                    request.header("Content-Type", type);
                }
                try {
                    HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(
                            response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
                    exchange.getResponseBody().write(response.body());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    exchange.close();
                }
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        boolean reached() {
            return left.get() < 0;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void cutOffAnywhereAndRunAgainItEndsTheSame() throws Exception {
        Path folder = newFolder();
        Path one = folder.resolve("one.mbox");
        Path other = folder.resolve("other.mbox");
        int[] all = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        int[] some = {1, 3, 4, 6, 8, 9, 11, 12};
        int[] others = {2, 4, 5, 10, 13, 14, 15};
        mbox(one, "a", some);
        mbox(other, "b", others);
        index(one, other);
        Map<String, JsonNode> expected = documents();
        boolean through = false;
        int cuts = 0;
        for (int requests = 0; !through; requests += 6) {
            clear();
            mbox(one, "a", all);
            mbox(other, "b", others);
            index(one, other);
            mbox(one, "a", some);
            try (Cut cut = new Cut(engine().url(), requests)) {
                Throwable thrown = catchThrowable(() -> prune(cut.url(), false, one, other));
                through = !cut.reached();
                cuts += through ? 0 : 1;
                if (!through) {
                    assertThat(thrown).isInstanceOf(EngineException.class);
                }
            }
            assertThat(prune(false, one, other).kept()).isEmpty();
            index(one, other);
            assertSame(documents(), expected);
        }
        assertThat(cuts).isGreaterThan(4);
    }
}
