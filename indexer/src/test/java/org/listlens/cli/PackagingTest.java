package org.listlens.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * docker-compose.yml, Dockerfile, .env.example, pom.xml and README.md say the same; whether Docker agrees is asked where it
 * is there.
 */
class PackagingTest {
    private static final Path ROOT = Path.of(System.getProperty("listlens.root", ".."));

    /** Of a service, by the specification of Compose, as far as these are used. */
    private static final Set<String> KEYS = Set.of(
            "build",
            "command",
            "depends_on",
            "entrypoint",
            "environment",
            "healthcheck",
            "image",
            "network_mode",
            "ports",
            "restart",
            "stop_grace_period",
            "ulimits",
            "user",
            "volumes");

    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)(?:(:[?-])([^}]*))?}");

    private final JsonNode compose = compose();
    private final JsonNode services = compose.path("services");

    @Test
    void itIsWhatComposeReads() {
        assertThat(compose.fieldNames()).toIterable().containsExactlyInAnyOrder("name", "services", "volumes");
        assertThat(services.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("credentials", "opensearch", "dashboards", "setup", "listlens");
        for (Map.Entry<String, JsonNode> service : services.properties()) {
            assertThat(KEYS).as(service.getKey()).containsAll(names(service.getValue()));
            assertThat(service.getValue().path("image").asText())
                    .as("a version, which is not the newest one")
                    .matches("[a-z/-]+:\\d+\\.\\d+\\.\\d+");
        }
    }

    @Test
    void imagesHaveTheVersionsOfThePom() throws IOException {
        String engine = property("opensearch.version");
        assertThat(image("opensearch")).isEqualTo("opensearchproject/opensearch:" + engine);
        assertThat(image("credentials")).isEqualTo(image("opensearch"));
        assertThat(image("dashboards")).isEqualTo("opensearchproject/opensearch-dashboards:" + engine);
        assertThat(image("listlens")).isEqualTo(image("setup"));
        assertThat(image("listlens")).isEqualTo("listlens:" + projectVersion());
        assertThat(services.at("/setup/build").asText()).isEqualTo(".");

        List<String> from = lines("Dockerfile")
                .filter(line -> line.startsWith("FROM "))
                .map(line -> line.split(" ", -1)[1])
                .toList();
        String release = property("maven.compiler.release");
        assertThat(from).hasSize(2);
        assertThat(from.get(0)).matches("maven:\\d+\\.\\d+\\.\\d+-eclipse-temurin-" + release);
        assertThat(from.get(1)).matches("eclipse-temurin:" + release + "\\.\\d+\\.\\d+_\\d+-jre");
    }

    @Test
    void portsArePublishedOnLoopbackAloneAndAreThoseOfTheReadme() throws IOException {
        List<String> published = new ArrayList<>();
        for (JsonNode service : services) {
            service.path("ports").forEach(port -> published.add(port.asText()));
            assertThat(service.path("network_mode").asText()).isIn("", "none");
        }
        assertThat(published).containsExactly("127.0.0.1:9200:9200", "127.0.0.1:5601:5601");
        assertThat(readme()).contains("https://localhost:9200", "http://localhost:5601/app/dashboards");
        assertThat(services.at("/opensearch/healthcheck/test").toString()).contains("https://localhost:9200/");
        assertThat(services.at("/dashboards/healthcheck/test").toString()).contains("http://localhost:5601/");
        String metrics = services.at("/listlens/command/3").asText();
        assertThat(services.at("/listlens/healthcheck/test").toString())
                .contains("http://127.0.0.1:" + metrics + "/metrics");
        assertThat(readme()).contains("--metrics-port " + metrics);
    }

    @Test
    void passwordsComeFromTheEnvironmentAlone() throws IOException {
        Set<String> wanted = new TreeSet<>();
        Set<String> optional = new TreeSet<>();
        Matcher variable = VARIABLE.matcher(Files.readString(ROOT.resolve("docker-compose.yml")));
        while (variable.find()) {
            (":?".equals(variable.group(2)) ? wanted : optional).add(variable.group(1));
        }
        assertThat(wanted).containsExactly("DASHBOARDS_PASSWORD", "LISTLENS_PASSWORD", "OPENSEARCH_ADMIN_PASSWORD");
        assertThat(optional).containsExactly("LISTLENS_ARCHIVES");
        assertThat(lines(".env.example").filter(line -> line.matches("#?\\w+=.*")))
                .containsExactlyInAnyOrder(
                        "OPENSEARCH_ADMIN_PASSWORD=",
                        "DASHBOARDS_PASSWORD=",
                        "LISTLENS_PASSWORD=",
                        "#LISTLENS_ARCHIVES=/srv/lists");
        for (JsonNode service : services) {
            for (Map.Entry<String, JsonNode> entry : service.path("environment").properties()) {
                if (entry.getKey().contains("PASSWORD")) {
                    assertThat(entry.getValue().asText()).startsWith("${" + entry.getKey() + ":?");
                }
            }
        }
        assertThat(lines(".gitignore")).contains(".env");
        assertThat(lines(".dockerignore")).contains(".env");
        for (String file : List.of("opensearch.yml", "opensearch_dashboards.yml")) {
            assertThat(lines("docker/" + file).filter(line -> line.matches("[^#]*password:.*")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).matches(".*: \"?\\$\\{[A-Z_]+}\"?"));
        }
        assertThat(services.at("/opensearch/environment/DISABLE_INSTALL_DEMO_CONFIG")
                        .asText())
                .as("users whose passwords everybody knows")
                .isEqualTo("true");
        assertThat(services.toString()).doesNotContain("DISABLE_SECURITY");
    }

    /** They are options of the commands that get them, or are read by the script or the settings that are mounted. */
    @Test
    void whatServicesAreGivenIsRead() throws IOException {
        for (String name : List.of("setup", "listlens")) {
            JsonNode service = services.path(name);
            List<String> command = new ArrayList<>();
            service.path("command").forEach(word -> command.add(word.asText()));
            Set<String> options = options(command.getFirst());
            assertThat(names(service.path("environment"))).hasSize(4);
            for (String variable : names(service.path("environment"))) {
                String option = "--"
                        + variable.replaceFirst("LISTLENS_", "")
                                .replace('_', '-')
                                .toLowerCase(Locale.ROOT);
                assertThat(option.equals("--password") || options.contains(option))
                        .as(variable)
                        .isTrue();
            }
            assertThat(options)
                    .containsAll(command.stream()
                            .filter(word -> word.startsWith("--"))
                            .toList());
        }
        String script = Files.readString(ROOT.resolve("docker/credentials.sh"));
        assertThat(names(services.at("/credentials/environment")))
                .allSatisfy(variable -> assertThat(script).contains("hash_of " + variable));
        assertThat(script).contains("dns:opensearch", "dns:localhost");
        assertThat(services.at("/listlens/environment/LISTLENS_URL").asText()).isEqualTo("https://opensearch:9200");
        assertThat(script)
                .contains(services.at("/listlens/environment/LISTLENS_USERNAME").asText() + ": {hash:");
        JsonNode dashboards = yaml("docker/opensearch_dashboards.yml");
        assertThat(dashboards.path("opensearch.hosts").path(0).asText()).isEqualTo("https://opensearch:9200");
        assertThat(script).contains(dashboards.path("opensearch.username").asText() + ": {hash:");
        assertThat(dashboards.path("opensearch.password").asText())
                .isEqualTo("${" + names(services.at("/dashboards/environment")).getFirst() + '}');
    }

    @Test
    void servicesWaitForWhatTellsThatItIsReady() {
        for (Map.Entry<String, JsonNode> service : services.properties()) {
            for (Map.Entry<String, JsonNode> other :
                    service.getValue().path("depends_on").properties()) {
                JsonNode awaited = services.path(other.getKey());
                String condition = other.getValue().path("condition").asText();
                assertThat(condition).isIn("service_healthy", "service_completed_successfully");
                assertThat(awaited.has("healthcheck"))
                        .as("%s waits for %s", service.getKey(), other.getKey())
                        .isEqualTo(condition.equals("service_healthy"));
                assertThat(awaited.path("restart").asText())
                        .isIn(
                                condition.equals("service_healthy")
                                        ? List.of("unless-stopped")
                                        : List.of("no", "on-failure:5"));
            }
        }
        assertThat(services.at("/opensearch/depends_on").has("credentials")).isTrue();
        assertThat(services.at("/setup/depends_on").has("dashboards")).isTrue();
        assertThat(services.at("/listlens/depends_on").has("setup")).isTrue();
    }

    @Test
    void whatIsMountedIsThereAndWhatIsNotOursIsReadOnly() {
        Set<String> volumes = new TreeSet<>(names(compose.path("volumes")));
        Set<String> used = new TreeSet<>();
        for (Map.Entry<String, JsonNode> service : services.properties()) {
            for (JsonNode volume : service.getValue().path("volumes")) {
                String text = volume.asText().replaceAll("\\$\\{[^}]*}", "./archives");
                String[] parts = text.split(":", -1);
                boolean readOnly = parts.length == 3 && parts[2].equals("ro");
                if (parts[0].startsWith("./")) {
                    assertThat(readOnly).as(text).isTrue();
                    assertThat(parts[0].equals("./archives") || Files.exists(ROOT.resolve(parts[0])))
                            .as(text)
                            .isTrue();
                } else {
                    assertThat(volumes).contains(parts[0]);
                    used.add(parts[0]);
                    assertThat(readOnly)
                            .as(text)
                            .isEqualTo(!service.getKey().equals("credentials") && !parts[0].equals("opensearch-data"));
                }
            }
        }
        assertThat(used).isEqualTo(volumes);
    }

    @Test
    void theReadmeSaysHowToStartIt() throws IOException {
        assertThat(readme())
                .contains("cp .env.example .env", "docker compose up -d", "docker compose run --rm setup")
                .contains("docker build -t listlens .");
    }

    @Test
    void dockerReadsItWhereItIs() throws Exception {
        Assumptions.assumeTrue(docker("compose", "version") == 0, "there is no docker compose here");
        assertThat(docker("compose", "config", "--quiet")).isZero();
    }

    /** Its exit code; that of a shell that does not find a program where there is none. */
    private static int docker(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        for (String name : List.of("DASHBOARDS_PASSWORD", "LISTLENS_PASSWORD", "OPENSEARCH_ADMIN_PASSWORD")) {
            builder.environment().put(name, "not-one");
        }
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            return 127;
        }
    }

    @Command(name = "listlens")
    private static final class Listlens {}

    private static Set<String> options(String command) {
        CommandLine line = new CommandLine(new Listlens());
        Commands.addAll(line);
        return requireNonNull(line.getSubcommands().get(command), command)
                .getCommandSpec()
                .optionsMap()
                .keySet();
    }

    private String image(String service) {
        return services.path(service).path("image").asText();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String property(String name) throws IOException {
        return group("<" + Pattern.quote(name) + ">([^<]+)</");
    }

    private static String projectVersion() throws IOException {
        return group("<artifactId>listlens</artifactId>\\s*<version>([^<]+)<");
    }

    private static String group(String regex) throws IOException {
        Matcher matcher = Pattern.compile(regex).matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(matcher.find()).as(regex).isTrue();
        return matcher.group(1);
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static Stream<String> lines(String file) throws IOException {
        return Files.readAllLines(ROOT.resolve(file)).stream();
    }

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(ROOT.resolve(file).toFile());
    }

    private static JsonNode compose() {
        try {
            return yaml("docker-compose.yml");
        } catch (IOException e) {
            throw new AssertionError("docker-compose.yml cannot be read", e);
        }
    }
}
