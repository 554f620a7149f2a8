package org.listlens.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.opensearch.plugin.classloader.ExtendedPluginsClassLoader;

/** A {@link PluginNode} with the plugin's zip unpacked, as a client sees it. */
final class NodeProcess implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("listlens.root"));
    static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    private NodeProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** An answer. */
    record Answer(int status, JsonNode body) {}

    static NodeProcess start(Path home) throws IOException, URISyntaxException {
        unzip(zip(), home.resolve("plugins/ingest-mail"));
        Files.createDirectories(home.resolve("config"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + System.getProperty("listlens.node.heap", "512m"),
                        "-Xss1m",
                        "-XX:TieredStopAtLevel=" + Integer.getInteger("listlens.tier", 1),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        ROOT.resolve("plugin/target/test-classes") + ":"
                                + Path.of(ExtendedPluginsClassLoader.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                + ":" + ROOT.resolve("embedded/target/lib") + "/*",
                        PluginNode.class.getName(),
                        home.toString())
                .redirectError(home.resolve("node.err").toFile())
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith("http ")) {
            line = output.readLine();
        }
        assertThat(line).as(() -> read(home.resolve("node.err"))).isNotNull();
        Thread rest = new Thread(() -> output.lines().forEach(more -> {}));
        rest.setDaemon(true);
        rest.start();
        return new NodeProcess(process, "http://" + line.substring(5));
    }

    static Path zip() throws IOException {
        try (var files = Files.list(ROOT.resolve("plugin/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("ingest-mail-.*-opensearch-3\\.8\\.zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static void unzip(Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
    }

    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", path.contains("_bulk") ? "application/x-ndjson" : "application/json")
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            return new Answer(response.statusCode(), JSON.readTree(in));
        }
    }

    String address() {
        return address;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Octets of the heap in use after a collection. */
    long heap() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .start();
        jcmd.inputReader().lines().forEach(line -> {});
        jcmd.waitFor();
        return send("GET", "/_nodes/stats/jvm", "")
                .body()
                .path("nodes")
                .elements()
                .next()
                .at("/jvm/mem/heap_used_in_bytes")
                .asLong();
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
