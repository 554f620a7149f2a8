package org.listlens.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.listlens.plugin.NodeProcess.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.cli.CommandLineRun;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.opensearch.plugins.PluginInfo;

/** The plugin's zip in a node: that it is loaded, what the processor makes of mails, and what it says of others. */
class MailPluginIT {
    static final String MAIL = """
            Received: from relay.example.org (relay.example.org [192.0.2.7])
            \tby lists.example.com (Postfix) with ESMTPS id 4ABC
            \tfor <dev@lists.example.com>; Tue,  6 Jul 2021 13:17:02 +0000 (UTC)
            Received: from desk.example.org (desk.example.org [192.0.2.8])
            \tby relay.example.org (Postfix) with ESMTPSA id 4ABD;
            \tTue,  6 Jul 2021 13:15:36 +0000 (UTC)
            From: =?utf-8?q?J=C3=A9r=C3=B4me?= <jerome@example.org>
            To: dev@lists.example.com
            Subject: Re: [PATCH 1/2] can: one
            Date: Tue, 6 Jul 2021 15:15:32 +0200
            Message-ID: <one@example.org>
            In-Reply-To: <none@example.com>
            List-Id: <dev.lists.example.com>
            Content-Type: text/plain; charset=utf-8

            On Mon, 5 Jul 2021, Jane wrote:
            > Does it work?
            It does, é included.
            """;

    @TempDir
    static Path home;

    private static NodeProcess node;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("listlens.home", System.getProperty("listlens.root"));
        node = NodeProcess.start(home);
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    @Test
    void theNodeReadsTheDescriptorAndLoadsThePlugin() throws Exception {
        PluginInfo info = PluginInfo.readFromProperties(home.resolve("plugins/ingest-mail"));
        assertThat(info.getName()).isEqualTo("ingest-mail");
        assertThat(info.getClassname()).isEqualTo(MailPlugin.class.getName());
        assertThat(info.getOpenSearchVersionRangesString()).isEqualTo("~3.8.0");
        JsonNode first = node.send("GET", "/_nodes/plugins,ingest", "")
                .body()
                .path("nodes")
                .elements()
                .next();
        assertThat(first.path("plugins").findValuesAsText("name")).contains("ingest-mail");
        assertThat(first.at("/ingest/processors").findValuesAsText("type")).contains("mail");
    }

    @Test
    void theZipHasTheLicencesOfAllJars() throws Exception {
        Path plugin = home.resolve("plugins/ingest-mail");
        assertThat(plugin.resolve("LICENSE.txt")).content().contains("Apache License");
        assertThat(plugin.resolve("NOTICE.txt")).isNotEmptyFile();
        try (var jars = Files.newDirectoryStream(plugin, "*.jar")) {
            for (Path jar : jars) {
                String name = jar.getFileName().toString().replaceAll("-[0-9].*", "");
                if (!name.startsWith("listlens-")) {
                    try (var licences = Files.walk(plugin.resolve("licenses"))) {
                        assertThat(licences.filter(Files::isRegularFile).map(Path::toString))
                                .as(name)
                                .anyMatch(file -> file.contains("/" + name + "-") && file.contains("LICENSE"));
                    }
                }
            }
        }
    }

