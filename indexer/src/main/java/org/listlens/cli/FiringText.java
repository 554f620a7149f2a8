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
                String own = name.substring(name.indexOf('.') + 1);
                return value(parameter, monitor.definition().parameters().get(own).unit());
            }
            for (Monitor.Value value : monitor.definition().values()) {
                if (value.name().equals(name)) {
                    JsonNode found = firing.values().get(name);
                    return found == null ? "?" : value(found, value.unit());
                }
            }
            return null;
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
            return value.asText();
        }
        return switch (unit) {
            case MS -> Units.exact(value.asLong());
            case SECONDS -> Units.exact(Math.round(value.asDouble() * 1_000));
            case MINUTES -> Units.duration(Math.round(value.asDouble() * 60_000));
            case SHARE -> number(value.asDouble() * 100) + " %";
            case COUNT -> value.isIntegralNumber() || value.asDouble() == Math.rint(value.asDouble())
                    ? Units.count(value.asLong())
                    : number(value.asDouble());
            default -> number(value.asDouble());
        };
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
