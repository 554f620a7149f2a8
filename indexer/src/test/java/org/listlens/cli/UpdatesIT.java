package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.listlens.archives.Archives;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.IndexLayout;
import org.listlens.engine.RetryPolicy;
import org.listlens.index.IndexRun;
import org.listlens.index.Updates;
import org.listlens.mail.Limits;
import org.listlens.sink.BulkSettings;
import org.listlens.source.DelegatingSource;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Positions;
import org.listlens.source.SourceOptions;

/**
 * What more than one mail decides on, when several processes write to one index at once, and when mails are taken away:
 * all documents are those of one run over what is there.
 */
class UpdatesIT extends OnEmbeddedEngine {
    private static final RetryPolicy RETRY = RetryPolicy.lasting(Duration.ofMinutes(2));
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: *<([^>\\n]+)>");

    private List<Path> archives = List.of();
    private Map<String, JsonNode> expected = Map.of();

    @BeforeAll
    void prepare() throws Exception {
        Path archive = temporary().resolve("archive");
        assertThat(CommandLineRun.of(Map.of(), "generate", "--messages", "500", "--seed", "9", archive.toString())
                        .exitCode())
                .isZero();
        try (Stream<Path> files = Files.list(archive)) {
            archives = files.filter(path -> path.toString().endsWith(".mbox"))
                    .sorted()
                    .toList();
        }
        index(archives);
        expected = documents();
    }

    @BeforeEach
    void clear() throws Exception {
        engine().clear();
    }

