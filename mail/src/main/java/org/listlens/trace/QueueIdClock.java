package org.listlens.trace;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;

/**
 * Reads the time that some mail software writes into its queue ids. Each reading is by the clock of the host that made the
 * id, as its date is, but taken at another moment: when the mail was queued or the connection opened.
 */
public final class QueueIdClock {
    /** What happened at the time that an id holds. */
    public enum Moment {
        /** The queue file was made. */
        QUEUED,
        /** The connection over which the mail came was opened. */
        CONNECTED
    }

    /**
     * A time in a queue id.
     *
     * @param instant the time in UTC
     * @param precision the unit that the id counts in
     * @param moment what happened then
     */
    public record Reading(Instant instant, ChronoUnit precision, Moment moment) {
        /** How precise the time is, in milliseconds; 1 for what is more precise. */
        public int precisionMs() {
            return (int) Math.max(1, precision.getDuration().toMillis());
        }
    }

    private static final String VGER_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789";

    /** The clocks of mx.google.com's ids. */
    private static final ZoneId GOOGLE_ZONE = ZoneId.of("America/Los_Angeles");

    /**
     * How much older than its line's date the time in an id may be. Ids are made when a transaction begins and dates while
     * it goes on: minutes at most, in the archives at hand. An id that only looks like one that holds a time falls into so
     * short a time once in thousands.
     */
    private static final Duration BEFORE_DATE = Duration.ofHours(1);

    /** How much younger it may be: a date without seconds is up to a minute early. */
    private static final Duration AFTER_DATE = Duration.ofMinutes(1);

    private QueueIdClock() {}

    /** The time in an id that this software made; {@code null} when there is none. */
    public static @Nullable Reading read(Dialect dialect, String id) {
        return switch (dialect) {
            case VGER -> vger(id);
            case EXIM -> exim(id);
            case SENDMAIL -> sendmail(id);
            case POSTFIX -> postfix(id);
            case GOOGLE -> google(id, null);
            case GROUPS_IO -> groupsIo(id);
            default -> null;
        };
    }

    /**
     * The time in an id whose line has a date; {@code null} when there is none, or none that can belong to the date, at
     * most an hour before it and a minute after. By the date, times in the ids of software that has no dialect of its own
     * are found, too, and of the hour that comes twice in autumn the right one is taken.
     */
    public static @Nullable Reading read(Dialect dialect, String id, Instant date) {
        return switch (dialect) {
            case VGER, EXIM, SENDMAIL, POSTFIX, GROUPS_IO -> {
                Reading reading = read(dialect, id);
                yield fits(reading, date) ? reading : null;
            }
            case GOOGLE -> {
                Reading reading = google(id, date);
                yield fits(reading, date) ? reading : null;
            }
            default -> {
                Reading reading = postfix(id);
                reading = reading == null ? sendmail(id) : reading;
                yield fits(reading, date) ? reading : ShapedIds.read(id, date);
            }
        };
    }

    /** Whether the time in an id can belong to its line's date. */
    static boolean fits(@Nullable Reading reading, Instant date) {
        if (reading == null) {
            return false;
        }
        long ageMs = date.toEpochMilli() - reading.instant().toEpochMilli();
        return ageMs <= BEFORE_DATE.toMillis() && ageMs >= -AFTER_DATE.toMillis();
    }

    /** {@code S1728936AbgIIPEC}: three base-64 digits of the year, then month − 1, day − 1, hour, minute, second in UTC. */
    private static @Nullable Reading vger(String id) {
        int start = id.length() - 8;
        if (start < 2 || id.charAt(0) != 'S' || !IdDigits.areDigits(id, 1, start)) {
            return null;
        }
        int[] digits = new int[8];
        for (int i = 0; i < 8; i++) {
            digits[i] = VGER_64.indexOf(id.charAt(start + i));
        }
        int year = digits[0] * 4096 + digits[1] * 64 + digits[2];
        return IdDigits.queued(year, digits[3] + 1, digits[4] + 1, digits[5], digits[6], digits[7]);
    }

    /** {@code 1hsRKk-0007Qu-Ca}, since Exim 4.97 with a longer middle: the first six base-62 digits are epoch seconds. */
    private static @Nullable Reading exim(String id) {
        boolean shaped = (id.length() == 16 && id.charAt(6) == '-' && id.charAt(13) == '-')
                || (id.length() == 23 && id.charAt(6) == '-' && id.charAt(18) == '-');
        long seconds = shaped ? IdDigits.number(id, 0, 6, IdDigits.BASE_62) : -1;
        return IdDigits.queued(seconds, 0, ChronoUnit.SECONDS);
    }

