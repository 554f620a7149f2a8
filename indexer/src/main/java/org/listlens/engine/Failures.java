package org.listlens.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;

/** Turns what can go wrong on the way to an engine into one sentence each. */
final class Failures {
    private final String where;
    private final boolean tls;
    private final EngineSettings settings;

    Failures(EngineSettings settings) {
        this.settings = settings;
        this.where = settings.where();
        this.tls = settings.urls().stream().map(URI::getScheme).anyMatch("https"::equals);
    }

    /** A request that got no answer. */
    EngineException of(String method, String path, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            EngineException known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return new EngineException(
                Kind.UNANSWERED,
                "The request " + method + ' ' + path + " to " + where + " failed (" + reason(thrown)
                        + "): see whether the engine runs and what its log says.",
                thrown);
    }

    private @Nullable EngineException known(Throwable cause) {
        // The connect timeout is a socket timeout, the refusal a socket exception: the special before the general.
        if (cause instanceof UnknownHostException) {
            return unreachable(
                    "The host of the engine at " + where + " is unknown: check the name in the address.", cause);
        }
        if (cause instanceof ConnectTimeoutException || cause instanceof NoRouteToHostException) {
            return unreachable(
                    "The engine at " + where + " cannot be reached (" + brief(cause)
                            + "): check the address, the network and the firewall between.",
                    cause);
        }
        if (cause instanceof ConnectException) {
            return unreachable(
                    "Nothing listens at " + where + " (connection refused): start the engine, or check host and port.",
                    cause);
        }
        if (cause instanceof SSLException e) {
            return tls(e);
        }
        if (cause instanceof SocketTimeoutException) {
            return new EngineException(
                    Kind.UNANSWERED,
                    "The engine at " + where + " did not answer in time (" + brief(cause)
                            + "): see whether it is overloaded, and whether this is its HTTP port"
                            + (tls ? " and wants TLS." : "."),
                    cause);
        }
        if (cause instanceof HttpException) {
            return new EngineException(
                    Kind.UNANSWERED,
                    "What answers at " + where + " does not speak HTTP (" + brief(cause) + "): check the port"
                            + (tls ? "." : ", and use https:// if the engine wants TLS."),
                    cause);
        }
        if (cause instanceof ConnectionClosedException || cause instanceof SocketException) {
            return new EngineException(
                    Kind.UNANSWERED,
                    "The connection to " + where + " was closed before the answer was complete (" + brief(cause)
                            + "): see whether the engine still runs"
                            + (tls ? "." : ", and use https:// if it wants TLS."),
                    cause);
        }
        return null;
    }

    private EngineException tls(SSLException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (message.contains("plaintext connection")
                || message.contains("not an SSL/TLS record")
                || message.contains("unrecognized SSL message")) {
            return refused(
                    "What answers at " + where
                            + " does not speak TLS: use http:// instead of https://, or check the port.",
                    e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof SSLPeerUnverifiedException) {
                return refused(
                        "The certificate of the engine at " + where + " is not trusted (" + brief(deepest(cause))
                                + "): give the CA that signed it, and the host name that it is made out to.",
                        e);
            }
        }
        if (e instanceof SSLHandshakeException && !message.contains("terminated the handshake")) {
            return refused(
                    "TLS with the engine at " + where + " failed (" + brief(e)
                            + "): check the port and the TLS settings of the engine.",
                    e);
        }
        return new EngineException(
                Kind.UNANSWERED,
                "The TLS connection to " + where + " broke (" + brief(e) + "): see whether the engine still runs.",
                e);
    }

