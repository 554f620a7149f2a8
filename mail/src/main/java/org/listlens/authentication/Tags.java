package org.listlens.authentication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A list of tags, {@code name=value; …} (RFC 6376 §3.2), as DKIM and ARC have it. Of two with one name the first counts. */
final class Tags {
    private static final int MAX_TAGS = 50;

    /** RFC 6376 §3.5 wants no more digits in a time; RFC 8617 §4.1.3 none in an instance that is not 1 to 50. */
    private static final int MAX_DIGITS = 12;

    private final String text;
    private final List<String> names = new ArrayList<>(12);
    private final int[] starts = new int[MAX_TAGS];
    private final int[] ends = new int[MAX_TAGS];
    private boolean malformed;

    Tags(String text) {
        this.text = text;
        int length = text.length();
        int at = 0;
        while (at < length) {
            int end = text.indexOf(';', at);
            end = end < 0 ? length : end;
            add(at, end);
            at = end + 1;
            if (names.size() == MAX_TAGS) {
                malformed = true;
                return;
            }
        }
    }

    private void add(int from, int to) {
        int start = skipBlanks(from, to);
        int end = trim(start, to);
        if (start == end) {
            return;
        }
        int equals = text.indexOf('=', start, end);
        int nameEnd = equals < 0 ? start : trim(start, equals);
        String name = text.substring(start, nameEnd);
        if (!FieldScanner.isKeyword(name) || index(name) >= 0) {
            malformed = true;
            return;
        }
        starts[names.size()] = skipBlanks(equals + 1, end);
        ends[names.size()] = end;
        names.add(name);
    }

    /** Whether something is no tag, or a tag stands twice. */
    boolean malformed() {
        return malformed;
    }

    /** The value of a tag; {@code null} when it is missing or empty. */
    @Nullable
    String get(String name) {
        int index = index(name);
        return index < 0 || starts[index] == ends[index] ? null : text.substring(starts[index], ends[index]);
    }

    /** The value of a tag in lower case; {@code null} when it is missing or empty. */
    @Nullable
    String lower(String name) {
        String value = get(name);
        return value == null ? null : value.toLowerCase(Locale.ROOT);
    }

    /** The value of a tag in base64, without the blanks of its folds; {@code null} when it is missing or empty. */
    @Nullable
    String base64(String name) {
        String value = get(name);
        return value == null ? null : withoutBlanks(value);
    }

    /** The names in {@code h=}. */
    SignedFields fields() {
        String value = get("h");
        return value == null ? SignedFields.NONE : SignedFields.of(value);
    }

    /** A time in seconds since 1970; {@code null} when it is missing or none. */
    @Nullable
    Instant time(String name) {
        Long seconds = seconds(name);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    /** A number; {@code null} when it is missing or none. */
    @Nullable
    Long seconds(String name) {
        String value = get(name);
        return value == null ? null : digits(value);
    }

    /** Whether a tag is there and no number. */
    boolean isNoNumber(String name) {
        return get(name) != null && seconds(name) == null;
    }

    /** {@code c=} in full: what is not told is {@code simple} (RFC 6376 §3.5). */
    String canonicalization() {
        String value = lower("c");
        if (value == null) {
            return "simple/simple";
        }
        return value.indexOf('/') < 0 ? value + "/simple" : value;
    }

    static String withoutBlanks(String value) {
        int length = value.length();
        int i = 0;
        while (i < length && !FieldScanner.isBlank(value.charAt(i))) {
            i++;
        }
        if (i == length) {
            return value;
        }
        StringBuilder text = new StringBuilder(length).append(value, 0, i);
        for (; i < length; i++) {
            char c = value.charAt(i);
            if (!FieldScanner.isBlank(c)) {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** A small number; {@code null} for anything else. */
    static @Nullable Integer number(String digits) {
        Long number = digits.length() > 9 ? null : digits(digits);
        return number == null ? null : number.intValue();
    }

    private static @Nullable Long digits(String digits) {
        int length = digits.length();
        if (length == 0 || length > MAX_DIGITS) {
            return null;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private int index(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private int skipBlanks(int from, int to) {
        int i = from;
        while (i < to && FieldScanner.isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int trim(int from, int to) {
        int i = to;
        while (i > from && FieldScanner.isBlank(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }
}
