package org.listlens.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Times on the command line. */
final class Times {
    private Times() {}

    /**
     * A time in ISO 8601, or a date for its first instant in UTC.
     *
     * @param option for the message when it is neither
     */
    static Instant instant(String option, String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "\"" + text + "\" is no time for " + option + ": write 2021-03-01 or 2021-03-01T12:00:00Z.");
        }
    }

    /** A duration such as {@code 10m}, {@code 1h} or {@code 7d}. */
    static Duration duration(String option, String text) {
        int length = text.length() - 1;
        if (length >= 1 && length <= 6 && text.chars().limit(length).allMatch(c -> c >= '0' && c <= '9')) {
            long number = Long.parseLong(text, 0, length, 10);
            Duration duration = switch (text.charAt(length)) {
                case 's' -> Duration.ofSeconds(number);
                case 'm' -> Duration.ofMinutes(number);
                case 'h' -> Duration.ofHours(number);
                case 'd' -> Duration.ofDays(number);
                default -> null;
            };
            if (duration != null) {
                return duration;
            }
        }
        throw new UsageException("\"" + text + "\" is no duration for " + option + ": write 10m, 1h or 7d.");
    }
}
