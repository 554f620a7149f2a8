package org.listlens.cli;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes as people read them. */
final class Units {
    private Units() {}

    /**
     * A duration in its two largest units, with its sign: {@code 1 h 18 min}, {@code -90 s} as {@code -1 min 30 s},
     * {@code 0 s}.
     *
     * @param millis milliseconds
     */
    static String duration(long millis) {
        String sign = millis < 0 ? "-" : "";
        Duration duration = Duration.ofMillis(millis).abs();
        long days = duration.toDays();
        int hours = duration.toHoursPart();
        int minutes = duration.toMinutesPart();
        int seconds = duration.toSecondsPart();
        if (days > 0) {
            return sign + days + " d " + hours + " h";
        }
        if (hours > 0) {
            return sign + hours + " h " + minutes + " min";
        }
        if (minutes > 0) {
            return sign + minutes + " min " + seconds + " s";
        }
        if (duration.toMillis() < 1_000 && !duration.isZero()) {
            return sign + duration.toMillis() + " ms";
        }
        return sign + seconds + " s";
    }

    /** A duration to the second, with its sign: {@code 1 h 18 min 39 s}; one below a second in milliseconds. */
    static String exact(long millis) {
        Duration duration = Duration.ofMillis(millis).abs();
        if (duration.toMillis() < 1_000) {
            return duration(millis);
        }
        StringBuilder text = new StringBuilder(millis < 0 ? "-" : "");
        if (duration.toDays() > 0) {
            text.append(duration.toDays()).append(" d ");
        }
        if (duration.toHours() > 0) {
            text.append(duration.toHoursPart()).append(" h ");
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append(" min ");
        }
        return text.append(duration.toSecondsPart()).append(" s").toString();
    }

    /** A size in MB (10⁶ octets) with one digit, small ones in kB. */
    static String octets(long octets) {
        return octets < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", octets / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", octets / 1e6);
    }

    /** A count with commas between thousands. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with its noun, with an s unless it is one. */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
