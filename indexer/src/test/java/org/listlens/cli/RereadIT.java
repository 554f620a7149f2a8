package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.listlens.document.DocumentKind;
import org.listlens.engine.CutOff;

/** All documents made anew beside those in use, as after a change of what the program makes of a mail. */
class RereadIT extends OnEmbeddedEngine {
    private final Map<DocumentKind, Map<String, JsonNode>> right = new TreeMap<>();

    /** Two archives, of which one is gone then, and documents of both as an older program may have made them. */
    @BeforeEach
    void indexAndAge() throws Exception {
        engine().send("DELETE", "/mail-*-v*?ignore_unavailable=true", null);
        Path stays = temporary().resolve("stays");
        if (!Files.exists(stays)) {
            run("generate", "--messages", "400", "--seed", "7", stays.toString());
        }
        Path goes = temporary().resolve("goes.mbox");
        // An answer to a mail of the other archive, and a copy of one by another list.
        Files.writeString(goes, """
                From a@example.com Fri Mar  1 12:00:00 2024
                From: Jane Doe <jane@example.com>
                Date: Fri, 1 Mar 2024 11:59:58 +0000
                Message-ID: <gone@example.com>
                Subject: Gone
                List-Id: <gone.example.org>

                A text that only this archive has.

                From b@example.com Fri Mar  1 13:00:00 2024
                From: John Doe <john@example.com>
                Date: Fri, 1 Mar 2024 13:00:00 +0000
                Message-ID: <answer@example.com>
                In-Reply-To: <gone@example.com>
                Subject: Re: Gone
                List-Id: <gone.example.org>

                > A text that only this archive has.
                So has this.

                """);
        run("index", "--url", engine().url(), stays.toString());
        run("index", "--url", engine().url(), goes.toString());
        Files.delete(goes);
        read();
        age("{\"prefix\":{\"archive.source\":\"" + stays.toRealPath() + "\"}}");
    }

