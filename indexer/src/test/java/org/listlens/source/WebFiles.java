package org.listlens.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A web server on loopback with one file, which does what each test wants of it. */
final class WebFiles implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String scheme;

    /** Requests as {@code GET /path}, with the fields of interest behind it. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    volatile byte[] file = new byte[0];
    volatile String etag = "\"1\"";
    volatile boolean ranges = true;
    volatile boolean lengths = true;
    volatile boolean headAllowed = true;
    volatile boolean octetByOctet;
    volatile String type = "application/mbox";
    /** So many answers break off, after so many octets of them. */
    volatile int cuts;

    volatile int cutAfter;
    /** Goes before the file, when it returns true the request is answered. */
    volatile Handler first = exchange -> false;

    interface Handler {
        boolean handle(HttpExchange exchange) throws IOException;
    }

    WebFiles(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(loopback, 0);
            scheme = "http";
        } else {
            HttpsServer secure = HttpsServer.create(loopback, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
            scheme = "https";
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return scheme + "://localhost:" + server.getAddress().getPort() + "/list.mbox";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String fields = "";
        for (String name : List.of("Range", "If-Range", "If-None-Match", "Authorization")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            fields += value == null ? "" : ' ' + name + '=' + value;
        }
        requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + fields);
        try {
            if (!first.handle(exchange)) {
                send(exchange);
            }
        } finally {
            exchange.close();
        }
    }

    private void send(HttpExchange exchange) throws IOException {
        byte[] octets = file;
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head && !headAllowed) {
            exchange.sendResponseHeaders(405, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        if (!etag.isEmpty()) {
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        int status = 200;
        if (ranges && range != null && (ifRange == null || ifRange.equals(etag))) {
            from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
            if (from >= octets.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            status = 206;
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + '-' + (octets.length - 1) + '/' + octets.length);
        }
        int length = octets.length - from;
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, lengths && length > 0 ? length : 0);
        int left = cuts;
        boolean cut = left > 0;
        if (cut) {
            cuts = left - 1;
        }
        int to = from + (cut ? Math.min(cutAfter, length) : length);
        OutputStream out = exchange.getResponseBody();
        if (octetByOctet) {
            for (int i = from; i < to; i++) {
                out.write(octets[i]);
                out.flush();
            }
        } else {
            out.write(octets, from, to - from);
        }
        out.flush();
    }

    static boolean status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        return true;
    }

    static boolean redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        return status(exchange, status);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
