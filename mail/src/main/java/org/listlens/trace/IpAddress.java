package org.listlens.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Internet addresses as text. */
public final class IpAddress {
    /** The longest text of an address with its tag and zone that is looked at. */
    private static final int MAX_CHARS = 80;

    private IpAddress() {}

    /**
     * The canonical text of the address in a part of a line: IPv4 as four decimal numbers, IPv6 by RFC 5952. The tag
     * {@code IPv6:} (RFC 5321 §4.1.3) and a zone ({@code %eth0}, RFC 4007) may be there and are dropped.
     *
     * @return {@code null} when the part is no address
     */
    public static @Nullable String canonical(String line, int start, int end) {
        int from = start;
        int to = end;
        if (to - from > MAX_CHARS || to - from < 2) {
            return null;
        }
        if (to - from > 5 && line.regionMatches(true, from, "IPv6:", 0, 5)) {
            from += 5;
        }
        int zone = line.indexOf('%', from, to);
        if (zone > from) {
            to = zone;
        }
        int colon = line.indexOf(':', from, to);
        if (colon < 0) {
            int address = v4(line, from, to);
            return address == -1 && !isBroadcast(line, from, to) ? null : v4Text(address);
        }
        return v6(line, from, to);
    }

    /** 32 bits of an IPv4 address; -1 for none, and for 255.255.255.255. */
    private static int v4(String line, int start, int end) {
        int address = 0;
        int octets = 0;
        int at = start;
        while (at < end) {
            int n = 0;
            int from = at;
            while (at < end && line.charAt(at) >= '0' && line.charAt(at) <= '9' && at - from < 4) {
                n = n * 10 + line.charAt(at++) - '0';
            }
            if (at == from || at - from > 3 || n > 255 || ++octets > 4) {
                return -1;
            }
            address = address << 8 | n;
            if (at < end && (line.charAt(at) != '.' || ++at == end)) {
                return -1;
            }
        }
        return octets == 4 ? address : -1;
    }

    private static boolean isBroadcast(String line, int start, int end) {
        return end - start == 15 && line.startsWith("255.255.255.255", start);
    }

    private static String v4Text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    private static @Nullable String v6(String line, int start, int end) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = start;
        if (line.startsWith("::", at)) {
            gap = 0;
            at += 2;
        }
        while (at < end) {
            if (count == 8) {
                return null;
            }
            int stop = line.indexOf(':', at, end);
            stop = stop < 0 ? end : stop;
            if (stop == end && line.indexOf('.', at, end) >= 0) {
                int v4 = v4(line, at, end);
                if (v4 == -1 || count > 6) {
                    return null;
                }
                groups[count++] = v4 >>> 16;
                groups[count++] = v4 & 0xffff;
                break;
            }
            int group = hex(line, at, stop);
            if (group < 0) {
                return null;
            }
            groups[count++] = group;
            at = stop;
            if (at < end) {
                at++;
                if (at < end && line.charAt(at) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    at++;
                } else if (at == end) {
                    return null;
                }
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        if (gap >= 0) {
            int tail = count - gap;
            System.arraycopy(groups.clone(), gap, groups, 8 - tail, tail);
            Arrays.fill(groups, gap, 8 - tail, 0);
        }
        return v6Text(groups);
    }

    private static int hex(String line, int start, int end) {
        if (end == start || end - start > 4) {
            return -1;
        }
        int n = 0;
        for (int i = start; i < end; i++) {
            int digit = line.charAt(i) < 128 ? Character.digit(line.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            n = n << 4 | digit;
        }
        return n;
    }

    /** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as {@code ::}, the first of equals. */
    private static String v6Text(int[] groups) {
        boolean mapped = groups[5] == 0xffff && (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0;
        if (mapped) {
            return "::ffff:" + v4Text(groups[6] << 16 | groups[7]);
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = i;
            while (run < 8 && groups[run] == 0) {
                run++;
            }
            if (run - i > bestLength) {
                best = i;
                bestLength = run - i;
            }
            i = Math.max(i, run - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