    private void run(String... args) {
        CommandLineRun run = CommandLineRun.of(Map.of(), args);
        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.OK, ExitCode.REJECTED);
    }

    /** Notes what there is. */
    private void read() throws Exception {
        engine().post("/mail-*/_refresh", "");
        right.clear();
        for (DocumentKind kind : DocumentKind.values()) {
            right.put(kind, new TreeMap<>(engine().all(kind.alias())));
        }
    }

    /** Makes some documents others than the program would make now, and adds one that it would not make. */
    private void age(String query) throws Exception {
        StringBuilder bulk = new StringBuilder();
        ObjectMapper json = new ObjectMapper();
        JsonNode found = engine().post("/mail-deliveries/_search", "{\"size\":50,\"query\":" + query + "}");
        assertThat(found.at("/hits/hits")).hasSizeGreaterThan(20);
        for (JsonNode hit : found.at("/hits/hits")) {
            ObjectNode line = json.createObjectNode();
            line.putObject("update")
                    .put("_index", "mail-messages")
                    .put("_id", hit.at("/_source/message/id").asText());
            bulk.append(line)
                    .append("\n{\"doc\":{\"email\":{\"subject\":\"as it was\"},\"event\":{\"hash\":\"other\"}}}\n");
        }
        bulk.append("{\"create\":{\"_index\":\"mail-hops\",\"_id\":\"nobody-0001\"}}\n{\"hop\":{\"position\":1}}\n");
        assertThat(engine().post("/_bulk?refresh=true", bulk.toString())
                        .path("errors")
                        .asBoolean())
                .isFalse();
        assertThat(new TreeMap<>(engine().all("mail-messages"))).isNotEqualTo(right.get(DocumentKind.MESSAGE));
    }

    private void assertMadeAnew() throws Exception {
        engine().post("/mail-*/_refresh", "");
        for (DocumentKind kind : DocumentKind.values()) {
            Map<String, JsonNode> now = new TreeMap<>(engine().all(kind.alias()));
            if (kind == DocumentKind.IMPORT) {
                // The runs of before are there beside the one that has read again.
                assertThat(ofKind(now, "run"))
                        .containsAllEntriesOf(ofKind(Objects.requireNonNull(right.get(kind)), "run"));
                assertThat(ofKind(now, "source").keySet())
                        .isEqualTo(ofKind(Objects.requireNonNull(right.get(kind)), "source")
                                .keySet());
            } else {
                Map<String, JsonNode> then = Objects.requireNonNull(right.get(kind));
                assertThat(now.keySet()).as(kind.alias()).isEqualTo(then.keySet());
                then.forEach(
                        (id, source) -> assertThat(now.get(id)).as(kind.alias()).isEqualTo(source));
            }
        }
        assertThat(engine().get("/_alias/mail-*-next").isEmpty()).isTrue();
    }

    private static Map<String, JsonNode> ofKind(Map<String, JsonNode> imports, String kind) {
        Map<String, JsonNode> some = new TreeMap<>();
        imports.forEach((id, source) -> {
            if (source.at("/import/kind").asText().equals(kind)) {
                some.put(id, source);
            }
        });
        return some;
    }

    @Test
    void documentsAreMadeAnewAndWhatNoSourceGivesIsTakenOver() throws Exception {
        CommandLineRun upgrade = CommandLineRun.of(Map.of(), "setup", "--url", engine().url(), "--upgrade", "--reread");
        assertThat(upgrade.exitCode()).as(upgrade.err()).isZero();
        assertThat(upgrade.out()).contains("Index mail-messages-v2 has taken the place of mail-messages-v1");
        assertThat(upgrade.err()).contains("goes.mbox", "taken over as they are");
        assertMadeAnew();

        Path summary = temporary().resolve("summary.json");
        run(
                "index",
                "--url",
                engine().url(),
                "--summary-json",
                summary.toString(),
                temporary().resolve("stays").toString());
        assertThat(new ObjectMapper().readTree(summary.toFile()).path("read").asInt())
                .as("what the upgrade has read is not read again")
                .isZero();
    }

    @Test
    void whoeverIsKilledIsCarriedOn() throws Exception {
        Map<String, JsonNode> before = engine().all("mail-messages");
        List<Integer> codes = new ArrayList<>();
        int requests = 6;
        do {
            try (CutOff cut = new CutOff(engine().url(), requests)) {
                codes.add(CommandLineRun.of(Map.of(), "setup", "--url", cut.url(), "--upgrade", "--reread")
                        .exitCode());
            }
            if (codes.getLast() != ExitCode.OK) {
                assertThat(engine().all("mail-messages").keySet())
                        .as("searches work on the old documents, or on the new")
                        .isEqualTo(before.keySet());
            }
            // Whoever comes next waits for half a minute where one was killed that held a lease.
            requests = 4 * requests;
        } while (codes.getLast() != ExitCode.OK);
        assertThat(codes).hasSizeGreaterThan(2).contains(ExitCode.ENGINE);
        assertMadeAnew();
    }

    @Test
    void whatOthersIndexMeanwhileIsNotLost() throws Exception {
        Path later = temporary().resolve("later.mbox");
        Files.writeString(later, """
                From c@example.com Fri Mar  1 14:00:00 2024
                From: Jane Doe <jane@example.com>
                Date: Fri, 1 Mar 2024 14:00:00 +0000
                Message-ID: <later@example.com>
                In-Reply-To: <answer@example.com>
                Subject: Re: Gone
                List-Id: <gone.example.org>

                So has that.

                """);
        // A run that is cut off after it has begun the next indices, so that what follows comes in between.
        try (CutOff cut = new CutOff(engine().url(), 60)) {
            CommandLineRun.of(Map.of(), "setup", "--url", cut.url(), "--upgrade", "--reread");
        }
        run("index", "--url", engine().url(), later.toString());
        Files.delete(later);
        read();
        right.put(DocumentKind.MESSAGE, Map.of());
        CommandLineRun upgrade = CommandLineRun.of(Map.of(), "setup", "--url", engine().url(), "--upgrade", "--reread");
        assertThat(upgrade.exitCode()).as(upgrade.err()).isZero();
        engine().post("/mail-*/_refresh", "");
        assertThat(new TreeMap<>(engine().all("mail-threads"))).isEqualTo(right.get(DocumentKind.THREAD));
        assertThat(engine().all("mail-deliveries").keySet())
                .isEqualTo(
                        Objects.requireNonNull(right.get(DocumentKind.DELIVERY)).keySet());
    }
}
