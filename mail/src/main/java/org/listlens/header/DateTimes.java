package org.listlens.header;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Stamp;

/**
 * Reads the dates of mail: RFC 5322 §3.3 with its obsolete forms (§4.3), and what mailers write instead: the order of C's
 * asctime, ISO 8601, names of months in other languages, dots in the time, {@code D.M.Y} and {@code D/M/Y}. One pass over
 * the text, nothing thrown. What follows a complete date is not looked at.
 *
 * <p>Zones: numeric ones as written; {@code UT UTC GMT Z WET} are 0; the American zones as RFC 5322 says; {@code BST},
 * {@code IST} and {@code CST} stand for several zones and are read as British summer, Indian and American central time.
 * {@code -0000}, the military letters, a missing zone, one that nobody knows and one beyond ±18 h leave the offset unknown,
 * and the time is read as UTC. A zone in a comment counts only where there is no other. {@code D/M/Y} where day and month
 * could change places is no date.
 */
public final class DateTimes {
    /** A date with its comments; what is longer is not a date. */
    private static final int MAX_CHARS = 1_000;

    /** Words before the time that are no month: the name of the day, and twice the {@code de} of Spanish. */
    private static final int MAX_UNKNOWN_WORDS = 3;

    private static final int UNSET = -1;

    /** The text has no zone yet. */
    private static final int NO_ZONE = Integer.MIN_VALUE;

    /** The text has a zone, but its offset is unknown. */
    private static final int UNKNOWN_ZONE = Integer.MIN_VALUE + 1;

    private final CharSequence text;
    private final int end;
    private int at;

    private int year = UNSET;
    private int month = UNSET;
    private int day = UNSET;
    private int hour = UNSET;
    private int minute;
    private int second;
    private int nanos;
    private int zone = NO_ZONE;
    private int commentZone = NO_ZONE;
    private int unknownWords;

    private DateTimes(CharSequence text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = Math.min(end, start + MAX_CHARS);
    }

    /** The time that a text holds; {@code null} when it holds none, or none that can be. */
    public static @Nullable Stamp parse(CharSequence text) {
        return parse(text, 0, text.length());
    }

    /** The time in a part of a text, from {@code start} to before {@code end}. */
    public static @Nullable Stamp parse(CharSequence text, int start, int end) {
        if (text instanceof String string) {
            Stamp usual = UsualDate.parse(string, start, end);
            if (usual != null) {
                return usual;
            }
        }
        DateTimes date = new DateTimes(text, start, end);
        return date.read() ? date.stamp() : null;
    }

    /** Reads fields until all are there; false when the text cannot be a date. */
    private boolean read() {
        while (at < end && !isComplete()) {
            char c = text.charAt(at);
            boolean fits = true;
            if (isDigit(c)) {
                fits = number();
            } else if (Character.isLetter(c)) {
                fits = word();
            } else if ((c == '+' || c == '-') && at + 1 < end && isDigit(text.charAt(at + 1))) {
                fits = hour != UNSET && zone == NO_ZONE;
                if (fits) {
                    zone = numericZone();
                }
            } else if (c == '(') {
                comment();
            } else {
                at++;
            }
            if (!fits) {
                return false;
            }
        }
        return year != UNSET && month != UNSET && day != UNSET && hour != UNSET;
    }

    private boolean isComplete() {
        return hour != UNSET && zone != NO_ZONE && isDated();
    }

    private boolean isDated() {
        return year != UNSET && month != UNSET && day != UNSET;
    }

    private boolean number() {
        int start = at;
        int n = digits();
        int length = at - start;
        if (length > 8) {
            return isDated() && hour != UNSET;
        }
        char next = peek(0);
        if (next == ':' && hour == UNSET && length <= 2) {
            return time(n, ':');
        }
        if (next == '.' && isDigit(peek(1)) && hour == UNSET && length <= 2 && isDated()) {
            return time(n, '.');
        }
        if ((next == '-' || next == '/' || next == '.') && Character.isLetterOrDigit(peek(1)) && !isDated()) {
            return joined(n, length, next);
        }
        if (isLetterOf(next, "年년")) {
            at++;
            return setYear(n, length);
        }
        if (isLetterOf(next, "月월")) {
            at++;
            return setMonth(n);
        }
        if (isLetterOf(next, "日일")) {
            at++;
            return setDay(n, length);
        }
        if (length == 8 && (next == 'T' || next == 't') && !isDated()) {
            at++;
            return setYear(n / 10_000, 4) && setMonth(n / 100 % 100) && setDay(n % 100, 2) && compactTime();
        }
        if (isBlank(next) && hour == UNSET && isDated() && length <= 2 && colonFollows()) {
            return time(n, ':');
        }
        if (Character.isLetter(next) && hour == UNSET && !ordinal()) {
            return false;
        }
        return bareNumber(n, length);
    }