    /** One process's run over archives. */
    private Void index(List<Path> files) throws Exception {
        List<MailSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(Archives.open(file.toString(), SourceOptions.DEFAULT));
        }
        return read(sources);
    }

    private Void read(List<MailSource> sources) throws Exception {
        try (EngineClient client = new EngineClient(EngineSettings.of(engine().url()))) {
            BulkSettings bulk = new BulkSettings(200_000, 200, 2, RETRY);
            new Indexing(client, Home.mappings(), IndexLayout.ANY, bulk, sources, null, "")
                    .run(new IndexRun(sources, Limits.DEFAULT, 1), true, true, null);
        }
        return null;
    }

    /** All documents but the ledger's, by index and id, without where a mail lies. */
    private Map<String, JsonNode> documents() throws Exception {
        Map<String, JsonNode> documents = new TreeMap<>();
        for (String alias : List.of(
                "mail-hosts",
                "mail-hops",
                "mail-deliveries",
                "mail-messages",
                "mail-people",
                "mail-series",
                "mail-threads",
                "mail-quotes")) {
            engine().post("/" + alias + "/_refresh", "");
            engine().all(alias).forEach((id, source) -> {
                ((ObjectNode) source).remove("archive");
                documents.put(alias + '/' + id, source);
            });
        }
        return documents;
    }

    private static void assertSame(Map<String, JsonNode> actual, Map<String, JsonNode> expected) {
        List<String> differences = new ArrayList<>();
        Map<String, JsonNode> rest = new TreeMap<>(actual);
        expected.forEach((id, document) -> {
            JsonNode other = rest.remove(id);
            if (!document.equals(other)) {
                differences.add(id + ": " + other + "\n  instead of " + document);
            }
        });
        rest.forEach((id, document) -> differences.add(id + ": " + document + "\n  instead of nothing"));
        assertThat(differences).isEmpty();
    }

    /** The first run reads all messages in one go; a later one, where some documents are missing, as it needs them. */
    @Test
    void documentsThatGotLostAreMadeAsTheFirstRunMadeThem() throws Exception {
        long readInOrder = readInOrder();
        index(archives);
        assertThat(readInOrder())
                .as("times that an index was read in its order")
                .isGreaterThan(readInOrder);
        for (String alias : List.of("mail-threads", "mail-series")) {
            engine().post("/" + alias + "/_refresh", "");
            List<String> ids = new ArrayList<>(engine().all(alias).keySet());
            assertThat(ids).hasSizeGreaterThan(3);
            ObjectNode some = JsonNodeFactory.instance.objectNode();
            ArrayNode lost = some.putObject("query").putObject("ids").putArray("values");
            ids.subList(0, ids.size() / 4).forEach(lost::add);
            engine().post("/" + alias + "/_delete_by_query?refresh=true", some.toString());
        }
        assertThat(documents()).hasSizeLessThan(expected.size());

        readInOrder = readInOrder();
        index(archives);
        assertThat(readInOrder()).as("a quarter is looked up").isEqualTo(readInOrder);

        assertSame(documents(), expected);
    }

    /** How often an index was read in its own order. */
    private long readInOrder() throws Exception {
        long scrolls = 0;
        for (JsonNode node : engine().get("/_nodes/stats/indices/search").path("nodes")) {
            scrolls += node.at("/indices/search/scroll_total").asLong();
        }
        return scrolls;
    }

    @RepeatedTest(3)
    void twoRunsAtOnceEndAsOne(RepetitionInfo repetition) throws Exception {
        int number = repetition.getCurrentRepetition();
        List<Path> one = archives;
        List<Path> other = archives;
        if (number % 2 == 1) {
            one = archives.subList(0, archives.size() / 2);
            other = archives.subList(archives.size() / 2, archives.size());
        }
        if (number % 3 == 0) {
            index(archives.subList(1, 2));
        }
        List<Path> first = one;
        List<Path> second = other;
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService runs = Executors.newFixedThreadPool(2);
        try {
            Callable<Void> a = () -> {
                start.await();
                return index(first);
            };
            Callable<Void> b = () -> {
                start.await();
                Thread.sleep(150L * number);
                return index(second);
            };
            for (Future<Void> run : runs.invokeAll(List.of(a, b))) {
                run.get();
            }
        } finally {
            runs.shutdownNow();
        }
        assertSame(documents(), expected);
        engine().post("/mail-imports/_refresh", "");
        assertThat(engine().all("mail-imports").keySet()).noneMatch(id -> id.startsWith("lease-"));
    }

    /** An archive that is read twice, between which something else happens. */
    private static final class Interrupted extends DelegatingSource {
        private final AtomicInteger readings;
        private final Callable<Void> event;

        Interrupted(MailSource source, AtomicInteger readings, Callable<Void> event) {
            super(source);
            this.readings = readings;
            this.event = event;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public void read(Positions known, MailReceiver receiver) throws IOException {
            if (readings.incrementAndGet() == 2) {
                try {
                    event.call();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
            super.read(known, receiver);
        }
    }

    @Test
    void aRunThatHasReadAllBeforeHearsOfOneThatKnewLess() throws Exception {
        List<MailSource> sources = new ArrayList<>();
        AtomicInteger readings = new AtomicInteger();
        for (Path file : archives) {
            MailSource source = Archives.open(file.toString(), SourceOptions.DEFAULT);
            sources.add(
                    sources.isEmpty()
                            ? new Interrupted(source, readings, () -> index(archives.subList(0, 2)))
                            : source);
        }
        read(sources);
        assertThat(readings).hasValue(2);
        assertSame(documents(), expected);
    }

    @Test
    void aKilledHolderBlocksNobodyForLong() throws Exception {
        index(archives);
        engine().post("/mail-messages/_update_by_query?refresh=true", """
                {"query": {"term": {"message.id": "%s"}}, "script": "ctx._source.thread.remove('solved')"}""".formatted(
                        engine().all("mail-messages").keySet().iterator().next()));
        engine().post(
                        "/mail-imports/_create/lease-discussion",
                        "{\"@timestamp\": \"2021-01-01T00:00:00Z\", \"import\": {\"kind\": \"lease\", \"run\": \"gone\"}}");
        update();
        assertSame(documents(), expected);
    }

    @Test
    void aRunThatWasKilledWhenItWasTheOnlyOneIsMadeUpFor() throws Exception {
        index(archives);
        // Half of the mails never came; what was written was to be right with them.
        Map<String, String> half = new HashMap<>();
        engine().all("mail-messages").forEach((id, source) -> {
            if (id.charAt(5) < '8') {
                half.put(id, "");
            }
        });
        remove(half.keySet());
        engine().post(
                        "/mail-imports/_create/lease-survey?refresh=true",
                        "{\"@timestamp\": \"1970-01-01T00:00:00Z\", \"import\": {\"kind\": \"lease\", \"run\": \"gone\"}}");
        update();
        Map<String, JsonNode> healed = documents();
        engine().post(
                        "/mail-imports/_create/lease-survey?refresh=true",
                        "{\"@timestamp\": \"1970-01-01T00:00:00Z\", \"import\": {\"kind\": \"lease\", \"run\": \"gone\"}}");
        update();
        assertSame(documents(), healed);
        index(archives);
        assertSame(documents(), expected);
    }

    private void update() throws Exception {
        try (EngineClient client = new EngineClient(EngineSettings.of(engine().url()));
                Updates updates = new Updates(client, RETRY)) {
            client.detect();
            updates.run(0);
        }
    }

    private void remove(Iterable<String> messages) throws Exception {
        String ids = "\"" + String.join("\",\"", messages) + "\"";
        for (String alias : List.of("mail-hops", "mail-deliveries", "mail-messages")) {
            engine().post("/" + alias + "/_refresh", "");
        }
        List<String> copies = new ArrayList<>();
        for (JsonNode hit : engine().post(
                        "/mail-deliveries/_search",
                        "{\"size\": 10000, \"query\": {\"terms\": {\"message.id\": [" + ids + "]}}}")
                .at("/hits/hits")) {
            copies.add(hit.path("_id").asText());
        }
        engine().post(
                        "/mail-hops/_delete_by_query?refresh=true",
                        "{\"query\": {\"terms\": {\"delivery.id\": [\"" + String.join("\",\"", copies) + "\"]}}}");
        for (String alias : List.of("mail-deliveries", "mail-messages")) {
            engine().post(
                            "/" + alias + "/_delete_by_query?refresh=true",
                            "{\"query\": {\"terms\": {\"message.id\": [" + ids + "]}}}");
        }
    }

    @Test
    void whatIsTakenAwayIsForgotten() throws Exception {
        Map<String, List<String>> byId = new TreeMap<>();
        for (Path file : archives) {
            for (String mail :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("(?m)^(?=From )", -1)) {
                Matcher id = MESSAGE_ID.matcher(mail);
                byId.computeIfAbsent(id.find() ? id.group(1) : "", unused -> new ArrayList<>())
                        .add(mail);
            }
        }
        StringBuilder kept = new StringBuilder();
        StringBuilder all = new StringBuilder();
        List<String> gone = new ArrayList<>();
        byId.forEach((id, mails) -> {
            mails.forEach(all::append);
            if (!id.isEmpty() && mails.size() == 1 && id.hashCode() % 5 == 0) {
                gone.add(id);
            } else {
                mails.forEach(kept::append);
            }
        });
        assertThat(gone).hasSizeGreaterThan(30);
        Path keptFile = Files.writeString(temporary().resolve("kept.mbox"), kept, StandardCharsets.ISO_8859_1);
        Path allFile = Files.writeString(temporary().resolve("all.mbox"), all, StandardCharsets.ISO_8859_1);
        index(List.of(keptFile));
        Map<String, JsonNode> without = documents();

        engine().clear();
        index(List.of(allFile));
        List<String> messages = new ArrayList<>();
        engine().all("mail-messages").forEach((id, source) -> {
            if (gone.contains(source.at("/email/message_id").asText())) {
                messages.add(id);
            }
        });
        assertThat(messages).hasSize(gone.size());
        remove(messages);
        engine().post("/mail-deliveries/_update_by_query?refresh=true", """
                {"query": {"exists": {"field": "delivery.days"}}, "script": "ctx._source.clock.solved = false"}""");
        update();
        assertSame(documents(), without);
    }
}
