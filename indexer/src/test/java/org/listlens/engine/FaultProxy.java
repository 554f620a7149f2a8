package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands on loopback between a client and an engine, as a bad network and an overloaded engine would: connections that
 * break or stall at any point, answers that are cut short or replaced, refusals of whole requests and of single items.
 * Speaks to the client by plain sockets, so that it can break what an HTTP server would keep whole. Requests that no
 * {@link Fault} is planned for pass unchanged.
 */
public final class FaultProxy implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Requests up to this size are never too large, so that splitting ends. */
    private static final int LARGE = 100_000;

    /** Decides on the fault that a request meets; asked by one thread at a time. */
    @FunctionalInterface
    public interface Plan {
        @Nullable
        Fault next(String method, String path);
    }

    private final ServerSocket server;
    private final URI engine;
    private final Plan plan;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private int requests;

    /** @param engine where requests go */
    public FaultProxy(String engine, Plan plan) throws IOException {
        this.engine = URI.create(engine);
        this.plan = plan;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("fault-proxy").start(this::accept);
    }

    public String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    /** How many requests have come so far, those with faults included. */
    public synchronized int requests() {
        return requests;
    }

    /** How often each fault was met so far. */
    public synchronized Map<Fault, Integer> met() {
        return new EnumMap<>(met);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                open.add(client);
                Thread.ofPlatform().daemon().name("fault-proxy-connection").start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            boolean goesOn = true;
            while (goesOn) {
                Head head = Head.read(in);
                if (head == null) {
                    return;
                }
                goesOn = meet(decide(head), head, in, out);
                if (!goesOn) {
                    // What is not read makes the end of the connection a reset; so does this.
                    client.setSoLinger(true, 0);
                }
            }
        } catch (IOException e) {
            // The client or the engine has gone; so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private synchronized @Nullable Fault decide(Head head) {
        requests++;
        Fault fault = plan.next(head.method(), head.path());
        if (fault == null) {
            return null;
        }
        boolean bulk = head.path().startsWith("/_bulk");
        boolean fits = bulk || !(fault.isOfBulk() || fault.isOfLarge());
        Fault fitting = fits ? fault : Fault.UNAVAILABLE;
        met.merge(fitting, 1, Integer::sum);
        return fitting;
    }

    /** Answers one request, or does not; returns whether the connection goes on. */
    private boolean meet(@Nullable Fault fault, Head head, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        if (fault == Fault.RESET_BEFORE) {
            return false;
        }
        if (fault == Fault.RESET_WITHIN) {
            sendBeginning(head, in);
            return false;
        }
        if (fault == Fault.TOO_LARGE_UNREAD) {
            // So much is read that it is known to be large.
            int read = in.readNBytes(head.isChunked() ? LARGE : Math.min(head.length(), LARGE)).length;
            if (read == LARGE) {
                out.write(head(413, 0, true));
                out.flush();
            }
            return false;
        }
        byte[] body = head.body(in);
        switch (fault) {
            case null -> write(out, forward(head, body));
            case BUSY -> write(out, error(429, "es_rejected_execution_exception"));
            case UNAVAILABLE -> write(out, error(503, "process_cluster_event_timeout_exception"));
            case TOO_LARGE ->
                write(out, body.length > LARGE ? new Answer(413, new byte[0]) : error(503, "unavailable"));
            case GATEWAY_TIMEOUT -> {
                forward(head, body);
                write(out, new Answer(504, "<html><h1>504</h1></html>".getBytes(StandardCharsets.UTF_8)));
            }
            case ITEMS_BUSY -> write(out, partly(head, body, 429, false));
            case ITEMS_UNAVAILABLE -> write(out, partly(head, body, 503, false));
            case ITEMS_UNSURE -> write(out, partly(head, body, 503, true));
            case FOREIGN_JSON -> {
                forward(head, body);
                write(out, new Answer(200, "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8)));
            }
            case STALL_BEFORE -> awaitEnd(in);
            case NO_HTTP -> {
                forward(head, body);
                out.write("\u0000\u0001 nothing that a server says\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                return false;
            }
            default -> {
                return damage(fault, forward(head, body), in, out);
            }
        }
        return fault == null || !fault.stalls();
    }

    /** Sends an answer of the engine in another state than it came. */
    private static boolean damage(Fault fault, Answer answer, InputStream in, OutputStream out) throws IOException {
        byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
        switch (fault) {
            case STALL_AFTER -> awaitEnd(in);
            case STALL_WITHIN -> {
                out.write(head(answer.status(), answer.body().length, false));
                out.write(half);
                out.flush();
                awaitEnd(in);
            }
            case CUT_OFF -> {
                out.write(head(answer.status(), answer.body().length, false));
                out.write(half);
                out.flush();
            }
            case SHORTENED -> {
                write(out, new Answer(answer.status(), half));
                return true;
            }
            case EMPTY -> {
                write(out, new Answer(200, new byte[0]));
                return true;
            }
            case GARBAGE -> {
                byte[] garbage = answer.body().clone();
                for (int i = 0; i < garbage.length; i++) {
                    garbage[i] ^= 0x55;
                }
                write(out, new Answer(200, garbage));
                return true;
            }
            case RESET_AFTER -> {}
            default -> throw new IllegalArgumentException(fault.name());
        }
        return false;
    }

    /** Waits until the client gives up. */
    private static void awaitEnd(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // A client does not say anything more before it has its answer.
        }
    }

    /** Lets the engine see the head and the beginning of the body, and then the end of the connection. */
    private void sendBeginning(Head head, InputStream in) throws IOException {
        try (Socket socket = new Socket(engine.getHost(), engine.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.raw());
            int half = head.isChunked() ? 1_000 : head.length() / 2;
            out.write(in.readNBytes(half));
            out.flush();
        }
    }

    private Answer forward(Head head, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + engine.getAuthority() + head.target()))
                .timeout(Duration.ofMinutes(2))
                .method(head.method(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        String type = head.header("content-type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.body());
    }

    /** Has every other item of a bulk request refused, with all of them or only the others carried out. */
    private Answer partly(Head head, byte[] body, int status, boolean all) throws IOException, InterruptedException {
        List<byte[]> items = items(body);
        ByteArrayOutputStream passed = new ByteArrayOutputStream(body.length);
        for (int i = 0; i < items.size(); i++) {
            if (all || i % 2 == 0) {
                passed.write(items.get(i));
            }
        }
        Answer answer = forward(head, passed.toByteArray());
        if (answer.status() != 200) {
            return answer;
        }
        JsonNode theirs = JSON.readTree(answer.body()).path("items");
        ObjectNode merged = JSON.createObjectNode().put("errors", true);
        ArrayNode results = merged.putArray("items");
        for (int i = 0; i < items.size(); i++) {
            if (i % 2 == 0) {
                results.add(theirs.get(all ? i : i / 2));
            } else {
                ObjectNode result = results.addObject().putObject("create").put("status", status);
                result.putObject("error")
                        .put("type", status == 429 ? "es_rejected_execution_exception" : "unavailable_shards_exception")
                        .put("reason", "planned");
            }
        }
        return new Answer(200, JSON.writeValueAsBytes(merged));
    }

    /** The items of a bulk request: an action line and, but for a deletion, a document. */
    private static List<byte[]> items(byte[] body) {
        List<byte[]> items = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            int end = lineEnd(body, at);
            boolean deletion =
                    new String(body, at, Math.min(9, end - at), StandardCharsets.UTF_8).startsWith("{\"delete");
            end = deletion ? end : lineEnd(body, end);
            items.add(Arrays.copyOfRange(body, at, end));
            at = end;
        }
        return items;
    }

    private static int lineEnd(byte[] body, int from) {
        int at = from;
        while (body[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private record Answer(int status, byte[] body) {}

    private static Answer error(int status, String type) {
        ObjectNode body = JSON.createObjectNode().put("status", status);
        body.putObject("error").put("type", type).put("reason", "planned");
        return new Answer(status, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(OutputStream out, Answer answer) throws IOException {
        out.write(head(answer.status(), answer.body().length, false));
        out.write(answer.body());
        out.flush();
    }

    private static byte[] head(int status, int length, boolean closes) {
        return ("HTTP/1.1 " + status + " Planned\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
                        + length + (closes ? "\r\nConnection: close" : "") + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The head of a request. */
    private record Head(String method, String target, Map<String, String> headers, byte[] raw) {
        static @Nullable Head read(InputStream in) throws IOException {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            int newlines = 0;
            while (newlines < 2) {
                int octet = in.read();
                if (octet < 0) {
                    return null;
                }
                raw.write(octet);
                newlines = octet == '\n' ? newlines + 1 : octet == '\r' ? newlines : 0;
            }
            List<String> lines =
                    raw.toString(StandardCharsets.ISO_8859_1).lines().toList();
            String[] first = lines.getFirst().split(" ", -1);
            Map<String, String> headers = new HashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            return new Head(first[0], first[1], headers, raw.toByteArray());
        }

        String path() {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }

        @Nullable
        String header(String name) {
            return headers.get(name);
        }

        boolean isChunked() {
            return "chunked".equalsIgnoreCase(header("transfer-encoding"));
        }

        int length() {
            return Integer.parseInt(headers.getOrDefault("content-length", "0"));
        }

        byte[] body(InputStream in) throws IOException {
            if (!isChunked()) {
                byte[] body = in.readNBytes(length());
                if (body.length < length()) {
                    throw new EOFException();
                }
                return body;
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                String size = line(in);
                int semicolon = size.indexOf(';');
                int length = Integer.parseInt(semicolon < 0 ? size : size.substring(0, semicolon), 16);
                if (length == 0) {
                    while (!line(in).isEmpty()) {
                        // Trailers.
                    }
                    return body.toByteArray();
                }
                body.write(in.readNBytes(length));
                line(in);
            }
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException();
                }
                if (octet != '\r') {
                    line.append((char) octet);
                }
            }
            return line.toString();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : open) {
            client.close();
        }
        http.shutdownNow();
    }
}
