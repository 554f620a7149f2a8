package org.listlens.trace;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.listlens.trace.QueueIdClock.Reading;

/**
 * Ids that hold a time, of software whose trace lines have no dialect of their own. They are known by their shape alone, so
 * that a reading counts only beside a date which it fits.
 */
final class ShapedIds {
    /** No id that is read here is longer. */
    private static final int MAX_CHARS = 200;

    private ShapedIds() {}

    /** The time in an id that fits the date of its line; {@code null} when it has none of the shapes. */
    static @Nullable Reading read(String id, Instant date) {
        int length = id.length();
        if (length < 12 || length > MAX_CHARS) {
            return null;
        }
        Reading reading = switch (length) {
            case 12 -> netscape(id);
            case 13 -> trustwave(id);
            case 15 -> strato(id);
            case 21 -> richMail(id);
            case 22 -> cloudmark(id);
            case 24 -> objectId(id);
            case 42 -> courier(id);
            default -> null;
        };
        if (QueueIdClock.fits(reading, date)) {
            return reading;
        }
        reading = sendGrid(id);
        if (QueueIdClock.fits(reading, date)) {
            return reading;
        }
        if (length == 22 || (length > 22 && id.charAt(22) == ':')) {
            reading = dovecot(id);
        } else if (length > 14) {
            reading = length > 17 && id.charAt(16) == '.' ? zoho(id) : calendar(id);
        }
        return QueueIdClock.fits(reading, date) ? reading : null;
    }

    /** Netscape Messaging Server, {@code QVTNM900.QC6}: six base-36 digits of epoch seconds. */
    private static @Nullable Reading netscape(String id) {
        return id.charAt(8) == '.' ? seconds(IdDigits.number(id, 0, 6, IdDigits.BASE_36)) : null;
    }

    /** Trustwave's gateway, {@code B60e443d10001}: {@code B}, eight hexadecimal digits of epoch seconds, a counter. */
    private static @Nullable Reading trustwave(String id) {
        return id.charAt(0) == 'B' && IdDigits.hexadecimal(id, 9, 13) >= 0
                ? seconds(IdDigits.hexadecimal(id, 1, 9))
                : null;
    }

    /**
     * Strato's RZmta, {@code t040cex66FE9abc}: six characters, base-62 year, month, day, hour, minute, second in UTC, three
     * characters. The year counts from 1900 and wraps.
     */
    private static @Nullable Reading strato(String id) {
        int[] digits = new int[6];
        for (int i = 0; i < 6; i++) {
            digits[i] = IdDigits.BASE_62.indexOf(id.charAt(6 + i));
            if (digits[i] < 0) {
                return null;
            }
        }
        int year = 1900 + digits[0] + (digits[0] < 38 ? 124 : 62);
        return IdDigits.queued(year, digits[1] + 1, digits[2], digits[3], digits[4], digits[5]);
    }

    /** RichMail, {@code 2ee760e443d12e5-049b0}: four characters, eight hexadecimal digits of epoch seconds, more. */
    private static @Nullable Reading richMail(String id) {
        return id.charAt(15) == '-' && IdDigits.hexadecimal(id, 0, 15) >= 0
                ? seconds(IdDigits.hexadecimal(id, 4, 12))
                : null;
    }

    /**
     * Cloudmark's gateway, {@code 0jc9lHtbXOQFY0jc9mB5lo}: in each half the base-62 digits of epoch seconds, the second one
     * last and the first left out, which is 1 from 1999 to 2028. The first half is the connection's, the second the mail's.
     */
    private static @Nullable Reading cloudmark(String id) {
        long low = IdDigits.number(id, 13, 17, IdDigits.BASE_62);
        long high = IdDigits.number(id, 17, 18, IdDigits.BASE_62);
        return low < 0 || high < 0 || IdDigits.number(id, 0, 5, IdDigits.BASE_62) < 0
                ? null
                : seconds((62 + high) * 62 * 62 * 62 * 62 + low);
    }

