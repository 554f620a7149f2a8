package org.listlens.tls;

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
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted: of engines as of servers that have archives. */
public final class Trust {
    private Trust() {}

    /**
     * What connections are made with. That a certificate is made out to the host is for whoever connects to see to.
     *
     * @param caFile certificates to trust, in PEM (RFC 7468); {@code null} for those that the JDK trusts
     * @param insecure whether all are trusted
     * @throws CaFileException when the file cannot be used
     */
    public static SSLContext context(@Nullable Path caFile, boolean insecure) throws CaFileException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trusted = null;
            if (insecure) {
                trusted = new TrustManager[] {new TrustEverything()};
            } else if (caFile != null) {
                trusted = trusted(caFile);
            }
            context.init(null, trusted, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CaFileException(
                    "The CA file " + caFile + " cannot be used (" + reason(e)
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

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
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
