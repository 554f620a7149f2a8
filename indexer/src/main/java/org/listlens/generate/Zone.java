package org.listlens.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * The zone that a host lives in. The rules are written out here, because the JDK's zone data differ between releases:
 * those of the United States since 2007 and of the European Union since 1996.
 */
enum Zone {
    UTC(0, "UTC", "UTC", Rule.NONE),
    GMT(0, "GMT", "GMT", Rule.NONE),
    CENTRAL_EUROPE(60, "CET", "CEST", Rule.EU),
    EASTERN_EUROPE(120, "EET", "EEST", Rule.EU),
    INDIA(330, "IST", "IST", Rule.NONE),
    CHINA(480, "CST", "CST", Rule.NONE),
    JAPAN(540, "JST", "JST", Rule.NONE),
    EASTERN(-300, "EST", "EDT", Rule.US),
    PACIFIC(-480, "PST", "PDT", Rule.US);

    private enum Rule {
        NONE,
        EU,
        US
    }

    private final int standardMinutes;
    private final String standardName;
    private final String summerName;
    private final Rule rule;

    Zone(int standardMinutes, String standardName, String summerName, Rule rule) {
        this.standardMinutes = standardMinutes;
        this.standardName = standardName;
        this.summerName = summerName;
        this.rule = rule;
    }

    /** Minutes east of UTC at a time. */
    int offsetMinutes(long epochMs) {
        return standardMinutes + (summer(epochMs) ? 60 : 0);
    }

    /** The abbreviation in use at a time. */
    String abbreviation(long epochMs) {
        return summer(epochMs) ? summerName : standardName;
    }

    /** The time on a wall clock there. */
    LocalDateTime local(long epochMs) {
        return utc(epochMs).plusMinutes(offsetMinutes(epochMs));
    }

    /** The zone as {@code +0200}. */
    String numeric(long epochMs) {
        int minutes = offsetMinutes(epochMs);
        int hours = Math.abs(minutes) / 60;
        int rest = Math.abs(minutes) % 60;
        return (minutes < 0 ? "-" : "+") + Dates.two(hours) + Dates.two(rest);
    }

    static LocalDateTime utc(long epochMs) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(epochMs, 1000L), (int) Math.floorMod(epochMs, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    private boolean summer(long epochMs) {
        if (rule == Rule.NONE) {
            return false;
        }
        LocalDateTime utc = utc(epochMs);
        if (rule == Rule.EU) {
            return !utc.isBefore(lastSunday(utc.getYear(), Month.MARCH).atTime(1, 0))
                    && utc.isBefore(lastSunday(utc.getYear(), Month.OCTOBER).atTime(1, 0));
        }
        LocalDateTime local = utc.plusMinutes(standardMinutes);
        LocalDate first =
                LocalDate.of(local.getYear(), Month.MARCH, 1).with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        LocalDate last =
                LocalDate.of(local.getYear(), Month.NOVEMBER, 1).with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        return !local.isBefore(first.plusWeeks(1).atTime(2, 0)) && local.isBefore(last.atTime(1, 0));
    }

    private static LocalDate lastSunday(int year, Month month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY));
    }
}
