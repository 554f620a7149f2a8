package org.listlens.alert;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Sends notices by mail, over SMTP (RFC 5321).
 *
 * @param server {@code smtp://[USER@]HOST[:PORT]} (port 587 when there is a user, else 25; STARTTLS where the server has
 *     it) or {@code smtps://} (port 465)
 * @param password the user's; sent over TLS only, or to this machine
 * @param from the sender's address
 * @param to the recipients' addresses
 */
public record MailNotice(URI server, @Nullable String password, String from, List<String> to) {
    private static final String TIMEOUT_MS = "30000";

    public MailNotice {
        to = List.copyOf(to);
        String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
        if ((!scheme.equals("smtp") && !scheme.equals("smtps")) || server.getHost() == null) {
            throw new IllegalArgumentException("no mail server");
        }
        try {
            new InternetAddress(from, true);
            for (String address : to) {
                new InternetAddress(address, true);
            }
        } catch (AddressException e) {
            throw new IllegalArgumentException("no mail address: " + e.getRef(), e);
        }
    }

    /**
     * Sends a mail of plain text.
     *
     * @throws IOException when the server does not take it
     */
    public void send(String subject, String text) throws IOException {
        Session session = session();
        MimeMessage mail = new MimeMessage(session);
        try {
            mail.setFrom(new InternetAddress(from, true));
            for (String address : to) {
                mail.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
            }
            mail.setSubject(subject, StandardCharsets.UTF_8.name());
            mail.setSentDate(Date.from(Instant.now()));
            // RFC 3834: nobody's vacation program should answer.
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.setText(text, StandardCharsets.UTF_8.name());
            Transport.send(mail);
        } catch (MessagingException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private Session session() {
        boolean tls = "smtps".equalsIgnoreCase(server.getScheme());
        String user = server.getUserInfo();
        boolean login = user != null && password != null;
        boolean here = List.of("localhost", "127.0.0.1", "[::1]").contains(server.getHost());
        int port = server.getPort() >= 0 ? server.getPort() : tls ? 465 : login ? 587 : 25;
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", server.getHost());
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(tls));
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", Boolean.toString(login && !tls && !here));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", Boolean.toString(login));
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MS);
        properties.put("mail.smtp.timeout", TIMEOUT_MS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MS);
        return Session.getInstance(properties, login ? new Login(user, password) : null);
    }

    @Override
    public String toString() {
        return "MailNotice[" + server.getHost() + ", " + to + ']';
    }

    private static final class Login extends Authenticator {
        private final @Nullable String user;
        private final @Nullable String password;

        Login(@Nullable String user, @Nullable String password) {
            this.user = user;
            this.password = password;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(user, password);
        }
    }
}
