package org.listlens.generate;

import java.time.LocalDateTime;

/** Queue ids as mail software makes them. Those that hold a time take it from the host's clock, in milliseconds. */
final class QueueIds {
    private static final String HEX = "0123456789ABCDEF";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String BASE52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    private static final String BASE60 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx";
    static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String ZMAILER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789";

    private QueueIds() {}

    /** {@code 33BAB29BD80}: microseconds and inode in hexadecimal; holds no time that could be read back. */
    static String postfixShort(Prng random) {
        return random.string(HEX, random.between(10, 12));
    }

    /** {@code 4DBtF82gvKz9sT0}: base 52, six characters of seconds, four of microseconds, {@code z}, the inode. */
    static String postfixLong(long clockMs, Prng random) {
        long micros = Math.floorMod(clockMs, 1000L) * 1000 + random.below(1000);
        return base(Math.floorDiv(clockMs, 1000L), BASE52, 6)
                + base(micros, BASE52, 4)
                + 'z'
                + random.string(BASE52.substring(0, 51), random.between(4, 5));
    }

    /** {@code 1hsRKk-0007Qu-Ca}: base 62, six characters of seconds, the process id, a fraction. */
    static String exim(long clockMs, Prng random) {
        return base(Math.floorDiv(clockMs, 1000L), BASE62, 6)
                + "-000"
                + random.string(BASE62, 3)
                + '-'
                + random.string(BASE62, 2);
    }

    /** {@code 1tb0o2-00000009XYe-16oH}: the same as from Exim 4.97 on. */
    static String eximLong(long clockMs, Prng random) {
        return base(Math.floorDiv(clockMs, 1000L), BASE62, 6)
                + "-0000000"
                + random.string(BASE62, 4)
                + '-'
                + random.string(BASE62, 4);
    }

    /** {@code 402ATpYu012619}: base 60, year, month, day, hour, minute and second in UTC, a counter, the process id. */
    static String sendmail(long clockMs, Prng random) {
        LocalDateTime utc = Zone.utc(clockMs);
        StringBuilder id = new StringBuilder();
        for (int part : new int[] {
            (utc.getYear() - 1900) % 60,
            utc.getMonthValue() - 1,
            utc.getDayOfMonth(),
            utc.getHour(),
            utc.getMinute(),
            utc.getSecond()
        }) {
            id.append(BASE60.charAt(part));
        }
        return id + random.string(BASE60, 2) + Dates.digits(random.below(400_000), 6);
    }

    /** {@code S1728936AbgIIPEC}: year, month, day, hour, minute and second in UTC, in an alphabet of its own. */
    static String zmailer(long clockMs, Prng random) {
        LocalDateTime utc = Zone.utc(clockMs);
        StringBuilder id = new StringBuilder("S").append(random.between(160_000, 4_000_000));
        int year = utc.getYear();
        for (int part : new int[] {
            year >> 12,
            (year >> 6) & 63,
            year & 63,
            utc.getMonthValue() - 1,
            utc.getDayOfMonth() - 1,
            utc.getHour(),
            utc.getMinute(),
            utc.getSecond()
        }) {
            id.append(ZMAILER.charAt(part));
        }
        return id.toString();
    }

    /** {@code m64mr529242oib.130.1625579163840}: ends in milliseconds. */
    static String googleX(long clockMs, Prng random) {
        return google(random, "mr") + '.' + random.below(200) + '.' + clockMs;
    }

    /** {@code w127so24569941oig.12}. */
    static String googleRelay(Prng random) {
        return google(random, "so") + '.' + random.below(40);
    }

    /** {@code a16csp4747558pxv}. */
    static String googleInternal(Prng random) {
        return google(random, "csp");
    }

    /** {@code y9si19505835ill.63.2021.07.06.08.13.58}: when the connection was opened, Pacific time. */
    static String googleMx(long openedMs, Prng random) {
        LocalDateTime local = Zone.PACIFIC.local(openedMs);
        return google(random, "si")
                + '.'
                + random.below(200)
                + '.'
                + local.getYear()
                + '.'
                + Dates.two(local.getMonthValue())
                + '.'
                + Dates.two(local.getDayOfMonth())
                + '.'
                + Dates.clock(local).replace(':', '.');
    }

    /** {@code smtpd.web11.36629.1679467851736585132}: ends in nanoseconds. */
    static String groupsIo(long clockMs, Prng random) {
        return "smtpd.web" + Dates.two(random.between(8, 12)) + '.' + random.between(1000, 99_999) + '.' + clockMs
                + Dates.digits(random.below(1_000_000), 6);
    }

    private static String google(Prng random, String kind) {
        return random.string(LOWER, 1)
                + random.between(1, 130)
                + kind
                + random.between(100_000, 99_999_999)
                + random.string(LOWER, 3);
    }

    private static String base(long number, String alphabet, int width) {
        char[] digits = new char[width];
        long rest = number;
        for (int i = width - 1; i >= 0; i--) {
            digits[i] = alphabet.charAt((int) (rest % alphabet.length()));
            rest /= alphabet.length();
        }
        return new String(digits);
    }
}
