package org.listlens.mailbox;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;

/** Turns what can go wrong on the way to a mail server into one sentence each. */
final class Failures {
    /** How much of what a server says is repeated to the user. */
    private static final int TEXT = 200;

    private final MailboxUrl url;
    private final String kind;

    Failures(MailboxUrl url) {
        this.url = url;
        this.kind = url.scheme().startsWith("imap") ? "IMAP" : "NNTP";
    }

    /** No connection, or none that can be used. */
    SourceException unreachable(IOException thrown) {
        if (thrown instanceof SourceException known) {
            return known;
        }
        if (isFinal(thrown)) {
            return new SourceException(
                    "The certificate of the " + kind + " server at " + url.where() + " is not trusted ("
                            + reason(thrown)
                            + "): give the CA that signed it by --archive-ca-file, and the host name that it is made out"
                            + " to.",
                    thrown);
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String sentence = known(cause);
            if (sentence != null) {
                return new SourceException(sentence, thrown);
            }
        }
        return new SourceException(
                "The " + kind + " server at " + url.where() + " broke the connection off (" + reason(thrown)
                        + "): check the port" + (url.tls() ? "" : ", and use " + url.scheme() + "s:// if it wants TLS")
                        + ".",
                thrown);
    }

    /** A connection that was lost for good, after some mails were read. */
    SourceException gone(IOException thrown) {
        return new SourceException(
                "The " + kind + " server at " + url.where() + " was lost and did not come back (" + reason(thrown)
                        + "): run this again to go on from there.",
                thrown);
    }

    /** A connection that was to tell of new mail, and was lost. */
    IOException watch(IOException thrown) {
        return new IOException(
                "The connection on which the " + kind + " server at " + url.where() + " tells of new mail was lost ("
                        + reason(thrown) + ").",
                thrown);
    }

    /** Whether trying again is of no use, as nothing but the user can change it. */
    static boolean isFinal(IOException thrown) {
        if (thrown instanceof SourceException) {
            return true;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isDistrust(cause)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String known(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "The host " + url.host() + " is unknown: check the name in the URL.";
        }
        if (cause instanceof NoRouteToHostException) {
            return "The host " + url.where() + " cannot be reached (" + reason(cause)
                    + "): check the name, the network and the firewall between.";
        }
        if (cause instanceof ConnectException) {
            return "Nothing listens at " + url.where() + " (" + reason(cause) + "): check host and port of the URL.";
        }
        if (cause instanceof SSLException) {
            return "TLS with the " + kind + " server at " + url.where() + " failed (" + reason(cause)
                    + "): check the port" + (url.tls() ? ", and use " + plain() + " if it begins without TLS." : ".");
        }
        if (cause instanceof SocketTimeoutException) {
            return "The " + kind + " server at " + url.where() + " did not answer in time (" + reason(cause)
                    + "): check the port" + (url.tls() ? "" : ", and use " + url.scheme() + "s:// if it wants TLS")
                    + ", or wait longer by --archive-timeout.";
        }
        return null;
    }

    private String plain() {
        return url.scheme().substring(0, url.scheme().length() - 1) + "://";
    }

    private static boolean isDistrust(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException;
    }

    /** Somebody has to log in, and nobody is named. */
    SourceException noLogin() {
        return new SourceException("The " + kind + " server at " + url.where()
                + " wants a login: give the user in the URL or by --archive-user, and the password by"
                + " LISTLENS_ARCHIVE_PASSWORD or --archive-password-file, or an OAuth 2.0 token by"
                + " LISTLENS_ARCHIVE_TOKEN.");
    }

    /** The server does not take the login. */
    SourceException login(@Nullable String user, String answer) {
        return new SourceException("The " + kind + " server at " + url.where() + " refuses the login"
                + (user == null ? "" : " of " + user) + " (" + answer
                + "): check the user, and the password or token.");
    }

    /** The server has none of the ways to log in that there are. */
    SourceException noMechanism(String offered) {
        return new SourceException("The " + kind + " server at " + url.where()
                + " offers no way to log in that can be used here"
                + (offered.isEmpty() ? "" : " (it has " + offered + ")")
                + ": give a password or a token, as it wants it"
                + (url.mechanism() == null ? "." : ", or leave ;AUTH= out of the URL."));
    }

    /** The password would go in clear. */
    SourceException clear() {
        return new SourceException("The " + kind + " server at " + url.where()
                + " would get the password without TLS: use " + url.scheme()
                + "s://, or --archive-insecure to send it all the same.");
    }

    /**
     * What a server said, for a message: on one line, not too long, without control characters and secrets, which some
     * servers repeat.
     */
    static String text(String said, MailboxUrl url, RemoteOptions options) {
        String text = said;
        for (String secret : new @Nullable String[] {url.password(), options.password(), options.token()}) {
            if (secret != null && !secret.isEmpty()) {
                text = text.replace(secret, "…");
            }
        }
        return line(text);
    }

    private static String line(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < TEXT; i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return line.toString().strip();
    }

    /** The innermost message of an exception, on one line. */
    static String reason(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : line(message);
    }
}
