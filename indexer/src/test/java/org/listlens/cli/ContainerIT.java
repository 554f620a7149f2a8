package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.testcontainers.OpenSearchContainer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The suite on whole installations in containers, where Docker is: with all modules, unlike Maven Central's jars. */
@ParameterizedClass(name = "{0}")
@MethodSource("images")
@SuiteEngine(name = "containers", title = "container")
class ContainerIT extends EngineSuite {
    private static final int PORT = 9200;

    @Parameter
    private String image = "";

    private @Nullable GenericContainer<?> container;

    static List<String> images() throws IOException {
        return List.of(
                "opensearchproject/opensearch:" + version("engines/opensearch-2/pom.xml"),
                "opensearchproject/opensearch:" + version("pom.xml"),
                "docker.elastic.co/elasticsearch/elasticsearch:8.19.21",
                "docker.elastic.co/elasticsearch/elasticsearch:9.5.3");
    }

    private static String version(String pom) throws IOException {
        Matcher version = Pattern.compile("<opensearch\\.version>([^<]+)<")
                .matcher(Files.readString(Path.of(System.getProperty("listlens.root"), pom)));
        if (!version.find()) {
            throw new AssertionError("no version of OpenSearch in " + pom);
        }
        return version.group(1);
    }

    @Override
    String start() {
        GenericContainer<?> made = image.contains("/elasticsearch:")
                ? new GenericContainer<>(DockerImageName.parse(image))
                        .withEnv("discovery.type", "single-node")
                        .withEnv("xpack.security.enabled", "false")
                        .withEnv("ES_JAVA_OPTS", "-Xms1g -Xmx1g")
                        .withExposedPorts(PORT)
                        .waitingFor(Wait.forHttp("/_cluster/health?wait_for_status=yellow")
                                .forPort(PORT)
                                .withStartupTimeout(Duration.ofMinutes(3)))
                : new OpenSearchContainer<>(DockerImageName.parse(image));
        container = made;
        made.start();
        return "http://" + made.getHost() + ':' + made.getMappedPort(PORT);
    }

    @Override
    int messages() {
        return 1000;
    }

    @AfterAll
    void stop() {
        if (container != null) {
            container.stop();
        }
    }
}
