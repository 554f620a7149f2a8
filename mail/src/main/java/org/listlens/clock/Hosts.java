package org.listlens.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers for the names of hosts. Names that many machines have, such as {@code localhost}, get none. */
final class Hosts {
    static final int NONE = -1;

    /** No host has a longer name (RFC 1035 §2.3.4). */
    private static final int LONGEST = 255;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** The number of a host; {@link #NONE} when its name says nothing of which host it is. */
    int number(@Nullable String name) {
        if (name == null) {
            return NONE;
        }
        Integer number = numbers.get(name);
        if (number == null) {
            number = isDistinct(name) ? names.size() : NONE;
            if (number != NONE) {
                names.add(name);
            }
            numbers.put(name, number);
        }
        return number;
    }

    String name(int number) {
        return names.get(number);
    }

    /** Whether a name belongs to one host only: it has a domain, and is no address that every network uses; bounded. */
    static boolean isDistinct(String name) {
        if (name.length() > LONGEST) {
            return false;
        }
        if (name.indexOf(':') >= 0) {
            return !name.startsWith("fe80:") && !name.startsWith("fc") && !name.startsWith("fd") && !name.equals("::1");
        }
        int dot = name.indexOf('.');
        if (dot < 0 || name.startsWith("localhost.") || name.endsWith(".localdomain")) {
            return false;
        }
        if (name.charAt(0) < '0' || name.charAt(0) > '9') {
            return true;
        }
        return !name.startsWith("10.")
                && !name.startsWith("127.")
                && !name.startsWith("192.168.")
                && !name.startsWith("169.254.")
                && !isPrivate172(name);
    }

    /** 172.16.0.0/12 (RFC 1918 §3). */
    private static boolean isPrivate172(String name) {
        if (!name.startsWith("172.") || name.length() < 7 || name.charAt(6) != '.') {
            return false;
        }
        int second = (name.charAt(4) - '0') * 10 + name.charAt(5) - '0';
        return second >= 16 && second <= 31;
    }
}
