package org.listlens.trace;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.listlens.trace.QueueIdClock.Moment;
import org.listlens.trace.QueueIdClock.Reading;

/** The digits that queue ids are made of, and the times that they can mean. */
final class IdDigits {
    static final String DECIMAL = "0123456789";
    static final String BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String BASE_52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    static final String BASE_60 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx";
    static final String BASE_62 = BASE_60 + "yz";

    /** Mail is not older than 1980; an id that says so is no clock. */
    private static final long EARLIEST = 315_532_800L;

    private static final long LATEST = 4_102_444_800L;

    private IdDigits() {}

    /** A number of at most 18 decimal digits or the like in the base of an alphabet; -1 when a character does not belong. */
    static long number(String id, int start, int end, String alphabet) {
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

    /** A number of at most 15 hexadecimal digits of either case; -1 when a character does not belong. */
    static long hexadecimal(String id, int start, int end) {
        long n = 0;
        for (int i = start; i < end; i++) {
            char c = id.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            n = n << 4 | digit;
        }
        return n;
    }

    static boolean areDigits(String id, int start, int end) {
        for (int i = start; i < end; i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Epoch seconds as a time; {@code null} for what is none of mail. */
    static @Nullable Instant epoch(long seconds, long nanos) {
        return seconds < EARLIEST || seconds >= LATEST ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    /** Epoch seconds, and what of a second has passed then, as the time when a mail was queued. */
    static @Nullable Reading queued(long seconds, long nanos, ChronoUnit precision) {
        Instant instant = epoch(seconds, nanos);
        return instant == null ? null : new Reading(instant, precision, Moment.QUEUED);
    }

    /** A date and time of day in UTC as the time when a mail was queued; {@code null} for what no calendar has. */
    static @Nullable Reading queued(int year, int month, int day, int hour, int minute, int second) {
        LocalDateTime time = civil(year, month, day, hour, minute);
        return time == null || second < 0 || second > 60
                ? null
                : queued(time.toEpochSecond(ZoneOffset.UTC) + second, 0, ChronoUnit.SECONDS);
    }

    /** A date and time of day; {@code null} for what no calendar has. */
    static @Nullable LocalDateTime civil(int year, int month, int day, int hour, int minute) {
        boolean fits = year >= 1980
                && year < 2100
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59;
        return fits && day <= YearMonth.of(year, month).lengthOfMonth()
                ? LocalDateTime.of(year, month, day, hour, minute)
                : null;
    }
}
