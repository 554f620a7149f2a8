package org.listlens.generate;

import java.time.LocalDateTime;
import java.util.List;

/** Dates as mail software writes them, without any locale. Times are milliseconds since 1970. */
final class Dates {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private Dates() {}

    /** {@code Mon, 4 Jan 2021 09:43:56 +0100}. */
    static String plain(long ms, Zone zone) {
        return date(ms, zone, "") + ' ' + zone.numeric(ms);
    }

    /** {@code Mon, 04 Jan 2021 09:43:56 +0100}. */
    static String zeroPadded(long ms, Zone zone) {
        return date(ms, zone, "0") + ' ' + zone.numeric(ms);
    }

    /** {@code Mon,  4 Jan 2021 09:43:56 +0100 (CET)}, as Postfix writes it. */
    static String postfix(long ms, Zone zone) {
        return date(ms, zone, " ") + ' ' + zone.numeric(ms) + " (" + zone.abbreviation(ms) + ')';
    }

    /** {@code Mon, 04 Jan 2021 00:43:56 -0800 (PST)}, as Google writes it. */
    static String google(long ms) {
        return zeroPadded(ms, Zone.PACIFIC) + " (" + Zone.PACIFIC.abbreviation(ms) + ')';
    }

    /** {@code 4 Jan 2021 08:43:56 -0000}, as qmail writes it. */
    static String qmail(long ms) {
        LocalDateTime utc = Zone.utc(ms);
        return utc.getDayOfMonth() + " " + month(utc) + ' ' + utc.getYear() + ' ' + clock(utc) + " -0000";
    }

    /** {@code Mon, 04 Jan 2021 08:43:56} with a padding for days below 10. */
    static String date(long ms, Zone zone, String pad) {
        LocalDateTime local = zone.local(ms);
        return day(local)
                + ", "
                + (local.getDayOfMonth() < 10 ? pad : "")
                + local.getDayOfMonth()
                + ' '
                + month(local)
                + ' '
                + local.getYear()
                + ' '
                + clock(local);
    }

    /** {@code Mon Jan  4 08:43:56 2021} in UTC, as asctime(3) and the mbox {@code From } line have it. */
    static String asctime(long ms) {
        LocalDateTime utc = Zone.utc(ms);
        String gap = utc.getDayOfMonth() < 10 ? "  " : " ";
        return day(utc) + ' ' + month(utc) + gap + utc.getDayOfMonth() + ' ' + clock(utc) + ' ' + utc.getYear();
    }

    static String day(LocalDateTime time) {
        return DAYS.get(time.getDayOfWeek().getValue() - 1);
    }

    static String month(LocalDateTime time) {
        return MONTHS.get(time.getMonthValue() - 1);
    }

    /** {@code 08:43:56}. */
    static String clock(LocalDateTime time) {
        return two(time.getHour()) + ':' + two(time.getMinute()) + ':' + two(time.getSecond());
    }

    static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    static String digits(long number, int width) {
        String digits = Long.toString(number);
        return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
    }
}
