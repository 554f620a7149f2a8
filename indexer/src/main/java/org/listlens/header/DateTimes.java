package org.listlens.header;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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

    private static final Map<String, Integer> MONTHS = months();

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
            second = monthOf(start, at);
        } else {
            second = digits();
            if (at - start > 2) {
                return false;
            }
        }
        if (second == UNSET || peek(0) != separator || !isDigit(peek(1))) {
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
        if (hour == UNSET || (month == UNSET && monthOf(start, at) != UNSET)) {
            int named = monthOf(start, at);
            if (named == UNSET) {
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
        int offset = namedZone(start, nameEnd);
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

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01; years count from March so that the leap day is the last of its year. */
    private static long epochDay(int year, int month, int day) {
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

    /** The month that a word names, {@link #UNSET} when it names none. */
    private int monthOf(int from, int to) {
        int length = to - from;
        if (length == 3) {
            int key = (text.charAt(from) | 0x20) << 16
                    | (text.charAt(from + 1) | 0x20) << 8
                    | (text.charAt(from + 2) | 0x20);
            int english = switch (key) {
                case 'j' << 16 | 'a' << 8 | 'n' -> 1;
                case 'f' << 16 | 'e' << 8 | 'b' -> 2;
                case 'm' << 16 | 'a' << 8 | 'r' -> 3;
                case 'a' << 16 | 'p' << 8 | 'r' -> 4;
                case 'm' << 16 | 'a' << 8 | 'y' -> 5;
                case 'j' << 16 | 'u' << 8 | 'n' -> 6;
                case 'j' << 16 | 'u' << 8 | 'l' -> 7;
                case 'a' << 16 | 'u' << 8 | 'g' -> 8;
                case 's' << 16 | 'e' << 8 | 'p' -> 9;
                case 'o' << 16 | 'c' << 8 | 't' -> 10;
                case 'n' << 16 | 'o' << 8 | 'v' -> 11;
                case 'd' << 16 | 'e' << 8 | 'c' -> 12;
                // The days, so that the usual date never comes to the table.
                case 'm' << 16 | 'o' << 8 | 'n',
                        't' << 16 | 'u' << 8 | 'e',
                        'w' << 16 | 'e' << 8 | 'd',
                        't' << 16 | 'h' << 8 | 'u',
                        'f' << 16 | 'r' << 8 | 'i',
                        's' << 16 | 'a' << 8 | 't',
                        's' << 16 | 'u' << 8 | 'n' -> UNSET;
                default -> 0;
            };
            if (english != 0) {
                return english;
            }
        }
        if (length < 2 || length > 12) {
            return UNSET;
        }
        Integer named = MONTHS.get(text.subSequence(from, to).toString().toLowerCase(Locale.ROOT));
        return named == null ? UNSET : named;
    }

    /** Seconds east of Greenwich of a zone that has a name. */
    private int namedZone(int from, int to) {
        if (to - from < 1 || to - from > 5) {
            return UNKNOWN_ZONE;
        }
        String name = text.subSequence(from, to).toString().toUpperCase(Locale.ROOT);
        int minutes = switch (name) {
            case "UT", "UTC", "GMT", "Z", "WET" -> 0;
            case "EST", "CDT" -> -5 * 60;
            case "EDT", "AST" -> -4 * 60;
            case "CST", "MDT" -> -6 * 60;
            case "MST", "PDT" -> -7 * 60;
            case "PST", "AKDT" -> -8 * 60;
            case "AKST", "HDT" -> -9 * 60;
            case "HST" -> -10 * 60;
            case "ADT", "ART", "BRT" -> -3 * 60;
            case "NST" -> -3 * 60 - 30;
            case "NDT" -> -2 * 60 - 30;
            case "BST", "WEST", "CET", "MET", "MEZ" -> 60;
            case "CEST", "MEST", "MESZ", "EET", "SAST", "CAT" -> 2 * 60;
            case "EEST", "MSK", "EAT" -> 3 * 60;
            case "MSD" -> 4 * 60;
            case "PKT" -> 5 * 60;
            case "IST" -> 5 * 60 + 30;
            case "ICT", "WIB" -> 7 * 60;
            case "HKT", "SGT", "AWST", "PHT" -> 8 * 60;
            case "JST", "KST" -> 9 * 60;
            case "ACST" -> 9 * 60 + 30;
            case "AEST" -> 10 * 60;
            case "ACDT" -> 10 * 60 + 30;
            case "AEDT" -> 11 * 60;
            case "NZST" -> 12 * 60;
            case "NZDT" -> 13 * 60;
            default -> Integer.MIN_VALUE;
        };
        return minutes == Integer.MIN_VALUE ? UNKNOWN_ZONE : minutes * 60;
    }

    /**
     * Names of months in lower case. Where languages disagree (Croatian {@code lis} and {@code srp}), the larger one is
     * meant.
     */
    private static Map<String, Integer> months() {
        String[] names = {
            // en, de, fr, es, it, pt, nl; sv, da, nb; fi; pl; cs; hu; ro; tr; ca; ru; uk
            "january januar jän jänner jaenner janv janvier ene enero gen gennaio janeiro januari tammi tammikuu"
                    + " tammikuuta sty stycznia styczeń led ledna leden január ian ianuarie oca ocak gener янв января"
                    + " январь січ січня",
            "february februar feber févr fevr fév fev février fevrier febrero febbraio fevereiro februari helmi"
                    + " helmikuu helmikuuta lut luty lutego úno února únor febr február februarie şub şubat febrer фев"
                    + " февр февраля февраль лют лютого",
            "march mär mrz märz maerz mars marzo março marco mrt maart marts maalis maaliskuu maaliskuuta marca"
                    + " marzec bře března březen márc március martie mart març мар мрт марта март бер березня",
            "april avr avril abr abril aprile huhti huhtikuu huhtikuuta kwi kwietnia kwiecień dub dubna duben ápr"
                    + " április aprilie nis nisan апр апреля апрель кві квітня",
            "mai mayo mag maggio maio mei maj touko toukokuu toukokuuta maja kvě května květen máj május mayıs maig"
                    + " май мая тра травня",
            "june juni juin junio giu giugno junho kesä kesäkuu kesäkuuta cze czerwca czerwiec čer června červen jún"
                    + " június iun iunie haz haziran juny июн июня июнь чер червня",
            "july juli juil juillet julio lug luglio julho heinä heinäkuu heinäkuuta lip lipca lipiec čec čvc července"
                    + " červenec júl július iul iulie tem temmuz juliol июл июля июль лип липня",
            "august août aout ago agosto augustus augusti elo elokuu elokuuta sie sierpnia sierpień srp srpna srpen"
                    + " augusztus ağu ağustos agost авг августа август сер серпня",
            "sept september septembre set setiembre septiembre settembre setembro syys syyskuu syyskuuta wrz"
                    + " września wrzesień zář září szept szeptember septembrie eyl eylül setembre сен сент сентября"
                    + " сентябрь вер вересня",
            "october okt oktober octobre octubre ott ottobre out outubro loka lokakuu lokakuuta paź października"
                    + " październik říj října říjen október octombrie eki ekim окт октября октябрь жов жовтня",
            "november novembre noviembre novembro marras marraskuu marraskuuta lis listopada listopad listopadu"
                    + " noi noiembrie kas kasım ноя нояб ноября ноябрь листопада",
            "december dez dezember déc décembre decembre dic diciembre dicembre dezembro des desember joulu joulukuu"
                    + " joulukuuta gru grudnia grudzień pro prosince prosinec decembrie ara aralık desembre дек"
                    + " декабря декабрь гру грудня"
        };
        Map<String, Integer> months = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            for (String name : names[i].split(" ", -1)) {
                months.put(name, i + 1);
            }
        }
        return Map.copyOf(months);
    }
}
