package org.listlens.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.alert.Firing;
import org.listlens.alert.FiringState;
import org.listlens.alert.Monitor;
import org.listlens.alert.PreparedMonitor;

/**
 * What a check has found, as the various programs read it that ask for it.
 *
 * @param asOf the time of the check
 * @param monitors what was evaluated
 * @param firings what fires
 */
record CheckReport(Instant asOf, List<PreparedMonitor> monitors, List<Firing> firings) {
    CheckReport {
        // What is critical comes first.
        firings = firings.stream()
                .sorted(Comparator.comparing(
                        firing -> firing.monitor().definition().severity()))
                .toList();
    }

    /** What Nagios and its kin take from a plugin: https://nagios-plugins.org/doc/guidelines.html. */
    static final int NAGIOS_OK = 0;

    static final int NAGIOS_WARNING = 1;
    static final int NAGIOS_CRITICAL = 2;
    static final int NAGIOS_UNKNOWN = 3;

    private static final List<String> STATES = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN");
    /** Firings that the first line tells. */
    private static final int TOLD = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The exit code. */
    int code() {
        int code = NAGIOS_OK;
        for (Firing firing : firings) {
            code = Math.max(
                    code,
                    firing.monitor().definition().severity() == Monitor.Severity.CRITICAL
                            ? NAGIOS_CRITICAL
                            : NAGIOS_WARNING);
        }
        return code;
    }

    /** The first line without what is measured: state and what fires. */
    String headline() {
        StringBuilder line = new StringBuilder("LISTLENS " + STATES.get(code()) + " - ");
        if (firings.isEmpty()) {
            return line.append(Units.count(monitors.size(), "monitor"))
                    .append(", none fires")
                    .toString();
        }
        for (int i = 0; i < Math.min(TOLD, firings.size()); i++) {
            line.append(i == 0 ? "" : "; ").append(told(firings.get(i)));
        }
        if (firings.size() > TOLD) {
            line.append("; and ").append(firings.size() - TOLD).append(" more");
        }
        return line.toString();
    }

    /** As Nagios takes it: the first line with performance data, then a line for each firing. */
    String nagios() {
        StringBuilder text = new StringBuilder(plain(headline())).append(" |");
        for (Map.Entry<PreparedMonitor, Integer> count : counts().entrySet()) {
            Monitor monitor = count.getKey().definition();
            text.append(" '")
                    .append(monitor.name())
                    .append("'=")
                    .append(count.getValue())
                    .append(monitor.severity() == Monitor.Severity.CRITICAL ? ";;0;0" : ";0;;0");
        }
        for (Firing firing : firings) {
            text.append('\n')
                    .append(firing.monitor().definition().severity())
                    .append(' ')
                    .append(plain(told(firing)));
            Instant since = firing.since();
            if (since != null) {
                text.append(", since ").append(since);
            }
        }
        return text.append('\n').toString();
    }

    /** The line of a plugin that could not check. */
    static String unknown(String reason) {
        return "LISTLENS UNKNOWN - " + plain(reason);
    }

    private static String told(Firing firing) {
        return firing.monitor().definition().name() + ' ' + FiringText.subject(firing) + ": " + FiringText.line(firing);
    }

    /** Performance data begin at a bar. */
    private static String plain(String text) {
        return text.replace('|', '/');
    }

    private Map<PreparedMonitor, Integer> counts() {
        Map<PreparedMonitor, Integer> counts = new TreeMap<>(
                (a, b) -> a.definition().name().compareTo(b.definition().name()));
        monitors.forEach(monitor -> counts.put(monitor, 0));
        firings.forEach(firing -> counts.merge(firing.monitor(), 1, Integer::sum));
        return counts;
    }

