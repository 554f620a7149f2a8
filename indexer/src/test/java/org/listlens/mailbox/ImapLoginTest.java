package org.listlens.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.source.Collected;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;

class ImapLoginTest {
    @TempDir
    static Path folder;

    private static TestKeys keys;

    private FakeImap server;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = TestKeys.make(folder);
    }

    @BeforeEach
    void start() throws IOException {
        server = new FakeImap();
        server.inbox().add(Imap.mail(1));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void assertReads(String login, SourceOptions options) throws IOException {
        assertReads("imap://" + login + "127.0.0.1:" + server.port(), "", options);
    }

    private static void assertReads(String url, String path, SourceOptions options) throws IOException {
        Collected read = Collected.of(new ImapSource(url + path, options));
        assertThat(read.mails).hasSize(1);
        assertThat(read.mails.getFirst().bytes()).isEqualTo(Imap.mail(1));
    }

    private void assertFails(String login, SourceOptions options, String... parts) {
        assertFails("imap://" + login + "127.0.0.1:" + server.port() + "/INBOX", "", options, parts);
    }

    private static void assertFails(String url, String path, SourceOptions options, String... parts) {
        assertThatThrownBy(() -> new ImapSource(url + path, options))
                .isInstanceOf(SourceException.class)
                .message()
                .contains(parts)
                .doesNotContain(FakeImap.PASSWORD)
                .doesNotContain(FakeImap.TOKEN)
                .doesNotContain("wrong")
                .endsWith(".");
    }

    private static SourceOptions login(@Nullable String user, @Nullable String password, @Nullable String token) {
        return Imap.options(user, password, token, null, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH=PLAIN",
                "AUTH=PLAIN SASL-IR",
                "",
                "LITERAL+",
                "LOGINDISABLED AUTH=PLAIN",
                "AUTH=XOAUTH2 AUTH=ANONYMOUS"
            })
    void givesThePassword(String capabilities) throws IOException {
        server.capabilities = capabilities;
        assertReads("joe:pass%20word@", Imap.options());
        assertReads("", login("joe", FakeImap.PASSWORD, null));
        assertReads("joe@", login("somebody", FakeImap.PASSWORD, null));
        assertReads("joe:pass%20word@", login("somebody", "wrong", null));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH=XOAUTH2, XOAUTH2",
        "AUTH=XOAUTH2 SASL-IR, XOAUTH2",
        "AUTH=OAUTHBEARER AUTH=PLAIN, OAUTHBEARER",
        "AUTH=OAUTHBEARER AUTH=XOAUTH2 SASL-IR AUTH=PLAIN, XOAUTH2"
    })
    void givesTheTokenBeforeThePassword(String capabilities, String mechanism) throws IOException {
        server.capabilities = capabilities;
        assertReads("joe@", login(null, "wrong", FakeImap.TOKEN));
        assertThat(server.commands()).anyMatch(command -> command.startsWith("AUTHENTICATE " + mechanism));
        assertFails("joe@", login(null, null, "wrong"), "refuses the login of joe", "password or token");
    }

    @Test
    void usesTheMechanismOfTheUrl() throws IOException {
        server.capabilities = "AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER AUTH=CRAM-MD5";
        assertReads("joe;AUTH=OAUTHBEARER@", login(null, FakeImap.PASSWORD, FakeImap.TOKEN));
        assertReads("joe;AUTH=PLAIN@", login(null, FakeImap.PASSWORD, FakeImap.TOKEN));
        assertReads("joe;AUTH=*@", login(null, FakeImap.PASSWORD, null));
        assertReads("joe;AUTH=LOGIN@", login(null, FakeImap.PASSWORD, null));
        assertThat(server.received.stream().map(line -> line.substring(line.indexOf(' ') + 1)))
                .containsSubsequence("AUTHENTICATE OAUTHBEARER", "AUTHENTICATE PLAIN", "AUTHENTICATE PLAIN")
                .contains("LOGIN joe \"" + FakeImap.PASSWORD + '"');
        assertFails("joe;AUTH=CRAM-MD5@", login(null, FakeImap.PASSWORD, null), "no way to log in", ";AUTH=");
    }

    @Test
    void isNobodyWhereThatIsWelcome() throws IOException {
        server.capabilities = "AUTH=ANONYMOUS SASL-IR";
        assertReads("", Imap.options());
        assertReads(";AUTH=ANONYMOUS@", login("joe", "wrong", null));
        assertThat(new ImapSource("imap://127.0.0.1:" + server.port() + "/INBOX", Imap.options()).name())
                .isEqualTo("imap://127.0.0.1:" + server.port() + "/INBOX");
    }

    @Test
    void sendsWhatIsNotAscii() throws IOException {
        server.capabilities = "";
        assertFails("j%C3%B6e:wrong@", Imap.options(), "refuses the login of j\u00f6e");
        assertThat(server.received).anyMatch(line -> line.endsWith("LOGIN {4}"));
        assertThat(server.received).contains("j\u00c3\u00b6e");
    }

    @Test
    void saysWhatIsWrongWithALogin() {
        assertFails(
                "joe:wrong@", Imap.options(), "refuses the login of joe", "[AUTHENTICATIONFAILED]", "check the user");
        assertFails("", Imap.options(), "wants a login", "--archive-user", "LISTLENS_ARCHIVE_PASSWORD");
        assertFails("joe@", Imap.options(), "wants a login");
        assertFails("", login(null, null, "wrong"), "wants a login");
        server.capabilities = "LOGINDISABLED AUTH=GSSAPI";
        assertFails("joe:wrong@", Imap.options(), "no way to log in", "AUTH=GSSAPI");
        server.capabilities = "";
        server.loginAnswer = "\u001b[31m" + "x".repeat(500);
        assertFails("joe:wrong@", Imap.options(), "xxx");
        assertThatThrownBy(() -> new ImapSource("imap://joe:wrong@127.0.0.1:" + server.port(), Imap.options()))
                .message()
                .hasSizeLessThan(400)
                .doesNotContain("\u001b");
    }

    @Test
    void goesOnWithTlsWhereItCan() throws IOException {
        server.capabilities = "STARTTLS LOGINDISABLED AUTH=PLAIN";
        server.startTls = keys.context();
        SourceOptions trusting = Imap.options(null, null, null, keys.caFile(), false);
        String url = "imap://joe:pass%20word@localhost:" + server.port();
        assertReads(url, "", trusting);
        assertThat(server.commands().subList(0, 3)).containsExactly("CAPABILITY", "STARTTLS", "CAPABILITY");
        server.received.clear();
        assertFails(url, "", Imap.options(), "certificate", "not trusted", "--archive-ca-file");
        assertFails(
                "imap://joe:pass%20word@127.0.0.1:" + server.port(),
                "",
                trusting,
                "certificate",
                "not trusted",
                "host");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTHENTICATE"));
        assertReads(
                "imap://joe:pass%20word@127.0.0.1:" + server.port(), "", Imap.options(null, null, null, null, true));
    }

    @Test
    void beginsWithTls() throws IOException {
        server.implicitTls = keys.context();
        String url = "imaps://joe:pass%20word@localhost:" + server.port();
        assertReads(url, "", Imap.options(null, null, null, keys.caFile(), false));
        assertReads(url, "", Imap.options(null, null, null, null, true));
        assertFails(url, "", Imap.options(), "certificate", "not trusted");
        assertFails(
                "imaps://joe:wrong@127.0.0.1:" + server.port(),
                "",
                Imap.options(null, null, null, keys.caFile(), false),
                "certificate",
                "not trusted");
        assertFails(
                url,
                "",
                Imap.options(null, null, null, folder.resolve("none.pem"), false),
                "none.pem cannot be used",
                "no such file");
        assertFails(url, "", Imap.options(null, null, null, folder.resolve("k.p12"), false), "k.p12 cannot be used");
    }

    @Test
    void sendsNoPasswordInClearToOtherMachines() throws IOException {
        InetAddress other = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        SourceOptions insecure = Imap.options(null, null, null, null, true);
        assertThat(Tls.maySend(false, other, Imap.options().remote())).isFalse();
        assertThat(Tls.maySend(true, other, Imap.options().remote())).isTrue();
        assertThat(Tls.maySend(false, other, insecure.remote())).isTrue();
        assertThat(Tls.maySend(
                        false, InetAddress.getLoopbackAddress(), Imap.options().remote()))
                .isTrue();
    }

    @Test
    void saysWhatAnswersInstead() throws IOException {
        server.greeting = "SSH-2.0-server";
        assertFails("joe:wrong@", Imap.options(), "does not speak IMAP", "SSH-2.0", "check the port");
        server.greeting = "* BYE too busy";
        assertFails("joe:wrong@", Imap.options(), "too busy");
        server.greeting = "* PREAUTH welcome";
        assertReads("", Imap.options());
        assertFails(
                "imaps://joe:wrong@127.0.0.1:" + server.port(),
                "",
                Imap.options(),
                "TLS with the IMAP server",
                "imap://");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertFails("imap://joe:wrong@127.0.0.1:" + port, "", Imap.options(), "Nothing listens at 127.0.0.1:" + port);
        assertFails("imap://joe:wrong@nobody.invalid", "", Imap.options(), "host nobody.invalid is unknown");
    }

    @Test
    void keepsSecretsOutOfExceptions() {
        server.capabilities = "";
        assertThatThrownBy(() -> new ImapSource("imap://joe:wrong@127.0.0.1:" + server.port(), Imap.options()))
                .satisfies(thrown -> {
                    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("wrong");
                    }
                });
        assertThat(List.of(login("joe", "wrong", "wrong")).toString()).doesNotContain("wrong");
    }
}
