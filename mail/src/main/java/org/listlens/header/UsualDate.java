package org.listlens.header;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Stamp;

/**
 * The form that nearly all dates of mail have, {@code Tue, 6 Jul 2021 08:13:58 -0400 (EDT)}: RFC 5322 §3.3, with seconds and
 * a zone in digits or one that has a name. All others are left to {@link DateTimes}, which reads this form alike, but has to
 * be ready for anything at each step.
 */
public final class UsualDate {
    private static final int NO_ZONE = Integer.MIN_VALUE;

    /** Earlier years are no date of a mail. */
    private static final int FIRST_YEAR = 1900;

    private static final int MAX_BLANKS = 100;

    private final String text;
    private final int end;
    private int at;

    private UsualDate(String text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /** The time at the start of {@code text[start, end)}; {@code null} when it does not have this form. */
    static @Nullable Stamp parse(String text, int start, int end) {
        return new UsualDate(text, start, end).read(false);
    }

    /**
     * The time when the text from {@code start} on has this form, with nothing behind it but perhaps a comment with the name
     * of a zone; {@code null} when it does not.
     */
    public static @Nullable Stamp parseWhole(String text, int start) {
        return new UsualDate(text, start, text.length()).read(true);
    }

    private @Nullable Stamp read(boolean whole) {
        skipBlanks();
        if (at + 4 < end && text.charAt(at + 3) == ',' && MonthNames.english(text, at) == 0) {
            at += 4;
            skipBlanks();
        }
        int day = digits(1, 2);
        boolean fits = blanks();
        int month = fits && at + 3 < end ? MonthNames.english(text, at) : 0;
        at += 3;
        fits &= blanks();
        int year = digits(4, 4);
        fits &= blanks();
        int hour = digits(2, 2);
        fits &= skip(':');
        int minute = digits(2, 2);
        fits &= skip(':');
        int second = digits(2, 2);
        fits &= blanks();
        // The second 60 and the hour 24 are left out, too.
        if (!fits
                || month < 1
                || year < FIRST_YEAR
                || day < 1
                || day > DateTimes.daysIn(year, month)
                || (hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 59) {
            return null;
        }
        boolean west = at < end && text.charAt(at) == '-';
        int offset = zone();
        if (offset == NO_ZONE || (whole && !isAtEnd())) {
            return null;
        }
        // RFC 5322 §3.3: -0000 tells nothing of the zone.
        boolean known = offset != 0 || !west;
        long seconds = DateTimes.epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second - offset;
        return new Stamp(Instant.ofEpochSecond(seconds), known ? ZoneOffset.ofTotalSeconds(offset) : null);
    }

    /** Seconds east of Greenwich. */
    private int zone() {
        char sign = at < end ? text.charAt(at) : 0;
        if (sign != '+' && sign != '-') {
            return namedZone();
        }
        at++;
        int zone = digits(4, 4);
        int seconds = zone / 100 * 3600 + zone % 100 * 60;
        if (zone < 0 || zone % 100 > 59 || seconds > 18 * 3600) {
            return NO_ZONE;
        }
        return sign == '-' ? -seconds : seconds;
    }

    private int namedZone() {
        int start = at;
        while (at < end && at - start < 5 && Character.isLetter(text.charAt(at))) {
            at++;
        }
        int offset = ZoneNames.offset(text, start, at, NO_ZONE);
        // What follows a name may belong to it: "GMT+0200", "MET DST".
        skipBlanks();
        return at == end || text.charAt(at) == '(' ? offset : NO_ZONE;
    }

    /** Whether nothing is left but a comment with the name of a zone. */
    private boolean isAtEnd() {
        skipBlanks();
        return at == end
                || (text.charAt(at) == '('
                        && text.charAt(end - 1) == ')'
                        && ZoneNames.offset(text, at + 1, end - 1, NO_ZONE) != NO_ZONE);
    }

    private boolean skip(char c) {
        boolean met = at < end && text.charAt(at) == c;
        at++;
        return met;
    }

    private boolean blanks() {
        int start = at;
        skipBlanks();
        return at > start;
    }

    private void skipBlanks() {
        int last = Math.min(end, at + MAX_BLANKS);
        while (at < last && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** The number that so many decimal digits make, of which no more follow; -1 for anything else. */
    private int digits(int least, int most) {
        int start = at;
        int n = 0;
        while (at < end && at - start <= most) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            n = n * 10 + digit;
            at++;
        }
        int length = at - start;
        return length < least || length > most ? -1 : n;
    }
}
