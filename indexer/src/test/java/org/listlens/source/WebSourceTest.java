package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Limits;

class WebSourceTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private WebFiles web;
    private final List<WebFiles> others = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        web = new WebFiles(null);
    }

    @AfterEach
    void close() {
        web.close();
        others.forEach(WebFiles::close);
    }

    private static SourceOptions options(@Nullable String user, @Nullable String token, @Nullable Path ca, long bound) {
        return new SourceOptions(
                Limits.DEFAULT,
                null,
                new RemoteOptions(
                        user,
                        user == null ? null : "secret",
                        token,
                        ca,
                        false,
                        Duration.ofMillis(20),
                        Duration.ofSeconds(5),
                        bound),
                false);
    }

    private MailSource open() throws SourceException {
        return open(web.address());
    }

    private static MailSource open(String address) throws SourceException {
        return WebSource.open(address, options(null, null, null, 1_000_000_000), PAUSE);
    }

    private static byte[] mbox(int from, int to) {
        List<byte[]> mails = new ArrayList<>();
        for (int i = from; i < to; i++) {
            mails.add(Collected.octets("From: a@example.org\nSubject: " + i + "\n\n" + "text\n".repeat(100 * i)));
        }
        return Packed.mbox(mails, "\n");
    }

    private static List<String> subjects(Collected read) {
        return read.texts().stream()
                .map(text -> text.replaceAll("(?s).*Subject: (\\d+).*", "$1"))
                .toList();
    }

    @Nested
    class Plain extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            web.file = MailSourcesTest.mbox(mails);
            web.octetByOctet = delivery == Delivery.OCTETS;
            web.lengths = delivery == Delivery.WHOLE;
            return WebSource.open(web.address(), options, PAUSE);
        }
    }

    @Nested
    class Tar extends MailSourceContract {
        @Override
        protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
            web.file = Packed.compress(Compression.XZ, Packed.tar(mails));
            web.octetByOctet = delivery == Delivery.OCTETS;
            return WebSource.open(web.address(), options, PAUSE);
        }
    }

    abstract class Growing extends PositionsContract {
        @Override
        protected void add(byte[] mail) {
            web.file = Packed.concat(web.file, Packed.mbox(List.of(mail), "\n"));
            web.etag = web.etag.isEmpty() ? "" : "\"" + web.file.length + '"';
        }

        @Override
        protected MailSource open() throws IOException {
            return WebSourceTest.this.open();
        }
    }

    @Nested
    class GrowingWithRanges extends Growing {}

    @Nested
    class GrowingWithoutRanges extends Growing {
        @BeforeEach
        void refuseRanges() {
            web.ranges = false;
            web.etag = "";
        }
    }

    @Test
    void asksOnlyForWhatAnMboxHasGrownBy() throws IOException {
        web.file = mbox(0, 50);
        int length = web.file.length;
        assertThat(length).isGreaterThan(TailStream.SIZE);
        MailSource source = open();
        Positions known = Collected.of(source).known(Positions.NONE);
        web.file = Packed.concat(web.file, mbox(50, 52));
        web.etag = "\"2\"";
        web.requests.clear();
        Collected later = new Collected();
        source.read(known, later);
        assertThat(subjects(later)).containsExactly("50", "51");
        assertThat(later.positions().getFirst()).isEqualTo(Integer.toString(length));
        assertThat(web.requests)
                .containsExactly("GET /list.mbox Range=bytes=" + (length - TailStream.SIZE) + "- If-None-Match=\"1\"");
        Collected whole = Collected.of(open());
        assertThat(whole.positions()).endsWith(later.positions().toArray(String[]::new));
        assertThat(later.known(known).all().getFirst().state())
                .isEqualTo(whole.known(Positions.NONE).all().getFirst().state());
    }

    @Test
    void asksForNothingWhenTheFileIsAsItWas() throws IOException {
        web.file = Packed.compress(Compression.GZIP, mbox(0, 3));
        MailSource source = open();
        Positions known = Collected.of(source).known(Positions.NONE);
        Collected again = new Collected();
        source.read(known, again);
        assertThat(again.mails).isEmpty();
        assertThat(web.requests.getLast()).isEqualTo("GET /list.mbox If-None-Match=\"1\"");
        web.etag = "\"2\"";
        source.read(known, again);
        assertThat(subjects(again)).containsExactly("0", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rewritten", "shorter", "gone on"})
    void readsAnMboxAnewThatIsNotWhatItWas(String change) throws IOException {
        web.file = mbox(0, 3);
        MailSource source = open();
        Positions known = Collected.of(source).known(Positions.NONE);
        web.etag = "\"2\"";
        web.file = switch (change) {
            case "rewritten" -> Packed.concat(mbox(5, 6), mbox(0, 9));
            case "shorter" -> mbox(2, 3);
            default -> Packed.concat(web.file, Collected.octets("the last mail goes on\n"));
        };
        Collected again = new Collected();
        source.read(known, again);
        assertThat(again.texts()).isEqualTo(Collected.of(web.file).texts());
        assertThat(again.shrunk).isTrue();
    }

    @Test
    void goesOnWhereATransferBreaksOff() throws IOException {
        web.file = mbox(0, 60);
        web.cuts = 3;
        web.cutAfter = 100_000;
        Collected read = Collected.of(open());
        assertThat(read.texts()).isEqualTo(Collected.of(web.file).texts());
        assertThat(read.rejected).isEmpty();
        assertThat(web.requests)
                .hasSize(4)
                .element(1)
                .asString()
                .startsWith("GET /list.mbox Range=bytes=")
                .endsWith(" If-Range=\"1\"");
    }

    @Test
    void goesOnWithoutRangesAsWell() throws IOException {
        web.file = mbox(0, 60);
        web.cuts = 1;
        web.cutAfter = 100_000;
        web.ranges = false;
        Collected read = Collected.of(open());
        assertThat(read.texts()).isEqualTo(Collected.of(web.file).texts());
        assertThat(read.rejected).isEmpty();
    }

    @Test
    void keepsWhatCameBeforeATransferThatNothingMends() throws IOException {
        web.file = mbox(0, 100);
        web.cuts = 1;
        web.cutAfter = 1_300_000;
        MailSource source = open();
        web.cuts = 100;
        web.cutAfter = 0;
        Collected read = Collected.of(source);
        assertThat(read.mails.size()).isBetween(10, 99);
        assertThat(read.rejected)
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("broke off 5 times"));
        assertThat(read.reached).isEmpty();
    }

    @Test
    void doesNotJoinTwoStatesOfAFile() throws IOException {
        web.file = mbox(0, 60);
        web.cuts = 1;
        web.cutAfter = 700_000;
        web.first = exchange -> {
            if (web.requests.size() == 2) {
                web.etag = "\"2\"";
                web.file = mbox(30, 90);
            }
            return false;
        };
        Collected read = Collected.of(open());
        assertThat(read.rejected)
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("changed on the server"));
        assertThat(subjects(read).subList(0, 3)).containsExactly("0", "1", "2");
    }

    @Test
    void takesNoMoreThanTheBound() throws IOException {
        web.file = mbox(0, 100);
        MailSource source = WebSource.open(web.address(), options(null, null, null, 1_500_000), PAUSE);
        Collected read = Collected.of(source);
        assertThat(read.mails.size()).isBetween(10, 90);
        assertThat(read.rejected)
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("--max-download"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, wants a login",
        "403, may not be read (status 403)",
        "404, There is nothing at",
        "410, There is nothing at",
        "418, answers with status 418",
        "500, however often it is asked",
        "503, however often it is asked"
    })
    void saysWhatTheServerSays(int status, String message) {
        web.first = exchange -> WebFiles.status(exchange, status);
        fails(this::open, message);
        assertThat(web.requests).hasSize(status < 500 ? 1 : WebClient.ATTEMPTS);
    }

    @Test
    void asksAgainWhenAServerIsBusy() throws IOException {
        web.file = mbox(0, 2);
        web.first = exchange -> web.requests.size() < 3 && WebFiles.status(exchange, 503);
        assertThat(subjects(Collected.of(open()))).containsExactly("0", "1");
    }

    @Test
    void saysThatAPageIsNoArchive() {
        web.file = Collected.octets("<!DOCTYPE html>\n<html><body>From: a@example.org</body></html>\n");
        web.type = "text/html";
        fails(this::open, "is a web page");
        web.file = new byte[0];
        fails(this::open, "is empty");
        web.file = new byte[] {0, 1, 2, 0};
        fails(this::open, "There is no mail at");
    }

    @Test
    void saysWhomItCannotReach() throws IOException {
        fails(() -> open("http://missing.invalid/a"), "no host missing.invalid");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        fails(() -> open("http://localhost:" + port + "/a"), "Nothing answers at localhost, port " + port);
        fails(() -> open("http://user:pass word@localhost/a"), "\"http://localhost/a\" is no address");
        fails(() -> open("http:///a"), "names no host");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsRedirections(int status) throws IOException {
        web.file = mbox(0, 2);
        web.first = exchange -> exchange.getRequestURI().getPath().equals("/list.mbox")
                && WebFiles.redirect(exchange, status, "../a/b.mbox?x=1");
        MailSource source = open();
        assertThat(subjects(Collected.of(source))).containsExactly("0", "1");
        assertThat(source.name()).isEqualTo(web.address());
        assertThat(web.requests).element(1).isEqualTo("GET /a/b.mbox?x=1");
    }

    @Test
    void followsNoCircleAndNoOtherScheme() {
        web.first = exchange -> WebFiles.redirect(exchange, 302, "/list.mbox");
        fails(this::open, "redirects more than 10 times");
        assertThat(web.requests).hasSize(11);
        web.first = exchange -> WebFiles.redirect(exchange, 302, "file:///etc/hostname");
        fails(this::open, "redirects to no address");
        web.first = exchange -> WebFiles.redirect(exchange, 302, "http://[");
        fails(this::open, "redirects to no address");
        web.first = exchange -> WebFiles.status(exchange, 302);
        fails(this::open, "redirects to no address");
    }

    @Test
    void givesTheLoginToNobodyElse() throws IOException {
        WebFiles other = new WebFiles(null);
        others.add(other);
        other.file = mbox(0, 1);
        web.first = exchange -> WebFiles.redirect(exchange, 302, other.address());
        SourceOptions options = options("jane", null, null, 1_000_000);
        assertThat(Collected.of(WebSource.open(web.address(), options, PAUSE)).mails)
                .hasSize(1);
        assertThat(web.requests).containsExactly("GET /list.mbox Authorization=Basic amFuZTpzZWNyZXQ=");
        assertThat(other.requests).containsExactly("GET /list.mbox");
    }

    @Test
    void logsInWithTheTokenOrWithWhatTheAddressNames() throws IOException {
        web.file = mbox(0, 1);
        WebSource.open(web.address(), options("jane", "abc", null, 1_000_000), PAUSE);
        assertThat(web.requests.getLast()).endsWith("Authorization=Bearer abc");
        String address = web.address().replace("//", "//jane:a%40b@");
        MailSource source = WebSource.open(address, options(null, null, null, 1_000_000), PAUSE);
        assertThat(web.requests.getLast()).endsWith("Authorization=Basic amFuZTphQGI=");
        assertThat(source.name()).isEqualTo(web.address());
        web.first = exchange -> WebFiles.status(exchange, 401);
        fails(() -> WebSource.open(address, SourceOptions.DEFAULT, PAUSE), "does not accept the login");
    }

    @Test
    void tellsWhenTheFileHasChanged() throws Exception {
        for (boolean head : new boolean[] {true, false}) {
            web.file = mbox(0, 1);
            web.headAllowed = head;
            web.etag = "\"1\"";
            try (SourceWatch watch = open().watch()) {
                assertThat(watch.await(Duration.ofMillis(60))).isFalse();
                web.etag = "\"2\"";
                assertThat(watch.await(Duration.ofSeconds(10))).isTrue();
                assertThat(watch.await(Duration.ofMillis(60))).isFalse();
            }
        }
    }

    @Test
    void trustsTheAuthorityThatTheUserNames() throws Exception {
        WebFiles secure = new WebFiles(certificate());
        others.add(secure);
        secure.file = mbox(0, 1);
        fails(() -> open(secure.address()), "--archive-ca-file");
        Path ca = folder.resolve("ca.pem");
        assertThat(Collected.of(WebSource.open(secure.address(), options(null, null, ca, 1_000_000), PAUSE)).mails)
                .hasSize(1);
        RemoteOptions insecure = new RemoteOptions(
                null, null, null, null, true, Duration.ofSeconds(1), Duration.ofSeconds(5), 1_000_000);
        SourceOptions any = new SourceOptions(Limits.DEFAULT, null, insecure, false);
        assertThat(Collected.of(WebSource.open(secure.address().replace("localhost", "127.0.0.1"), any, PAUSE)).mails)
                .hasSize(1);
        fails(
                () -> WebSource.open(
                        secure.address().replace("localhost", "127.0.0.1"), options(null, null, ca, 1_000_000), PAUSE),
                "No secure connection to 127.0.0.1");
        fails(
                () -> WebSource.open(
                        secure.address(), options(null, null, folder.resolve("missing.pem"), 1_000_000), PAUSE),
                "there is no such file");
        secure.first = exchange -> WebFiles.redirect(exchange, 302, web.address());
        fails(
                () -> WebSource.open(secure.address(), options(null, null, ca, 1_000_000), PAUSE),
                "redirects from https to http://localhost");
    }

    @Test
    void namesWhatWasRecognised() throws IOException {
        web.file = Packed.compress(Compression.ZSTD, mbox(0, 1));
        MailSource source = Sources.open(web.address(), SourceOptions.DEFAULT);
        assertThat(source.description()).isEqualTo("mbox (mboxrd), zstd");
        assertThat(source.size()).isEqualTo(web.file.length);
        assertThat(source.isRepeatable()).isTrue();
        assertThat(Arrays.asList(source.name(), "")).startsWith(web.address());
    }

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(SourceException.class).hasMessageContaining(message);
    }

    private SSLContext certificate() throws Exception {
        keytool("-genkeypair", "-alias", "e", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
        keytool("-exportcert", "-rfc", "-alias", "e", "-file", "ca.pem");
        KeyStore store = KeyStore.getInstance(folder.resolve("e.p12").toFile(), "changeit".toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        assertThat(Files.size(folder.resolve("ca.pem"))).isPositive();
        return context;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", "e.p12", "-storepass", "changeit"));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
