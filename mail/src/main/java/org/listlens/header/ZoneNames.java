package org.listlens.header;

import java.util.Locale;

/** Names of time zones (RFC 5322 §4.3) and common ones beyond. */
final class ZoneNames {
    private ZoneNames() {}

    /** The offset in seconds east of Greenwich of the zone that a part of a text names; {@code unknown} for none. */
    static int offset(CharSequence text, int from, int to, int unknown) {
        if (to - from < 1 || to - from > 5) {
            return unknown;
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
        return minutes == Integer.MIN_VALUE ? unknown : minutes * 60;
    }
}
