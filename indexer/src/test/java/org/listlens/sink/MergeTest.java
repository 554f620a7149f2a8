package org.listlens.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedMail;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.FakeEngine;
import org.listlens.engine.FakeEngine.Fault;
import org.listlens.engine.FakeEngine.ItemError;
import org.listlens.engine.RetryPolicy;

/** What becomes of documents that exist already. */
@Timeout(60)
class MergeTest {
    private FakeEngine engine;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new FakeEngine();
        for (DocumentKind kind : DocumentKind.values()) {
            engine.withAlias(kind.alias());
        }
        client = new EngineClient(EngineSettings.of(engine.url()));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        engine.close();
    }

    private static RetryPolicy quick() {
        return new RetryPolicy(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofSeconds(30),
                System::nanoTime,
                Thread::sleep,
                new Random(7));
    }

    private Outcomes write(int octets, List<EncodedMail> mails) throws Exception {
        Outcomes outcomes = new Outcomes();
        try (BulkSink sink = new BulkSink(client, new BulkSettings(octets, 1_000, 2, quick()), outcomes)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
        return outcomes;
    }

    private String outcome(EncodedMail mail) throws Exception {
        return write(10_000, List.of(mail)).all().values().iterator().next().getFirst();
    }

    private JsonNode message(String id) {
        return engine.document("mail-messages", id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // stored: copy, lists, hash | ours: copy, lists, hash | action, lists after
                "c1 | a   | h | c1 | a   | h | KEEP      | a",
                "c1 | a b | h | c1 | a   | h | KEEP      | a b",
                "c1 | a   | h | c1 | b   | h | ADD_LISTS | a b",
                "c1 | a   | h | c1 | a   | i | REPLACE   | a",
                "c1 | a   | h | c1 | b   | i | REPLACE   | a b",
                "c1 | a   | - | c1 | a   | h | REPLACE   | a",
                "c1 | a   | h | c2 | a   | i | KEEP      | a",
                "c1 | a b | h | c2 | b   | i | KEEP      | a b",
                "c1 | b   | h | c2 | a   | i | ADD_LISTS | a b",
                "c1 | -   | h | c2 | a   | h | ADD_LISTS | a",
                "c2 | a   | h | c1 | a   | h | REPLACE   | a",
                "c2 | a b | h | c1 | a   | h | REPLACE   | a b",
                "c2 | a   | h | c1 | -   | h | REPLACE   | a",
                "-  | a   | h | c1 | b   | h | REPLACE   | a b",
            })
    void decides(
            String storedCopy,
            String storedLists,
            String storedHash,
            String ourCopy,
            String ourLists,
            String ourHash,
            MessageMerge.Action action,
            String listsAfter) {
        StoredDocument stored =
                new StoredDocument(1, 1, storedHash, storedCopy, 0, words(storedLists), List.of(), null);
        EncodedMail ours = Mails.mail("m", ourCopy, words(ourLists), "x", 0);
        assertThat(MessageMerge.of(stored, ours, ourHash)).isEqualTo(new MessageMerge(action, words(listsAfter)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // stored: copy, alterations | ours: copy, alterations | action
                "c2, 0, c1, 0, REPLACE",
                "c2, 0, c1, 2, KEEP",
                "c1, 2, c2, 0, REPLACE",
                "c1, 16, c2, 3, REPLACE",
                "c1, 0, c2, 0, KEEP",
                "c1, 7, c1, 7, KEEP",
                "c1, -, c2, 63, REPLACE",
                "c2, -, c1, 63, REPLACE",
            })
    void theLeastAlteredCopySpeaks(
            String storedCopy, Integer storedAlterations, String ourCopy, int ours, MessageMerge.Action action) {
        StoredDocument stored =
                new StoredDocument(1, 1, "h", storedCopy, storedAlterations, List.of("a"), List.of(), null);
        EncodedMail mail = Mails.mail("m", ourCopy, ours, List.of("a"), "x", 0);
        assertThat(MessageMerge.of(stored, mail, "h").action()).isEqualTo(action);
    }

    /** All orders of four copies, of which the third is the least altered, and the last as much with a larger id. */
    static Stream<List<Integer>> ordersOfFour() {
        List<List<Integer>> orders = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            List<Integer> order = List.of(code >> 6, code >> 4 & 3, code >> 2 & 3, code & 3);
            if (order.stream().distinct().count() == 4) {
                orders.add(order);
            }
        }
        return orders.stream();
    }

    @ParameterizedTest
    @MethodSource("ordersOfFour")
    void theLeastAlteredCopySpeaksInAnyOrder(List<Integer> order) throws Exception {
        List<EncodedMail> copies = List.of(
                Mails.mail("m", "c1", 16, List.of("a.example.org"), "v1", 1),
                Mails.mail("m", "c2", 2, List.of("b.example.org"), "v1", 1),
                Mails.mail("m", "c3", 1, List.of("c.example.org"), "v1", 1),
                Mails.mail("m", "c4", 1, List.of("a.example.org", "d.example.org"), "v1", 1));
        for (int i : order) {
            write(10_000, List.of(copies.get(i)));
            if (i % 2 == 0) {
                engine.refresh();
            }
        }
        JsonNode stored = message("m");
        assertThat(stored.at("/delivery/id").asText()).isEqualTo("c3");
        assertThat(stored.at("/message/alterations").asInt()).isEqualTo(1);
        assertThat(stored.at("/list/id")).hasSize(4);
        assertThat(engine.documents("mail-deliveries")).hasSize(4);
    }

    @Test
    void aMessageThatGoesToMoreListsHasItsThreadWrittenAnew() throws Exception {
        write(10_000, List.of(Mails.mail("m", "c1", List.of("a.example.org"), "v1", 0)));
        assertThat(message("m").at("/thread/solved").isMissingNode()).isTrue();
        engine.refresh();
        write(10_000, List.of(Mails.mail("m", "c2", List.of("b.example.org"), "v1", 0)));
        assertThat(message("m").at("/thread/solved").isBoolean()).isTrue();
        assertThat(message("m").at("/thread/solved").asBoolean()).isFalse();
    }

    private List<String> sources(String copy) {
        List<String> sources = new ArrayList<>();
        engine.document("mail-deliveries", copy).at("/archive/sources").forEach(source -> sources.add(source.asText()));
        return sources;
    }

    private static EncodedMail in(String source, String content) {
        return Mails.mail(source, "m", "copy", 0, List.of("a.example.org"), content, 2);
    }

    @Test
    void aDeliveryNamesAllArchivesThatItLiesIn() throws Exception {
        assertThat(outcome(in("/b.mbox", "v1"))).isEqualTo("indexed");
        engine.refresh();
        assertThat(outcome(in("/a.mbox", "v1"))).isEqualTo("unchanged");
        assertThat(sources("copy")).containsExactly("/a.mbox", "/b.mbox");
        assertThat(engine.document("mail-deliveries", "copy")
                        .at("/archive/source")
                        .asText())
                .isEqualTo("/b.mbox");

        // Nothing to note any more: no document is read, and none written.
        engine.refresh();
        int requests = engine.log().size();
        int changes = engine.changes.get();
        assertThat(outcome(in("/a.mbox", "v1"))).isEqualTo("unchanged");
        assertThat(engine.log().subList(requests, engine.log().size())).doesNotContain("POST /_mget");
        assertThat(engine.changes.get()).isEqualTo(changes);

        // Other content takes the place of the old, but not of the archives.
        assertThat(outcome(in("/c.mbox", "v2"))).isEqualTo("indexed");
        assertThat(sources("copy")).containsExactly("/a.mbox", "/b.mbox", "/c.mbox");
        assertThat(engine.document("mail-deliveries", "copy").at("/event/hash").asText())
                .isEqualTo("v2");
        assertThat(engine.document("mail-deliveries", "copy")
                        .at("/archive/source")
                        .asText())
                .isEqualTo("/c.mbox");
        engine.refresh();
        assertThat(outcome(in("/a.mbox", "v1"))).isEqualTo("indexed");
        assertThat(sources("copy")).containsExactly("/a.mbox", "/b.mbox", "/c.mbox");
    }

    @Test
    void aCopyMetAgainInTheSameRunIsNotedAndCountsAsDuplicate() throws Exception {
        Outcomes outcomes = new Outcomes();
        try (BulkSink sink = new BulkSink(client, new BulkSettings(600, 1_000, 2, quick()), outcomes)) {
            sink.accept(in("/a.mbox", "v1"));
            for (String source : List.of("/b.mbox", "/a.mbox", "/d.mbox", "/c.mbox")) {
                sink.acceptAgain(in(source, "v1"));
            }
            sink.finish();
        }
        assertThat(sources("copy")).containsExactly("/a.mbox", "/b.mbox", "/c.mbox", "/d.mbox");
        assertThat(outcomes.all().values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrder("indexed", "duplicate", "duplicate", "duplicate", "duplicate");
        assertThat(engine.documents("mail-hops")).hasSize(2);
        assertThat(engine.documents("mail-messages")).hasSize(1);
    }

    @Test
    void soManyArchivesAreNamedWhateverTheirOrder() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(5));
        for (int number : numbers) {
            write(10_000, List.of(in(String.format(Locale.ROOT, "/%03d.mbox", number), "v1")));
            engine.refresh();
        }
        assertThat(sources("copy")).hasSize(100).startsWith("/000.mbox").endsWith("/099.mbox");
    }

    @Test
    void whatAnOlderVersionWroteOfTheArchiveIsKept() throws Exception {
        write(10_000, List.of(in("/b.mbox", "v1")));
        ((ObjectNode) engine.document("mail-deliveries", "copy").path("archive")).remove("sources");
        engine.refresh();
        assertThat(outcome(in("/a.mbox", "v1"))).isEqualTo("unchanged");
        assertThat(sources("copy")).containsExactly("/a.mbox", "/b.mbox");
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }

    static Stream<List<Integer>> orders() {
        return Stream.of(
                List.of(0, 1, 2),
                List.of(0, 2, 1),
                List.of(1, 0, 2),
                List.of(1, 2, 0),
                List.of(2, 0, 1),
                List.of(2, 1, 0));
    }

    /** Three copies of one message by overlapping lists, and one that came by none. */
    private static List<EncodedMail> crosspost(String message) {
        return List.of(
                Mails.mail(message, message + "-c1", List.of(), "v1", 1),
                Mails.mail(message, message + "-c2", List.of("a.example.org", "b.example.org"), "v1", 2),
                Mails.mail(message, message + "-c3", List.of("b.example.org", "c.example.org"), "v1", 3));
    }

    private void assertMerged(String message) {
        JsonNode stored = message(message);
        assertThat(stored.at("/delivery/id").asText()).isEqualTo(message + "-c1");
        assertThat(stored.at("/event/hash").asText()).isEqualTo("v1-by-" + message + "-c1");
        assertThat(stored.at("/list/id").toString())
                .isEqualTo("[\"a.example.org\",\"b.example.org\",\"c.example.org\"]");
        assertThat(stored.at("/list/x").toString()).isEqualTo("1.5");
        assertThat(stored.at("/text").asText()).isEqualTo("grüße von " + message);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void mergesCopiesInAnyOrder(List<Integer> order) throws Exception {
        // In runs of their own, and all in one batch.
        for (int i : order) {
            write(10_000, List.of(crosspost("m1").get(i)));
            engine.refresh();
        }
        assertMerged("m1");
        List<EncodedMail> batch = new ArrayList<>();
        for (int i : order) {
            batch.add(crosspost("m2").get(i));
        }
        Outcomes outcomes = write(10_000, batch);
        assertMerged("m2");
        assertThat(outcomes.all().values()).hasSize(3).containsOnly(List.of("indexed"));
        assertThat(engine.documents("mail-deliveries")).hasSize(6);
        assertThat(engine.documents("mail-hops")).hasSize(12);

        int changes = engine.changes.get();
        assertThat(write(10_000, batch).all().values()).containsOnly(List.of("unchanged"));
        assertThat(engine.changes.get()).isEqualTo(changes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void severalSinksOnTheSameMailsEndInTheSameDocuments(long seed) throws Exception {
        List<EncodedMail> mails = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            mails.addAll(crosspost("m" + i));
        }
        Random random = new Random(seed);
        List<Fault> faults = List.of(
                FakeEngine.resetAfter(),
                FakeEngine.resetBefore(),
                FakeEngine.truncatedAfter(),
                FakeEngine.status(503, "{}"),
                FakeEngine.garbageAfter("?"),
                (exchange, carryOut) -> {
                    engine.refresh();
                    exchange.close();
                });
        for (int i = 0; i < 10; i++) {
            engine.misbehave(faults.get(random.nextInt(faults.size())));
        }
        int[] left = {200};
        engine.itemFault = (id, source) -> {
            synchronized (random) {
                return random.nextInt(10) == 0 && left[0]-- > 0 ? new ItemError(429, "rejected", "busy") : null;
            }
        };
        try (ExecutorService indexers = Executors.newFixedThreadPool(3)) {
            List<Future<Outcomes>> runs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<EncodedMail> shuffled = new ArrayList<>(mails);
                Collections.shuffle(shuffled, random);
                runs.add(indexers.submit(() -> write(3_000, shuffled)));
            }
            for (Future<Outcomes> run : runs) {
                Map<String, List<String>> outcomes = run.get().all();
                assertThat(outcomes).hasSize(120);
                assertThat(outcomes.values())
                        .allSatisfy(told -> assertThat(told).hasSize(1).containsAnyOf("indexed", "unchanged"));
            }
        }
        for (int i = 0; i < 40; i++) {
            assertMerged("m" + i);
        }
        assertThat(engine.documents("mail-deliveries")).hasSize(120);
        assertThat(engine.documents("mail-hops")).hasSize(240);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16, 17, 40})
    void aShorterTraceLeavesNoHopsOfTheLongerBehind(int before) throws Exception {
        List<String> lists = List.of("a.example.org");
        EncodedMail other = Mails.mail("n", "other", lists, "v1", 50);
        write(10_000, List.of(Mails.mail("m", "copy", lists, "v1", 2 + before), other));
        EncodedMail after = Mails.mail("m", "copy", lists, "v2", 2);
        assertThat(outcome(after)).isEqualTo("indexed");
        assertThat(engine.documents("mail-hops").keySet())
                .filteredOn(id -> id.startsWith("copy"))
                .containsExactly("copy-0001", "copy-0002");
        assertThat(engine.documents("mail-hops")).hasSize(52);
        assertThat(engine.document("mail-hops", "copy-0002").at("/event/hash").asText())
                .isEqualTo("v2");
        assertThat(engine.document("mail-deliveries", "copy").at("/event/hash").asText())
                .isEqualTo("v2");
        assertThat(outcome(after)).isEqualTo("unchanged");
    }

    @Test
    void killedBetweenTheHopsAndTheDeliveryTheNextRunDoesItAgain() throws Exception {
        List<String> lists = List.of("a.example.org");
        write(10_000, List.of(Mails.mail("m", "copy", lists, "v1", 5)));
        EncodedMail after = Mails.mail("m", "copy", lists, "v2", 1);
        // The engine takes the deletions and refuses what follows them.
        engine.itemFault = (id, source) -> source != null
                        && source.at("/event/hash").asText().startsWith("v2")
                        && engine.log().stream().filter("POST /_bulk"::equals).count() > 3
                ? new ItemError(403, "cluster_block_exception", "blocked")
                : null;
        assertThat(catchThrowable(() -> outcome(after))).hasMessageContaining("blocked");
        assertThat(engine.documents("mail-hops")).hasSize(1);
        engine.itemFault = (id, source) -> null;
        assertThat(outcome(after)).isEqualTo("indexed");
        assertThat(engine.document("mail-hops", "copy-0001").at("/event/hash").asText())
                .isEqualTo("v2");
        assertThat(outcome(after)).isEqualTo("unchanged");
    }

    @Test
    void anInterruptedAnswerCountsAsIndexed() throws Exception {
        EncodedMail mail = Mails.numbered(1);
        engine.misbehave(FakeEngine.resetAfter());
        assertThat(outcome(mail)).isEqualTo("indexed");
        assertThat(outcome(mail)).isEqualTo("unchanged");
    }

    @Test
    void aDocumentThatVanishesWhileItIsComparedIsCreatedAgain() throws Exception {
        EncodedMail mail = Mails.numbered(1);
        write(10_000, List.of(mail));
        Fault pass = (exchange, carryOut) -> {
            FakeEngine.Answer answer = carryOut.run();
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        };
        engine.misbehave(pass, pass, pass, pass, (exchange, carryOut) -> {
            engine.withAlias("mail-hops");
            pass.meet(exchange, carryOut);
        });
        assertThat(outcome(mail)).isEqualTo("indexed");
        assertThat(engine.documents("mail-hops")).hasSize(2);
    }
}