    /** {@code status}, {@code checked}, {@code monitors} and {@code firing}. */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("status", STATES.get(code()).toLowerCase(Locale.ROOT)).put("checked", asOf.toString());
        ArrayNode names = json.putArray("monitors");
        monitors.forEach(monitor -> names.add(monitor.definition().name()));
        ArrayNode array = json.putArray("firing");
        firings.forEach(firing -> array.add(FiringJson.of(firing)));
        return json;
    }

    /** The same as text. */
    static String pretty(JsonNode json) throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    /**
     * The notice of what has changed since the last check.
     *
     * @param before what fired then; {@code null} when that is not known
     */
    ObjectNode notice(@Nullable FiringState before) {
        ObjectNode json = json();
        if (before != null) {
            ArrayNode firing = (ArrayNode) json.path("firing");
            for (int i = 0; i < firing.size(); i++) {
                ((ObjectNode) firing.get(i)).put("new", !before.has(firings.get(i)));
            }
            ArrayNode ceased = json.putArray("ceased");
            for (FiringState.Key key : before.ceased(names(), firings)) {
                ceased.addObject().put("monitor", key.monitor()).put("subject", key.subject());
            }
        }
        return json;
    }

    /** The same for people. */
    String noticeText(@Nullable FiringState before) {
        StringBuilder text = new StringBuilder();
        for (Firing firing : firings) {
            Monitor monitor = firing.monitor().definition();
            text.append(monitor.severity()).append(before == null || !before.has(firing) ? "" : " (still)");
            text.append("  ")
                    .append(monitor.title())
                    .append('\n')
                    .append(told(firing))
                    .append('\n');
            Instant since = firing.since();
            if (since != null) {
                text.append("Since ").append(since).append(".\n");
            }
            text.append(monitor.description())
                    .append('\n')
                    .append(monitor.action())
                    .append("\n\n");
        }
        if (before != null) {
            for (FiringState.Key key : before.ceased(names(), firings)) {
                text.append("Over: ")
                        .append(key.monitor())
                        .append(' ')
                        .append(TerminalText.line(key.subject(), 200))
                        .append('\n');
            }
        }
        return text.append("\nChecked as of ").append(asOf).append(".\n").toString();
    }

    /** Whether somebody should be told: something fires, or, when the last check is known, has begun or ceased since. */
    boolean news(@Nullable FiringState before) {
        return before == null
                ? !firings.isEmpty()
                : !before.ceased(names(), firings).isEmpty()
                        || firings.stream().anyMatch(firing -> !before.has(firing));
    }

    /** The names of what was evaluated. */
    List<String> names() {
        return monitors.stream().map(monitor -> monitor.definition().name()).toList();
    }

    /** The text format of Prometheus, version 0.0.4. */
    String prometheus() {
        StringBuilder text = new StringBuilder();
        text.append("# HELP listlens_alert_firing On how many subjects a monitor fires.\n")
                .append("# TYPE listlens_alert_firing gauge\n");
        counts().forEach((monitor, count) -> text.append("listlens_alert_firing{monitor=")
                .append(label(monitor.definition().name()))
                .append(",severity=")
                .append(label(severity(monitor)))
                .append("} ")
                .append(count)
                .append('\n'));
        text.append("# HELP listlens_alert_subject What a monitor fires on.\n")
                .append("# TYPE listlens_alert_subject gauge\n");
        for (Firing firing : firings) {
            text.append("listlens_alert_subject{monitor=")
                    .append(label(firing.monitor().definition().name()))
                    .append(",subject=")
                    .append(label(firing.subject()))
                    .append("} 1\n");
        }
        text.append("# HELP listlens_alert_value What was measured of a subject, in the unit named.\n")
                .append("# TYPE listlens_alert_value gauge\n");
        for (Firing firing : firings) {
            for (Monitor.Value value : firing.monitor().definition().values()) {
                JsonNode measured = firing.values().get(value.name());
                if (measured != null && measured.isNumber()) {
                    text.append("listlens_alert_value{monitor=")
                            .append(label(firing.monitor().definition().name()))
                            .append(",subject=")
                            .append(label(firing.subject()))
                            .append(",value=")
                            .append(label(value.name()))
                            .append(",unit=")
                            .append(label(value.unit().name().toLowerCase(Locale.ROOT)))
                            .append("} ")
                            .append(measured.asText())
                            .append('\n');
                }
            }
        }
        return text.append("# HELP listlens_alert_checked_timestamp_seconds As of when the monitors were evaluated.\n")
                .append("# TYPE listlens_alert_checked_timestamp_seconds gauge\n")
                .append("listlens_alert_checked_timestamp_seconds ")
                .append(asOf.getEpochSecond())
                .append('\n')
                .toString();
    }

    private static String severity(PreparedMonitor monitor) {
        return monitor.definition().severity().name().toLowerCase(Locale.ROOT);
    }

    private static String label(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
