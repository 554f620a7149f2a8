package org.listlens.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and durations as people read them. */
final class Spelled {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_MONTH = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Spelled() {}

    /** A duration in its two largest units: {@code 1 h 18 min}. */
    static String duration(double millis) {
        Duration duration = Duration.ofMillis(Math.round(Math.abs(millis)));
        String sign = millis < 0 ? "-" : "";
        if (duration.toMillis() < 1_000) {
            return sign + (duration.isZero() ? "0 s" : duration.toMillis() + " ms");
        }
        if (duration.toDays() > 0) {
            return sign + count(duration.toDays()) + " d" + part(duration.toHoursPart(), " h");
        }
        if (duration.toHours() > 0) {
            return sign + duration.toHours() + " h" + part(duration.toMinutesPart(), " min");
        }
        if (duration.toMinutes() > 0) {
            return sign + duration.toMinutes() + " min" + part(duration.toSecondsPart(), " s");
        }
        return sign + duration.toSeconds() + " s";
    }

    private static String part(int number, String unit) {
        return number == 0 ? "" : " " + number + unit;
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with its noun, with an s unless it is one. */
    static String count(long count, String noun) {
        return count(count) + ' ' + noun + (count == 1 ? "" : "s");
    }

    static String day(long day) {
        return DAY.format(LocalDate.ofEpochDay(day));
    }

    static String day(Instant time) {
        return DAY.format(time.atZone(ZoneOffset.UTC));
    }

    static String minute(long millis) {
        return MINUTE.format(Instant.ofEpochMilli(millis));
    }

    /** Days that follow one another: {@code 2–3 March 2021}. */
    static String days(long first, long last) {
        LocalDate from = LocalDate.ofEpochDay(first);
        LocalDate to = LocalDate.ofEpochDay(last);
        if (first == last) {
            return day(last);
        }
        if (from.getYear() != to.getYear()) {
            return day(first) + " to " + day(last);
        }
        return from.getMonth() == to.getMonth()
                ? from.getDayOfMonth() + "–" + day(last)
                : DAY_OF_MONTH.format(from) + " to " + day(last);
    }
}
