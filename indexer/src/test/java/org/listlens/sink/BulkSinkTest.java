package org.listlens.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.FakeEngine;
import org.listlens.engine.FakeEngine.Fault;
import org.listlens.engine.FakeEngine.ItemError;
import org.listlens.engine.Partitions;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

@Timeout(60)
class BulkSinkTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FakeEngine engine;
    private EngineClient client;
    private final Outcomes outcomes = new Outcomes();
    /** The clock of the retries: pausing moves it, and takes no time. */
    private final AtomicLong nanos = new AtomicLong();

    private final RetryPolicy retry = new RetryPolicy(
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            nanos::get,
            duration -> nanos.addAndGet(duration.toNanos()),
            new Random(1));

    @BeforeEach
    void start() throws Exception {
        engine = new FakeEngine();
        for (DocumentKind kind : DocumentKind.values()) {
            engine.withAlias(kind.alias());
        }
        client = new EngineClient(EngineSettings.of(engine.url()));
        // As a run knows after it has installed the templates.
        Partitions partitions = new Partitions(new RetryingClient(client, RetryPolicy.lasting(Duration.ZERO)));
        assertThat(partitions.areIn(DocumentKind.DELIVERY.alias())).isFalse();
        assertThat(partitions.areIn(DocumentKind.HOP.alias())).isFalse();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        engine.close();
    }

    private BulkSink sink(int octets, SinkListener listener) {
        return new BulkSink(client, new BulkSettings(octets, 1_000, 2, retry), listener);
    }

    private void write(int octets, Collection<EncodedMail> mails) throws Exception {
        try (BulkSink sink = sink(octets, outcomes)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
    }

    /** What the engine must have when mails do not share documents. */
    private void assertStored(Collection<EncodedMail> mails) throws IOException {
        Map<String, JsonNode> expected = new TreeMap<>();
        for (EncodedMail mail : mails) {
            for (EncodedDocument document : mail.documents()) {
                expected.put(
                        document.kind().alias() + '/' + document.id(),
                        JSON.readTree(mail.body(), document.sourceStart(), document.end() - document.sourceStart()));
            }
        }
        assertThat(stored()).isEqualTo(expected);
    }

    private Map<String, JsonNode> stored() {
        Map<String, JsonNode> stored = new TreeMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            engine.documents(kind.alias()).forEach((id, source) -> stored.put(kind.alias() + '/' + id, source));
        }
        return stored;
    }

    private void assertOutcomes(Collection<EncodedMail> mails, String outcome) {
        Map<String, List<String>> expected = new TreeMap<>();
        for (EncodedMail mail : mails) {
            expected.put(mail.origin().toString(), List.of(outcome));
        }
        assertThat(outcomes.all()).isEqualTo(expected);
    }

    @Test
    void createsEveryDocument() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 100);
        write(3_000, mails);
        assertStored(mails);
        assertOutcomes(mails, "indexed");
        assertThat(engine.bulkRequests.get()).isGreaterThan(10);
    }

    @Test
    void keepsWithinTheOctetsOfARequest() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 20);
        engine.largestBody = 2 * mails.getLast().length();
        write(2 * mails.getLast().length(), mails);
        assertStored(mails);
        // Nothing had to be split.
        assertThat(engine.bulkRequests.get()).isEqualTo(10);
    }

    @Test
    void writesNothingWhenAllIsThere() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 50);
        write(5_000, mails);
        int changes = engine.changes.get();
        Outcomes again = new Outcomes();
        try (BulkSink sink = sink(5_000, again)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
        assertThat(engine.changes.get()).isEqualTo(changes);
        assertThat(again.all().values()).hasSize(50).containsOnly(List.of("unchanged"));
    }

    @Test
    void readsNoDocumentThatASearchCanSettle() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 50);
        write(5_000, mails);
        engine.refresh();
        write(5_000, List.of(Mails.mail("m7", "c7", List.of("b.example.org"), "v1", 2)));
        int changes = engine.changes.get();
        int before = engine.log().size();
        Outcomes again = new Outcomes();
        try (BulkSink sink = sink(5_000, again)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
        assertThat(engine.log().subList(before, engine.log().size()))
                .contains("POST /mail-messages/_search", "POST /mail-deliveries/_search", "POST /mail-hops/_search")
                .doesNotContain("POST /_mget");
        assertThat(engine.changes.get()).isEqualTo(changes);
        assertThat(again.all().values()).hasSize(50).containsOnly(List.of("unchanged"));
        // What has been there unseen is there still.
        assertThat(engine.document("mail-messages", "m7").at("/list/id").toString())
                .isEqualTo("[\"a.example.org\",\"b.example.org\"]");
    }

    @Test
    void addsWhatAKilledRunHasNotWritten() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 2);
        engine.itemFault = (id, source) -> id.equals("c1-0002") ? new ItemError(400, "x", "y") : null;
        write(5_000, mails);
        engine.itemFault = (id, source) -> null;
        Outcomes again = new Outcomes();
        try (BulkSink sink = sink(5_000, again)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
        assertThat(again.all().values()).containsExactly(List.of("unchanged"), List.of("indexed"));
        assertThat(engine.documents("mail-hops").keySet()).containsExactly("c0-0001", "c0-0002", "c1-0001", "c1-0002");
        assertThat(engine.document("mail-deliveries", "c0").has("clock")).isFalse();
        assertThat(engine.document("mail-deliveries", "c1").at("/clock/solved").toString())
                .as("a hop that another run wrote does not know what its delivery knows")
                .isEqualTo("false");
    }

    @Test
    void aDeliveryWhoseHopsWereThereHasItsDelaysCorrectedAnew() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 2);
        engine.itemFault = (id, source) -> id.equals("c1") ? new ItemError(400, "x", "y") : null;
        write(5_000, mails);
        engine.itemFault = (id, source) -> null;

        write(5_000, mails);

        assertThat(engine.document("mail-deliveries", "c0").has("clock")).isFalse();
        assertThat(engine.document("mail-deliveries", "c1").at("/clock/solved").toString())
                .isEqualTo("false");
    }

    /** Nobody may be told that a mail is done when that could not be noted: the next run would not see it. */
    @Test
    void aMailIsNotDoneBeforeItsDeliveryIsMarked() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 1);
        engine.itemFault = (id, source) -> id.equals("c0-0002") ? new ItemError(400, "x", "y") : null;
        write(5_000, mails);
        engine.itemFault = (id, source) ->
                source != null && source.has("doc") ? new ItemError(403, "security_exception", "no updates") : null;
        Outcomes again = new Outcomes();
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> {
            try (BulkSink sink = sink(5_000, again)) {
                sink.accept(mails.get(0));
                sink.finish();
            }
        });
        assertThat(again.all().values()).containsExactly(List.of("abandoned"));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "429", FakeEngine.status(429, "{\"error\":{\"type\":\"es_rejected\",\"reason\":\"busy\"}}")),
                Arguments.of("500", FakeEngine.status(500, "{\"error\":\"broken\"}")),
                Arguments.of("502", FakeEngine.status(502, "<html>bad gateway</html>")),
                Arguments.of("503", FakeEngine.status(503, "")),
                Arguments.of("504", FakeEngine.status(504, "gateway timeout")),
                Arguments.of("reset before", FakeEngine.resetBefore()),
                Arguments.of("reset after", FakeEngine.resetAfter()),
                Arguments.of("truncated", FakeEngine.truncatedAfter()),
                Arguments.of("garbage", FakeEngine.garbageAfter("\0\1\2 not JSON")),
                Arguments.of("HTML", FakeEngine.garbageAfter("<html><body>Sign in</body></html>")),
                Arguments.of("empty", FakeEngine.garbageAfter("")),
                Arguments.of("other JSON", FakeEngine.garbageAfter("{\"took\":1}")),
                Arguments.of("too few items", FakeEngine.garbageAfter("{\"errors\":true,\"items\":[]}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void survivesFaultsOfWholeRequests(String name, Fault fault) throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 60);
        // The second run of faults meets requests that look up conflicts, too.
        engine.misbehave(fault, fault, fault, fault);
        write(3_000, mails);
        assertThat(engine.faultsLeft()).isFalse();
        assertStored(mails);
        assertOutcomes(mails, "indexed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void survivesFaultsWhileSearching(String name, Fault fault) throws Exception {
        survivesFaultsWhileComparing(1, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void survivesFaultsWhileReading(String name, Fault fault) throws Exception {
        survivesFaultsWhileComparing(4, fault);
    }

    private void survivesFaultsWhileComparing(int requestsBefore, Fault fault) throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 6);
        write(100_000, mails);
        int changes = engine.changes.get();
        Fault pass = (exchange, carryOut) -> {
            FakeEngine.Answer answer = carryOut.run();
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        };
        // After the bulk request come three searches; they find nothing, and the documents are read.
        for (int i = 0; i < requestsBefore; i++) {
            engine.misbehave(pass);
        }
        engine.misbehave(fault, fault);
        Outcomes again = new Outcomes();
        try (BulkSink sink = sink(100_000, again)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
        assertThat(engine.faultsLeft()).isFalse();
        assertThat(engine.changes.get()).isEqualTo(changes);
        assertThat(again.all().values()).hasSize(6).containsOnly(List.of("unchanged"));
    }

    @Test
    void sendsOnlyTheItemsAgainThatWerePutOff() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 10);
        Map<String, Integer> seen = new HashMap<>();
        engine.itemFault = (id, source) -> {
            int times = seen.merge(id, 1, Integer::sum);
            return id.startsWith("c3") && times < 3
                    ? new ItemError(times == 1 ? 429 : 503, "es_rejected_execution_exception", "busy")
                    : null;
        };
        write(100_000, mails);
        assertStored(mails);
        assertOutcomes(mails, "indexed");
        assertThat(seen)
                .containsEntry("c3", 3)
                .containsEntry("c3-0001", 3)
                .containsEntry("c4", 1)
                .containsEntry("m3", 1);
        assertThat(engine.bulkRequests.get()).isEqualTo(3);
    }

    @Test
    void rejectsAMailForGoodAndNamesDocumentAndReason() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 5);
        engine.itemFault = (id, source) -> id.equals("c2-0001")
                ? new ItemError(400, "mapper_parsing_exception", "failed to parse field [hop.ip]\n of type [ip]")
                : null;
        write(100_000, mails);
        assertThat(outcomes.all().get(mails.get(2).origin().toString()))
                .containsExactly("rejected hop: mapper_parsing_exception: failed to parse field [hop.ip] of type [ip]");
        assertThat(outcomes.all().values()).contains(List.of("indexed")).hasSize(5);
        assertThat(engine.documents("mail-hops")).hasSize(9).doesNotContainKey("c2-0001");
    }

    @Test
    void rejectsADocumentThatTheEngineFailsAtEachTime() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 5);
        engine.itemFault =
                (id, source) -> id.equals("m2") ? new ItemError(500, "null_pointer_exception", "oops") : null;
        write(100_000, mails);
        assertThat(outcomes.all().get(mails.get(2).origin().toString()))
                .containsExactly("rejected message: null_pointer_exception: oops");
        assertThat(outcomes.count()).isEqualTo(5);
    }

    @Test
    void givesUpOnAnEngineThatFailsAtEverything() throws Exception {
        engine.itemFault = (id, source) -> new ItemError(500, "io_exception", "No space left on device");
        List<EncodedMail> mails = Mails.numbered(0, 5);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> write(100_000, mails))
                .withMessageContaining("No space left on device");
        assertOutcomes(mails, "abandoned");
    }

    @Test
    void splitsWhatIsTooLarge() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 40);
        engine.largestBody = 700;
        write(20_000, mails);
        assertStored(mails);
        assertOutcomes(mails, "indexed");
        // What was learnt holds for the batches after.
        int first = engine.bulkRequests.get();
        try (BulkSink sink = sink(20_000, outcomes)) {
            sink.accept(Mails.numbered(100));
            sink.finish();
        }
        assertThat(engine.bulkRequests.get() - first).isEqualTo(1);
    }

    @Test
    void rejectsADocumentThatIsTooLargeByItself() throws Exception {
        EncodedMail small = Mails.numbered(1);
        EncodedMail large = Mails.mail("m2", "c2", List.of("a.example.org"), "v".repeat(2_000), 0);
        engine.largestBody = 1_000;
        write(100_000, List.of(small, large));
        assertThat(outcomes.all().get(small.origin().toString())).containsExactly("indexed");
        assertThat(outcomes.all().get(large.origin().toString()))
                .singleElement()
                .asString()
                .startsWith("rejected message: with ")
                .endsWith("octets larger than the engine takes in one request");
    }

    @Test
    void givesUpWhenTheEngineIsGone() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 30);
        List<EncodedMail> accepted = new ArrayList<>();
        engine.close();
        try (BulkSink sink = sink(3_000, outcomes)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> {
                        for (EncodedMail mail : mails) {
                            sink.accept(mail);
                            accepted.add(mail);
                        }
                        sink.finish();
                    })
                    .withMessageContaining("Nothing listens at " + engine.url())
                    .withMessageContaining("300 s");
            // It stays so.
            assertThatThrownBy(() -> sink.accept(mails.getFirst())).isInstanceOf(EngineException.class);
            assertThatThrownBy(sink::finish).isInstanceOf(EngineException.class);
        }
        assertOutcomes(accepted, "abandoned");
        assertThat(Duration.ofNanos(nanos.get())).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void countsWhatWasWrittenBeforeTheEngineWentAway() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 2);
        // The documents of the first mail are taken, those of the second put off for ever.
        engine.itemFault = (id, source) -> id.contains("1") && !id.startsWith("c0")
                ? new ItemError(503, "unavailable_shards_exception", "primary shard is not active")
                : null;
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> write(100_000, mails))
                .withMessageContaining("primary shard is not active");
        assertThat(outcomes.all().values()).containsExactly(List.of("indexed"), List.of("abandoned"));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        429,
                        "cluster_block_exception",
                        "index [mail-messages-v1] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage"
                                + " watermark, index has read-only-allow-delete block];",
                        "disk is nearly full"),
                Arguments.of(
                        403,
                        "cluster_block_exception",
                        "index [mail-messages-v1] blocked by: [FORBIDDEN/5/index read-only (api)];",
                        "takes no documents"),
                Arguments.of(500, "i_o_exception", "No space left on device", "disk of the engine"),
                Arguments.of(403, "security_exception", "no permissions for [indices:data/write/bulk]", "forbids"),
                Arguments.of(
                        400,
                        "illegal_argument_exception",
                        "no write index is defined for alias [mail-messages].",
                        "set is_write_index"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void stopsAtOnceWhenTheEngineRefuses(int status, String type, String reason, String message) throws Exception {
        engine.itemFault = (id, source) -> new ItemError(status, type, reason);
        List<EncodedMail> mails = Mails.numbered(0, 3);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> write(100_000, mails))
                .withMessageContaining(message)
                .withMessageContaining(engine.url());
        assertOutcomes(mails, "abandoned");
        assertThat(nanos.get()).isZero();
    }

    @Test
    void waitsWhileAnUpgradeChangesToTheNextIndex() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        engine.itemFault = (id, source) -> asked.incrementAndGet() <= 20
                ? new ItemError(
                        403,
                        "cluster_block_exception",
                        "index [mail-messages-v1] blocked by: [FORBIDDEN/8/index write (api)];")
                : null;
        List<EncodedMail> mails = Mails.numbered(0, 3);
        write(100_000, mails);
        assertOutcomes(mails, "indexed");
        assertThat(nanos.get()).isPositive();
    }

    @Test
    void saysWhatABlockMeansThatDoesNotEnd() throws Exception {
        engine.itemFault = (id, source) -> new ItemError(
                403, "cluster_block_exception", "index [mail-hops-v1] blocked by: [FORBIDDEN/8/index write (api)];");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> write(100_000, Mails.numbered(0, 3)))
                .withMessageContaining("FORBIDDEN/8/")
                .withMessageContaining("listlens setup --upgrade");
    }

    @Test
    void writesBesideWhenItsClientDoes() throws Exception {
        for (String alias : List.of("mail-messages", "mail-deliveries", "mail-hops")) {
            engine.withAlias(alias + "-next");
        }
        List<EncodedMail> mails = Mails.numbered(0, 3);
        try (BulkSink sink =
                new BulkSink(client.beside("-next"), new BulkSettings(100_000, 1_000, 2, retry), outcomes)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
        assertOutcomes(mails, "indexed");
        assertThat(engine.documents("mail-messages")).isEmpty();
        assertThat(engine.documents("mail-messages-next")).hasSize(3);
        assertThat(engine.documents("mail-deliveries-next").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        mails.stream().map(EncodedMail::copyId).toList());
        // The next index is what is compared with, not the one in use.
        Outcomes again = new Outcomes();
        try (BulkSink sink = new BulkSink(client.beside("-next"), new BulkSettings(100_000, 1_000, 2, retry), again)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            sink.finish();
        }
        assertThat(again.all().values()).containsOnly(List.of("unchanged"));
    }

    @Test
    void doesNotLetAVanishedIndexComeBackUnmapped() throws Exception {
        engine.dropAlias("mail-hops");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> write(100_000, Mails.numbered(0, 3)))
                .withMessageContaining("no such index [mail-hops]");
    }

    @Test
    void abandonsWhatIsNotFinishedWhenClosed() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 10);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        engine.misbehave((exchange, carryOut) -> {
            asked.countDown();
            await(closed);
            exchange.close();
        });
        BulkSink sink = sink(mails.getLast().length() * 3, outcomes);
        for (EncodedMail mail : mails.subList(0, 5)) {
            sink.accept(mail);
        }
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        sink.close();
        sink.close();
        closed.countDown();
        assertOutcomes(mails.subList(0, 5), "abandoned");
        assertThatThrownBy(() -> sink.accept(mails.getLast())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingEndsAnAcceptThatWaits() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Fault hang = (exchange, carryOut) -> {
            await(closed);
            exchange.close();
        };
        engine.misbehave(hang, hang, hang);
        BulkSink sink = sink(1, outcomes);
        AtomicInteger accepted = new AtomicInteger();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread producer = Thread.ofPlatform().start(() -> {
            try {
                for (EncodedMail mail : Mails.numbered(0, 10)) {
                    sink.accept(mail);
                    accepted.incrementAndGet();
                }
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        // Two in flight, one waiting, and the fourth has to wait.
        waitUntil(() -> producer.getState() == Thread.State.WAITING && accepted.get() == 3);
        sink.close();
        producer.join();
        closed.countDown();
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
        assertThat(outcomes.count()).isEqualTo(3);
    }

    @Test
    void holdsBackAndCanBeInterrupted() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Fault wait = (exchange, carryOut) -> {
            await(go);
            FakeEngine.Answer answer = carryOut.run();
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        };
        engine.misbehave(wait, wait);
        List<EncodedMail> mails = Mails.numbered(0, 10);
        List<EncodedMail> accepted = new ArrayList<>();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        try (BulkSink sink = sink(1, outcomes)) {
            Thread producer = Thread.ofPlatform().start(() -> {
                try {
                    for (EncodedMail mail : mails) {
                        sink.accept(mail);
                        accepted.add(mail);
                    }
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            waitUntil(() -> engine.bulkRequestsUnderWay.get() == 2 && producer.getState() == Thread.State.WAITING);
            producer.interrupt();
            producer.join();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(accepted).hasSize(3);
            go.countDown();
            sink.finish();
        }
        assertStored(accepted);
        assertOutcomes(accepted, "indexed");
    }

    @Test
    void aBrokenListenerDoesNotCostOthersTheirOutcome() throws Exception {
        List<EncodedMail> mails = Mails.numbered(0, 3);
        AtomicInteger told = new AtomicInteger();
        SinkListener broken = new SinkListener() {
            @Override
            public void indexed(EncodedMail mail) {
                if (told.incrementAndGet() == 1) {
                    throw new IllegalArgumentException("listener");
                }
            }

            @Override
            public void unchanged(EncodedMail mail) {}

            @Override
            public void duplicate(EncodedMail mail) {}

            @Override
            public void rejected(EncodedMail mail, String reason) {}

            @Override
            public void abandoned(EncodedMail mail) {}
        };
        try (BulkSink sink = sink(100_000, broken)) {
            for (EncodedMail mail : mails) {
                sink.accept(mail);
            }
            assertThatThrownBy(sink::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("listener");
        }
        assertThat(told.get()).isEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
