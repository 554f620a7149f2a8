package org.listlens.quote;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The date of an attribution, put together from its pieces in the order in which they stand. Where day and month could
 * change places there is none.
 */
final class AttributionDate {
    /** No part of a date. */
    static final int NONE = 0;
    /** A number of one or two digits. */
    static final int SMALL = 1;

    static final int YEAR = 2;
    static final int TIME = 3;
    /** Year, month and day. */
    static final int DATE = 4;
    /** Day and month, or year and month. */
    static final int PART = 5;
    /** An offset, {@code +0200}. */
    static final int OFFSET = 6;

    private static final int UNSET = -1;

    private int year = UNSET;
    private int month = UNSET;
    private int day = UNSET;
    private int hour = UNSET;
    private int minute;
    private int second;
    private int offset = UNSET;
    private boolean offsetKnown;
    private boolean ambiguous;
    /** Numbers of one or two digits that are not yet known to be day or month. */
    private int small = UNSET;

    private boolean yearFirst;
    /** The month came as a number of its own. */
    private boolean numeric;

    /** What a piece of text that begins with a digit or a sign is. */
    static int shape(String piece) {
        return new AttributionDate().number(piece);
    }

    boolean hasMonth() {
        return month != UNSET || ambiguous;
    }

    boolean hasTime() {
        return hour != UNSET;
    }

    /** Whether a day of a year is given, if only in numbers that can be read in two ways. */
    boolean isDated() {
        return ambiguous || (year != UNSET && month != UNSET);
    }

    void month(int named) {
        if (month == UNSET) {
            month = named;
            if (small != UNSET && day == UNSET) {
                day = small;
                small = UNSET;
            }
        }
    }

    void half(boolean afternoon) {
        if (hour >= 1 && hour <= 12) {
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
    }

    void zone(int minutes) {
        if (!offsetKnown) {
            offset = minutes * 60;
            offsetKnown = true;
        }
    }

    /** The time; {@code null} when it is not given whole. A date without a zone is read as UTC. */
    @Nullable
    Instant instant() {
        if (ambiguous || year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || hour == UNSET) {
            return null;
        }
        if (day > YearMonth.of(year, month).lengthOfMonth() || hour > 23 || minute > 59 || second > 60) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * 86_400 + hour * 3600L + minute * 60L + second - (offsetKnown ? offset : 0));
    }

    /** Takes a piece that begins with a digit or a sign; tells what it is. */
    int number(String piece) {
        int end = piece.length();
        while (end > 0 && (piece.charAt(end - 1) == ':' || piece.charAt(end - 1) == '-')) {
            end--;
        }
        if (end == 0) {
            return NONE;
        }
        char first = piece.charAt(0);
        if (first == '+' || first == '-') {
            return offset(piece, 0, end);
        }
        int digits = digitsFrom(piece, 0);
        if (digits == 8 && (end == 8 || piece.charAt(8) == 'T')) {
            return date(value(piece, 0, 4), 4, value(piece, 4, 6), value(piece, 6, 8), 2, '-')
                    ? rest(piece, 8, end, DATE)
                    : NONE;
        }
        if (digits > 4 || digits == 3) {
            return NONE;
        }
        if (digits == end || (end == digits + 1 && piece.charAt(digits) == '.') || isOrdinal(piece, digits, end)) {
            int n = value(piece, 0, digits);
            if (digits == 4) {
                return n >= 1900 && n < 2100 ? year(n) : NONE;
            }
            return small(n);
        }
        char separator = piece.charAt(digits);
        if (digits <= 2 && (separator == ':' || separator == 'h' || separator == 'H')) {
            return time(piece, digits, end);
        }
        if (separator == '-' || separator == '/' || separator == '.') {
            return joined(piece, digits, end);
        }
        return NONE;
    }

    private int year(int n) {
        if (year == UNSET) {
            year = n;
            yearFirst = month == UNSET && small == UNSET;
        }
        return YEAR;
    }

