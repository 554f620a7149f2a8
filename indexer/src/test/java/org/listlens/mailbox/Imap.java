package org.listlens.mailbox;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.listlens.source.RemoteOptions;
import org.listlens.source.SourceOptions;

/** What the tests of mailboxes share. */
final class Imap {
    private Imap() {}

    /** The INBOX of joe on this machine. */
    static String url(int port) {
        return "imap://joe:pass%20word@127.0.0.1:" + port;
    }

    /** Options that make a test wait for nothing long. */
    static SourceOptions options() {
        return options(null, null, null, null, false);
    }

    static SourceOptions options(
            @Nullable String user,
            @Nullable String password,
            @Nullable String token,
            @Nullable Path caFile,
            boolean insecure) {
        return new SourceOptions(
                Limits.DEFAULT,
                null,
                new RemoteOptions(
                        user,
                        password,
                        token,
                        caFile,
                        insecure,
                        Duration.ofMillis(20),
                        Duration.ofSeconds(5),
                        1_000_000));
    }

    static byte[] mail(int number) {
        return ("From: a@example.org\r\nMessage-ID: <" + number + "@example.org>\r\n\r\n"
                        + "text \u00ef\r\n".repeat(number))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