    /** MongoDB's ObjectId, with which Mailgun names its mails: eight hexadecimal digits of epoch seconds, then others. */
    private static @Nullable Reading objectId(String id) {
        return IdDigits.hexadecimal(id, 8, 16) >= 0 && IdDigits.hexadecimal(id, 16, 24) >= 0
                ? seconds(IdDigits.hexadecimal(id, 0, 8))
                : null;
    }

    /** Courier, {@code 0000000000E51234.0000000060E443D1.00001234}: inode, epoch seconds and process in hexadecimal. */
    private static @Nullable Reading courier(String id) {
        return id.charAt(16) == '.' && id.charAt(33) == '.' ? seconds(IdDigits.hexadecimal(id, 18, 33)) : null;
    }

    /**
     * Dovecot's LMTP and LDA, {@code gLLmDtFD5GABAAAAAAAAAA}, where it relays with more after a colon: base 64 of 16 octets,
     * of which the first four are the nanoseconds and the next four the seconds, least octet first.
     */
    private static @Nullable Reading dovecot(String id) {
        long nanos = 0;
        long seconds = 0;
        int bits = 0;
        int octet = 0;
        int octets = 0;
        for (int i = 0; i < 22; i++) {
            int digit = base64(id.charAt(i));
            if (digit < 0) {
                return null;
            }
            octet = octet << 6 | digit;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                long value = (octet >> bits) & 0xFF;
                if (octets < 4) {
                    nanos |= value << (8 * octets);
                } else if (octets < 8) {
                    seconds |= value << (8 * (octets - 4));
                }
                octets++;
            }
        }
        return nanos > 999_999_999 ? null : IdDigits.queued(seconds, nanos, ChronoUnit.MICROS);
    }

    private static int base64(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }

    /** Zoho, {@code 1625572305123456.1234567890123}: epoch milliseconds, three digits, others. */
    private static @Nullable Reading zoho(String id) {
        if (!IdDigits.areDigits(id, 13, 16) || !IdDigits.areDigits(id, 17, id.length())) {
            return null;
        }
        long millis = IdDigits.number(id, 0, 13, IdDigits.DECIMAL);
        return millis < 0 ? null : IdDigits.queued(millis / 1_000, millis % 1_000 * 1_000_000, ChronoUnit.MILLIS);
    }

    /** SendGrid, {@code filterdrecv-12ab34cd56-ab12c-1-60E443D1-2}: host, number, epoch seconds in hexadecimal, number. */
    private static @Nullable Reading sendGrid(String id) {
        int end = id.lastIndexOf('-');
        int start = id.lastIndexOf('-', end - 1) + 1;
        return start > 0 && end - start == 8 ? seconds(IdDigits.hexadecimal(id, start, end)) : null;
    }

    /**
     * InterMail, {@code 20210706115145.ABC1234.HOST@CLIENT}, and Samsung's KnoxPortal, {@code 20210706115145epoutp01…}: year,
     * month, day, hour, minute, second in UTC and no digit after. Domino's ids have more digits, in local time.
     */
    private static @Nullable Reading calendar(String id) {
        char next = id.charAt(14);
        if (!IdDigits.areDigits(id, 0, 14) || (next >= '0' && next <= '9')) {
            return null;
        }
        return IdDigits.queued(
                (int) IdDigits.number(id, 0, 4, IdDigits.DECIMAL),
                (int) IdDigits.number(id, 4, 6, IdDigits.DECIMAL),
                (int) IdDigits.number(id, 6, 8, IdDigits.DECIMAL),
                (int) IdDigits.number(id, 8, 10, IdDigits.DECIMAL),
                (int) IdDigits.number(id, 10, 12, IdDigits.DECIMAL),
                (int) IdDigits.number(id, 12, 14, IdDigits.DECIMAL));
    }

    private static @Nullable Reading seconds(long seconds) {
        return IdDigits.queued(seconds, 0, ChronoUnit.SECONDS);
    }
}