    /** A day, a month, or the last two digits of a year. */
    private int small(int n) {
        if (month != UNSET && day == UNSET) {
            day = n;
        } else if (month != UNSET && year == UNSET) {
            // "21. 7. 6." begins with the year or ends with it.
            ambiguous |= numeric;
            year = n + (n < 70 ? 2000 : 1900);
        } else if (month == UNSET && small != UNSET) {
            // "6. 7. 2021" and "2021. 7. 6.".
            day = yearFirst ? n : small;
            month = yearFirst ? small : n;
            numeric = true;
            small = UNSET;
        } else if (month == UNSET) {
            small = n;
        }
        return SMALL;
    }

    /** {@code 10:11}, {@code 10:11:12}, {@code 16h17}, with {@code AM}, {@code Z} or an offset attached. */
    private int time(String piece, int colon, int end) {
        int digits = digitsFrom(piece, colon + 1);
        if (digits != 2) {
            return NONE;
        }
        int h = value(piece, 0, colon);
        int m = value(piece, colon + 1, colon + 3);
        int s = 0;
        int at = colon + 3;
        if (at < end && (piece.charAt(at) == ':' || piece.charAt(at) == '.') && digitsFrom(piece, at + 1) == 2) {
            s = value(piece, at + 1, at + 3);
            at += 3;
            if (at < end && (piece.charAt(at) == '.' || piece.charAt(at) == ',')) {
                at += 1 + digitsFrom(piece, at + 1);
            }
        }
        if (h > 24 || m > 59 || s > 60) {
            return NONE;
        }
        if (hour != UNSET) {
            return TIME;
        }
        hour = h;
        minute = m;
        second = s;
        while (at < end && (piece.charAt(at) == ':' || piece.charAt(at) == '.')) {
            at++;
        }
        String suffix = piece.substring(Math.min(at, end), end).toLowerCase(Locale.ROOT);
        if (suffix.equals("am") || suffix.equals("pm") || suffix.equals("a.m.") || suffix.equals("p.m.")) {
            half(suffix.charAt(0) == 'p');
        } else if (suffix.startsWith("+") || suffix.startsWith("-")) {
            offset(suffix, 0, suffix.length());
        } else if (suffix.equals("z")) {
            zone(0);
        }
        return TIME;
    }

    private int offset(String piece, int from, int end) {
        int digits = digitsFrom(piece, from + 1);
        int hours;
        int minutes = 0;
        if (digits == 4) {
            hours = value(piece, from + 1, from + 3);
            minutes = value(piece, from + 3, from + 5);
        } else if (digits >= 1 && digits <= 2) {
            hours = value(piece, from + 1, from + 1 + digits);
            int colon = from + 1 + digits;
            if (colon < end && piece.charAt(colon) == ':' && digitsFrom(piece, colon + 1) == 2) {
                minutes = value(piece, colon + 1, colon + 3);
            }
        } else {
            return NONE;
        }
        if (hours > 18 || minutes > 59) {
            return NONE;
        }
        // Behind a time only; a number with a sign elsewhere is none.
        if (hour != UNSET) {
            zone((piece.charAt(from) == '-' ? -1 : 1) * (hours * 60 + minutes));
        }
        return OFFSET;
    }

