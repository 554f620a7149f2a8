package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.engine.IndexUpgrade.Outcome;
import org.listlens.engine.IndexUpgrade.Upgraded;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineSettings;

/** Upgrades of an index in the embedded engine: nothing is lost, whoever writes and whoever is killed meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexUpgradeIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static @Nullable Path temporary;

    private String url = "";
    private @Nullable EngineClient opened;
    private final Map<String, String> documents = new TreeMap<>();
    private int nextDocument;

    @BeforeAll
    void start() throws Exception {
        url = LocalEngine.start(LocalEngineSettings.implicit(
                        folder().resolve("data"), Path.of(System.getProperty("listlens.root"))))
                .url()
                .toString();
        opened = new EngineClient(EngineSettings.of(url));
        Files.createDirectories(folder().resolve("component-templates"));
        Files.createDirectories(folder().resolve("index-templates"));
    }

    @AfterAll
    void stop() throws Exception {
        client().close();
        new LocalEngine(folder().resolve("data")).stop(Duration.ofMinutes(1));
    }

    private static Path folder() {
        return Objects.requireNonNull(temporary);
    }

    private EngineClient client() {
        return Objects.requireNonNull(opened);
    }

    @BeforeEach
    void fresh() throws Exception {
        send("DELETE", "/things-v*?expand_wildcards=all", null);
        client().request("DELETE", "/_index_template/things");
        documents.clear();
        template(1, "keyword");
        Templates.install(client(), folder(), IndexLayout.ANY);
        write(300);
        send("POST", "/_aliases", """
                {"actions":[{"add":{"index":"things-v1","alias":"some-things","filter":{"term":{"group":1}}}}]}""");
    }

    /** The template of the test; in another type the field cannot be changed in place. */
    private void template(int version, String type) throws IOException {
        Files.writeString(folder().resolve("index-templates/things.json"), """
                {"index_patterns":["things-v*"],"_meta":{"version":%d},"template":{
                  "settings":{"index":{"number_of_shards":2,"refresh_interval":"7s"}},
                  "mappings":{"dynamic":"strict","properties":{
                    "group":{"type":"integer"},"number":{"type":"%s"},"text":{"type":"text"}}}}}
                """.formatted(version, type));
    }

    private JsonNode send(String method, String path, @Nullable String body) throws Exception {
        int question = path.indexOf('?');
        Map<String, String> query = new TreeMap<>();
        if (question >= 0) {
            for (String pair : List.of(path.substring(question + 1).split("&", -1))) {
                query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        EngineResponse response = client().request(
                        method,
                        question < 0 ? path : path.substring(0, question),
                        query,
                        body == null ? null : RequestBody.json(body));
        assertThat(response.ok())
                .as(method + ' ' + path + ": " + new String(response.body(), StandardCharsets.UTF_8))
                .isTrue();
        return response.json();
    }

    private void write(int count) throws Exception {
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String source = source(nextDocument, "as it was first");
            documents.put("d" + nextDocument, source);
            bulk.append("{\"create\":{\"_index\":\"things\",\"_id\":\"d")
                    .append(nextDocument)
                    .append("\"}}\n")
                    .append(source)
                    .append('\n');
            nextDocument++;
        }
        assertThat(send("POST", "/_bulk", bulk.toString()).path("errors").asBoolean())
                .isFalse();
    }

    private static String source(int number, String text) {
        return "{\"number\":" + number + ",\"group\":" + number % 3 + ",\"text\":\"" + text + "\"}";
    }

    /** What searches find under the alias, after a refresh. */
    private Map<String, String> stored() throws Exception {
        send("POST", "/things/_refresh", null);
        Map<String, String> stored = new TreeMap<>();
        JsonNode found = send("POST", "/things/_search", "{\"size\":10000,\"query\":{\"match_all\":{}}}");
        for (JsonNode hit : found.at("/hits/hits")) {
            stored.put(hit.path("_id").asText(), hit.path("_source").toString());
        }
        return stored;
    }

    private String index() throws Exception {
        return send("GET", "/_alias/things", null).fieldNames().next();
    }

    private Outcome upgrade(boolean all) throws Exception {
        return IndexUpgrade.run(client(), folder(), IndexLayout.ANY, all, (from, to, done, total) -> {});
    }

    @Test
    void anIndexGetsAnotherNumberOfShards() throws Exception {
        IndexLayout three = new IndexLayout(Map.of("things", 3), Set.of(), null, 0);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Templates.install(client(), folder(), three))
                .withMessageContaining("things-v1")
                .withMessageContaining("has 2 shards")
                .withMessageContaining("listlens setup --upgrade --shards 3");

        Outcome outcome = IndexUpgrade.run(client(), folder(), three, false, (from, to, done, total) -> {});
        assertThat(outcome.upgraded())
                .containsExactly(new Upgraded("things", "things-v1", "things-v2", documents.size()));
        assertThat(shards("things-v2")).isEqualTo(3);
        assertThat(stored()).isEqualTo(documents);
        assertThat(Templates.install(client(), folder(), three).created()).isEmpty();

        assertThat(upgrade(true).upgraded())
                .as("what was chosen once stays")
                .containsExactly(new Upgraded("things", "things-v2", "things-v3", documents.size()));
        assertThat(shards("things-v3")).isEqualTo(3);
        assertThat(stored()).isEqualTo(documents);
    }

    private int shards(String index) throws Exception {
        return send("GET", "/" + index + "/_settings", null)
                .at("/" + index + "/settings/index/number_of_shards")
                .asInt();
    }

    @Test
    void aMappingThatCannotBeChangedInPlaceComesWithTheNextIndex() throws Exception {
        template(2, "integer");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Templates.install(client(), folder(), IndexLayout.ANY))
                .withMessageContaining("things-v1")
                .withMessageContaining("version 2")
                .withMessageContaining("listlens setup --upgrade");

        List<String> told = new ArrayList<>();
        Outcome outcome = IndexUpgrade.run(
                client(),
                folder(),
                IndexLayout.ANY,
                false,
                (from, to, done, total) -> told.add(from + ' ' + to + ' ' + done + ' ' + total));
        assertThat(outcome.upgraded())
                .containsExactly(new Upgraded("things", "things-v1", "things-v2", documents.size()));
        assertThat(told).last().isEqualTo("things-v1 things-v2 300 300");
        assertThat(stored()).isEqualTo(documents);
        assertThat(index()).isEqualTo("things-v2");
        JsonNode next = send("GET", "/things-v2", null).path("things-v2");
        assertThat(next.at("/mappings/properties/number/type").asText()).isEqualTo("integer");
        assertThat(next.at("/mappings/_meta/upgrade").isMissingNode()).isTrue();
        assertThat(next.at("/settings/index/refresh_interval").asText()).isEqualTo("7s");
        assertThat(next.at("/aliases/things/is_write_index").asBoolean()).isTrue();
        assertThat(next.at("/aliases/some-things/filter/term/group").isMissingNode())
                .isFalse();
        JsonNode old = send("GET", "/things-v1", null).path("things-v1");
        assertThat(old.path("aliases")).isEmpty();
        assertThat(old.at("/settings/index/blocks/write").asBoolean()).isTrue();
        assertThat(Templates.install(client(), folder(), IndexLayout.ANY)
                        .identities()
                        .get("things"))
                .as("positions and others that know the documents by their index")
                .isEqualTo(old.at("/settings/index/uuid").asText());

        assertThat(upgrade(false).upgraded()).isEmpty();
        write(1);
        assertThat(stored()).isEqualTo(documents);
    }

    @Test
    void allCanBeRebuiltAndAgain() throws Exception {
        assertThat(upgrade(false).upgraded()).isEmpty();
        assertThat(upgrade(true).upgraded()).extracting(Upgraded::to).containsExactly("things-v2");
        assertThat(upgrade(true).upgraded()).extracting(Upgraded::to).containsExactly("things-v3");
        assertThat(stored()).isEqualTo(documents);
        IndexUpgrade.delete(client(), List.of("things-v1", "things-v2"));
        assertThat(upgrade(true).upgraded()).extracting(Upgraded::to).containsExactly("things-v4");
        assertThat(stored()).isEqualTo(documents);
    }

    @Test
    void whatWasChangedInPlaceIsRebuiltWhenAsked() throws Exception {
        Path file = folder().resolve("index-templates/things.json");
        template(2, "keyword\",\"fields\":{\"text\":{\"type\":\"text\"}},\"doc_values\":\"true");
        assertThat(Files.readString(file)).contains("\"fields\"");
        Templates.install(client(), folder(), IndexLayout.ANY);
        assertThat(upgrade(false).upgraded()).extracting(Upgraded::to).containsExactly("things-v2");
        assertThat(upgrade(false).upgraded()).isEmpty();
    }

    @Test
    void aDocumentThatDoesNotFitLeavesAllAsItWas() throws Exception {
        send("PUT", "/things/_doc/odd", "{\"number\":\"one\",\"group\":1}");
        documents.put("odd", "{\"number\":\"one\",\"group\":1}");
        template(2, "integer");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> upgrade(false))
                .withMessageContaining("does not fit the new mapping")
                .withMessageContaining("odd");
        assertThat(index()).isEqualTo("things-v1");
        assertThat(send("GET", "/things-v*", null)).hasSize(1);
        write(1);
        assertThat(stored()).isEqualTo(documents);
    }

    @Test
    void aNewerIndexIsRefused() throws Exception {
        template(2, "integer");
        upgrade(false);
        client().request("DELETE", "/_index_template/things");
        template(1, "keyword");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> upgrade(true))
                .withMessageContaining("newer version of this program");
        assertThat(index()).isEqualTo("things-v2");
    }

    /** Creates, changes and deletes documents until it is told to end. */
    private void keepWriting(AtomicBoolean end) throws Exception {
        Random random = new Random(7);
        EngineClient own = new EngineClient(EngineSettings.of(url));
        List<String> ids = new ArrayList<>(documents.keySet());
        while (!end.get()) {
            int kind = random.nextInt(3);
            String id = kind == 0 ? "d" + nextDocument : ids.get(random.nextInt(ids.size()));
            String source = source(nextDocument++, "written meanwhile");
            EngineResponse response;
            try {
                response = kind == 2
                        ? own.request("DELETE", "/things/_doc/" + id)
                        : own.request("PUT", "/things/_doc/" + id, Map.of(), RequestBody.json(source));
            } catch (EngineException e) {
                // The moments in which nobody may write; nothing was done.
                assertThat(e).hasMessageContaining("FORBIDDEN/8/");
                Thread.sleep(1);
                continue;
            }
            assertThat(response.status()).isIn(200, 201, 404);
            if (kind == 2) {
                documents.remove(id);
            } else {
                documents.put(id, source);
            }
            if (kind == 0) {
                ids.add(id);
            }
        }
        own.close();
    }

    @Test
    void nothingIsLostThatOthersWriteMeanwhile() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> writing = threads.submit(() -> {
                keepWriting(end);
                return null;
            });
            for (int i = 2; i <= 5; i++) {
                assertThat(upgrade(true).upgraded()).extracting(Upgraded::to).containsExactly("things-v" + i);
                assertThat(stored()).hasSizeGreaterThan(100);
            }
            end.set(true);
            writing.get();
        }
        assertThat(stored()).isEqualTo(documents);
    }

    @Test
    void whoeverIsKilledIsCarriedOn() throws Exception {
        boolean survived = false;
        for (int requests = 1; !survived; requests += requests < 6 ? 1 : 4) {
            fresh();
            template(2, "integer");
            try (CutOff engine = new CutOff(url, requests);
                    EngineClient cut = new EngineClient(EngineSettings.of(engine.url()))) {
                IndexUpgrade.run(cut, folder(), IndexLayout.ANY, false, (from, to, done, total) -> {});
                survived = true;
            } catch (EngineException e) {
                assertThat(e).hasMessageContaining("HTTP 401");
            }
            assertThat(stored()).as("after %d requests", requests).isEqualTo(documents);
            changeSome();
            upgrade(false);
            assertThat(stored()).as("after %d requests and the rest", requests).isEqualTo(documents);
            assertThat(index()).isEqualTo("things-v2");
            write(1);
            assertThat(requests).isLessThan(100);
        }
    }

    /** Somebody goes on writing, as far as the killed upgrade lets them. */
    private void changeSome() throws Exception {
        try {
            String changed = source(0, "changed");
            String first = documents.keySet().iterator().next();
            client().request("PUT", "/things/_doc/" + first, Map.of(), RequestBody.json(changed));
            documents.put(first, changed);
            String last = ((TreeMap<String, String>) documents).lastKey();
            client().request("DELETE", "/things/_doc/" + last);
            documents.remove(last);
        } catch (EngineException e) {
            assertThat(e).hasMessageContaining("listlens setup --upgrade");
        }
    }

    @Test
    void twoAtOnceEndInTheSame() throws Exception {
        template(2, "integer");
        List<Exception> failures = new ArrayList<>();
        List<Thread> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(Thread.ofPlatform().start(() -> {
                try {
                    upgrade(false);
                } catch (Exception e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread thread : both) {
            thread.join();
        }
        // Who comes second is told so.
        assertThat(failures).hasSizeLessThan(2);
        assertThat(index()).isEqualTo("things-v2");
        assertThat(stored()).isEqualTo(documents);
        write(1);
        assertThat(JSON.readTree(stored().get("d" + (nextDocument - 1)))
                        .path("number")
                        .asInt())
                .isEqualTo(nextDocument - 1);
    }
}
