package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Keeps the template of what comes by the ingest pipeline at what the indexer's templates say of the same fields; with
 * {@code -Dlistlens.update} it writes the file.
 */
class PipelineTemplateTest {
    private static final Path MAPPINGS = Mappings.ROOT.resolve("mappings");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void fieldsAreMappedAsByTheIndexer() throws IOException {
        Path file = MAPPINGS.resolve("pipeline/index-templates/mails.json");
        int version = Files.exists(file)
                ? JSON.readTree(file.toFile()).at("/_meta/version").asInt(1)
                : 1;
        String expected =
                JSON.writerWithDefaultPrettyPrinter()
                                .writeValueAsString(template(version))
                                .replace(" : ", ": ") + "\n";
        if (System.getProperty("listlens.update") != null) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as(file + " is stale; raise its version and write it anew with mvn -q -pl embedded,mail,indexer test"
                        + " -Dtest=PipelineTemplateTest -Dlistlens.update -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(expected);
    }

    private static ObjectNode template(int version) throws IOException {
        JsonNode messages = read("mail-messages");
        JsonNode deliveries = read("mail-deliveries");
        JsonNode hops = read("mail-hops");
        ObjectNode template = JSON.createObjectNode();
        template.putArray("index_patterns").add("mails").add("mails-*");
        template.put("priority", 200);
        template.putArray("composed_of")
                .add("mail-settings")
                .add("mail-base")
                .add("mail-copy")
                .add("mail-summary")
                .add("mail-email")
                .add("mail-archive");
        template.putObject("_meta")
                .put("version", version)
                .put(
                        "description",
                        "One document per raw mail that came by the ingest pipeline \"mail\": the fields of mail-messages"
                                + " and mail-deliveries, the hops as an array, and what the sender adds.");
        ObjectNode settings = messages.at("/template/settings").deepCopy();
        ((ObjectNode) settings.path("index")).put("default_pipeline", "mail");
        ObjectNode body = template.putObject("template");
        body.set("settings", settings);
        ObjectNode mappings = body.putObject("mappings");
        // Shippers add fields of their own.
        mappings.put("dynamic", "true");
        mappings.putArray("dynamic_templates")
                .addObject()
                .putObject("strings_of_shippers")
                .put("match_mapping_type", "string")
                .putObject("mapping")
                .put("type", "keyword")
                .put("ignore_above", 1024);
        ObjectNode properties = messages.at("/template/mappings/properties").deepCopy();
        merge("", properties, deliveries.at("/template/mappings/properties"));
        properties.set("hops", hops.at("/template/mappings/properties/hop"));
        mappings.set("properties", properties);
        return template;
    }

    private static JsonNode read(String name) throws IOException {
        return JSON.readTree(
                MAPPINGS.resolve("index-templates").resolve(name + ".json").toFile());
    }

    /** A field that two documents of a mail have is mapped alike in both, since the pipeline's has it once. */
    private static void merge(String path, ObjectNode into, JsonNode more) {
        for (Map.Entry<String, JsonNode> field : more.properties()) {
            String name = path + field.getKey();
            JsonNode known = into.get(field.getKey());
            if (known == null) {
                into.set(field.getKey(), field.getValue());
            } else if (known.has("properties")) {
                assertThat(field.getValue().has("properties")).as(name).isTrue();
                merge(
                        name + ".",
                        (ObjectNode) known.get("properties"),
                        field.getValue().get("properties"));
            } else {
                assertThat(known).as(name).isEqualTo(field.getValue());
            }
        }
    }
}
