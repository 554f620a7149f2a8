package org.listlens.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceException;

/**
 * Whose certificates are trusted, and who may get a password. That a certificate is made out to the host is for whoever
 * connects to see to.
 */
final class Tls {
    private Tls() {}

    /** @throws SourceException when the CA file cannot be used */
    static SSLSocketFactory sockets(RemoteOptions options) throws SourceException {
        Path caFile = options.caFile();
        try {
            if (options.insecure()) {
                return context(new TrustManager[] {new TrustEverything()}).getSocketFactory();
            }
            return context(caFile == null ? null : trust(caFile)).getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            String why = e instanceof NoSuchFileException ? "there is no such file" : Failures.reason(e);
            throw new SourceException(
                    "The CA file " + caFile + " cannot be used (" + why
                            + "): give a PEM file with the certificates to trust.",
                    e);
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

    private static SSLContext context(TrustManager @Nullable [] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust, null);
        return context;
    }

    private static TrustManager[] trust(Path caFile) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int count = 0;
        try (InputStream pem = Files.newInputStream(caFile)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca" + count++, certificate);
            }
        }
        if (count == 0) {
            throw new GeneralSecurityException("no certificate in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /** For servers with certificates that nobody vouches for, when the user says so. */
    private static final class TrustEverything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
