package org.listlens.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.listlens.tls.CaFileException;
import org.listlens.tls.Fingerprint;
import org.listlens.tls.Trust;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Transport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.internal.Node;
import org.opensearch.client.transport.httpclient5.internal.NodeSelector;

/** Sets up the transport of the OpenSearch client: addresses, login, TLS, timeouts. */
final class Transports {
    private static final int CONNECTIONS = 16;
    /**
     * The header in which the status of an answer travels through the transport. By itself the transport would turn
     * most answers from 300 up into exceptions that do not give their body away, and would repeat some of them at
     * another node unasked.
     */
    private static final String STATUS = "X-Listlens-Status";

    private Transports() {}

    static OpenSearchTransport open(EngineSettings settings) throws EngineException {
        PoolingAsyncClientConnectionManager connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS * settings.urls().size())
                // A connection manager of one's own takes nothing over from the transport's builder.
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(Timeout.of(settings.connectTimeout()))
                        .build())
                .setTlsStrategy(usesTls(settings) ? tls(settings).buildAsync() : new NoTls())
                .build();
        CloseableHttpAsyncClient client = HttpAsyncClientBuilder.create()
                .setConnectionManager(connections)
                .setUserAgent("listlens")
                .disableAutomaticRetries()
                .disableCookieManagement()
                // The login must not follow a redirection to another host.
                .disableRedirectHandling()
                .addResponseInterceptorLast((response, entity, context) -> {
                    response.setHeader(STATUS, response.getCode());
                    response.setCode(HttpStatus.SC_OK);
                })
                .build();
        String prefix = settings.pathPrefix();
        // Not by its builder, which loads the certificates that the JDK trusts, whether they are needed or not.
        OpenSearchTransport transport = new ApacheHttpClient5Transport(
                client,
                headers(settings).toArray(Header[]::new),
                settings.urls().stream().map(Transports::host).map(Node::new).toList(),
                new JacksonJsonpMapper(new ObjectMapper()),
                null,
                prefix == null ? null : ApacheHttpClient5TransportBuilder.cleanPathPrefix(prefix),
                new ApacheHttpClient5Transport.FailureListener(),
                NodeSelector.ANY,
                false,
                settings.gzip(),
                false);
        client.start();
        return transport;
    }

    /** The status that the engine sent. */
    static int status(List<Map.Entry<String, String>> headers, int otherwise) {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equals(STATUS)) {
                return Integer.parseInt(header.getValue());
            }
        }
        return otherwise;
    }

    private static HttpHost host(URI url) {
        String host = url.getHost();
        boolean literal = host.startsWith("[") && host.endsWith("]");
        return new HttpHost(url.getScheme(), literal ? host.substring(1, host.length() - 1) : host, url.getPort());
    }

    private static List<Header> headers(EngineSettings settings) {
        List<Header> headers = new ArrayList<>();
        if (settings.username() != null) {
            String pair = settings.username() + ':' + settings.password();
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            headers.add(new BasicHeader("Authorization", "Basic " + encoded, true));
        } else if (settings.apiKey() != null) {
            headers.add(new BasicHeader("Authorization", "ApiKey " + settings.apiKey(), true));
        } else if (settings.bearerToken() != null) {
            headers.add(new BasicHeader("Authorization", "Bearer " + settings.bearerToken(), true));
        }
        return headers;
    }

    private static boolean usesTls(EngineSettings settings) {
        for (URI url : settings.urls()) {
            if (url.getScheme().equals("https")) {
                return true;
            }
        }
        // A file that cannot be used is a mistake, needed or not.
        return settings.caFile() != null;
    }

    /** For engines without TLS; to load the certificates that the JDK trusts takes a quarter of a second. */
    private static final class NoTls implements TlsStrategy {
        @Override
        @SuppressWarnings("deprecation") // The interface demands it.
        public boolean upgrade(
                TransportSecurityLayer session,
                HttpHost host,
                SocketAddress local,
                SocketAddress remote,
                @Nullable Object attachment,
                Timeout timeout) {
            throw new UnsupportedOperationException("no TLS at " + host);
        }
    }

    private static ClientTlsStrategyBuilder tls(EngineSettings settings) throws EngineException {
        try {
            ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create()
                    .setSslContext(
                            settings.fingerprint() == null
                                    ? Trust.context(settings.caFile(), settings.insecure())
                                    : Fingerprint.context(settings.fingerprint()));
            // A certificate that is known itself need not name the host.
            return settings.insecure() || settings.fingerprint() != null
                    ? builder.setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                            .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
                    : builder;
        } catch (CaFileException e) {
            throw new EngineException(EngineException.Kind.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