    @Test
    void aMailBecomesTheDocumentsOfTheIndexer() throws Exception {
        JsonNode document = source("{\"field\":\"raw\"}", raw(MAIL));
        assertThat(document.at("/email/subject").asText()).isEqualTo("Re: [PATCH 1/2] can: one");
        assertThat(document.at("/delivery/latency_ms").asLong()).isEqualTo(86_000);
        assertThat(document.at("/hops")).hasSize(2);
        assertThat(document.at("/hops/0/by/host").asText()).isEqualTo("relay.example.org");
        assertThat(document.at("/hops/1/delay_ms").asLong()).isEqualTo(86_000);
        assertThat(document.has("raw")).isFalse();
        assertEqual(document, expected(MAIL.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void base64CarriesEveryOctet() throws Exception {
        byte[] mail = MAIL.replace("charset=utf-8", "charset=iso-8859-1").getBytes(StandardCharsets.ISO_8859_1);
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getMimeEncoder()}) {
            JsonNode document = source("{\"field\":\"raw\",\"format\":\"base64\"}", raw(encoder.encodeToString(mail)));
            assertThat(document.at("/text/new").asText() + document.at("/text")).contains("é included");
            assertEqual(document, expected(mail));
        }
    }

    @Test
    void optionsSayWhereTheFieldsGoAndWhatStays() throws Exception {
        String document = raw(MAIL).replace("}", ",\"mail\":{\"host\":\"mx\"}}");
        JsonNode below =
                source("{\"field\":\"raw\",\"target_field\":\"mail\",\"keep_raw\":true,\"hops\":false}", document);
        assertThat(below.path("raw").asText()).isEqualTo(MAIL);
        assertThat(below.at("/mail/email/message_id").asText()).isEqualTo("one@example.org");
        assertThat(below.at("/mail/host").asText()).isEqualTo("mx");
        assertThat(below.at("/mail").has("hops")).isFalse();

        JsonNode root = source("{\"field\":\"message\"}", raw(MAIL).replace("\"raw\"", "\"message\""));
        assertThat(root.at("/message/id").asText()).isNotEmpty();
    }

    @Test
    void whatIsBeyondALimitIsCutAndNamed() throws Exception {
        JsonNode cut = source("{\"field\":\"raw\",\"limits\":{\"mail_bytes\":500,\"hops\":1}}", raw(MAIL));
        assertThat(cut.at("/defect/codes").toString()).contains("mail-truncated");
        assertThat(cut.at("/hops")).hasSize(1);
        String base64 = Base64.getEncoder().encodeToString(MAIL.getBytes(StandardCharsets.UTF_8));
        JsonNode same = source(
                "{\"field\":\"raw\",\"format\":\"base64\",\"limits\":{\"mail_bytes\":500,\"hops\":1}}", raw(base64));
        assertThat(same.at("/delivery/id")).isEqualTo(cut.at("/delivery/id"));
    }

    @Test
    void aDocumentWithoutTheFieldPassesWhenItMay() throws Exception {
        assertThat(source("{\"field\":\"raw\",\"ignore_missing\":true}", "{\"other\":1}")
                        .toString())
                .isEqualTo("{\"other\":1}");
        assertThat(source("{\"field\":\"raw\",\"ignore_failure\":true}", "{\"raw\":1}")
                        .toString())
                .isEqualTo("{\"raw\":1}");
        JsonNode caught = source(
                "{\"field\":\"raw\",\"if\":\"ctx.raw != null\",\"tag\":\"t\",\"description\":\"d\","
                        + "\"on_failure\":[{\"set\":{\"field\":\"failed\",\"value\":true}}]}",
                "{\"raw\":1}");
        assertThat(caught.path("failed").asBoolean()).isTrue();
    }

    @Test
    void setupInstallsAPipelineThatTakesRawMails() throws Exception {
        node.send("DELETE", "/_ingest/pipeline/mail", "");
        node.send("DELETE", "/_index_template/mails", "");
        String[] setup = {"setup", "--pipeline", "--url", node.address()};
        CommandLineRun first = CommandLineRun.of(Map.of(), setup);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("Installed pipeline mail", "Installed template mails");
        assertThat(CommandLineRun.of(Map.of(), setup).out()).doesNotContain("Installed pipeline", "Installed template");

        String sent = raw(MAIL).replace("}", ",\"host\":{\"name\":\"mx\"}}");
        String base64 = Base64.getEncoder().encodeToString(MAIL.getBytes(StandardCharsets.UTF_8));
        JsonNode created = node.send("POST", "/mails/_doc?refresh=true", sent).body();
        NodeProcess.Answer again = node.send("POST", "/mails/_doc", raw(base64).replace("\"raw\"", "\"raw_base64\""));
        assertThat(created.path("result").asText()).as(created.toString()).isEqualTo("created");
        assertThat(again.status())
                .as("the same mail again is a conflict: " + again)
                .isEqualTo(409);
        JsonNode document = node.send(
                        "GET", "/mails/_doc/" + created.path("_id").asText(), "")
                .body()
                .path("_source");
        assertThat(document.at("/host/name").asText()).isEqualTo("mx");
        ((ObjectNode) document).remove("host");
        assertEqual(document, expected(MAIL.getBytes(StandardCharsets.UTF_8)));

        JsonNode found = node.send("POST", "/mails/_search", """
                        {"query": {"bool": {"filter": [{"term": {"email.from.address": "jerome@example.org"}},
                          {"term": {"hops.by.host": "lists.example.com"}}, {"range": {"delivery.latency_ms": {"gt": 0}}}]}}}""").body();
        assertThat(found.at("/hits/total/value").asInt()).isEqualTo(1);
    }

    @Test
    void theScriptOfTheDocumentationSendsAMail() throws Exception {
        CommandLineRun.of(Map.of(), "setup", "--pipeline", "--url", node.address());
        String documentation = Files.readString(NodeProcess.ROOT.resolve("docs/shippers.md"));
        int begin = documentation.indexOf("#!/bin/sh");
        Path script = Files.writeString(
                home.resolve("mail-to-opensearch"),
                documentation.substring(begin, documentation.indexOf("```", begin)));
        String mail = MAIL.replace("Subject: ", "Subject: by script: ");
        assertThat(pipe(script, mail, node.address() + "/mails")).isZero();
        assertThat(pipe(script, mail, node.address() + "/mails"))
                .as("it is there already")
                .isZero();
        assertThat(pipe(script, "", node.address() + "/mails")).as("EX_DATAERR").isEqualTo(65);
        assertThat(pipe(script, mail, node.address() + "/No"))
                .as("no such index can be")
                .isEqualTo(65);
        assertThat(pipe(script, mail, "http://127.0.0.1:1/mails"))
                .as("EX_TEMPFAIL")
                .isEqualTo(75);
        node.send("POST", "/mails/_refresh", "");
        JsonNode found = node.send(
                        "POST", "/mails/_search", "{\"query\":{\"match_phrase\":{\"email.subject\":\"by script\"}}}")
                .body();
        assertThat(found.at("/hits/total/value").asInt()).as(found.toString()).isEqualTo(1);
    }

    private static int pipe(Path script, String mail, String url) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", script.toString(), url)
                .redirectOutput(home.resolve("script.out").toFile())
                .redirectError(home.resolve("script.err").toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(mail.getBytes(StandardCharsets.UTF_8));
        }
        return process.waitFor();
    }

