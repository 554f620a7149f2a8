package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Engines that answer and do not take mail: each run ends with one sentence, and the next one goes on. */
class EngineStatesIT extends OnEmbeddedEngine {
    private Path archive;
    private IndexedDocuments expected;

    @BeforeAll
    void indexUndisturbed() throws Exception {
        archive = temporary().resolve("archive");
        assertThat(CommandLineRun.of(Map.of(), "generate", "--messages", "400", "--seed", "3", archive.toString())
                        .exitCode())
                .isZero();
        CommandLineRun run = index();
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
        expected = IndexedDocuments.of(engine());
    }

    @BeforeEach
    void clear() throws Exception {
        engine().clear();
    }

    private CommandLineRun index(String... options) {
        return CommandLineRun.of(
                Map.of(),
                Stream.concat(Stream.of("index", "--url", engine().url(), archive.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static String lastLine(CommandLineRun run) {
        return run.err().lines().toList().getLast();
    }

    /** What an engine does at the flood stage of its disk's watermarks. */
    @Test
    void anEngineWithAFullDiskTakesNoMail() throws Exception {
        setUp();
        engine().send("PUT", "/mail-messages-v1/_settings", "{\"index.blocks.read_only_allow_delete\":true}");
        CommandLineRun run = index();
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(lastLine(run))
                .startsWith("listlens: The engine at ")
                .contains("takes no more documents because its disk is nearly full", "read-only-allow-delete")
                .endsWith("free space, then run this again.");
        engine().send("PUT", "/mail-messages-v1/_settings", "{\"index.blocks.read_only_allow_delete\":null}");
        assertComplete(index());
    }

    /** A primary shard that is nowhere. */
    @Test
    void aRedIndexIsWaitedForAndThenGivenUp() throws Exception {
        setUp();
        engine().send("DELETE", "/mail-hops-v1", null);
        engine().send("PUT", "/mail-hops-v1?wait_for_active_shards=0", """
                {"aliases": {"mail-hops": {"is_write_index": true}},
                 "settings": {"index.routing.allocation.require._name": "nowhere"}}""");
        assertThat(engine().get("/_cluster/health/mail-hops-v1").path("status").asText())
                .isEqualTo("red");
        long began = System.nanoTime();
        CommandLineRun run = index("--engine-timeout", "2", "--retry-seconds", "4");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(90));
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(lastLine(run)).startsWith("listlens: The engine at ").contains(" in 4 s.)");
        engine().send("PUT", "/mail-hops-v1/_settings", "{\"index.routing.allocation.require._name\":null}");
        engine().get("/_cluster/health/mail-hops-v1?wait_for_status=yellow");
        assertComplete(index());
    }

    /** A field of another type than the templates give it, as somebody else's index may have it. */
    @Test
    void anIndexThatIsMappedOtherwiseIsRefusedBeforeAnythingIsRead() throws Exception {
        setUp();
        engine().send("DELETE", "/mail-hops-v1", null);
        engine().send("PUT", "/mail-hops-v1", """
                {"aliases": {"mail-hops": {"is_write_index": true}},
                 "mappings": {"properties": {"hop": {"properties": {"by": {"properties": {"host": {"type": "ip"}}}}}}}}""");
        CommandLineRun run = index();
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENGINE);
        assertThat(lastLine(run)).contains("mail-hops-v1", "hop.by.host", "delete it and index the archives again.");
        engine().send("DELETE", "/mail-hops-v1", null);
        assertComplete(index());
    }

    /** A refusal of documents for what they say: that of a mapping, or of a pipeline as here. */
    @Test
    void aMailThatTheEngineRefusesIsRejectedWithPlaceAndReason() throws Exception {
        setUp();
        engine().send("PUT", "/_ingest/pipeline/strict", """
                {"processors": [{"convert": {"field": "hop.by.host", "type": "integer", "ignore_missing": true}}]}""");
        engine().send("PUT", "/mail-hops-v1/_settings", "{\"index.final_pipeline\":\"strict\"}");
        CommandLineRun run = index();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.REJECTED);
        engine().post("/mail-imports/_refresh", "");
        JsonNode rejected =
                engine().post("/mail-imports/_search", "{\"query\":{\"term\":{\"import.kind\":\"rejection\"}}}");
        assertThat(rejected.at("/hits/total/value").asInt()).isPositive();
        assertThat(rejected.at("/hits/hits/0/_source").toString())
                .contains(archive.toRealPath().toString(), "illegal_argument_exception", "unable to convert");
        engine().send("PUT", "/mail-hops-v1/_settings", "{\"index.final_pipeline\":null}");
        // They are settled; whoever mends the engine has them read again.
        assertComplete(index("--restart"));
    }

    private void setUp() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "setup", "--url", engine().url());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private void assertComplete(CommandLineRun run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
        assertThat(expected.differences(IndexedDocuments.of(engine()))).isEmpty();
    }
}
