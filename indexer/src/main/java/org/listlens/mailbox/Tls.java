package org.listlens.mailbox;

import java.net.InetAddress;
import javax.net.ssl.SSLSocketFactory;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;
import org.listlens.tls.CaFileException;
import org.listlens.tls.Trust;

/** How servers are trusted, and which may get a password. */
final class Tls {
    private Tls() {}

    /** @throws SourceException when the CA file cannot be used */
    static SSLSocketFactory sockets(RemoteOptions options) throws SourceException {
        try {
            return Trust.context(options.caFile(), options.insecure()).getSocketFactory();
        } catch (CaFileException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Whether a password may be sent: not in clear to another machine, unless the user says so.
     *
     * @param tls whether the connection is by TLS
     */
    static boolean maySend(boolean tls, InetAddress server, RemoteOptions options) {
        return tls || options.insecure() || server.isLoopbackAddress();
    }
}