    /** A number that stands alone: day, then year; after a whole date it is a zone without its sign, and unknown. */
    private boolean bareNumber(int n, int length) {
        if (day == UNSET && length <= 2) {
            return setDay(n, length);
        }
        if (year == UNSET) {
            return setYear(n, length);
        }
        return day == UNSET ? setDay(n, length) : hour != UNSET;
    }

    /** {@code 2021-07-06}, {@code 6-Jul-2021}, {@code 06.07.2021}, {@code 22/08/2002}; the first number has been read. */
    private boolean joined(int first, int firstLength, char separator) {
        at++;
        int second;
        boolean named = !isDigit(peek(0));
        int start = at;
        if (named) {
            skipLetters();
            second = MonthNames.monthOf(text, start, at);
        } else {
            second = digits();
            if (at - start > 2) {
                return false;
            }
        }
        if ((named && second == 0) || peek(0) != separator || !isDigit(peek(1))) {
            return false;
        }
        at++;
        start = at;
        int third = digits();
        int thirdLength = at - start;
        boolean fits;
        if (firstLength == 4) {
            fits = setYear(first, 4) && setMonth(second) && setDay(third, thirdLength);
        } else if (named || separator == '.') {
            fits = (named || thirdLength == 4)
                    && setDay(first, firstLength)
                    && setMonth(second)
                    && setYear(third, thirdLength);
        } else if (thirdLength != 4 || (first <= 12 && second <= 12 && first != second)) {
            fits = false;
        } else {
            fits = setYear(third, 4) && setMonth(Math.min(first, second)) && setDay(Math.max(first, second), 2);
        }
        char next = peek(0);
        if ((next == 'T' || next == 't' || next == ':') && isDigit(peek(1))) {
            at++;
        }
        return fits;
    }

    private boolean time(int first, char separator) {
        hour = first;
        skipBlanks();
        at++;
        skipBlanks();
        int start = at;
        minute = digits();
        if (at == start || at - start > 2) {
            return false;
        }
        int mark = at;
        skipBlanks();
        if (peek(0) == separator) {
            at++;
            skipBlanks();
            if (isDigit(peek(0))) {
                start = at;
                second = digits();
                if (at - start > 2) {
                    return false;
                }
                fraction();
            }
        } else {
            at = mark;
        }
        return hour <= 24 && minute <= 59 && second <= 60;
    }

    /** {@code 151532} after the T of ISO 8601's basic form. */
    private boolean compactTime() {
        int start = at;
        int n = digits();
        int length = at - start;
        if (length != 6 && length != 4) {
            return false;
        }
        int hms = length == 6 ? n : n * 100;
        hour = hms / 10_000;
        minute = hms / 100 % 100;
        second = hms % 100;
        fraction();
        return hour <= 24 && minute <= 59 && second <= 60;
    }

    private void fraction() {
        if ((peek(0) == '.' || peek(0) == ',') && isDigit(peek(1))) {
            at++;
            int unit = 100_000_000;
            for (; isDigit(peek(0)); at++, unit /= 10) {
                nanos += (text.charAt(at) - '0') * unit;
            }
        }
    }

    private boolean word() {
        int start = at;
        skipLetters();
        if (hour == UNSET || (month == UNSET && MonthNames.monthOf(text, start, at) != 0)) {
            int named = MonthNames.monthOf(text, start, at);
            if (named == 0) {
                unknownWords++;
                return unknownWords <= MAX_UNKNOWN_WORDS && !isDigit(peek(0));
            }
            // "mar" is Tuesday where a month follows.
            month = named;
            return true;
        }
        int length = at - start;
        if (length == 2 && (text.charAt(start + 1) | 0x20) == 'm' && hour >= 1 && hour <= 12) {
            int half = text.charAt(start) | 0x20;
            if (half == 'a' || half == 'p') {
                hour = hour % 12 + (half == 'p' ? 12 : 0);
                return true;
            }
        }
        if (zone == NO_ZONE) {
            int named = wordZone(start);
            // A word that nobody knows may be anything: a zone in digits can still follow.
            if (named != UNKNOWN_ZONE || isDigit(text.charAt(at - 1))) {
                zone = named;
            }
        }
        return true;
    }

