package org.listlens.quote;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.quote.AttributionTokens.Kind;

/** Finds the words and numbers of an attribution that are its date: numbers, names of months, and what links them. */
final class DateWords {
    /** So many words may stand between one part of a date and the next. */
    private static final int MAX_STEPS = 5;

    private final AttributionTokens tokens;
    private final AttributionDate date = new AttributionDate();

    DateWords(AttributionTokens tokens) {
        this.tokens = tokens;
    }

    /** Whether a day of a year is given. */
    boolean isDated() {
        return date.isDated();
    }

    boolean hasTime() {
        return date.hasTime();
    }

    /** The time; {@code null} when it is not given whole. */
    @Nullable
    Instant instant() {
        return date.instant();
    }

    /** Whether a word that stands behind dates does so: "Uhr", "г."; capitals are initials of names. */
    boolean isAfterWord(int i, int kinds) {
        return (kinds & AttributionWords.AFTER) != 0
                && isBehindDate(i)
                && tokens.kinds[i - 1] != Kind.BREAK
                && (tokens.to[i] - tokens.from[i] > 2 || !Character.isUpperCase(tokens.text.charAt(tokens.from[i])));
    }

    /** Takes a number for a part of the date. */
    void take(int i) {
        date.number(tokens.piece(i));
        tokens.kinds[i] = Kind.DATE;
    }

    /** Takes a word for a part of the date. */
    void takeWord(int i, int kinds) {
        tokens.kinds[i] = Kind.DATE;
        if ((kinds & AttributionWords.MONTH) != 0 && isMonthAt(i) && !isDayBeforeMonth(i, kinds)) {
            date.month(AttributionWords.month(tokens.lower(i)));
        } else if ((kinds & (AttributionWords.AM | AttributionWords.PM)) != 0 && isTime(tokens.next(i))) {
            // Behind the time comes its half of the day in most languages, before it in others.
            int time = tokens.next(i);
            take(time);
            date.half((kinds & AttributionWords.PM) != 0);
        }
    }

    /** Takes the half of the day or the zone behind a time; tells whether the word is one. */
    boolean half(int i, int kinds) {
        int halves = kinds & (AttributionWords.AM | AttributionWords.PM);
        if (halves == 0
                && i + 1 < tokens.count
                && tokens.isWord(i + 1)
                && tokens.is(i + 1, "m")
                && (tokens.is(i, "a") || tokens.is(i, "p"))) {
            halves = tokens.is(i, "p") ? AttributionWords.PM : AttributionWords.AM;
            tokens.kinds[i + 1] = Kind.DATE;
        }
        if (halves != 0) {
            date.half(halves == AttributionWords.PM);
            tokens.kinds[i] = Kind.DATE;
            return true;
        }
        boolean zone = (kinds & AttributionWords.ZONE) != 0 && tokens.isUpper(i);
        if (zone) {
            date.zone(AttributionWords.zoneMinutes(tokens.lower(i)));
            tokens.kinds[i] = Kind.DATE;
        }
        return zone;
    }

    /** Takes a zone that is no single word: {@code GMT+0200}, {@code Europe/London}. */
    void zoneWithOffset(int i) {
        String piece = tokens.piece(i);
        int slash = piece.indexOf('/');
        if (slash > 1
                && slash + 1 < piece.length()
                && Character.isUpperCase(piece.charAt(slash + 1))
                && tokens.kinds[i - 1] != Kind.BREAK) {
            // "Europe/London".
            tokens.kinds[i] = Kind.DATE;
            return;
        }
        int sign = Math.max(piece.indexOf('+'), piece.indexOf('-'));
        if (sign == 3 && (piece.startsWith("GMT") || piece.startsWith("UTC"))) {
            if (date.number(piece.substring(sign)) == AttributionDate.OFFSET) {
                tokens.kinds[i] = Kind.DATE;
            }
        }
    }

    /** A zone in parentheses, or the day of the week. */
    void comment(int i) {
        tokens.kinds[i] = Kind.DATE;
        String inner = tokens.piece(i).strip();
        String word = inner.toLowerCase(Locale.ROOT);
        if ((AttributionWords.kinds(word) & AttributionWords.ZONE) != 0 && date.hasTime()) {
            date.zone(AttributionWords.zoneMinutes(word));
        } else if (inner.startsWith("GMT") || inner.startsWith("UTC")) {
            date.number(inner.substring(3));
        }
    }

    /** Whether the token is part of a date, by itself or by what follows it. */
    boolean isDateAt(int i) {
        return isDateAt(i, 0);
    }

