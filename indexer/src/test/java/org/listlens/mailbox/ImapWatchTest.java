package org.listlens.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.listlens.source.Collected;
import org.listlens.source.SourceException;
import org.listlens.source.SourceWatch;

@Timeout(60)
class ImapWatchTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(60);

    private FakeImap server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeImap();
        server.inbox().add(Imap.mail(1));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ImapSource source(String path) throws IOException {
        return new ImapSource(Imap.url(server.port()) + path, Imap.options());
    }

    private void assertTells(SourceWatch watch, FakeImap.Box box) throws IOException, InterruptedException {
        assertThat(watch.await(SHORT)).isFalse();
        box.add(Imap.mail(2));
        assertThat(watch.await(LONG)).isTrue();
        assertThat(watch.await(SHORT)).isFalse();
        box.add(Imap.mail(3));
        assertThat(watch.await(LONG)).isTrue();
    }

    @Test
    void isToldByTheServer() throws IOException, InterruptedException {
        ImapSource source = source("");
        try (SourceWatch watch = source.watch()) {
            assertThat(watch).isInstanceOf(IdleWatch.class);
            assertTells(watch, server.inbox());
            assertThat(Collected.of(source).mails).hasSize(3);
        }
        assertThat(server.commands()).noneMatch(command -> command.startsWith("STATUS"));
    }

    @Test
    void hearsWhatCameBeforeItWasAsked() throws IOException, InterruptedException {
        try (SourceWatch watch = source("").watch()) {
            server.inbox().add(Imap.mail(2));
            Thread.sleep(SHORT);
            assertThat(watch.await(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void asksAgainBeforeTheServerEndsIt() throws Exception {
        ImapConnection connection = ImapConnection.open(
                MailboxUrl.parse(Imap.url(server.port())), Imap.options().remote());
        Failures failures = new Failures(MailboxUrl.parse(Imap.url(server.port())));
        try (IdleWatch watch = IdleWatch.of(connection, "INBOX", Duration.ofMillis(10), failures)) {
            for (int i = 2; i < 12; i++) {
                server.inbox().add(Imap.mail(i));
                assertThat(watch.await(LONG)).isTrue();
            }
        }
        assertThat(server.received).contains("DONE");
        assertThat(server.commands().stream().filter("IDLE"::equals).count()).isGreaterThan(2);
    }

    @Test
    void looksWhereTheServerDoesNotTell() throws IOException, InterruptedException {
        server.capabilities = "AUTH=PLAIN";
        try (SourceWatch watch = source("").watch()) {
            assertTells(watch, server.inbox());
        }
        assertThat(server.commands()).contains("STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY)");
    }

    @Test
    void looksAtManyMailboxes() throws IOException, InterruptedException {
        server.box("lists.a").add(Imap.mail(1));
        server.box("lists.b");
        try (SourceWatch watch = source("/lists/").watch()) {
            assertTells(watch, server.box("lists.b"));
            server.box("lists.c");
            assertThat(watch.await(LONG)).isTrue();
            server.inbox().add(Imap.mail(9));
            assertThat(watch.await(SHORT)).isFalse();
        }
    }

    @Test
    void connectsAnewBetweenTwoLooks() throws IOException, InterruptedException {
        server.box("lists.a").add(Imap.mail(1));
        try (SourceWatch watch = source("/lists/").watch()) {
            assertThat(watch.await(SHORT)).isFalse();
            server.cut();
            assertTells(watch, server.box("lists.a"));
        }
    }

    @Test
    void neverLooksMoreOftenThanItMay() throws IOException, InterruptedException {
        int[] looks = {0};
        IntervalWatch.Look look = new IntervalWatch.Look() {
            @Override
            public Object look() {
                return ++looks[0];
            }

            @Override
            public void close() {
                looks[0] = -1;
            }
        };
        try (IntervalWatch watch = new IntervalWatch(Duration.ofHours(1), look)) {
            for (int i = 0; i < 10; i++) {
                assertThat(watch.await(Duration.ofMillis(1))).isFalse();
            }
            assertThat(looks[0]).isEqualTo(1);
        }
        assertThat(looks[0]).isEqualTo(-1);
    }

    @Test
    void saysThatTheConnectionIsLost() throws IOException, InterruptedException {
        ImapSource source = source("");
        try (SourceWatch watch = source.watch()) {
            assertThat(watch.await(SHORT)).isFalse();
            server.cut();
            assertThatThrownBy(() -> watch.await(LONG))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SourceException.class)
                    .hasMessageContaining("was lost");
        }
        try (SourceWatch another = source.watch()) {
            assertTells(another, server.inbox());
        }
    }

    @Test
    void saysThatTheServerIsGone() throws IOException {
        ImapSource source = source("");
        server.close();
        assertThatThrownBy(source::watch).isInstanceOf(SourceException.class).hasMessageContaining("Nothing listens");
    }

    @Test
    void closesAtOnce() throws IOException {
        SourceWatch watch = source("").watch();
        watch.close();
        assertThatThrownBy(() -> watch.await(LONG)).isInstanceOf(IOException.class);
    }
}
