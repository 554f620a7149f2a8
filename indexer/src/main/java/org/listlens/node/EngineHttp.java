package org.listlens.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The few questions about an engine's life. The answers are searched for single words, so this needs no JSON; whatever
 * answers on the port is heard for a bounded time and length.
 */
final class EngineHttp {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int ANSWER_BYTES = 64 << 10;

    private final URI url;

    EngineHttp(URI url) {
        this.url = url;
    }

    /** Whether the engine of that start answers here. */
    boolean isStart(String id) {
        try {
            return ask("/_nodes/_local/_none?filter_path=nodes.*.attributes.start", 0)
                    .contains("\"start\":\"" + id + "\"");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits until all primary shards are there.
     *
     * @param seconds how long to wait at most
     */
    boolean isRecovered(int seconds) throws IOException {
        String health = ask(
                "/_cluster/health?filter_path=status&wait_for_status=yellow&timeout=" + seconds + "s", seconds * 1_000);
        return health.contains("\"yellow\"") || health.contains("\"green\"");
    }

    /** Names of indices with a primary shard missing, separated by a comma and a blank. */
    String redIndices() {
        try {
            return String.join(
                    ", ",
                    ask("/_cat/indices?health=red&h=index&expand_wildcards=all", 0)
                            .lines()
                            .toList());
        } catch (IOException e) {
            return "";
        }
    }

    /** Makes the engine stay until it is stopped. */
    void stay() throws IOException {
        HttpURLConnection connection = open("/_cluster/settings", 0);
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var body = connection.getOutputStream()) {
            body.write("{\"transient\":{\"listlens.idle_timeout\":\"0ms\"}}".getBytes(StandardCharsets.US_ASCII));
        }
        answer(connection);
    }

    private String ask(String path, int patienceMillis) throws IOException {
        return answer(open(path, patienceMillis));
    }

    private HttpURLConnection open(String path, int patienceMillis) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS + patienceMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return connection;
    }

    /** The answer's body; empty when the status is an error, which for health means: not yet. */
    private static String answer(HttpURLConnection connection) throws IOException {
        boolean whole = false;
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return "";
            }
            try (InputStream body = connection.getInputStream()) {
                byte[] octets = body.readNBytes(ANSWER_BYTES);
                // The connection is kept for the next question only when nothing is left in it.
                whole = octets.length < ANSWER_BYTES;
                return new String(octets, StandardCharsets.UTF_8);
            }
        } finally {
            if (!whole) {
                connection.disconnect();
            }
        }
    }
}
