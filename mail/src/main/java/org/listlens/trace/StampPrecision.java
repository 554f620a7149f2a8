package org.listlens.trace;

import java.time.Instant;
import org.listlens.mail.Stamp;

/** How precise the date of a trace line is, by how it is written. */
final class StampPrecision {
    private static final int SECOND_MS = 1_000;
    private static final int MINUTE_MS = 60_000;

    /** Where there is no semicolon, how many characters before the end of the line the date begins at most. */
    private static final int MAX_DATE = 60;

    private StampPrecision() {}

    /**
     * The unit of a line's date, in milliseconds: a minute where it has no seconds, a second, or what its fraction of a
     * second counts, at least one millisecond.
     *
     * @param line a trace line
     * @param date its date
     */
    static int ofMs(String line, Stamp date) {
        Instant instant = date.instant();
        if (instant.getNano() == 0 && instant.getEpochSecond() % 60 != 0) {
            return SECOND_MS;
        }
        int semicolon = line.lastIndexOf(';');
        int from = semicolon < 0 ? Math.max(0, line.length() - MAX_DATE) : semicolon + 1;
        // Only digits make the time of day 12:34.
        for (int i = from + 1; i + 2 < line.length(); i++) {
            if (line.charAt(i) == ':' && isDigit(line, i - 1) && isDigit(line, i + 1)) {
                int end = digitsEnd(line, i + 1);
                if (end == line.length() || line.charAt(end) != ':' || !isDigit(line, end + 1)) {
                    return MINUTE_MS;
                }
                end = digitsEnd(line, end + 1);
                boolean fraction = end < line.length()
                        && (line.charAt(end) == '.' || line.charAt(end) == ',')
                        && isDigit(line, end + 1);
                return fraction ? fractionMs(digitsEnd(line, end + 1) - end - 1) : SECOND_MS;
            }
        }
        return SECOND_MS;
    }

    private static int fractionMs(int digits) {
        return switch (digits) {
            case 1 -> 100;
            case 2 -> 10;
            default -> 1;
        };
    }

    private static int digitsEnd(String line, int start) {
        int end = start;
        while (isDigit(line, end)) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(String line, int at) {
        return at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9';
    }
}
