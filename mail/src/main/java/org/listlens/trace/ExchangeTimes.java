package org.listlens.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.listlens.header.DateTimes;
import org.listlens.mail.Stamp;

/** Reads the times that Exchange writes into fields of its own. */
final class ExchangeTimes {
    /** From 1601, where FILETIME begins, to 1970, in seconds. */
    private static final long EPOCH = 11_644_473_600L;

    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final long MAX_DAYS = 366;
    private static final String FILETIME = "FILETIME=[";

    private ExchangeTimes() {}

    /**
     * When a mail arrived: {@code X-OriginalArrivalTime} ({@code 06 Jul 2021 15:14:09.0172 (UTC)
     * FILETIME=[91B27540:01D77279]}, units of 100 ns since 1601, the low half first) and
     * {@code X-MS-Exchange-CrossTenant-OriginalArrivalTime} ({@code 06 Jul 2021 15:14:09.7597 (UTC)}). Of a time that is
     * there in both forms the FILETIME counts: in the text beside it the fraction is milliseconds, not a decimal fraction.
     */
    static @Nullable Instant arrival(String value) {
        int filetime = value.indexOf(FILETIME);
        if (filetime >= 0) {
            return filetime(value, filetime + FILETIME.length());
        }
        Stamp stamp = DateTimes.parse(value);
        return stamp == null ? null : stamp.instant();
    }

    private static @Nullable Instant filetime(String value, int at) {
        if (value.length() < at + 17 || value.charAt(at + 8) != ':') {
            return null;
        }
        long low = IdDigits.hexadecimal(value, at, at + 8);
        long high = IdDigits.hexadecimal(value, at + 9, at + 17);
        if (low < 0 || high < 0 || high > Integer.MAX_VALUE) {
            return null;
        }
        long ticks = high << 32 | low;
        return IdDigits.epoch(ticks / TICKS_PER_SECOND - EPOCH, ticks % TICKS_PER_SECOND * 100);
    }

    /**
     * How long a mail was on the way inside an organisation: {@code X-MS-Exchange-Transport-EndToEndLatency}, such as
     * {@code 00:00:01.8964777}, with days before a dot where there are any. In milliseconds; -1 for anything else.
     */
    static long latencyMs(String value) {
        long[] parts = new long[3];
        long days = 0;
        int part = 0;
        int digits = 0;
        int i = 0;
        for (; i < value.length() && (part < 2 || value.charAt(i) != '.'); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9' && digits < 4) {
                parts[part] = parts[part] * 10 + (c - '0');
                digits++;
            } else if (c == '.' && part == 0 && days == 0 && digits > 0) {
                days = parts[0];
                parts[0] = 0;
                digits = 0;
            } else if (c == ':' && part < 2 && digits > 0) {
                part++;
                digits = 0;
            } else {
                return -1;
            }
        }
        if (part < 2 || digits == 0 || days > MAX_DAYS) {
            return -1;
        }
        long ms = (((days * 24 + parts[0]) * 60 + parts[1]) * 60 + parts[2]) * 1_000;
        long unit = 100;
        for (i++; i < value.length(); i++, unit /= 10) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            ms += (c - '0') * unit;
        }
        return ms;
    }
}
