package org.listlens.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.listlens.tls.Fingerprint;

/**
 * Where the engine is and how to talk to it. Of the three ways to log in, at most one is given. {@link #toString} shows
 * no secrets.
 *
 * @param urls addresses of the nodes of one cluster, at least one; scheme, host and port, and the same path on all of
 *     them when a proxy wants one
 * @param username for basic authentication, together with {@code password}
 * @param apiKey the encoded form, {@code base64(id:key)}
 * @param bearerToken a token for {@code Authorization: Bearer}
 * @param caFile PEM file with the certificates that are trusted, instead of those of the JDK
 * @param fingerprint SHA-256 of the one certificate that is trusted, whoever signed it and whatever host it names, in
 *     64 lower-case hexadecimal digits
 * @param insecure whether any certificate is trusted
 * @param connectTimeout how long a connection may take to come about
 * @param responseTimeout how long the engine may be silent in the middle of a request
 * @param gzip whether bodies are compressed: worth it on a slow line only
 */
public record EngineSettings(
        List<URI> urls,
        @Nullable String username,
        @Nullable String password,
        @Nullable String apiKey,
        @Nullable String bearerToken,
        @Nullable Path caFile,
        @Nullable String fingerprint,
        boolean insecure,
        Duration connectTimeout,
        Duration responseTimeout,
        boolean gzip) {
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(90);
    private static final int DEFAULT_PORT = 9200;

    /** @throws IllegalArgumentException with a sentence for the user when the settings contradict one another */
    public EngineSettings {
        urls = List.copyOf(urls);
        Objects.requireNonNull(connectTimeout);
        Objects.requireNonNull(responseTimeout);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "No address of an engine is given: name one, such as http://localhost:" + DEFAULT_PORT + ".");
        }
        for (URI url : urls) {
            if (!Objects.equals(path(url), path(urls.getFirst()))) {
                throw new IllegalArgumentException("The addresses " + withoutUser(urls.getFirst()) + " and "
                        + withoutUser(url) + " differ in their path: give nodes of one cluster, with the same path.");
            }
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("A user name and a password belong together: give both or neither.");
        }
        int logins = (username == null ? 0 : 1) + (apiKey == null ? 0 : 1) + (bearerToken == null ? 0 : 1);
        if (logins > 1) {
            throw new IllegalArgumentException(
                    "Only one of user name, API key and bearer token can be used: remove the others.");
        }
        if (fingerprint != null) {
            fingerprint = Fingerprint.normalized(fingerprint);
            if (caFile != null || insecure) {
                throw new IllegalArgumentException(
                        "A fingerprint names the one certificate that is trusted: remove it, or "
                                + (insecure ? "the wish to trust every certificate." : "the CA file."));
            }
        }
        if (caFile != null && insecure) {
            throw new IllegalArgumentException(
                    "A CA file makes no sense when every certificate is trusted: remove one of the two.");
        }
    }

    /** The same with another time for the engine to be silent. */
    public EngineSettings withResponseTimeout(Duration other) {
        return new EngineSettings(
                urls,
                username,
                password,
                apiKey,
                bearerToken,
                caFile,
                fingerprint,
                insecure,
                connectTimeout,
                other,
                gzip);
    }

    /** The same for each address alone, in their order. */
    public List<EngineSettings> nodes() {
        List<EngineSettings> nodes = new ArrayList<>();
        for (URI url : urls) {
            nodes.add(new EngineSettings(
                    List.of(url),
                    username,
                    password,
                    apiKey,
                    bearerToken,
                    caFile,
                    fingerprint,
                    insecure,
                    connectTimeout,
                    responseTimeout,
                    gzip));
        }
        return nodes;
    }

    /**
     * Settings with nothing but addresses; a user and password in the first of them ({@code https://user:pw@host}) are
     * taken as such.
     *
     * @param addresses one or more URLs with commas between; {@code host} and {@code host:port} stand for
     *     {@code http://host:9200} and {@code http://host:port}
     * @throws IllegalArgumentException with a sentence for the user when an address is malformed
     */
    public static EngineSettings of(String addresses) {
        List<URI> urls = parse(addresses);
        String user = urls.isEmpty() ? null : urls.getFirst().getUserInfo();
        int colon = user == null ? -1 : user.indexOf(':');
        return new EngineSettings(
                urls.stream().map(EngineSettings::withoutUser).toList(),
                user == null ? null : colon < 0 ? user : user.substring(0, colon),
                user == null ? null : colon < 0 ? "" : user.substring(colon + 1),
                null,
                null,
                null,
                null,
                false,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_RESPONSE_TIMEOUT,
                false);
    }

    /**
     * Splits and completes addresses as {@link #of} does, users kept.
     *
     * @throws IllegalArgumentException with a sentence for the user when an address is malformed
     */
    public static List<URI> parse(String addresses) {
        List<URI> urls = new ArrayList<>();
        int start = 0;
        while (start <= addresses.length()) {
            int comma = addresses.indexOf(',', start);
            int end = comma < 0 ? addresses.length() : comma;
            String address = addresses.substring(start, end).strip();
            if (!address.isEmpty()) {
                urls.add(parseOne(address));
            }
            start = end + 1;
        }
        return List.copyOf(urls);
    }

    private static URI parseOne(String address) {
        boolean bare = !address.contains("://");
        try {
            URI url = new URI(bare ? "http://" + address : address);
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw malformed(address);
            }
            if (url.getRawQuery() != null || url.getRawFragment() != null) {
                throw malformed(address);
            }
            int port = url.getPort() >= 0 ? url.getPort() : bare ? DEFAULT_PORT : scheme.equals("https") ? 443 : 80;
            return new URI(scheme, url.getUserInfo(), url.getHost(), port, path(url), null, null);
        } catch (URISyntaxException e) {
            // Which has the whole address in its message, a password included.
            throw malformed(address);
        }
    }

    private static IllegalArgumentException malformed(String address) {
        int at = address.lastIndexOf('@');
        return new IllegalArgumentException("The address \"" + (at < 0 ? address : "…" + address.substring(at))
                + "\" is no URL of an engine: give one such as http://localhost:9200.");
    }

    /** The path before each request's own, without a slash at its end; {@code null} when there is none. */
    @Nullable
    String pathPrefix() {
        return path(urls.getFirst());
    }

    /** The addresses as a sentence names them. */
    String where() {
        StringJoiner where = new StringJoiner(", ");
        for (URI url : urls) {
            where.add(withoutUser(url).toString());
        }
        return where.toString();
    }

    private static @Nullable String path(URI url) {
        String path = url.getPath();
        while (path != null && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path == null || path.isEmpty() ? null : path;
    }

    private static URI withoutUser(URI url) {
        try {
            return new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "EngineSettings[" + where()
                + (username == null ? "" : ", username=" + username + ", password=***")
                + (apiKey == null ? "" : ", apiKey=***")
                + (bearerToken == null ? "" : ", bearerToken=***")
                + (caFile == null ? "" : ", caFile=" + caFile)
                + (fingerprint == null ? "" : ", fingerprint=" + fingerprint)
                + (insecure ? ", insecure" : "")
                + ", connectTimeout=" + connectTimeout + ", responseTimeout=" + responseTimeout
                + (gzip ? ", gzip" : "") + ']';
    }
}