    @Test
    void theDocumentationHasEveryLimit() throws Exception {
        String documentation = Files.readString(NodeProcess.ROOT.resolve("docs/shippers.md"));
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            String name = limit.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            String usual = String.format(
                    Locale.ROOT, "%,d", (Integer) limit.getAccessor().invoke(Limits.DEFAULT));
            assertThat(documentation).contains("| `" + name + "` | " + usual + " |");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"field":"raw"}                   | {"other":1}       | the field [raw] is missing
            {"field":"raw"}                   | {"raw":1}         | the field [raw] is not a string
            {"field":"raw"}                   | {"raw":["a"]}     | is not a string but an array
            {"field":"raw"}                   | {"raw":""}        | holds an empty mail
            {"field":"raw","format":"base64"} | {"raw":"no, 64!"} | is not base64
            """)
    void whatIsNoMailIsRefused(String options, String document, String message) throws Exception {
        JsonNode error = simulate(options, document).body().at("/docs/0/error");
        assertThat(error.path("type").asText()).isEqualTo("illegal_argument_exception");
        assertThat(error.path("reason").asText()).contains(message).doesNotContain("64!");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {}                                               | [field] required property is missing
            {"field":"raw","format":"eml"}                   | [format] is [eml]; it can be string or base64
            {"field":"raw","limits":{"hop":1}}               | [limits] has no [hop]; there are mail_bytes, field_bytes,
            {"field":"raw","limits":{"hops":0}}              | [limits.hops] has to be a whole number from 1
            {"field":"raw","limits":{"nesting":1000}}        | [limits.nesting] has to be a whole number from 1 to 100
            {"field":"message","keep_raw":true}              | [keep_raw] cannot keep [message]
            {"field":"raw","unknown":1}                      | doesn't support one or more provided configuration parameters
            """)
    void aPipelineWithOptionsThatAreNoneIsRefused(String options, String message) throws Exception {
        NodeProcess.Answer answer = node.send("PUT", "/_ingest/pipeline/bad", pipeline(options));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/reason").asText()).contains(message);
    }

    private static NodeProcess.Answer simulate(String options, String... documents) throws Exception {
        ObjectNode request = JSON.createObjectNode();
        request.set("pipeline", JSON.readTree(pipeline(options)));
        ArrayNode docs = request.putArray("docs");
        for (String document : documents) {
            docs.addObject().set("_source", JSON.readTree(document));
        }
        return node.send("POST", "/_ingest/pipeline/_simulate", request.toString());
    }

    private static JsonNode source(String options, String document) throws Exception {
        NodeProcess.Answer answer = simulate(options, document);
        JsonNode source = answer.body().at("/docs/0/doc/_source");
        assertThat(source.isObject()).as(answer.toString()).isTrue();
        return source;
    }

    private static String pipeline(String options) {
        return "{\"processors\":[{\"mail\":" + options + "}]}";
    }

    static String raw(String mail) {
        return JSON.createObjectNode().put("raw", mail).toString();
    }

    /** What the indexer's code makes of a mail: field → its value, hops by position. */
    static Map<String, JsonNode> expected(byte[] mail) throws IOException {
        EncodedMail encoded = new MailDocuments()
                .encode(new MailParser(Limits.DEFAULT).parse(new RawMail(new Origin("a", "0"), mail, mail.length)));
        Map<String, JsonNode> fields = new TreeMap<>();
        for (EncodedDocument document : encoded.documents()) {
            JsonNode source =
                    JSON.readTree(encoded.body(), document.sourceStart(), document.end() - document.sourceStart());
            Documents.add(fields, document.kind().alias(), source);
        }
        return fields;
    }

    static void assertEqual(JsonNode document, Map<String, JsonNode> expected) {
        assertThat(Documents.leaves(document)).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
