package org.listlens.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.listlens.plugin.NodeProcess.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.archives.Archives;
import org.listlens.hostile.HostileFiles;
import org.listlens.mail.RawMail;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;

/**
 * Many mails through the pipeline of a node: archives, and mails that are made to cost much.
 * {@code -Dlistlens.plugin.archive=PATH} compares another archive, {@code -Dlistlens.hostile.part=1
 * -Dlistlens.node.heap=1g} sends hostile mails of full size.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RawMailsIT {
    private static final Path CORPORA = Path.of(System.getProperty("listlens.corpora"), "corpora");

    /** The processor keeps a parser with its buffers for each thread. */
    private static final long KEPT = 48 << 20;

    @TempDir
    static Path home;

    private static NodeProcess node;

    @BeforeAll
    static void start() throws Exception {
        node = NodeProcess.start(home);
        NodeProcess.Answer put = node.send(
                "PUT",
                "/_ingest/pipeline/raw",
                "{\"processors\":[{\"mail\":{\"field\":\"raw\",\"format\":\"base64\"}}]}");
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        for (String index : List.of("archive", "hostile")) {
            node.send(
                    "PUT",
                    "/" + index,
                    "{\"settings\":{\"default_pipeline\":\"raw\",\"number_of_replicas\":0},\"mappings\":{\"enabled\":false}}");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    @Test
    @Order(1)
    @Tag("corpus")
    void anArchiveBecomesTheDocumentsOfTheIndexer() throws Exception {
        Path archive = CORPORA.resolve(System.getProperty("listlens.plugin.archive", "linux-can/2021.mbox.zst"));
        Assumptions.assumeTrue(Files.exists(archive), () -> "no archive " + archive + ", nothing compared");
        Map<String, Map<String, JsonNode>> expected = indexed(archive);
        List<byte[]> mails = new ArrayList<>();
        Archives.open(archive.toString(), SourceOptions.DEFAULT).read(new MailReceiver() {
            @Override
            public void mail(RawMail mail) {
                mails.add(mail.bytes());
            }

            @Override
            public void rejected(RejectedEntry entry) {
                throw new AssertionError(entry.toString());
            }

            @Override
            public void progress(long octets) {
                // Nobody waits.
            }
        });
        Map<String, JsonNode> documents = new HashMap<>();
        for (int i = 0; i < mails.size(); i += 200) {
            StringBuilder bulk = new StringBuilder();
            for (byte[] mail : mails.subList(i, Math.min(mails.size(), i + 200))) {
                bulk.append("{\"index\":{\"_index\":\"archive\"}}\n")
                        .append(document(mail))
                        .append('\n');
            }
            JsonNode answer = node.send("POST", "/_bulk", bulk.toString()).body();
            assertThat(answer.path("errors").asBoolean(true))
                    .as(answer.toString())
                    .isFalse();
        }
        node.send("POST", "/archive/_refresh", "");
        JsonNode after = null;
        while (true) {
            ObjectNode search = JSON.createObjectNode().put("size", 500);
            search.putArray("sort").add("_doc");
            if (after != null) {
                search.set("search_after", after);
            }
            JsonNode hits = node.send("POST", "/archive/_search", search.toString())
                    .body()
                    .at("/hits/hits");
            if (hits.isEmpty()) {
                break;
            }
            for (JsonNode hit : hits) {
                documents.put(hit.at("/_source/delivery/id").asText(), hit.path("_source"));
                after = hit.path("sort");
            }
        }
        assertThat(documents.keySet()).isEqualTo(expected.keySet());
        int whole = 0;
        for (Map.Entry<String, Map<String, JsonNode>> mail : expected.entrySet()) {
            if (mail.getValue().containsKey("/text/type")) {
                whole++;
                MailPluginIT.assertEqual(Objects.requireNonNull(documents.get(mail.getKey())), mail.getValue());
            } else {
                assertThat(Documents.leaves(Objects.requireNonNull(documents.get(mail.getKey()))))
                        .containsAllEntriesOf(mail.getValue());
            }
        }
        // Of a message with several copies the indexer's document tells of one.
        assertThat(whole).isGreaterThan(expected.size() * 9 / 10);
        System.out.println(mails.size() + " mails of " + archive.getFileName() + ": " + documents.size()
                + " documents equal to the indexer's, " + (expected.size() - whole)
                + " of them in the fields of delivery and hops, because another copy speaks for the message");
    }

    /** What the indexer writes of an archive: id of the delivery → fields. */
    private static Map<String, Map<String, JsonNode>> indexed(Path archive) throws Exception {
        Path output = home.resolve("indexed.ndjson");
        // Documents go to the standard output of the process, so it is one of its own.
        Process indexer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlistlens.home=" + NodeProcess.ROOT,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.listlens.cli.Main",
                        "index",
                        "--output",
                        "ndjson",
                        archive.toString())
                .redirectOutput(output.toFile())
                .redirectError(home.resolve("indexed.err").toFile())
                .start();
        assertThat(indexer.waitFor())
                .as(Files.readString(home.resolve("indexed.err")))
                .isZero();
        Map<String, JsonNode> messages = new HashMap<>();
        Map<String, Map<String, JsonNode>> deliveries = new HashMap<>();
        List<String> lines = Files.readAllLines(output);
        for (int i = 0; i < lines.size(); i += 2) {
            JsonNode action = JSON.readTree(lines.get(i)).elements().next();
            JsonNode document = JSON.readTree(lines.get(i + 1));
            String index = action.path("_index").asText();
            String id = action.path("_id").asText();
            switch (index) {
                case "mail-messages" -> messages.put(id, document);
                case "mail-deliveries", "mail-hops" -> {
                    String delivery = index.equals("mail-hops")
                            ? document.at("/delivery/id").asText()
                            : id;
                    Documents.add(deliveries.computeIfAbsent(delivery, key -> new TreeMap<>()), index, document);
                }
                default -> {
                    // Hosts, which many mails tell of.
                }
            }
        }
        deliveries.forEach((id, fields) -> {
            JsonNode message = Objects.requireNonNull(messages.get(
                    Objects.requireNonNull(fields.get("/message/id")).asText()));
            if (message.at("/delivery/id").asText().equals(id)) {
                Map<String, JsonNode> all = new TreeMap<>();
                Documents.add(all, "mail-messages", message);
                all.putAll(fields);
                fields.putAll(all);
            }
        });
        return deliveries;
    }

    @Test
    @Order(2)
    void hostileMailsBecomeDocuments() throws Exception {
        Path folder = home.resolve("hostile");
        HostileFiles.write(folder, Integer.getInteger("listlens.hostile.part", 20));
        send(folder);
    }

    @Test
    @Order(3)
    @Tag("corpus")
    void odditiesBecomeDocuments() throws Exception {
        Path folder = CORPORA.resolve("oddities");
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no folder " + folder + ", nothing sent");
        send(folder);
    }

    /** Sends all files of a folder: each becomes a document or is refused by the processor, and the node is as before. */
    private static void send(Path folder) throws Exception {
        node.send("POST", "/hostile/_doc", document(MailPluginIT.MAIL.getBytes(StandardCharsets.UTF_8)));
        long before = node.heap();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        int documents = 0;
        List<String> refused = new ArrayList<>();
        for (Path file : files) {
            NodeProcess.Answer answer = node.send("POST", "/hostile/_doc", document(Files.readAllBytes(file)));
            if (answer.status() == 201) {
                documents++;
            } else {
                String reason = answer.body().at("/error/reason").asText();
                assertThat(answer.body().at("/error/type").asText())
                        .as(file + ": " + answer)
                        .isEqualTo("illegal_argument_exception");
                assertThat(reason)
                        .as(file.toString())
                        .startsWith("the field [raw]")
                        .hasSizeLessThan(300);
                refused.add(folder.relativize(file) + ": " + reason);
            }
        }
        assertThat(node.isAlive()).isTrue();
        long after = node.heap();
        System.out.printf(
                "%s: %d files, %d documents, refused %s; heap %d MiB before, %d MiB after%n",
                folder.getFileName(), files.size(), documents, refused, before >> 20, after >> 20);
        assertThat(after).isLessThan(before + KEPT);
    }

    private static String document(byte[] mail) {
        return "{\"raw\":\"" + Base64.getEncoder().encodeToString(mail) + "\"}";
    }
}
