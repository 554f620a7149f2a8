package org.listlens.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Lengths of the periods that time is cut into, in UTC, as engines cut it. The finest first. */
enum Interval {
    DAY("day"),
    WEEK("week"),
    MONTH("month"),
    QUARTER("quarter"),
    YEAR("year");

    private final String calendar;

    Interval(String calendar) {
        this.calendar = calendar;
    }

    /** What engines call it under {@code calendar_interval}. */
    String calendar() {
        return calendar;
    }

    /** The first day of the period that a time lies in. */
    LocalDate floor(Instant time) {
        LocalDate day = time.atZone(ZoneOffset.UTC).toLocalDate();
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withMonth((day.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    private LocalDate next(LocalDate start) {
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case QUARTER -> start.plusMonths(3);
            case YEAR -> start.plusYears(1);
        };
    }

    /**
     * The first days of all periods that a span touches, as days since 1970, ascending, and of the one after it.
     *
     * @param from the beginning
     * @param to the end, exclusive
     */
    List<Long> starts(Instant from, Instant to) {
        List<Long> starts = new ArrayList<>();
        LocalDate start = floor(from);
        while (start.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(to)) {
            starts.add(start.toEpochDay());
            start = next(start);
        }
        starts.add(start.toEpochDay());
        return starts;
    }
}
