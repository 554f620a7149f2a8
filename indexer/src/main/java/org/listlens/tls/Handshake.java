package org.listlens.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * What a server shows when TLS begins, whether it is trusted or not. Nothing is sent to it.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipher the cipher suite
 * @param subject whom the certificate is made out to (RFC 2253)
 * @param issuer who signed it
 * @param validFrom when it begins to be valid
 * @param validUntil when it ends to be valid
 * @param sha256 its fingerprint in lower-case hexadecimal digits
 */
public record Handshake(
        String protocol,
        String cipher,
        String subject,
        String issuer,
        Instant validFrom,
        Instant validUntil,
        String sha256) {
    /**
     * Begins TLS with a server and ends it.
     *
     * @param host a name or an address; that of IPv6 in brackets or without
     * @param timeout how long to wait for the connection, and for each answer
     * @throws IOException when nothing listens, or does not speak TLS
     */
    public static Handshake with(String host, int port, Duration timeout) throws IOException {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int millis = (int) timeout.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(name, port), millis);
            plain.setSoTimeout(millis);
            try (SSLSocket socket =
                    (SSLSocket) Trust.context(null, true).getSocketFactory().createSocket(plain, name, port, true)) {
                if (Character.isLetter(name.charAt(name.length() - 1)) && name.indexOf(':') < 0) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setServerNames(List.of(new SNIHostName(name)));
                    socket.setSSLParameters(parameters);
                }
                socket.startHandshake();
                return of(socket.getSession());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + name + "\" is no name of a host", e);
        }
    }

    private static Handshake of(SSLSession session) throws IOException {
        Certificate[] chain = session.getPeerCertificates();
        if (!(chain[0] instanceof X509Certificate certificate)) {
            throw new IOException("the server shows no X.509 certificate");
        }
        try {
            return new Handshake(
                    session.getProtocol(),
                    session.getCipherSuite(),
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IOException("the server's certificate cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
