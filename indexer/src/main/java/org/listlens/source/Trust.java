package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whose certificates are trusted where archives are fetched. */
final class Trust {
    private Trust() {}

    /** @throws SourceException when the CA file cannot be used */
    static SSLContext context(RemoteOptions options) throws SourceException {
        Path caFile = options.caFile();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trusted = null;
            if (options.insecure()) {
                trusted = new TrustManager[] {new TrustEverything()};
            } else if (caFile != null) {
                trusted = trusted(caFile);
            }
            context.init(null, trusted, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new SourceException(
                    "The CA file " + caFile + " cannot be used ("
                            + (e instanceof NoSuchFileException ? "there is no such file" : Unpacked.detail(e))
                            + "): give a PEM file with the certificates to trust.",
                    e);
        }
    }

    private static TrustManager[] trusted(Path caFile) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        try (InputStream pem = Files.newInputStream(caFile)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + count++, certificate);
            }
        }
        if (count == 0) {
            throw new GeneralSecurityException("no certificate in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** For servers with certificates that nobody vouches for, when the user says so; host names are not looked at. */
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
