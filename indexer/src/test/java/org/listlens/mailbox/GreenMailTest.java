package org.listlens.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.listlens.source.Collected;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.PositionsContract;
import org.listlens.source.SourceException;
import org.listlens.source.SourceWatch;

/** Mailboxes of a server that somebody else has written. */
@Timeout(120)
class GreenMailTest extends PositionsContract {
    private static Thread.@Nullable UncaughtExceptionHandler handler;

    private GreenMail server;
    private GreenMailUser user;

    @BeforeAll
    static void beQuiet() {
        handler = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            // The server's threads end so when a client goes without a word.
            if (!thread.getName().startsWith("imap:") && handler != null) {
                handler.uncaughtException(thread, thrown);
            }
        });
    }

    @AfterAll
    static void beAsBefore() {
        Thread.setDefaultUncaughtExceptionHandler(handler);
    }

    @BeforeEach
    void start() throws UserException {
        ServerSetup imap = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        server = new GreenMail(new ServerSetup[] {imap});
        server.start();
        user = server.getUserManager().createUser("joe@example.org", "joe", "pass word");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private MailFolder inbox() {
        return manager().getFolder(user, "INBOX");
    }

    private ImapHostManager manager() {
        return server.getManagers().getImapHostManager();
    }

    private String url() {
        return Imap.url(server.getImap().getPort());
    }

    @Override
    protected void add(byte[] mail) throws IOException {
        add(inbox(), mail);
    }

    @SuppressWarnings("JavaUtilDate") // The server wants it.
    private static void add(MailFolder folder, byte[] mail) throws IOException {
        try {
            folder.appendMessage(
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)),
                    new Flags(),
                    new Date());
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected MailSource open() throws IOException {
        return new LfSource(new ImapSource(url(), Imap.options()));
    }

    @Test
    void leavesNoTrace() throws IOException {
        add(mail(1));
        add(mail(2));
        assertThat(Collected.of(open()).texts()).containsExactly(text(1), text(2));
        for (StoredMessage message : inbox().getMessages()) {
            assertThat(message.isSet(Flags.Flag.SEEN)).isFalse();
            assertThat(message.isSet(Flags.Flag.DELETED)).isFalse();
        }
        assertThat(inbox().getMessageCount()).isEqualTo(2);
    }

    @Test
    void readsAllAnewWhenTheMailboxIsANewOne() throws Exception {
        MailFolder folder = manager().createMailbox(user, "list");
        add(folder, mail(1));
        add(folder, mail(2));
        Positions known = Collected.of(list()).known(Positions.NONE);
        manager().deleteMailbox(user, "list");
        // UIDVALIDITY is the time in seconds, so it may be the same.
        add(manager().createMailbox(user, "list"), mail(3));
        Collected read = new Collected();
        list().read(known, read);
        assertThat(read.shrunk).isTrue();
        assertThat(read.texts()).containsExactly(text(3));
        assertThat(read.known(known).all()).extracting(Position::mails).containsExactly(1L);
    }

    private MailSource list() throws IOException {
        return new LfSource(new ImapSource(url() + "/list", Imap.options()));
    }

    @Test
    void readsAllMailboxes() throws Exception {
        add(mail(1));
        add(manager().createMailbox(user, "l\u00efst"), mail(2));
        MailSource all = new LfSource(new ImapSource(url() + "/*", Imap.options()));
        Collected read = Collected.of(all);
        assertThat(read.texts()).containsExactlyInAnyOrder(text(1), text(2));
        assertThat(read.mails)
                .extracting(mail -> mail.origin().source())
                .containsExactlyInAnyOrder(
                        "imap://joe@127.0.0.1:" + server.getImap().getPort() + "/INBOX",
                        "imap://joe@127.0.0.1:" + server.getImap().getPort() + "/l%C3%AFst");
        assertThat(Collected.of(new LfSource(new ImapSource(url() + "/l%C3%AFst", Imap.options())))
                        .texts())
                .containsExactly(text(2));
    }

    @Test
    void isToldOfNewMail() throws IOException, InterruptedException {
        add(mail(1));
        MailSource source = open();
        try (SourceWatch watch = source.watch()) {
            Positions known = Collected.of(source).known(Positions.NONE);
            assertThat(watch.await(Duration.ofMillis(100))).isFalse();
            for (int i = 2; i < 5; i++) {
                add(mail(i));
                assertThat(watch.await(Duration.ofSeconds(60))).isTrue();
                Collected read = new Collected();
                source.read(known, read);
                assertThat(read.texts()).containsExactly(text(i));
                known = read.known(known);
            }
            server.stop();
            assertThatThrownBy(() -> watch.await(Duration.ofSeconds(60))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void logsInByToken() throws IOException {
        add(mail(1));
        String url = "imap://joe@127.0.0.1:" + server.getImap().getPort();
        assertThat(Collected.of(new ImapSource(url, Imap.options(null, null, "pass word", null, false))).mails)
                .hasSize(1);
        assertThatThrownBy(() -> new ImapSource(url, Imap.options(null, null, "wrong", null, false)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("refuses the login of joe");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new ImapSource(url() + "/nix", Imap.options()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("/nix cannot be opened")
                .hasMessageContaining("there are INBOX.");
        assertThatThrownBy(() -> new ImapSource(url().replace("pass%20word", "wrong"), Imap.options()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("refuses the login of joe")
                .message()
                .doesNotContain("wrong");
    }
}
