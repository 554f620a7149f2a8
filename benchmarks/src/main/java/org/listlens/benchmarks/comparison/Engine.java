package org.listlens.benchmarks.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The embedded engine with its own data folder, used past Listlens. */
final class Engine implements AutoCloseable {
    /** As Listlens sends by default. */
    private static final int BULK_OCTETS = 5 << 20;

    private static final int CONNECTIONS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Programs programs;
    private final String listlens;
    private final String url;
    private final long pid;
    private final HttpClient http = HttpClient.newHttpClient();

    private Engine(Programs programs, String listlens, String url, long pid) {
        this.programs = programs;
        this.listlens = listlens;
        this.url = url;
        this.pid = pid;
    }

    /**
     * Starts it.
     *
     * @param programs whose environment names the data folder
     * @param listlens the launcher
     */
    static Engine start(Programs programs, String listlens) throws IOException, InterruptedException {
        String url = programs.ask(List.of(listlens, "engine", "start")).strip();
        String status = programs.ask(List.of(listlens, "engine", "status"));
        int at = status.indexOf("process ") + "process ".length();
        return new Engine(programs, listlens, url, Long.parseLong(status.substring(at, status.indexOf(',', at))));
    }

    @Override
    public void close() throws IOException {
        try {
            programs.run(listlens, "engine", "stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Seconds of processor time that it has taken so far. */
    double cpuSeconds() throws IOException {
        return Proc.cpuSeconds(pid);
    }

    /** Deletes all of Listlens' indices. */
    void clear() throws IOException, InterruptedException {
        for (String index : indices()) {
            send("DELETE", "/" + index, "");
        }
    }

    private List<String> indices() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode row : JSON.readTree(send("GET", "/_cat/indices/mail-*?format=json&h=index", ""))) {
            names.add(row.path("index").asText());
        }
        return names;
    }

    /** Octets on disk when all segments are merged. */
    long merged() throws IOException, InterruptedException {
        send("POST", "/mail-*/_forcemerge?max_num_segments=1&flush=true", "");
        send("POST", "/mail-*/_refresh", "");
        long octets = 0;
        for (JsonNode row :
                JSON.readTree(send("GET", "/_cat/indices/mail-*?format=json&bytes=b&h=pri.store.size", ""))) {
            octets += row.path("pri.store.size").asLong();
        }
        return octets;
    }

    /** Writes all documents as a bulk body, runs' records aside; returns how many there are. */
    long dump(Path file) throws IOException, InterruptedException {
        send("POST", "/mail-*/_refresh", "");
        long count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            JsonNode page = JSON.readTree(send(
                    "POST",
                    "/mail-*,-mail-imports*/_search?scroll=1m",
                    "{\"size\":2000,\"sort\":[\"_doc\"],\"query\":{\"match_all\":{}}}"));
            while (!page.at("/hits/hits").isEmpty()) {
                for (JsonNode hit : page.at("/hits/hits")) {
                    out.write(("{\"create\":{\"_index\":\"" + hit.path("_index").asText() + "\",\"_id\":"
                                    + JSON.writeValueAsString(hit.path("_id").asText()) + "}}\n")
                            .getBytes(StandardCharsets.UTF_8));
                    out.write(JSON.writeValueAsBytes(hit.path("_source")));
                    out.write('\n');
                    count++;
                }
                page = JSON.readTree(send(
                        "POST",
                        "/_search/scroll",
                        "{\"scroll\":\"1m\",\"scroll_id\":\""
                                + page.path("_scroll_id").asText() + "\"}"));
            }
        }
        return count;
    }

    /**
     * Sends a bulk body over two connections into empty indices and makes it searchable; what a client has to do at
     * least.
     */
    Cost replay(Path bulk) throws IOException, InterruptedException {
        clear();
        programs.run(listlens, "setup");
        send("PUT", "/mail-*/_settings", "{\"index\":{\"refresh_interval\":\"-1\"}}");
        double cpuBefore = cpuSeconds();
        double ownBefore = Proc.cpuSeconds(ProcessHandle.current().pid());
        long start = System.nanoTime();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(bulk), 1 << 20);
                ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<Void>> ends = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                ends.add(connections.submit(sending(in)));
            }
            for (Future<Void> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("replaying failed", e);
        }
        send("POST", "/mail-*/_refresh", "");
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        double cpu = cpuSeconds()
                - cpuBefore
                + Proc.cpuSeconds(ProcessHandle.current().pid())
                - ownBefore;
        return Cost.of(wall, cpu, 0);
    }

    private Callable<Void> sending(InputStream in) {
        return () -> {
            for (byte[] body = next(in); body.length > 0; body = next(in)) {
                String answer = send("/_bulk?filter_path=errors", body);
                if (!answer.contains("\"errors\":false")) {
                    throw new IOException("the engine refused documents: " + answer);
                }
            }
            return null;
        };
    }

    /** The next whole documents, of a bulk's size together; none at the end. */
    private static byte[] next(InputStream in) throws IOException {
        synchronized (in) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(BULK_OCTETS + (1 << 20));
            boolean action = true;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                body.write(octet);
                if (octet == '\n') {
                    action = !action;
                    if (action && body.size() >= BULK_OCTETS) {
                        break;
                    }
                }
            }
            return body.toByteArray();
        }
    }

    private String send(String path, byte[] body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
