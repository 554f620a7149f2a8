package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.transport.GenericEndpoint;
import org.opensearch.client.transport.GenericSerializable;
import org.opensearch.client.transport.OpenSearchTransport;

/**
 * An HTTP client for one cluster, over the transport of the OpenSearch client. Speaks in requests and answers, because
 * the typed API does not know Elasticsearch and would parse documents that are JSON already. Thread-safe; requests of
 * several threads run side by side.
 */
public final class EngineClient implements AutoCloseable {
    private final EngineSettings settings;
    private final OpenSearchTransport transport;
    private final Failures failures;
    private final String suffix;
    private final Partitions.Known parts = new Partitions.Known();
    private final Traffic traffic;

    /**
     * Prepares a client; connects to nothing yet.
     *
     * @throws EngineException when the CA file cannot be used
     */
    public EngineClient(EngineSettings settings) throws EngineException {
        this.settings = settings;
        this.failures = new Failures(settings);
        this.transport = Transports.open(settings);
        this.suffix = "";
        this.traffic = new Traffic();
    }

    private EngineClient(EngineClient client, String suffix) {
        this.settings = client.settings;
        this.failures = client.failures;
        this.transport = client.transport;
        this.suffix = suffix;
        this.traffic = client.traffic;
    }

    /**
     * A client over the same connections for whom indices have other names, so that whatever writes and searches by it
     * does so beside what others see. Closing either closes both.
     *
     * @param itsSuffix what the names of indices end with, such as {@code -next}
     */
    public EngineClient beside(String itsSuffix) {
        return new EngineClient(this, itsSuffix);
    }

    /** What an alias is called for this client. */
    public String index(String alias) {
        return alias + suffix;
    }

    /** What has been sent so far, by clients beside this one as well. */
    public Traffic traffic() {
        return traffic;
    }

    /** What is known of indices in parts. */
    Partitions.Known parts() {
        return parts;
    }

    /** The addresses of the engine, without secrets, as a sentence names them. */
    public String where() {
        return settings.where();
    }

    /** Sends a request without parameters and body. */
    public EngineResponse request(String method, String path) throws EngineException, InterruptedException {
        return request(method, path, Map.of(), null);
    }

    /**
     * Sends a request once and waits for the answer. Whatever the status is, it is the caller's to judge, but for
     * three that are never the answer to the question: a redirection, 401 and 403.
     *
     * @param method the HTTP method, in capitals
     * @param path begins with a slash; must be valid in a URL
     * @param query parameters, not yet escaped
     * @throws EngineException when no answer came, or one of those three
     */
    public EngineResponse request(String method, String path, Map<String, String> query, @Nullable RequestBody body)
            throws EngineException, InterruptedException {
        if (body == null || !path.equals("/_bulk")) {
            return answer(method, path, query, body);
        }
        traffic.bulkBegins(body.length());
        try {
            return answer(method, path, query, body);
        } finally {
            traffic.bulkEnds();
        }
    }

    private EngineResponse answer(String method, String path, Map<String, String> query, @Nullable RequestBody body)
            throws EngineException, InterruptedException {
        EngineResponse response = ask(method, path, query, body);
        EngineException refusal = failures.of(response, method, path);
        if (refusal != null) {
            throw refusal;
        }
        return response;
    }

    /** Sends a request once, and leaves every answer to the caller, refusals too. */
    EngineResponse ask(String method, String path, Map<String, String> query, @Nullable RequestBody body)
            throws EngineException, InterruptedException {
        CompletableFuture<EngineResponse> future;
        try {
            future = transport.performRequestAsync(new Call(body), new CallEndpoint(method, path, query, body), null);
        } catch (RuntimeException e) {
            throw failure(method, path, e);
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(method, path, e);
        }
    }

    private EngineException failure(String method, String path, Exception e) throws InterruptedException {
        // An interruption that the HTTP client noticed first.
        if (Thread.interrupted()) {
            InterruptedException interruption = new InterruptedException();
            interruption.initCause(e);
            throw interruption;
        }
        return failures.of(method, path, e);
    }

    /**
     * Asks the engine what it is.
     *
     * @throws EngineException when nothing answers, when what answers is no engine, or one that is too old
     */
    public EngineInfo detect() throws EngineException, InterruptedException {
        EngineResponse response = request("GET", "/");
        if (response.status() == 429 || response.status() >= 500) {
            throw new EngineException(
                    EngineException.Kind.UNANSWERED,
                    "The engine at " + where() + " is not ready (HTTP " + response.status() + ": "
                            + response.errorReason() + "): wait until it is, then try again.");
        }
        JsonNode root;
        try {
            root = response.json();
        } catch (IOException e) {
            throw failures.noEngine(response, e);
        }
        JsonNode version = root.path("version");
        String number = version.path("number").asText();
        int dot = number.indexOf('.');
        int major = leadingNumber(number, 0);
        int minor = dot < 0 ? -1 : leadingNumber(number, dot + 1);
        if (!response.ok() || major < 0 || minor < 0) {
            throw failures.noEngine(response, null);
        }
        boolean openSearch = version.path("distribution").asText().equals("opensearch");
        EngineInfo info = new EngineInfo(
                openSearch ? EngineInfo.Distribution.OPENSEARCH : EngineInfo.Distribution.ELASTICSEARCH,
                number,
                major,
                minor,
                root.path("cluster_name").asText());
        if (!info.supported()) {
            throw failures.tooOld(info);
        }
        return info;
    }

    /** Writing is blocked, by the administrator or because the disk is full. */
    EngineException blocked(String reason) {
        return failures.blocked(reason);
    }

    private static int leadingNumber(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == start || end > start + 6 ? -1 : Integer.parseInt(text, start, end, 10);
    }

    /** Closes the connections; requests under way fail. */
    @Override
    public void close() throws EngineException {
        try {
            transport.close();
        } catch (IOException e) {
            throw new EngineException(
                    EngineException.Kind.UNANSWERED, "The connections to " + where() + " could not be closed.", e);
        }
    }

    /** A request body as the transport takes it. */
    private record Call(@Nullable RequestBody body) implements GenericSerializable {
        @Override
        public String serialize(OutputStream out) {
            if (body == null) {
                throw new IllegalStateException("no body");
            }
            try {
                body.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return body.contentType();
        }
    }

    private record CallEndpoint(
            String method,
            String path,
            Map<String, String> query,
            @Nullable RequestBody body) implements GenericEndpoint<Call, EngineResponse> {
        @Override
        public String method(Call call) {
            return method;
        }

        @Override
        public String requestUrl(Call call) {
            return path;
        }

        @Override
        public Map<String, String> queryParameters(Call call) {
            return query;
        }

        @Override
        public boolean hasRequestBody() {
            return body != null;
        }

        @Override
        public EngineResponse responseDeserializer(
                String uri,
                String method,
                String protocol,
                int status,
                String reason,
                List<Map.Entry<String, String>> headers,
                @Nullable String contentType,
                @Nullable InputStream content) {
            try {
                return new EngineResponse(
                        Transports.status(headers, status),
                        contentType,
                        location(headers),
                        content == null ? new byte[0] : content.readAllBytes());
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        private static @Nullable String location(List<Map.Entry<String, String>> headers) {
            for (Map.Entry<String, String> header : headers) {
                if (header.getKey().equalsIgnoreCase("Location")) {
                    return header.getValue();
                }
            }
            return null;
        }
    }
}
