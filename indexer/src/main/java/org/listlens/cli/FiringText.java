package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import org.listlens.alert.Firing;
import org.listlens.alert.Monitor;
import org.listlens.alert.PreparedMonitor;

/** Firings as people read them. */
final class FiringText {
    /** Characters of a subject on a line. */
    private static final int SUBJECT = 200;

    private static final int LINE = 1_000;

    private FiringText() {}

    /** What is in trouble, on one line without control characters. */
    static String subject(Firing firing) {
        return TerminalText.line(firing.subject(), SUBJECT);
    }

    /** What is wrong with it, with what was measured. */
    static String line(Firing firing) {
        PreparedMonitor monitor = firing.monitor();
        String line = monitor.line(name -> {
            JsonNode parameter = monitor.parameter(name);
            if (parameter != null) {
                Monitor.Parameter declared =
                        monitor.definition().parameters().get(name.substring(name.indexOf('.') + 1));
                return value(parameter, declared == null ? Monitor.Unit.TEXT : declared.unit());
            }
            for (Monitor.Value value : monitor.definition().values()) {
                if (value.name().equals(name)) {
                    JsonNode found = firing.values().get(name);
                    return found == null ? "?" : value(found, value.unit());
                }
            }
            JsonNode other = firing.values().get(name);
            return other == null ? null : other.asText();
        });
        return TerminalText.line(line, LINE);
    }

    /** A value with its unit. */
    static String value(JsonNode value, Monitor.Unit unit) {
        if (value.isArray()) {
            StringBuilder list = new StringBuilder();
            value.forEach(element -> list.append(list.isEmpty() ? "" : ", ").append(value(element, unit)));
            return list.toString();
        }
        if (!value.isNumber()) {
            String text = value.asText();
            return unit == Monitor.Unit.TIME
                    ? text.substring(0, text.length() - 1) + ' ' + text.charAt(text.length() - 1)
                    : text;
        }
        return switch (unit) {
            case MS -> duration(value.asDouble(), 1);
            case SECONDS -> duration(value.asDouble(), 1_000);
            case MINUTES -> duration(value.asDouble(), 60_000);
            case HOURS -> duration(value.asDouble(), 3_600_000);
            case DAYS -> duration(value.asDouble(), 86_400_000);
            case SHARE -> number(value.asDouble() * 100) + " %";
            case COUNT ->
                value.isIntegralNumber() || value.asDouble() == Math.rint(value.asDouble())
                        ? Units.count(value.asLong())
                        : number(value.asDouble());
            default -> number(value.asDouble());
        };
    }

    /** A duration in its two largest units, the smaller one left out when it is 0. */
    private static String duration(double number, long unit) {
        String text = Units.duration(Math.round(number * unit));
        int second = text.indexOf(" 0 ");
        return second < 0 ? text : text.substring(0, second);
    }

    private static String number(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : "?";
    }
}