    /** The zone whose name has just been read, with what is attached to it: {@code GMT+0200}, {@code MET DST}. */
    private int wordZone(int start) {
        int nameEnd = at;
        char next = peek(0);
        if ((next == '+' || next == '-') && isDigit(peek(1))) {
            return numericZone();
        }
        int offset = ZoneNames.offset(text, start, nameEnd, UNKNOWN_ZONE);
        int mark = at;
        skipBlanks();
        if (equalsWord(at, Math.min(end, at + 3), "DST") && !Character.isLetter(peek(3))) {
            at += 3;
            return offset == UNKNOWN_ZONE ? offset : offset + 3600;
        }
        at = mark;
        return offset;
    }

    private int numericZone() {
        int sign = text.charAt(at) == '-' ? -1 : 1;
        at++;
        int start = at;
        int n = digits();
        int length = at - start;
        int hours;
        int minutes = 0;
        if (length <= 2) {
            hours = n;
            if (peek(0) == ':' && isDigit(peek(1))) {
                at++;
                start = at;
                minutes = digits();
                if (at - start != 2) {
                    return UNKNOWN_ZONE;
                }
            }
        } else if (length <= 4) {
            hours = n / 100;
            minutes = n % 100;
        } else {
            return UNKNOWN_ZONE;
        }
        int seconds = hours * 3600 + minutes * 60;
        if (minutes > 59 || seconds > 18 * 3600 || (seconds == 0 && sign < 0)) {
            return UNKNOWN_ZONE;
        }
        return sign * seconds;
    }

    /** Skips a comment with what is nested in it; its first word may be the zone. */
    private void comment() {
        int depth = 0;
        int start = at;
        while (at < end) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                break;
            }
        }
        at = Math.min(at, end);
        if (hour != UNSET && commentZone == NO_ZONE) {
            int after = at;
            at = start + 1;
            skipBlanks();
            int name = at;
            if (at < after && Character.isLetter(text.charAt(at))) {
                skipLetters();
                commentZone = wordZone(name);
            }
            at = after;
        }
    }

    private @Nullable Stamp stamp() {
        if (year < 1900 || day < 1 || day > daysIn(year, month)) {
            return null;
        }
        if (hour == 24 && (minute | second | nanos) != 0) {
            return null;
        }
        int offset = zone != NO_ZONE ? zone : commentZone;
        boolean known = offset != NO_ZONE && offset != UNKNOWN_ZONE;
        long seconds =
                epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second - (known ? offset : 0);
        return new Stamp(Instant.ofEpochSecond(seconds, nanos), known ? ZoneOffset.ofTotalSeconds(offset) : null);
    }

    private boolean setYear(int n, int length) {
        if (length < 2 || length > 4 || year != UNSET) {
            return false;
        }
        // RFC 5322 §4.3.
        year = length == 2 ? n + (n < 50 ? 2000 : 1900) : length == 3 ? n + 1900 : n;
        return true;
    }

    private boolean setMonth(int n) {
        month = n;
        return n >= 1 && n <= 12;
    }

    private boolean setDay(int n, int length) {
        day = n;
        return length <= 2 && n >= 1 && n <= 31;
    }

    static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01; years count from March so that the leap day is the last of its year. */
    static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        int fromMarch = (month + 9) % 12;
        return y * 365 + y / 4 - y / 100 + y / 400 + (fromMarch * 153 + 2) / 5 + day - 1 - 719_468;
    }

    /** The value of the digits from here on, at most 9 of them; all are passed over. */
    private int digits() {
        int n = 0;
        int start = at;
        for (; at < end && isDigit(text.charAt(at)); at++) {
            if (at - start < 9) {
                n = n * 10 + text.charAt(at) - '0';
            }
        }
        return n;
    }

    private void skipLetters() {
        while (at < end && Character.isLetter(text.charAt(at))) {
            at++;
        }
    }

    private void skipBlanks() {
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private boolean colonFollows() {
        int i = at;
        while (i < end && isBlank(text.charAt(i))) {
            i++;
        }
        return i < end && text.charAt(i) == ':';
    }

    /** Passes over the {@code st} of {@code 1st} and its like. */
    private boolean ordinal() {
        if (Character.isLetter(peek(2))) {
            return false;
        }
        int suffix = (peek(0) | 0x20) << 8 | (peek(1) | 0x20);
        boolean known = suffix == ('s' << 8 | 't')
                || suffix == ('n' << 8 | 'd')
                || suffix == ('r' << 8 | 'd')
                || suffix == ('t' << 8 | 'h');
        if (known) {
            at += 2;
        }
        return known;
    }

    private char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\u00a0';
    }

    private static boolean isLetterOf(char c, String letters) {
        return c > 127 && letters.indexOf(c) >= 0;
    }

    private boolean equalsWord(int from, int to, String upper) {
        if (to - from != upper.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (Character.toUpperCase(text.charAt(i)) != upper.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }
}
