package org.listlens.trace;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
    public record Reading(Instant instant, ChronoUnit precision, Moment moment) {}

    private static final String BASE_60 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx";
    private static final String BASE_62 = BASE_60 + "yz";
    private static final String BASE_52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    private static final String VGER_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789";

    /** The clocks of mx.google.com's ids. */
    private static final ZoneId GOOGLE_ZONE = ZoneId.of("America/Los_Angeles");

    /** Mail is not older than 1980; an id that says so is no clock. */
    private static final long EARLIEST = 315_532_800L;

    private static final long LATEST = 4_102_444_800L;

    private QueueIdClock() {}

    /** The time in an id that this software made; {@code null} when there is none. */
    public static @Nullable Reading read(Dialect dialect, String id) {
        return switch (dialect) {
            case VGER -> vger(id);
            case EXIM -> exim(id);
            case SENDMAIL -> sendmail(id);
            case POSTFIX -> postfix(id);
            case GOOGLE -> google(id);
            default -> null;
        };
    }

    /** {@code S1728936AbgIIPEC}: three base-64 digits of the year, then month − 1, day − 1, hour, minute, second in UTC. */
    private static @Nullable Reading vger(String id) {
        int start = id.length() - 8;
        if (start < 2 || id.charAt(0) != 'S') {
            return null;
        }
        for (int i = 1; i < start; i++) {
            if (!isDigit(id.charAt(i))) {
                return null;
            }
        }
        int[] digits = new int[8];
        for (int i = 0; i < 8; i++) {
            digits[i] = VGER_64.indexOf(id.charAt(start + i));
        }
        int year = digits[0] * 4096 + digits[1] * 64 + digits[2];
        return civil(year, digits[3] + 1, digits[4] + 1, digits[5], digits[6], digits[7]);
    }

    /** {@code 1hsRKk-0007Qu-Ca}, since Exim 4.97 with a longer middle: the first six base-62 digits are epoch seconds. */
    private static @Nullable Reading exim(String id) {
        boolean shaped = (id.length() == 16 && id.charAt(6) == '-' && id.charAt(13) == '-')
                || (id.length() == 23 && id.charAt(6) == '-' && id.charAt(18) == '-');
        long seconds = shaped ? number(id, 0, 6, BASE_62) : -1;
        return queued(seconds, 0, ChronoUnit.SECONDS);
    }

    /** {@code h2F0c2x31856} (since Sendmail 8.10): base-60 year, month, day, hour, minute, second, in UTC. */
    private static @Nullable Reading sendmail(String id) {
        if (id.length() < 12 || id.length() > 15) {
            return null;
        }
        for (int i = 8; i < id.length(); i++) {
            if (!isDigit(id.charAt(i))) {
                return null;
            }
        }
        if (id.startsWith("AA", 1)) {
            // Before 8.10: the letter of the hour, AA, the process.
            return null;
        }
        int[] digits = new int[6];
        for (int i = 0; i < 6; i++) {
            digits[i] = BASE_60.indexOf(id.charAt(i));
            if (digits[i] < 0) {
                return null;
            }
        }
        // The year counts from 1900 and wraps; what is meant lies between 1980 and 2039.
        int year = 1900 + digits[0] + (digits[0] < 20 ? 120 : 60);
        return civil(year, digits[1] + 1, digits[2], digits[3], digits[4], digits[5]);
    }

    /** Long ids ({@code enable_long_queue_ids}): six base-52 digits of epoch seconds, four of microseconds, {@code z}, inode. */
    private static @Nullable Reading postfix(String id) {
        if (id.length() < 12 || id.length() > 24 || id.charAt(10) != 'z') {
            return null;
        }
        for (int i = 11; i < id.length(); i++) {
            if (BASE_52.indexOf(id.charAt(i)) < 0) {
                return null;
            }
        }
        long micros = number(id, 6, 10, BASE_52);
        return micros < 0 || micros > 999_999
                ? null
                : queued(number(id, 0, 6, BASE_52), micros * 1_000, ChronoUnit.MICROS);
    }

    /**
     * {@code mr529242oib.130.1625579163840} ends in epoch milliseconds; {@code ….2021.07.06.08.13.58} in the local time of
     * the connection.
     */
    private static @Nullable Reading google(String id) {
        int dot = id.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        if (id.length() - dot == 14) {
            long millis = number(id, dot + 1, id.length(), "0123456789");
            return millis < 0 ? null : queued(millis / 1_000, millis % 1_000 * 1_000_000, ChronoUnit.MILLIS);
        }
        int start = id.length() - 19;
        if (start < 1 || id.charAt(start - 1) != '.') {
            return null;
        }
        int[] fields = new int[6];
        int at = start;
        for (int i = 0; i < 6; i++) {
            int to = at + (i == 0 ? 4 : 2);
            fields[i] = (int) number(id, at, to, "0123456789");
            if (fields[i] < 0 || (i < 5 && id.charAt(to) != '.')) {
                return null;
            }
            at = to + 1;
        }
        Reading utc = civil(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
        if (utc == null) {
            return null;
        }
        // In the hour that comes twice in autumn, the first is taken.
        Instant instant = LocalDateTime.ofInstant(utc.instant(), ZoneOffset.UTC)
                .atZone(GOOGLE_ZONE)
                .toInstant();
        return new Reading(instant, ChronoUnit.SECONDS, Moment.CONNECTED);
    }

    private static @Nullable Reading civil(int year, int month, int day, int hour, int minute, int second) {
        boolean fits = year >= 1980
                && year < 2100
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 60;
        if (!fits || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        LocalDateTime time = LocalDateTime.of(year, month, day, hour, minute);
        return queued(time.toEpochSecond(ZoneOffset.UTC) + second, 0, ChronoUnit.SECONDS);
    }

    private static @Nullable Reading queued(long seconds, long nanos, ChronoUnit precision) {
        return seconds < EARLIEST || seconds >= LATEST
                ? null
                : new Reading(Instant.ofEpochSecond(seconds, nanos), precision, Moment.QUEUED);
    }

    /** A number in the base of an alphabet; -1 when a character does not belong. */
    private static long number(String id, int start, int end, String alphabet) {
        long n = 0;
        for (int i = start; i < end; i++) {
            int digit = alphabet.indexOf(id.charAt(i));
            if (digit < 0) {
                return -1;
            }
            n = n * alphabet.length() + digit;
        }
        return n;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
