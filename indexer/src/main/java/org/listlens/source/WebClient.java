package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.listlens.tls.CaFileException;
import org.listlens.tls.Trust;

/**
 * Asks web servers. Redirections are followed, {@value #MAX_REDIRECTIONS} of them, never from https to http; the login goes
 * to nobody but the host, port and scheme that the user has named. What fails and may not fail again is asked again.
 */
final class WebClient {
    /** How often a request is made that fails, or a transfer that does not get on. */
    static final int ATTEMPTS = 5;

    private static final int MAX_REDIRECTIONS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final URI address;
    private final RemoteOptions options;
    private final Duration pause;
    private final @Nullable String login;
    private final HttpClient client;

    /**
     * @param address where the user sends us, perhaps with user and password
     * @param pause how long to wait before the second attempt; each next one waits twice as long
     */
    WebClient(URI address, RemoteOptions options, Duration pause) throws SourceException {
        this.address = withoutUser(address);
        this.options = options;
        this.pause = pause;
        this.login = login(address, options);
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.timeout())
                .sslContext(trust(options))
                .build();
    }

    private static SSLContext trust(RemoteOptions options) throws SourceException {
        try {
            return Trust.context(options.caFile(), options.insecure());
        } catch (CaFileException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The address without user, password and fragment. */
    URI address() {
        return address;
    }

    Duration patience() {
        return options.timeout();
    }

    /** The address without user, password and fragment. */
    static URI withoutUser(URI uri) {
        String authority = uri.getRawAuthority();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        while (path.startsWith("/../")) {
            path = path.substring(3); // RFC 3986 §5.2.4
        }
        String query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
        return URI.create(uri.getScheme().toLowerCase(java.util.Locale.ROOT) + "://"
                + authority.substring(authority.lastIndexOf('@') + 1) + path + query);
    }

    private static @Nullable String login(URI address, RemoteOptions options) {
        String user = options.user();
        String password = options.password();
        String info = address.getUserInfo();
        if (info != null) {
            int colon = info.indexOf(':');
            user = colon < 0 ? info : info.substring(0, colon);
            password = colon < 0 ? password : info.substring(colon + 1);
        } else if (options.token() != null) {
            return "Bearer " + options.token();
        }
        if (user == null) {
            return null;
        }
        String pair = user + ':' + (password == null ? "" : password);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Asks for the archive.
     *
     * @param method {@code GET} or {@code HEAD}
     * @param fields of the request
     * @return an answer with one of 200, 206, 304, 405, 416 and 501, its body still to be read
     * @throws SourceException that says what is wrong
     */
    HttpResponse<InputStream> ask(String method, Map<String, String> fields) throws SourceException {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<InputStream> answer = follow(method, fields);
                int status = answer.statusCode();
                boolean busy = status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501);
                if (!busy) {
                    return accepted(answer);
                }
                close(answer);
                if (attempt == ATTEMPTS) {
                    throw new SourceException(address + " answers with status " + status
                            + ", however often it is asked (" + ATTEMPTS + " times): try again later.");
                }
                rest(attempt, answer.headers().firstValue("Retry-After").orElse(""));
            } catch (SourceException e) {
                throw e;
            } catch (InterruptedException | InterruptedIOException e) {
                Thread.currentThread().interrupt();
                throw new SourceException("Interrupted while " + address + " was asked.", e);
            } catch (IOException e) {
                if (attempt == ATTEMPTS || e instanceof SSLException || isUnknownHost(e)) {
                    throw failure(e);
                }
                rest(attempt, "");
            }
        }
    }

    /** Waits before an attempt, as long as the server wants. */
    void rest(int attempt, String retryAfter) throws SourceException {
        long millis = pause.toMillis() << Math.min(attempt - 1, 10);
        try {
            millis = Math.max(millis, Math.multiplyExact(Long.parseLong(retryAfter.strip()), 1_000L));
        } catch (NumberFormatException | ArithmeticException e) {
            // A date, or nothing.
        }
        try {
            Thread.sleep(Math.min(millis, LONGEST_PAUSE.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("Interrupted while " + address + " was asked.", e);
        }
    }

    private HttpResponse<InputStream> follow(String method, Map<String, String> fields)
            throws IOException, InterruptedException {
        URI at = address;
        for (int i = 0; i <= MAX_REDIRECTIONS; i++) {
            HttpResponse<InputStream> answer =
                    client.send(request(at, method, fields), info -> new WebBody(options.timeout()));
            int status = answer.statusCode();
            if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
                return answer;
            }
            close(answer);
            at = target(at, answer.headers().firstValue("Location").orElse(""));
        }
        throw new SourceException(address + " redirects more than " + MAX_REDIRECTIONS
                + " times: check the address, and whether it wants a login.");
    }

    private URI target(URI from, String location) throws SourceException {
        URI to;
        try {
            to = withoutUser(from.resolve(new URI(location.strip())));
        } catch (URISyntaxException | RuntimeException e) {
            throw new SourceException(address + " redirects to no address that could be asked: check the address.", e);
        }
        boolean secure = to.getScheme().equals("https");
        if (location.isBlank()
                || to.getHost() == null
                || (!secure && !to.getScheme().equals("http"))) {
            throw new SourceException(address + " redirects to no address that could be asked: check the address.");
        }
        if (!secure && from.getScheme().equals("https")) {
            throw new SourceException(address + " redirects from https to " + to
                    + ", where anybody could change the mails on their way: name that address to have it read.");
        }
        return to;
    }

    private HttpRequest request(URI at, String method, Map<String, String> fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(options.timeout())
                // Without TLS, asking for HTTP/2 confuses old servers.
                .version(at.getScheme().equals("https") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .header("User-Agent", "listlens")
                .header("Accept-Encoding", "identity");
        fields.forEach(request::header);
        if (login != null && isSameOrigin(at)) {
            request.header("Authorization", login);
        }
        return request.build();
    }

    private boolean isSameOrigin(URI at) {
        return at.getScheme().equals(address.getScheme())
                && at.getHost().equalsIgnoreCase(address.getHost())
                && port(at) == port(address);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }

    private HttpResponse<InputStream> accepted(HttpResponse<InputStream> answer) throws SourceException {
        int status = answer.statusCode();
        if (status == 200 || status == 206 || status == 304 || status == 405 || status == 416 || status == 501) {
            return answer;
        }
        close(answer);
        throw new SourceException(
                switch (status) {
                    case 401 ->
                        login == null
                                ? address
                                        + " wants a login (status 401): give --archive-user and the password, or a token."
                                : address
                                        + " does not accept the login (status 401): check user and password, or the token.";
                    case 403 ->
                        address + " may not be read (status 403): check the address, and whether it wants a login.";
                    case 404, 410 -> "There is nothing at " + address + " (status " + status + "): check the address.";
                    default ->
                        address + " answers with status " + status + " instead of an archive: check the address.";
                });
    }

    private SourceException failure(IOException e) {
        String host = address.getHost();
        if (isUnknownHost(e)) {
            return new SourceException("There is no host " + host + ": check the address.", e);
        }
        if (e instanceof SSLException) {
            return new SourceException(
                    "No secure connection to " + host + " (" + Unpacked.detail(e)
                            + "): check the address, or name its authority's certificate with --archive-ca-file.",
                    e);
        }
        if (e instanceof HttpTimeoutException) {
            return new SourceException(
                    host + " does not answer within " + options.timeout().toSeconds()
                            + " s: try again later, or give it longer with --archive-timeout.",
                    e);
        }
        if (e instanceof ConnectException) {
            return new SourceException(
                    "Nothing answers at " + host + ", port " + port(address)
                            + ": check the address, or try again later.",
                    e);
        }
        return new SourceException("Asking " + address + " fails (" + Unpacked.detail(e) + "): try again later.", e);
    }

    private static boolean isUnknownHost(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof java.net.UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** Ends an answer whose body is not wanted. */
    static void close(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
        } catch (IOException e) {
            return; // It is not wanted any more.
        }
    }
}
