package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.header.DateTimes;
import org.listlens.mail.Stamp;

/**
 * Reads {@code X-Greylist}, in which greylisting software (RFC 6647) notes how long it had a mail wait.
 *
 * <ul>
 *   <li>postgrey: {@code delayed 12425 seconds by postgrey-1.37 at HOST; DATE}, where the host may be a bare label;
 *   <li>SQLgrey: {@code delayed 04:28:48 by SQLgrey-1.8.0}, without host or date;
 *   <li>milter-greylist: {@code Delayed for 00:30:01 by milter-greylist-4.5.12 (HOST [IP]); DATE}.
 * </ul>
 *
 * <p>What the same software writes about mail that it let in at once ({@code Sender IP whitelisted, not delayed by …},
 * {@code from auto-whitelisted by …}) tells of no waiting, and is no {@code Greylisting}.
 */
public final class Greylist {
    /** What is longer is not one of these notes. */
    private static final int MAX_CHARS = 2_000;

    /** No software remembers a first attempt for longer. */
    private static final long MAX_SECONDS = 366L * 86_400;

    private final String value;
    private final int end;
    private int start;
    private int at;

    private Greylist(String value) {
        this.value = value;
        end = Math.min(value.length(), MAX_CHARS);
    }

    /**
     * A wait that greylisting software noted.
     *
     * @param delayMs the time since the sender's first attempt, in milliseconds, above 0. The software knows attempts by
     *     addresses, not by mail: where a sender had two mails at once, it may be the time since the other was tried
     * @param host the host that had the mail wait, in lower case without a final dot, sometimes only its first label;
     *     {@code null} when it is not named
     * @param stamp when the mail was let in; {@code null} when no date is given
     */
    public record Greylisting(
            long delayMs, @Nullable String host, @Nullable Stamp stamp) {}

    /** Reads the value of the field; {@code null} when it tells of no waiting. */
    public static @Nullable Greylisting parse(String value) {
        return new Greylist(value).read();
    }

    private @Nullable Greylisting read() {
        boolean negated = false;
        while (next()) {
            if (is("delayed") && !negated) {
                long seconds = duration();
                return seconds <= 0 ? null : new Greylisting(seconds * 1_000, host(), stamp());
            }
            negated = is("not");
        }
        return null;
    }

    /** {@code 300 seconds}, {@code for 00:30:01}, {@code 5 minutes}, in seconds; -1 for anything else. */
    private long duration() {
        if (!next() || (is("for") && !next())) {
            return -1;
        }
        long seconds = 0;
        long part = 0;
        int colons = 0;
        int digits = 0;
        for (int i = start; i < at; i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9' && digits < 9) {
                part = part * 10 + (c - '0');
                digits++;
            } else if (c == ':' && digits > 0 && colons < 2) {
                seconds = (seconds + part) * 60;
                part = 0;
                digits = 0;
                colons++;
            } else {
                return -1;
            }
        }
        // One colon may part hours and minutes or minutes and seconds; nobody is known to write it.
        if (digits == 0 || colons == 1) {
            return -1;
        }
        seconds = (seconds + part) * (colons == 0 ? unit() : 1);
        return seconds > MAX_SECONDS ? -1 : seconds;
    }

    /** The seconds in the unit that follows; -1 for what is none. */
    private int unit() {
        if (!next()) {
            return -1;
        }
        if (is("seconds") || is("second") || is("secs") || is("sec") || is("s")) {
            return 1;
        }
        if (is("minutes") || is("minute") || is("mins") || is("min")) {
            return 60;
        }
        return is("hours") || is("hour") ? 3_600 : -1;
    }

    /** The host after {@code at}, or in a comment before its address; the scanner stops at the semicolon before the date. */
    private @Nullable String host() {
        String host = null;
        boolean named = false;
        while (next() && value.charAt(start) != ';') {
            boolean commented = value.charAt(start) == '(';
            if (host == null && (named || commented)) {
                host = name(commented ? start + 1 : start);
            }
            named = is("at");
        }
        return host;
    }

    /** The rest of the current word, without what closes it, as a host's name; {@code null} when it cannot be one. */
    private @Nullable String name(int from) {
        int to = at;
        while (to > from && (value.charAt(to - 1) == ')' || value.charAt(to - 1) == ',')) {
            to--;
        }
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            char lower = (char) (c | 0x20);
            boolean letter = lower >= 'a' && lower <= 'z';
            if (!letter && (c < '0' || c > '9') && c != '.' && c != '-' && c != '_') {
                return null;
            }
        }
        return to == from ? null : HostName.canonical(value.substring(from, to));
    }

    private @Nullable Stamp stamp() {
        return start < at && value.charAt(start) == ';' ? DateTimes.parse(value, at, end) : null;
    }

    /** Moves to the next word, which a blank or a semicolon ends; a semicolon is a word of its own. */
    private boolean next() {
        while (at < end && value.charAt(at) <= ' ') {
            at++;
        }
        start = at;
        if (at < end && value.charAt(at) == ';') {
            at++;
            return true;
        }
        while (at < end && value.charAt(at) > ' ' && value.charAt(at) != ';') {
            at++;
        }
        return at > start;
    }

    private boolean is(String word) {
        return at - start == word.length() && value.regionMatches(true, start, word, 0, word.length());
    }
}
