package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;

/**
 * A condition as its file defines it, before its parameters have values.
 *
 * @param name the file's name without its ending, such as {@code list-dwell}
 * @param title what fires, in a few words
 * @param description what it means when it fires
 * @param action what to do then
 * @param severity how bad it is
 * @param kind the documents that are searched
 * @param intervalMinutes how often to evaluate it
 * @param parameters by name, in the order of the file
 * @param each what the part of the query repeats for that is named {@code {{each}}}; {@code null} when nothing does
 * @param query a search body with placeholders; see {@link Placeholders}
 * @param subjects the aggregation at the top of the query whose buckets are what fires; {@code {{each}}} for those that
 *     are repeated
 * @param subject names a bucket, with placeholders for its values
 * @param line says in one line what is wrong with a subject, with placeholders for its values
 * @param since where in a bucket the time stands at which the trouble began, in milliseconds since 1970; {@code null} when
 *     it does not tell
 * @param values what is measured of a subject, in order; the first one tells the worst of several firings
 * @param cases the case that fires and the one that stays quiet, as the tests take them
 */
public record Monitor(
        String name,
        String title,
        String description,
        String action,
        Severity severity,
        DocumentKind kind,
        int intervalMinutes,
        Map<String, Parameter> parameters,
        @Nullable String each,
        ObjectNode query,
        String subjects,
        String subject,
        String line,
        @Nullable String since,
        List<Value> values,
        JsonNode cases) {
    /** What {@link #each} is for the lists that the index knows; else it names a parameter that is a list of values. */
    public static final String LISTS = "lists";

    public Monitor {
        values = List.copyOf(values);
    }

    /** How bad it is. */
    public enum Severity {
        CRITICAL("1"),
        WARNING("3");

        private final String level;

        Severity(String level) {
            this.level = level;
        }

        /** What Alerting calls it: 1 is the highest of 5. */
        String level() {
            return level;
        }
    }

    /**
     * A threshold.
     *
     * @param standard its default: a number, a duration such as {@code 6h}, or a list of such
     * @param unit what it counts; {@link Unit#TIME} for a duration
     * @param meaning one sentence
     */
    public record Parameter(JsonNode standard, Unit unit, String meaning) {}

    /**
     * What is measured of a subject.
     *
     * @param name by which {@link #line} calls it
     * @param path where in a bucket it stands, with dots between
     * @param unit what it counts; {@link Unit#TEXT} for a text
     */
    public record Value(String name, String path, Unit unit) {}

    /** Units of parameters and values. */
    public enum Unit {
        COUNT(""),
        MS("ms"),
        SECONDS("s"),
        MINUTES("min"),
        HOURS("h"),
        DAYS("d"),
        SHARE(""),
        FACTOR(""),
        TIME(""),
        TEXT("");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        /** What stands behind a number; empty when nothing does. */
        public String symbol() {
            return symbol;
        }
    }
}