    /** The refusal in an answer that is never what was asked for; {@code null} when it is an answer. */
    @Nullable
    EngineException of(EngineResponse response, String method, String path) {
        int status = response.status();
        if (status / 100 == 3) {
            if (isDashboards(response.location())) {
                return refused(
                        "What answers at " + where + " is OpenSearch Dashboards or Kibana (HTTP " + status
                                + "): give the address of the engine behind it, whose port is mostly 9200.",
                        null);
            }
            return refused(
                    "What answers at " + where + " redirects to another address (HTTP " + status
                            + "): give the address of the engine itself.",
                    null);
        }
        if (status == 401) {
            return refused(
                    hasLogin()
                            ? "The engine at " + where + " does not accept the login given (HTTP 401): check it."
                            : "The engine at " + where
                                    + " wants a login (HTTP 401): give user name and password, an API"
                                    + " key or a token.",
                    null);
        }
        if (status == 403) {
            if (response.errorType().equals("cluster_block_exception")) {
                return blocked(response.errorReason());
            }
            return refused(
                    "The engine at " + where + " forbids " + method + ' ' + path + " (HTTP 403: "
                            + response.errorReason() + "): give the user the rights for it, or another login.",
                    null);
        }
        return null;
    }

    /** Both send whoever asks for / on to a page of theirs. */
    private static boolean isDashboards(@Nullable String location) {
        if (location == null) {
            return false;
        }
        int host = location.indexOf("://");
        int slash = location.indexOf('/', host < 0 ? 0 : host + 3);
        String path = slash < 0 ? "" : location.substring(slash);
        return path.startsWith("/app/") || path.startsWith("/login") || path.startsWith("/spaces/");
    }

    /** Writing is blocked, by the administrator or because the disk is full. */
    EngineException blocked(String reason) {
        if (isWriteBlock(reason)) {
            // It may be over in a moment, when an upgrade has changed to the next index.
            return new EngineException(
                    Kind.UNANSWERED,
                    "The engine at " + where + " takes no documents (" + reason
                            + "): if 'listlens setup --upgrade' was cut off, run it again; otherwise remove the block. Then"
                            + " run this again.");
        }
        boolean disk = reason.contains("flood-stage") || reason.contains("read-only-allow-delete");
        return refused(
                disk
                        ? "The engine at " + where + " takes no more documents because its disk is nearly full ("
                                + reason + "): free space, then run this again."
                        : "The engine at " + where + " takes no documents (" + reason
                                + "): remove the block, then run this again.",
                null);
    }

    /**
     * Whether an index is blocked for writing and nothing else: by an administrator, or for the moments in which an
     * upgrade changes to the next index.
     */
    static boolean isWriteBlock(String reason) {
        return reason.contains("FORBIDDEN/8/");
    }

    /** Something answers, but it is no engine. */
    EngineException noEngine(EngineResponse response, @Nullable Exception cause) {
        String type = response.contentType();
        String what = type != null && type.startsWith("text/html") ? "a web page" : "HTTP " + response.status();
        return refused(
                "What answers at " + where + " is neither OpenSearch nor Elasticsearch (it sends " + what
                        + "): check host, port and path of the address"
                        + (tls ? "." : ", and use https:// if the engine wants TLS."),
                cause);
    }

    EngineException tooOld(EngineInfo info) {
        if (info.distribution() == EngineInfo.Distribution.OPENSEARCH
                && info.version().equals("7.10.2")) {
            return refused(
                    "OpenSearch at " + where + " hides its version behind 7.10.2: set"
                            + " compatibility.override_main_response_version to false.",
                    null);
        }
        return refused(
                info.distribution().title() + ' ' + info.version() + " at " + where
                        + " is too old: OpenSearch 2.19 or Elasticsearch 7.17 is the least.",
                null);
    }

    private boolean hasLogin() {
        return settings.username() != null || settings.apiKey() != null || settings.bearerToken() != null;
    }

    private static EngineException refused(String message, @Nullable Throwable cause) {
        return new EngineException(Kind.REFUSED, message, cause);
    }

    private static EngineException unreachable(String message, Throwable cause) {
        return new EngineException(Kind.UNREACHABLE, message, cause);
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    /** The innermost message of an exception, on one line. */
    static String reason(Throwable thrown) {
        return brief(deepest(thrown));
    }

    private static String brief(Throwable thrown) {
        String message = thrown instanceof JsonProcessingException e ? e.getOriginalMessage() : thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : Errors.shorten(message, 160);
    }
}
