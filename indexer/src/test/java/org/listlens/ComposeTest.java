package org.listlens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docker-compose.yml promises: the engine that Listlens is built with, and no port open to others. */
class ComposeTest {
    private static final Path ROOT = Path.of(System.getProperty("listlens.root", ".."));

    private final JsonNode services = services();

    @Test
    void imagesHaveTheVersionOfThePom() throws IOException {
        Matcher version = Pattern.compile("<opensearch\\.version>([^<]+)</opensearch\\.version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(services.at("/opensearch/image").asText())
                .isEqualTo("opensearchproject/opensearch:" + version.group(1));
        assertThat(services.at("/dashboards/image").asText())
                .isEqualTo("opensearchproject/opensearch-dashboards:" + version.group(1));
        assertThat(services.at("/dashboards-import/image").asText())
                .isEqualTo(services.at("/dashboards/image").asText());
        assertThat(services).hasSize(4);
    }

    @Test
    void portsArePublishedOnLoopbackAlone() {
        assertThat(services.path("listlens").has("ports")).isFalse();
        for (JsonNode service : services) {
            assertThat(service.path("ports"))
                    .allSatisfy(port -> assertThat(port.asText()).matches("127\\.0\\.0\\.1:\\d+:\\d+"));
            assertThat(service.has("network_mode")).isFalse();
        }
    }

    @Test
    void listlensFollowsOnlyWhenItIsAskedTo() throws IOException {
        JsonNode listlens = services.path("listlens");
        assertThat(listlens.at("/profiles/0").asText()).isEqualTo("follow");
        assertThat(listlens.path("command"))
                .extracting(JsonNode::asText)
                .containsExactly("/opt/listlens/bin/listlens", "index", "--follow", "/archives");
        assertThat(listlens.at("/environment/LISTLENS_URL").asText()).isEqualTo("http://opensearch:9200");
        assertThat(listlens.path("volumes"))
                .extracting(JsonNode::asText)
                .allSatisfy(volume -> assertThat(volume).endsWith(":ro"))
                .anyMatch(volume -> volume.contains(":/archives:"))
                .anyMatch(volume -> volume.contains(":/opt/listlens:"));
        assertThat(listlens.at("/depends_on/opensearch/condition").asText()).isEqualTo("service_healthy");
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("docker compose --profile follow up -d");
    }

    @Test
    void dashboardsWaitForAHealthyEngine() {
        assertThat(services.at("/opensearch/healthcheck/test").toString()).contains("localhost:9200/_cluster/health");
        assertThat(services.at("/dashboards/depends_on/opensearch/condition").asText())
                .isEqualTo("service_healthy");
    }

    @Test
    void dashboardsAreImportedOnceTheyAreReady() {
        JsonNode once = services.path("dashboards-import");
        assertThat(once.has("ports")).isFalse();
        assertThat(once.has("profiles")).isFalse();
        assertThat(once.path("restart").asText()).startsWith("on-failure");
        assertThat(once.at("/depends_on/dashboards/condition").asText()).isEqualTo("service_healthy");
        assertThat(services.at("/dashboards/healthcheck/test").toString()).contains("localhost:5601/api/status");
        assertThat(once.at("/volumes/0").asText()).isEqualTo("./dashboards:/dashboards:ro");
        assertThat(ROOT.resolve("dashboards")).isDirectoryContaining("glob:**.ndjson");
        assertThat(once.at("/command/0").asText())
                .contains("/dashboards/*.ndjson")
                .contains("/api/saved_objects/_import?overwrite=true")
                .contains("osd-xsrf: true")
                .contains("\"success\":true");
    }

    @Test
    void dataOutlivesTheContainer() throws IOException {
        String volume = services.at("/opensearch/volumes/0").asText();

        assertThat(volume).endsWith(":/usr/share/opensearch/data");
        assertThat(compose().path("volumes").has(volume.substring(0, volume.indexOf(':'))))
                .isTrue();
    }

    private static JsonNode services() {
        try {
            return compose().path("services");
        } catch (IOException e) {
            throw new AssertionError("docker-compose.yml cannot be read", e);
        }
    }

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(ROOT.resolve("docker-compose.yml").toFile());
    }
}
