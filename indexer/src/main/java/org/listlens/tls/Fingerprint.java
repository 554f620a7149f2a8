package org.listlens.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust in one certificate that the user knows by its SHA-256, for servers whose certificate nobody vouches for. It
 * counts whatever host the certificate names and whoever signed it, but only while it is valid.
 */
public final class Fingerprint {
    private static final int DIGITS = 64;

    private Fingerprint() {}

    /**
     * A fingerprint as programs print it, in 64 lower-case hexadecimal digits.
     *
     * @param text digits in either case, with or without colons or blanks between; what {@code openssl} writes before
     *     the digits ({@code sha256 Fingerprint=}) may stand there
     * @throws IllegalArgumentException with a sentence for the user when it is none
     */
    public static String normalized(String text) {
        String digits = text.substring(text.lastIndexOf('=') + 1)
                .replace(":", "")
                .replace(" ", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean isOne = digits.length() == DIGITS;
        for (int i = 0; isOne && i < DIGITS; i++) {
            isOne = HexFormat.isHexDigit(digits.charAt(i));
        }
        if (!isOne) {
            throw new IllegalArgumentException("The fingerprint is no SHA-256 of a certificate, which has " + DIGITS
                    + " hexadecimal digits: take that which \"openssl x509 -noout -fingerprint -sha256\" prints.");
        }
        return digits;
    }

    /**
     * What connections are made with. Host names are not for the caller to look at either.
     *
     * @param fingerprint normalized
     */
    public static SSLContext context(String fingerprint) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned(HexFormat.of().parseHex(fingerprint))}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Pinned extends X509ExtendedTrustManager {
        private final byte[] expected;

        private Pinned(byte[] expected) {
            this.expected = expected;
        }

        private void check(X509Certificate @Nullable [] chain) throws CertificateException {
            if (chain == null || chain.length == 0) {
                throw new CertificateException("The server shows no certificate.");
            }
            byte[] digest;
            try {
                digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
            if (!MessageDigest.isEqual(digest, expected)) {
                throw new CertificateException("The server's certificate has another fingerprint, "
                        + HexFormat.of().formatHex(digest) + ".");
            }
            chain[0].checkValidity();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
