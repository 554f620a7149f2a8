package org.listlens.source;

import java.nio.charset.StandardCharsets;

/**
 * Reads the line that stands before each mail of an mbox (RFC 4155, appendix A): {@code From }, the sender's address,
 * a date as ctime(3) writes it. Writers vary it: seconds missing, a zone before or behind the year ({@code EST}, {@code
 * MET DST}, {@code +0200}), {@code remote from host} at the end, a date as in RFC 5322; as the sender {@code -}, {@code
 * MAILER-DAEMON}, nothing, a quoted name with blanks, {@code jane at example.org} in the list's language, or the hash of
 * a commit.
 */
final class FromLine {
    /** The longest line that is looked at. */
    static final int MAX_LENGTH = 998;

    private static final int MAX_WORDS = 16;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String WEEKDAYS = "MonTueWedThuFriSatSun";
    private static final byte[] PREFIX = ascii("From ");
    private static final byte[] GIT_DATE = ascii("Mon Sep 17 00:00:00 2001");

    /** What a line may be trusted to separate. */
    enum Kind {
        /** No {@code From } line, or one that reads like a sentence. */
        NONE,
        /** {@code From } and nothing more, as some mail readers write. */
        BARE,
        /** A {@code From } line without any date that is known. */
        UNDATED,
        /** With a sender and a date. */
        DATED,
        /** With an address, or what stands for one, and a complete date in the form of ctime. */
        STRICT,
        /** What {@code git format-patch} writes: a hash and a date that is always the same. */
        GIT
    }

    private final byte[] octets;
    private final int to;
    private int at;
    private int words;
    private int firstFrom;
    private int firstTo;
    private int secondFrom;
    private int secondTo;
    private int lastFrom;
    private int lastTo;
    private Kind kind = Kind.NONE;

    /**
     * Reads a line.
     *
     * @param from its first octet
     * @param to the end of the line, line end excluded
     */
    FromLine(byte[] octets, int from, int to) {
        this.octets = octets;
        int end = to;
        while (end > from && octets[end - 1] <= ' ' && octets[end - 1] >= 0) {
            end--;
        }
        this.to = end;
        if (to - from <= MAX_LENGTH && matches(from, PREFIX, to)) {
            at = from + PREFIX.length;
            kind = read();
        }
    }

    Kind kind() {
        return kind;
    }

    /** Whether the sender is written {@code jane at example.org}. */
    boolean isObscured() {
        return words == 3 && !contains(firstFrom, lastTo, '@');
    }

    /** Whether the sender is {@code mboxrd@z}, which public-inbox puts into everything that it exports. */
    boolean isPublicInbox() {
        return words == 1 && matches(firstFrom, ascii("mboxrd@z"), firstTo) && firstTo - firstFrom == 8;
    }

