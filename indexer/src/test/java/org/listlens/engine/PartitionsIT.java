package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineSettings;

/** Parts in the embedded engine: each is there once, whoever needs it first, and nobody misses that they are there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartitionsIT {
    private static final Set<String> DIVISIBLE = Set.of("goods", "things");
    private static final IndexLayout BY_YEAR = new IndexLayout(Map.of(), DIVISIBLE, Partition.YEAR, 7);

    @TempDir
    private static @Nullable Path temporary;

    private String url = "";
    private @Nullable EngineClient opened;

    @BeforeAll
    void start() throws Exception {
        url = LocalEngine.start(LocalEngineSettings.implicit(
                        folder().resolve("data"), Path.of(System.getProperty("listlens.root"))))
                .url()
                .toString();
        opened = new EngineClient(EngineSettings.of(url));
        Files.createDirectories(folder().resolve("component-templates"));
        Files.createDirectories(folder().resolve("index-templates"));
        template("things", 1);
        template("goods", 1);
    }

    @AfterAll
    void stop() throws Exception {
        client().close();
        new LocalEngine(folder().resolve("data")).stop(Duration.ofMinutes(1));
    }

    @BeforeEach
    void fresh() throws Exception {
        client().request("DELETE", "/things-v*,goods-v*");
    }

    private static Path folder() {
        return Objects.requireNonNull(temporary);
    }

    private EngineClient client() {
        return Objects.requireNonNull(opened);
    }

    private static void template(String name, int version) throws IOException {
        Files.writeString(folder().resolve("index-templates/" + name + ".json"), """
                {"index_patterns":["%s-v*"],"_meta":{"version":%d},"template":{
                  "settings":{"index":{"number_of_shards":2,"refresh_interval":"7s"}},
                  "mappings":{"dynamic":"strict","properties":{"text":{"type":"keyword"}}}}}
                """.formatted(name, version));
    }

    private JsonNode send(String method, String path, @Nullable String body) throws Exception {
        EngineResponse response =
                client().request(method, path, Map.of(), body == null ? null : RequestBody.json(body));
        assertThat(response.ok())
                .as(method + ' ' + path + ": " + new String(response.body(), StandardCharsets.UTF_8))
                .isTrue();
        return response.json();
    }

    private static Partitions partitions(EngineClient client) {
        return new Partitions(new RetryingClient(client, RetryPolicy.lasting(Duration.ofSeconds(20))));
    }

    @Test
    void whoeverNeedsAPartFindsOne() throws Exception {
        Templates.install(client(), folder(), BY_YEAR);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                all.add(threads.submit(() -> {
                    try (EngineClient own = new EngineClient(EngineSettings.of(url))) {
                        partitions(own).require("things", "2021");
                        partitions(own).require("things", "2022");
                    }
                    return null;
                }));
            }
        }
        for (Future<?> each : all) {
            each.get();
        }
        JsonNode behind = send("GET", "/things", null);
        assertThat(behind.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("things-v1-undated", "things-v1-2021", "things-v1-2022");
        JsonNode part = behind.path("things-v1-2021");
        assertThat(part.at("/mappings/properties/text/type").asText()).isEqualTo("keyword");
        assertThat(part.at("/settings/index/number_of_shards").asInt()).isEqualTo(2);
        assertThat(part.at("/mappings/_meta/version").asInt()).isEqualTo(1);

        send("PUT", "/things-2021/_doc/a?refresh=true", "{\"text\":\"x\"}");
        assertThat(client().request("PUT", "/things/_doc/b", Map.of(), RequestBody.json("{}"))
                        .ok())
                .as("a program that knows nothing of parts writes nowhere")
                .isFalse();
        assertThat(partitions(client()).find("things", List.of("a", "b"))).isEqualTo(Map.of("a", "2021"));
        assertThat(partitions(client()).alias("things", "2021")).isEqualTo("things-2021");
    }

    @Test
    void aPartThatComesWhileAllAreReplacedWaits() throws Exception {
        Templates.install(client(), folder(), BY_YEAR);
        send("PUT", "/things-v1-undated/_block/write", null);
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                EngineClient own = new EngineClient(EngineSettings.of(url))) {
            Future<?> waiting = threads.submit(() -> {
                partitions(own).require("things", "2023");
                return null;
            });
            while (!client().request("HEAD", "/things-2023").ok()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(waiting.isDone()).isFalse();
            send("PUT", "/things-v1-undated/_settings", "{\"index.blocks.write\":null}");
            waiting.get();
        }
    }

    @Test
    void aSetIsDividedAsAWholeAndStaysSo() throws Exception {
        Templates.Installed installed = Templates.install(client(), folder(), BY_YEAR);
        assertThat(installed.created()).containsExactlyInAnyOrder("things-v1-undated", "goods-v1-undated");
        String identity = Objects.requireNonNull(installed.identities().get("things"));
        // As a run has left it that was killed in between.
        send("DELETE", "/goods-v1-undated", null);
        IndexLayout open = new IndexLayout(Map.of(), DIVISIBLE, null, 7);
        assertThat(Templates.install(client(), folder(), open).created()).containsExactly("goods-v1-undated");

        IndexLayout none = new IndexLayout(Map.of(), DIVISIBLE, Partition.NONE, 7);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Templates.install(client(), folder(), none))
                .withMessageContaining("lie in indices by year and not in one index")
                .withMessageContaining("setup --upgrade --reread --partition none");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> IndexUpgrade.run(client(), folder(), none, true, (from, to, done, total) -> {}))
                .withMessageContaining("--reread");

        partitions(client()).require("things", "2021");
        send("PUT", "/things-2021/_doc/a", "{\"text\":\"x\"}");
        IndexUpgrade.run(client(), folder(), open, true, (from, to, done, total) -> {});
        Templates.Installed again = Templates.install(client(), folder(), BY_YEAR);
        assertThat(again.created()).isEmpty();
        assertThat(again.writeIndices())
                .containsEntry("things-undated", "things-v2-undated")
                .containsEntry("things-2021", "things-v2-2021");
        assertThat(again.identities()).containsEntry("things", identity);
        assertThat(send("GET", "/things/_count", null).path("count").asInt()).isEqualTo(1);
        assertThat(send("GET", "/things-2021/_doc/a", null).at("/_source/text").asText())
                .isEqualTo("x");
    }

    @Test
    void anotherVersionIsNoted() throws Exception {
        Templates.install(client(), folder(), BY_YEAR);
        assertThat(partitions(client()).areMixed("things")).isFalse();
        IndexLayout newer = new IndexLayout(Map.of(), DIVISIBLE, null, 8);
        Templates.install(client(), folder(), newer);
        assertThat(partitions(client()).areMixed("things")).isTrue();
        try (EngineClient own = new EngineClient(EngineSettings.of(url))) {
            assertThat(partitions(own).areMixed("things")).isTrue();
            Templates.install(own, folder(), BY_YEAR);
            assertThat(partitions(own).areMixed("things"))
                    .as("the first version meets what the other wrote")
                    .isTrue();
        }
        IndexUpgrade.run(client(), folder(), newer, true, (from, to, done, total) -> {});
        assertThat(partitions(client()).areMixed("things")).isTrue();
    }
}
