package org.listlens.mailbox;

import java.io.IOException;
import java.util.StringJoiner;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;

/**
 * Logs in to an IMAP server: with a token by XOAUTH2 or OAUTHBEARER (RFC 7628), with a password by PLAIN (RFC 4616) or
 * LOGIN, with neither by ANONYMOUS (RFC 4505) where the server offers that, as public archives do.
 */
final class ImapLogin {
    private final ImapProtocol protocol;
    private final MailboxUrl url;
    private final RemoteOptions options;
    private final Failures failures;
    private final @Nullable String user;
    private final @Nullable String password;
    private final @Nullable String token;

    ImapLogin(ImapProtocol protocol, MailboxUrl url, RemoteOptions options) {
        this.protocol = protocol;
        this.url = url;
        this.options = options;
        this.failures = new Failures(url);
        this.user = user(url, options);
        this.password = url.password() == null ? options.password() : url.password();
        this.token = options.token();
    }

    /** Who logs in; {@code null} for nobody in particular. */
    static @Nullable String user(MailboxUrl url, RemoteOptions options) {
        return url.user() == null && !"ANONYMOUS".equals(url.mechanism()) ? options.user() : url.user();
    }

    void run() throws IOException, ProtocolException {
        Response answer = attempt();
        if (answer.isOK()) {
            return;
        }
        // The answer is not kept as a cause, because some servers repeat what they were sent.
        String said = Failures.text(answer.toString(), url, options);
        if (answer.getException() instanceof IOException lost) {
            throw lost;
        }
        if (answer.isBYE() || said.contains("[UNAVAILABLE]") || said.contains("[LIMIT]") || said.contains("[INUSE]")) {
            throw new IOException(said);
        }
        throw failures.login(user, Failures.text(answer.getRest(), url, options));
    }

    private Response attempt() throws IOException, ProtocolException {
        if (token != null && user != null) {
            secret();
            String bearer = "auth=Bearer " + token + "\1\1";
            if (offers("XOAUTH2") || "XOAUTH2".equals(url.mechanism())) {
                return protocol.authenticate("XOAUTH2", "user=" + user + '\1' + bearer, "");
            }
            if (offers("OAUTHBEARER")) {
                String name = user.replace("=", "=3D").replace(",", "=2C");
                return protocol.authenticate("OAUTHBEARER", "n,a=" + name + ",\1" + bearer, "AQ==");
            }
        }
        if (password != null && user != null) {
            secret();
            if (offers("PLAIN")) {
                return protocol.authenticate("PLAIN", '\0' + user + '\0' + password, "*");
            }
            boolean allowed = url.mechanism() == null || url.mechanism().equals("LOGIN");
            if (allowed && !protocol.hasCapability("LOGINDISABLED")) {
                return protocol.loginPlainly(user, password);
            }
        }
        if (user == null && offers("ANONYMOUS")) {
            return protocol.authenticate("ANONYMOUS", "listlens", "*");
        }
        if (user == null || (password == null && token == null)) {
            throw failures.noLogin();
        }
        StringJoiner offered = new StringJoiner(", ");
        for (String capability : protocol.getCapabilities().keySet()) {
            if (capability.startsWith("AUTH=") || capability.equals("LOGINDISABLED")) {
                offered.add(capability);
            }
        }
        throw failures.noMechanism(offered.toString());
    }

    private boolean offers(String mechanism) {
        return (url.mechanism() == null || url.mechanism().equals(mechanism))
                && protocol.hasCapability("AUTH=" + mechanism);
    }

    /** Sees to it that no secret is sent in clear to another machine. */
    private void secret() throws SourceException {
        if (!Tls.maySend(protocol.isSSL(), protocol.getInetAddress(), options)) {
            throw failures.clear();
        }
    }
}