    /** Whether the sender is a number {@code @xxx}, as Google's export of mailboxes writes it. */
    boolean isTakeout() {
        if (words != 1 || firstTo - firstFrom < 5 || !matches(firstTo - 4, ascii("@xxx"), firstTo)) {
            return false;
        }
        for (int i = firstFrom; i < firstTo - 4; i++) {
            if (octets[i] < '0' || octets[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private Kind read() {
        skipBlanks();
        if (at >= to) {
            return Kind.BARE;
        }
        while (at < to) {
            int start = at;
            if (matches(start, GIT_DATE, to) && start + GIT_DATE.length == to && words == 1 && isHash()) {
                return Kind.GIT;
            }
            int date = date();
            if (date > 0) {
                return senderIsPlausible(date)
                        ? (date == 2 && senderIsAddress() ? Kind.STRICT : Kind.DATED)
                        : Kind.NONE;
            }
            at = start;
            if (++words > MAX_WORDS) {
                return Kind.UNDATED;
            }
            word();
            skipBlanks();
        }
        return Kind.UNDATED;
    }

    /** Takes one word of the sender; blanks in quotes belong to it. */
    private void word() {
        int start = at;
        boolean quoted = false;
        while (at < to && (quoted || !isBlank(octets[at]))) {
            quoted ^= octets[at] == '"';
            at++;
        }
        if (quoted) {
            at = start;
            while (at < to && !isBlank(octets[at])) {
                at++;
            }
        }
        if (words == 1) {
            firstFrom = start;
            firstTo = at;
        } else if (words == 2) {
            secondFrom = start;
            secondTo = at;
        }
        lastFrom = start;
        lastTo = at;
    }

    private boolean senderIsPlausible(int date) {
        return switch (words) {
            case 0 -> date == 2;
            case 1 -> true;
            case 3 -> isAt() || contains(lastFrom, lastTo, '.') || contains(firstFrom, firstTo, '@') || isBracketed();
            default -> contains(firstFrom, firstTo, '@') || isBracketed();
        };
    }

    private boolean senderIsAddress() {
        if (words != 1) {
            return words == 3 && isAt();
        }
        return contains(firstFrom, firstTo, '@')
                || (firstTo - firstFrom == 1 && octets[firstFrom] == '-')
                || matches(firstFrom, ascii("MAILER-DAEMON"), firstTo);
    }

    private boolean isAt() {
        return secondTo - secondFrom == 2 && matches(secondFrom, ascii("at"), secondTo);
    }

    private boolean isBracketed() {
        return octets[lastFrom] == '<' && octets[lastTo - 1] == '>' && contains(lastFrom, lastTo, '@');
    }

    private boolean isHash() {
        int length = firstTo - firstFrom;
        if (length != 40 && length != 64) {
            return false;
        }
        for (int i = firstFrom; i < firstTo; i++) {
            if (Character.digit(octets[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads a date up to the end of the line: 0 when there is none, 2 when it is complete and as of ctime, else 1. */
    private int date() {
        if (!name(WEEKDAYS)) {
            return 0;
        }
        boolean comma = at < to && octets[at] == ',';
        if (comma) {
            at++;
        }
        if (!blanks()) {
            return 0;
        }
        return isDigit() ? internetDate() : comma ? 0 : ctimeDate();
    }

    /** {@code Jul  8 12:08:34 2011}, with the variants of the class comment. */
    private int ctimeDate() {
        if (!name(MONTHS) || !blanks() || !number(1, 31) || !blanks()) {
            return 0;
        }
        int time = time();
        if (time == 0 || !blanks()) {
            return 0;
        }
        for (int i = 0; i < 2 && !isYear(); i++) {
            if (!zone() || !blanks()) {
                return 0;
            }
        }
        if (!isYear()) {
            return 0;
        }
        at += 4;
        return isRest() ? time : 0;
    }

    /** {@code 8 Jul 2011 12:08:34 +0200 (CEST)}, as RFC 5322 §3.3 has it. */
    private int internetDate() {
        if (!number(1, 31) || !blanks() || !name(MONTHS) || !blanks() || !isYear()) {
            return 0;
        }
        at += 4;
        return blanks() && time() > 0 && isRest() ? 1 : 0;
    }

    /** What may stand behind the year: up to two zones, or {@code remote from host}. */
    private boolean isRest() {
        for (int i = 0; i < 2 && at < to; i++) {
            if (!blanks()) {
                return false;
            }
            if (matches(at, ascii("remote from "), to)) {
                return true;
            }
            if (at < to && !zone()) {
                return false;
            }
        }
        return at == to;
    }

    /** {@code CEST}, {@code EST5EDT}, {@code +0200}, {@code GMT+2}, {@code (UTC)}: no small letters, so no prose. */
    private boolean zone() {
        int start = at;
        while (at < to && !isBlank(octets[at])) {
            byte octet = octets[at++];
            boolean fits = (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9')
                    || octet == '+'
                    || octet == '-'
                    || octet == ':'
                    || octet == '('
                    || octet == ')';
            if (!fits || at - start > 9) {
                return false;
            }
        }
        return at > start && (octets[start] < '0' || octets[start] > '9');
    }

    /** Hours, minutes and perhaps seconds: 0 when there is no time, 1 without seconds, 2 with them. */
    private int time() {
        if (!number(0, 24) || at == to || octets[at++] != ':' || !number(0, 59)) {
            return 0;
        }
        if (at == to || octets[at] != ':') {
            return 1;
        }
        at++;
        return number(0, 60) ? 2 : 0;
    }

    private boolean isYear() {
        if (to - at < 4 || (to - at > 4 && !isBlank(octets[at + 4]))) {
            return false;
        }
        for (int i = at; i < at + 4; i++) {
            if (octets[i] < '0' || octets[i] > '9') {
                return false;
            }
        }
        return (octets[at] == '1' && octets[at + 1] == '9') || (octets[at] == '2' && octets[at + 1] == '0');
    }

    /** Takes a number of one or two digits. */
    private boolean number(int least, int most) {
        int start = at;
        int value = 0;
        while (at - start < 2 && isDigit()) {
            value = value * 10 + octets[at++] - '0';
        }
        return at > start && value >= least && value <= most;
    }

    /** Takes one of the names of three letters, case not minded. */
    private boolean name(String names) {
        if (to - at < 3) {
            return false;
        }
        for (int i = 0; i < names.length(); i += 3) {
            if (same(octets[at], names.charAt(i))
                    && same(octets[at + 1], names.charAt(i + 1))
                    && same(octets[at + 2], names.charAt(i + 2))) {
                at += 3;
                return true;
            }
        }
        return false;
    }

    private static boolean same(byte octet, char letter) {
        return (octet | 0x20) == (letter | 0x20);
    }

    private boolean isDigit() {
        return at < to && octets[at] >= '0' && octets[at] <= '9';
    }

    private boolean blanks() {
        int start = at;
        skipBlanks();
        return at > start;
    }

    private void skipBlanks() {
        while (at < to && isBlank(octets[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private boolean contains(int from, int end, char wanted) {
        for (int i = from; i < end; i++) {
            if (octets[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(int from, byte[] wanted, int end) {
        if (end - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (octets[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
