package org.listlens.metrics;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code GET /metrics} on loopback. Requests under a foreign name are refused, so that a page whose host name is
 * pointed at this machine (DNS rebinding) learns nothing.
 */
public final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("metrics-", 1).factory());

    /**
     * Starts.
     *
     * @param port 0 is any that is free
     * @param metrics writes all of them; called by several threads
     * @throws java.net.BindException when the port is in use
     */
    public MetricsServer(int port, Consumer<MetricsText> metrics) throws IOException {
        server = HttpServer.create(new InetSocketAddress(loopback(), port), 16);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange, metrics);
            }
        });
        server.start();
    }

    /** 127.0.0.1, whatever the machine calls its loopback first. */
    private static InetAddress loopback() throws IOException {
        return Inet4Address.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    }

    /** Where the metrics are. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    private static void answer(HttpExchange exchange, Consumer<MetricsText> metrics) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String origin = headers.getFirst("Origin");
        boolean local = isLocal(headers.getFirst("Host"))
                && (origin == null
                        || isLocal(origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3)));
        String method = exchange.getRequestMethod();
        if (!local) {
            send(exchange, 403, "text/plain", "Only names of this machine are answered, such as localhost.\n");
        } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
            send(exchange, 404, "text/plain", "The metrics are at " + PATH + ".\n");
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            send(exchange, 405, "text/plain", "The metrics can be read and nothing else.\n");
        } else {
            MetricsText text = new MetricsText();
            metrics.accept(text);
            send(exchange, 200, MetricsText.CONTENT_TYPE, text.toString());
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    /** Whether a Host header names this machine from within, as the embedded engine has it. */
    static boolean isLocal(@Nullable String hostAndPort) {
        if (hostAndPort == null) {
            return true;
        }
        String host = hostAndPort.strip().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.equals("[::1]") || host.startsWith("[::1]:");
        }
        int colon = host.indexOf(':');
        host = colon < 0 ? host : host.substring(0, colon);
        return switch (host) {
            // The names under which a container reaches the machine that it runs on.
            case "localhost", "host.docker.internal", "host.containers.internal" -> true;
            default -> host.endsWith(".localhost") || isLoopbackAddress(host);
        };
    }

    private static boolean isLoopbackAddress(String host) {
        if (!host.startsWith("127.")) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