    private boolean isDateAt(int i, int steps) {
        if (i >= tokens.count || steps > MAX_STEPS) {
            return false;
        }
        if (tokens.kinds[i] == Kind.NUMBER) {
            return isDateNumber(i, steps);
        }
        if (tokens.kinds[i] == Kind.COMMENT) {
            return (AttributionWords.kinds(tokens.piece(i).strip().toLowerCase(Locale.ROOT)) & AttributionWords.DAY)
                            != 0
                    && isDateAt(tokens.next(i), steps + 1);
        }
        if (tokens.kinds[i] != Kind.NAME) {
            return tokens.kinds[i] == Kind.DATE;
        }
        int kinds = tokens.meaning(i);
        if ((kinds & AttributionWords.MONTH) != 0 && isMonthAt(i)) {
            return true;
        }
        int halves = kinds & (AttributionWords.AM | AttributionWords.PM);
        if (halves != 0 && isTime(tokens.next(i))) {
            return true;
        }
        boolean day = (kinds & AttributionWords.DAY) != 0;
        if (day && (isBare(i) || (isBehindDate(i) && !tokens.isWord(i + 1)))) {
            // "6 Tem 2021 Sal, 10:11".
            return true;
        }
        if (day || (kinds & AttributionWords.LINK) != 0) {
            return isDateAt(tokens.next(i), steps + 1);
        }
        return false;
    }

    /** A day of the week that nothing of a date follows but that begins the text: "On Monday Jane wrote". */
    private boolean isBare(int i) {
        return i == 1 && tokens.kinds[0] == Kind.START && !tokens.isWord(2);
    }

    private boolean isDateNumber(int i, int steps) {
        String piece = tokens.piece(i);
        int shape = AttributionDate.shape(piece);
        return switch (shape) {
            case AttributionDate.NONE -> false;
            case AttributionDate.SMALL ->
                isBehindDate(i) || i == 0 || tokens.kinds[i - 1] == Kind.START || isDateAt(tokens.next(i), steps + 1);
            case AttributionDate.OFFSET -> isBehindDate(i);
            default -> true;
        };
    }

    /** A month counts beside a day or a year only: there are people of the names Jan, May and August. */
    private boolean isMonthAt(int i) {
        if (date.hasMonth()) {
            return false;
        }
        int before = i - 1;
        while (before >= 0
                && (tokens.kinds[before] == Kind.BREAK
                        || ((tokens.isWord(before) || tokens.kinds[before] == Kind.DATE)
                                && (tokens.meaning(before) & AttributionWords.LINK) != 0))) {
            before--;
        }
        if (before >= 0 && isDayOrYear(before)) {
            return true;
        }
        int after = tokens.next(i);
        if (after < tokens.count && tokens.isWord(after) && (tokens.meaning(after) & AttributionWords.LINK) != 0) {
            after = tokens.next(after);
        }
        return after < tokens.count && isDayOrYear(after);
    }

    /** Whether "mar" is Tuesday, not March: a month follows. */
    private boolean isDayBeforeMonth(int i, int kinds) {
        if ((kinds & AttributionWords.DAY) == 0) {
            return false;
        }
        int after = tokens.next(i);
        for (int steps = 0; steps < 3 && after < tokens.count; steps++) {
            if (tokens.isWord(after) && (tokens.meaning(after) & AttributionWords.MONTH) != 0) {
                return true;
            }
            after = tokens.next(after);
        }
        return false;
    }

    private boolean isDayOrYear(int i) {
        if (tokens.kinds[i] != Kind.NUMBER && tokens.kinds[i] != Kind.DATE) {
            return false;
        }
        char first = tokens.text.charAt(tokens.from[i]);
        if (!AttributionTokens.isDigit(first)) {
            return false;
        }
        int shape = AttributionDate.shape(tokens.piece(i));
        return shape == AttributionDate.SMALL || shape == AttributionDate.YEAR;
    }

    private boolean isTime(int i) {
        return i < tokens.count
                && tokens.kinds[i] == Kind.NUMBER
                && AttributionDate.shape(tokens.piece(i)) == AttributionDate.TIME;
    }

    /** Whether what stands before a token is a date. */
    boolean isBehindDate(int i) {
        int before = i - 1;
        while (before >= 0 && tokens.kinds[before] == Kind.BREAK) {
            before--;
        }
        return before >= 0 && tokens.kinds[before] == Kind.DATE;
    }
}
