package org.listlens.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.archives.Archives;
import org.listlens.mail.RawMail;
import org.listlens.source.Collected;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.SourceException;
import org.listlens.source.SourceOptions;
import org.listlens.source.SourceWatch;

class NntpSourceTest {
    private FakeNntp server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeNntp();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private MailSource open() throws IOException {
        return open(server.port(), Imap.options());
    }

    private static MailSource open(int port, SourceOptions options) throws IOException {
        return Archives.open("nntp://127.0.0.1:" + port + '/' + FakeNntp.GROUP, options);
    }

    private static Collected read(MailSource source, Positions known) throws IOException {
        Collected read = new Collected();
        source.read(known, read);
        return read;
    }

    private static List<String> texts(int... numbers) {
        List<String> texts = new ArrayList<>();
        for (int number : numbers) {
            texts.add(new String(Imap.mail(number), StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    private void fill(int count) {
        for (int i = 1; i <= count; i++) {
            server.add(Imap.mail(i));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesTheOctetsAsTheyAre(boolean slow) throws IOException {
        server.slow = slow;
        List<String> articles = List.of(
                "From: a@example.org\r\n\r\n.\r\n..\r\n...x\r\n.x\r\n",
                ".\r\n",
                "\r\n",
                "",
                "X: \u0000\u00ff\u00fe\u0085\r\n\r\nbare\rCR\r\rLF\n.\nand\r.\r\r\n",
                "\r\r\n.\r\r\n",
                "x".repeat(20_000) + "\r\n" + ".\r\n".repeat(5_000),
                ("y".repeat(8_189) + "\r\n.\r\n").repeat(9));
        articles.forEach(article -> server.add(article.getBytes(StandardCharsets.ISO_8859_1)));
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).isEqualTo(articles);
        assertThat(read.mails).noneMatch(RawMail::truncated);
        assertThat(read.positions()).startsWith("1", "2", "3").hasSize(8);
    }

    @Test
    void cutsAtTheLimitAndSaysHowLargeItIs() throws IOException {
        fill(300);
        SourceOptions options = new SourceOptions(Collected.keeping(1_000, null).limits(), null);
        Collected read = Collected.of(open(server.port(), options));
        for (int i = 1; i <= 300; i++) {
            RawMail mail = read.mails.get(i - 1);
            byte[] whole = Imap.mail(i);
            assertThat(mail.size()).isEqualTo(whole.length);
            assertThat(mail.bytes()).isEqualTo(java.util.Arrays.copyOf(whole, Math.min(1_000, whole.length)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"listed", "garbled", "not listed"})
    void passesOverWhatIsGone(String list) throws IOException {
        server.lists = !list.equals("not listed");
        server.garbled = list.equals("garbled");
        server.next = 1_000;
        fill(3);
        server.next = 2_000;
        fill(2);
        server.remove(1_001);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).isEqualTo(texts(1, 3, 1, 2));
        assertThat(read.positions()).containsExactly("1000", "1002", "2000", "2001");
        assertThat(read.rejected).isEmpty();
        assertThat(read.reached.getLast())
                .isEqualTo(new Position(
                        "nntp://127.0.0.1:" + server.port() + "/org.example.list",
                        java.util.Map.of("low", "1000", "high", "2001"),
                        4));
        server.received.clear();
        Collected again = read(open(), read.known(Positions.NONE));
        assertThat(again.mails).isEmpty();
        assertThat(again.reached).isEmpty();
        assertThat(server.received).noneMatch(line -> line.startsWith("ARTICLE") || line.startsWith("LISTGROUP"));
    }

    @Test
    void tellsPositionsOnTheWay() throws IOException {
        fill(450);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.mails).hasSize(450);
        assertThat(read.reached)
                .extracting(position -> position.state().get("high"))
                .containsExactly("200", "400", "450");
    }

    @Test
    void readsAllAnewWhenTheGroupWasMadeAnew() throws IOException {
        fill(5);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        server.clear();
        fill(2);
        Collected again = read(open(), known);
        assertThat(again.shrunk).isTrue();
        assertThat(again.texts()).isEqualTo(texts(1, 2));
        assertThat(again.known(known).all()).extracting(Position::mails).containsExactly(2L);
    }

    @Test
    void tellsThatArticlesHaveExpired() throws IOException {
        fill(5);
        Positions known = read(open(), Positions.NONE).known(Positions.NONE);
        server.remove(1);
        server.add(Imap.mail(6));
        Collected second = read(open(), known);
        assertThat(second.shrunk).isTrue();
        assertThat(second.texts()).isEqualTo(texts(6));
        assertThat(read(open(), second.known(known)).shrunk).isFalse();
    }

    @Test
    void rejectsWhatTheServerDoesNotGive() throws IOException {
        fill(60);
        server.refused.add(20L);
        server.deadly.add(40L);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.mails).hasSize(58);
        assertThat(read.rejected).extracting(entry -> entry.origin().position()).containsExactly("20", "40");
        assertThat(read.rejected.getFirst().reason()).contains("403 the spool is broken");
        assertThat(read(open(), read.known(Positions.NONE)).rejected).isEmpty();
    }

    @Test
    void aLineThatDoesNotEndIsAnArticleLess() throws IOException {
        fill(6);
        server.endless.add(3L);
        Collected read = read(open(), Positions.NONE);
        assertThat(read.texts()).isEqualTo(texts(1, 2, 4, 5, 6));
        assertThat(read.rejected)
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains("a line of more than"));
    }

    @Test
    void doesNotRejectAllBecauseTheServerIsGoingDown() throws IOException {
        fill(10);
        for (long number = 3; number <= 10; number++) {
            server.deadly.add(number);
        }
        MailSource source = open();
        Collected read = new Collected();
        assertThatThrownBy(() -> source.read(Positions.NONE, read))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("run this again");
        assertThat(read.texts()).isEqualTo(texts(1, 2));
        assertThat(read.rejected).isEmpty();
    }

    @Test
    void goesOnWhereAConnectionIsCut() throws IOException {
        fill(4);
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            for (int cut = 0; cut < 700; cut++) {
                MailSource source = open(proxy.port(), Imap.options());
                proxy.cut(cut);
                // The connection of opening is on its way already; the cut is for the next one.
                server.cut();
                Collected read = Collected.of(source);
                assertThat(read.texts()).as("cut after " + cut).isEqualTo(texts(1, 2, 3, 4));
                assertThat(read.rejected).isEmpty();
            }
        }
    }

    @Test
    void looksForNewArticles() throws IOException, InterruptedException {
        fill(1);
        try (SourceWatch watch = open().watch()) {
            assertThat(watch.await(Duration.ofMillis(60))).isFalse();
            server.add(Imap.mail(2));
            assertThat(watch.await(Duration.ofSeconds(30))).isTrue();
            server.cut();
            assertThat(watch.await(Duration.ofMillis(60))).isFalse();
            server.add(Imap.mail(3));
            assertThat(watch.await(Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void logsInWhereThatIsWanted() throws IOException {
        fill(1);
        server.login = true;
        assertThat(read(open(server.port(), Imap.options("joe", "pass word", null, null, false)), Positions.NONE).mails)
                .hasSize(1);
        MailSource source = Archives.open(
                "nntp://joe:pass%20word@127.0.0.1:" + server.port() + "/org.example.list", Imap.options());
        assertThat(source.name()).isEqualTo("nntp://127.0.0.1:" + server.port() + "/org.example.list");
        assertThatThrownBy(this::open).isInstanceOf(SourceException.class).hasMessageContaining("wants a login");
        assertThatThrownBy(() -> open(server.port(), Imap.options("joe", "wrong", null, null, false)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("refuses the login of joe (481 not with …)");
    }

    @Test
    void readsByTls(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.make(folder);
        server.implicitTls = keys.context();
        fill(2);
        String url = "nntps://localhost:" + server.port() + "/org.example.list";
        SourceOptions trusting = Imap.options(null, null, null, keys.caFile(), false);
        assertThat(Collected.of(Archives.open(url, trusting)).texts()).isEqualTo(texts(1, 2));
        assertThat(Collected.of(Archives.open(url, Imap.options(null, null, null, null, true)))
                        .texts())
                .isEqualTo(texts(1, 2));
        assertThatThrownBy(() -> Archives.open(url, Imap.options())).hasMessageContaining("certificate");
        assertThatThrownBy(() -> Archives.open("nntps://127.0.0.1:" + server.port() + "/org.example.list", trusting))
                .hasMessageContaining("certificate");
    }

    @Test
    void saysWhatIsWrong() {
        assertFails("/none.such", "none.such cannot be opened (there is no such newsgroup)");
        assertFails("", "names no newsgroup");
        assertFails("/a/b", "names no newsgroup");
        assertFails("/a%0D%0AQUIT", "line break");
        server.greeting = "502 go away";
        assertFails("/org.example.list", "lets nobody in (502 go away)");
        server.greeting = "400 busy";
        assertFails("/org.example.list", "broke the connection off");
        server.greeting = "hello, this is not news";
        assertFails("/org.example.list", "broke the connection off");
    }

    private void assertFails(String path, String part) {
        assertThatThrownBy(() -> Archives.open("nntp://127.0.0.1:" + server.port() + path, Imap.options()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(part);
    }
}