    /**
     * {@code h2F0c2x31856} (since Sendmail 8.10): base-60 year, month, day, hour, minute, second, in UTC; where a mail was
     * split, with the id of the part after a dash.
     */
    private static @Nullable Reading sendmail(String id) {
        int dash = id.indexOf('-');
        int end = dash < 0 ? id.length() : dash;
        if (end < 12 || end > 15 || !IdDigits.areDigits(id, 8, end)) {
            return null;
        }
        if (id.startsWith("AA", 1)) {
            // Before 8.10: the letter of the hour, AA, the process.
            return null;
        }
        int[] digits = new int[6];
        for (int i = 0; i < 6; i++) {
            digits[i] = IdDigits.BASE_60.indexOf(id.charAt(i));
            if (digits[i] < 0) {
                return null;
            }
        }
        // The year counts from 1900 and wraps; what is meant lies between 1980 and 2039.
        int year = 1900 + digits[0] + (digits[0] < 20 ? 120 : 60);
        return IdDigits.queued(year, digits[1] + 1, digits[2], digits[3], digits[4], digits[5]);
    }

    /** Long ids ({@code enable_long_queue_ids}): six base-52 digits of epoch seconds, four of microseconds, {@code z}, inode. */
    private static @Nullable Reading postfix(String id) {
        if (id.length() < 12 || id.length() > 24 || id.charAt(10) != 'z') {
            return null;
        }
        for (int i = 11; i < id.length(); i++) {
            if (IdDigits.BASE_52.indexOf(id.charAt(i)) < 0) {
                return null;
            }
        }
        long micros = IdDigits.number(id, 6, 10, IdDigits.BASE_52);
        return micros < 0 || micros > 999_999
                ? null
                : IdDigits.queued(IdDigits.number(id, 0, 6, IdDigits.BASE_52), micros * 1_000, ChronoUnit.MICROS);
    }

    /** {@code smtpd.web11.36629.1625584449123456789} ends in epoch nanoseconds. */
    private static @Nullable Reading groupsIo(String id) {
        int start = id.length() - 19;
        if (start < 1 || id.charAt(start - 1) != '.') {
            return null;
        }
        long seconds = IdDigits.number(id, start, start + 10, IdDigits.DECIMAL);
        long nanos = IdDigits.number(id, start + 10, id.length(), IdDigits.DECIMAL);
        return seconds < 0 || nanos < 0 ? null : IdDigits.queued(seconds, nanos, ChronoUnit.NANOS);
    }

    /**
     * {@code mr529242oib.130.1625579163840} ends in epoch milliseconds; {@code y9si12345678ilq.100.2021.07.06.08.13.58} in
     * the local time of the connection. Ids in which a number follows the name of the relay, as in
     * {@code n1so1234567abc.12}, count mails, not time.
     *
     * @param date the date of the line, where there is one
     */
    private static @Nullable Reading google(String id, @Nullable Instant date) {
        int dot = id.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        if (id.length() - dot == 14) {
            long millis = IdDigits.number(id, dot + 1, id.length(), IdDigits.DECIMAL);
            return millis < 0 ? null : IdDigits.queued(millis / 1_000, millis % 1_000 * 1_000_000, ChronoUnit.MILLIS);
        }
        int start = id.length() - 19;
        if (start < 1 || id.charAt(start - 1) != '.') {
            return null;
        }
        int[] fields = new int[6];
        int at = start;
        for (int i = 0; i < 6; i++) {
            int to = at + (i == 0 ? 4 : 2);
            fields[i] = (int) IdDigits.number(id, at, to, IdDigits.DECIMAL);
            if (fields[i] < 0 || (i < 5 && id.charAt(to) != '.')) {
                return null;
            }
            at = to + 1;
        }
        LocalDateTime local = IdDigits.civil(fields[0], fields[1], fields[2], fields[3], fields[4]);
        return local == null || fields[5] > 60
                ? null
                : new Reading(pacific(local, date).plusSeconds(fields[5]), ChronoUnit.SECONDS, Moment.CONNECTED);
    }

    /** The time when the clocks showed this; where they did twice in autumn the second, unless the date is before it. */
    private static Instant pacific(LocalDateTime local, @Nullable Instant date) {
        ZonedDateTime first = local.atZone(GOOGLE_ZONE);
        Instant second = first.withLaterOffsetAtOverlap().toInstant();
        return date == null || date.isBefore(second) ? first.toInstant() : second;
    }
}
