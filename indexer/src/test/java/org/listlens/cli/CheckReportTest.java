package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.alert.Firing;
import org.listlens.alert.FiringState;
import org.listlens.alert.MailNotice;
import org.listlens.alert.Monitor;
import org.listlens.alert.MonitorFiles;
import org.listlens.alert.PreparedMonitor;
import org.listlens.alert.Thresholds;
import org.listlens.alert.Webhook;

/** What is told of firings: to Nagios, Prometheus, a webhook and by mail. */
class CheckReportTest {
    private static final Instant AT = Instant.parse("2021-03-10T12:00:00Z");
    private static final String HOSTILE = "a\"b\\c|d\n\u202Ee.example.org";

    private final List<Monitor> all =
            MonitorFiles.read(Path.of(System.getProperty("listlens.root", System.getProperty("listlens.home", "..")))
                    .resolve("alerts"));
    private final PreparedMonitor dwell = prepared("list-dwell");
    private final PreparedMonitor silent = prepared("list-silent");

    private PreparedMonitor prepared(String name) {
        return PreparedMonitor.of(Thresholds.find(all, name), new Thresholds(all), List.of());
    }

    private Firing dwells(String subject) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return new Firing(
                dwell,
                subject,
                Map.of("slow", json.numberNode(5), "mails", json.numberNode(25), "p95", json.numberNode(78.65)),
                AT.minusSeconds(3_600));
    }

    private CheckReport report(Firing... firings) {
        return new CheckReport(AT, List.of(silent, dwell), List.of(firings));
    }

    @Test
    void nagiosGetsStateTextAndPerformanceData() {
        assertThat(report().nagios())
                .isEqualTo("LISTLENS OK - 2 monitors, none fires | 'list-dwell'=0;;0;0 'list-silent'=0;0;;0\n");
        assertThat(report().code()).isZero();

        CheckReport fires = report(dwells(HOSTILE));
        assertThat(fires.code()).isEqualTo(2);
        List<String> lines = fires.nagios().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .startsWith("LISTLENS CRITICAL - list-dwell a\"b\\c/d")
                .contains("5 of 25 mails waited longer than 30 min within the list, 95 % up to 1 h 18 min")
                .endsWith(" | 'list-dwell'=1;;0;0 'list-silent'=0;0;;0");
        assertThat(lines.getFirst().chars().filter(c -> c == '|')).hasSize(1);
        assertThat(fires.nagios()).doesNotContain("\u202E");
        assertThat(lines.get(1)).startsWith("CRITICAL list-dwell").endsWith(", since 2021-03-10T11:00:00Z");

        Firing silence = new Firing(silent, "b.example.org", Map.of(), null);
        assertThat(report(silence).code()).isEqualTo(1);
        assertThat(report(silence, dwells("a")).nagios()).startsWith("LISTLENS CRITICAL - list-dwell a");
    }

    @Test
    void prometheusGetsLinesOfItsFormat() {
        String text = report(dwells(HOSTILE)).prometheus();
        assertThat(text).endsWith("\n");
        String metric = "";
        int samples = 0;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                metric = line.split(" ", -1)[2];
            } else if (line.startsWith("# TYPE ")) {
                assertThat(line).isEqualTo("# TYPE " + metric + " gauge");
            } else {
                samples++;
                assertThat(line)
                        .matches(
                                "[a-z_]+(\\{[a-z]+=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\"(,[a-z]+=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\")*})? -?[0-9.eE+-]+")
                        .startsWith(metric);
            }
        }
        assertThat(samples).isEqualTo(2 + 1 + 3 + 1);
        assertThat(text)
                .contains("listlens_alert_firing{monitor=\"list-dwell\",severity=\"critical\"} 1\n")
                .contains("listlens_alert_firing{monitor=\"list-silent\",severity=\"warning\"} 0\n")
                .contains("subject=\"a\\\"b\\\\c|d\\n\u202Ee.example.org\"} 1\n")
                .contains("value=\"p95\",unit=\"minutes\"} 78.65\n")
                .contains("listlens_alert_checked_timestamp_seconds 1615377600\n");
    }

    @Test
    void theStateTellsWhatIsNewAndWhatHasCeased(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("state.json");
        FiringState none = FiringState.read(file);
        CheckReport both = report(dwells("a"), dwells("b"));
        assertThat(both.news(none)).isTrue();
        none.next(both.names(), both.firings()).write(file, AT);

        FiringState before = FiringState.read(file);
        assertThat(both.news(before)).isFalse();
        CheckReport one = report(dwells("a"));
        assertThat(one.news(before)).isTrue();
        JsonNode notice = one.notice(before);
        assertThat(notice.path("ceased")).hasToString("[{\"monitor\":\"list-dwell\",\"subject\":\"b\"}]");
        assertThat(notice.at("/firing/0/new").asBoolean(true)).isFalse();
        assertThat(one.noticeText(before)).contains("Over: list-dwell b", "(still)");

        CheckReport otherMonitor = new CheckReport(AT, List.of(silent), List.of());
        assertThat(otherMonitor.news(before))
                .as("who was not asked has not ceased")
                .isFalse();
        assertThat(before.next(otherMonitor.names(), List.of())).isEqualTo(before);

        Files.writeString(file, "[]");
        assertThatThrownBy(() -> FiringState.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void theWebhookGetsJson() throws Exception {
        List<String> bodies = new ArrayList<>();
        AtomicInteger status = new AtomicInteger(204);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            bodies.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestHeaders().getFirst("Content-Type")
                    + ' '
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            Webhook hook = new Webhook(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"));
            hook.post(CheckReport.pretty(report(dwells(HOSTILE)).notice(null)));
            assertThat(bodies).hasSize(1);
            assertThat(bodies.getFirst()).startsWith("POST application/json {");
            JsonNode posted = new ObjectMapper()
                    .readTree(bodies.getFirst().substring(bodies.getFirst().indexOf('{')));
            assertThat(posted.path("status").asText()).isEqualTo("critical");
            assertThat(posted.at("/firing/0/subject").asText()).isEqualTo(HOSTILE);
            assertThat(posted.at("/firing/0/values/slow").asInt()).isEqualTo(5);
            assertThat(posted.at("/firing/0/since").asText()).isEqualTo("2021-03-10T11:00:00Z");
            status.set(500);
            assertThatThrownBy(() -> hook.post("{}")).hasMessageContaining("HTTP 500");
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> new Webhook(URI.create("file:///etc/passwd")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMailServerGetsAMail() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            server.setUser("ops@example.org", "ops", "secret");
            CheckReport report = report(dwells("a.example.org"));
            MailNotice mail = new MailNotice(
                    URI.create("smtp://ops@127.0.0.1:" + server.getSmtp().getPort()),
                    "secret",
                    "listlens@example.org",
                    List.of("ops@example.org", "jane@example.org"));
            mail.send(report.headline(), report.noticeText(null));
            MimeMessage[] received = server.getReceivedMessages();
            assertThat(received).hasSize(2);
            assertThat(received[0].getSubject()).startsWith("LISTLENS CRITICAL - list-dwell a.example.org: 5 of 25");
            assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(GreenMailUtil.getBody(received[0]))
                    .contains("Since 2021-03-10T11:00:00Z.")
                    .contains("listlens inspect");
            assertThat(mail.toString()).doesNotContain("secret");
        } finally {
            server.stop();
        }
        assertThatThrownBy(
                        () -> new MailNotice(URI.create("http://a"), null, "a@example.org", List.of("b@example.org")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MailNotice(URI.create("smtp://a"), null, "a@example.org", List.of("b\nc")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