    /** {@code 2021-07-06}, {@code 6-Jul-2021}, {@code 06.07.2021}, {@code 7/23/21}, with a time after a T. */
    private int joined(String piece, int firstLength, int end) {
        char separator = piece.charAt(firstLength);
        int first = value(piece, 0, firstLength);
        int at = firstLength + 1;
        int start = at;
        int second;
        boolean named = at < end && Character.isLetter(piece.charAt(at));
        if (named) {
            while (at < end && (Character.isLetter(piece.charAt(at)) || piece.charAt(at) == '.')) {
                at++;
            }
            int nameEnd = piece.charAt(at - 1) == '.' ? at - 1 : at;
            second = AttributionWords.month(piece.substring(start, nameEnd).toLowerCase(Locale.ROOT));
            if (second == 0 && digitsFrom(piece, start) == 0) {
                return NONE;
            }
        } else {
            int digits = digitsFrom(piece, at);
            if (digits == 0 || digits > 4) {
                return NONE;
            }
            second = value(piece, at, at + digits);
            at += digits;
            if (digits > 2) {
                // "7/2021" is a month; "10.1234" is nothing.
                return NONE;
            }
        }
        boolean more = at < end && piece.charAt(at) == separator && digitsFrom(piece, at + 1) > 0;
        if (!more) {
            return named ? NONE : part(piece, first, firstLength, second, at - start, separator);
        }
        at++;
        int thirdLength = digitsFrom(piece, at);
        int third = value(piece, at, at + thirdLength);
        at += thirdLength;
        if (thirdLength > 4 || thirdLength == 3) {
            return NONE;
        }
        if (named) {
            if (month == UNSET) {
                month = second;
                day = firstLength == 4 ? third : first;
                year = firstLength == 4 ? first : thirdLength == 4 ? third : 2000 + third;
            }
            return rest(piece, at, end, DATE);
        }
        return date(first, firstLength, second, third, thirdLength, separator) ? rest(piece, at, end, DATE) : NONE;
    }

    /** {@code 6.7.} before a year, and {@code 10.11} for a time. */
    private int part(String piece, int first, int firstLength, int second, int secondLength, char separator) {
        if (separator == '.' && firstLength <= 2 && secondLength == 2 && isDated() && hour == UNSET) {
            if (first > 24 || second > 59) {
                return NONE;
            }
            hour = first;
            minute = second;
            return TIME;
        }
        if (month != UNSET || firstLength == 3) {
            return PART;
        }
        if (separator == '.' && piece.charAt(piece.length() - 1) == '.' && second >= 1 && second <= 12) {
            day = first;
            month = second;
        }
        return PART;
    }

    private boolean date(int first, int firstLength, int second, int third, int thirdLength, char separator) {
        if (month != UNSET) {
            return true;
        }
        int y;
        int m;
        int d;
        if (firstLength == 4) {
            y = first;
            m = second;
            d = third;
        } else if (separator == '.') {
            // Points stand between day, month and year wherever they are used; Koreans put the year first.
            boolean korean = first > 31;
            y = third;
            m = second;
            d = first;
            if (korean) {
                return false;
            }
        } else if (first > 12 && second <= 12) {
            if (thirdLength == 2 && separator == '-') {
                ambiguous = true;
                return true;
            }
            y = third;
            m = second;
            d = first;
        } else if (second > 12 || first == second) {
            y = third;
            m = first;
            d = second;
        } else {
            ambiguous = first >= 1 && second >= 1;
            return ambiguous;
        }
        if (m < 1 || m > 12 || d < 1 || d > 31) {
            return false;
        }
        year = y < 70 ? y + 2000 : y < 100 ? y + 1900 : y;
        month = m;
        day = d;
        return true;
    }

    /** Reads the time behind a date, {@code T10:11:12Z} or {@code -10:11}. */
    private int rest(String piece, int from, int end, int shape) {
        int at = from;
        if (at < end && (piece.charAt(at) == 'T' || piece.charAt(at) == '.' || piece.charAt(at) == '_')) {
            at++;
        }
        if (at < end && digitsFrom(piece, at) > 0) {
            int digits = digitsFrom(piece, at);
            if (digits <= 2 && at + digits < end && piece.charAt(at + digits) == ':') {
                time(piece.substring(at, end), digits, end - at);
            }
        }
        return shape;
    }

    private static boolean isOrdinal(String piece, int digits, int end) {
        if (digits > 2 || end - digits > 2) {
            return false;
        }
        String suffix = piece.substring(digits, end).toLowerCase(Locale.ROOT);
        return switch (suffix) {
            case "st", "nd", "rd", "th", "er", "º", "°", "ª", ".º" -> true;
            default -> false;
        };
    }

    private static int digitsFrom(String piece, int from) {
        int at = from;
        while (at < piece.length() && piece.charAt(at) >= '0' && piece.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private static int value(String piece, int from, int to) {
        int n = 0;
        for (int i = from; i < to; i++) {
            n = n * 10 + piece.charAt(i) - '0';
        }
        return n;
    }
}
