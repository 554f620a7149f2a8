package org.listlens.generate;

import java.util.Locale;

/**
 * A host that carries mail.
 *
 * @param name its name, in lower case
 * @param ip its address; from a documentation range
 * @param zone the zone of its stamps
 * @param clock what is wrong with its clock
 */
record Host(String name, String ip, Zone zone, Clock clock) {
    Host(String name, String ip, Zone zone) {
        this(name, ip, zone, Clock.EXACT);
    }

    /** The name as Exchange writes it, the machine's own part in upper case. */
    String cased() {
        int dot = name.indexOf('.');
        return name.substring(0, dot).toUpperCase(Locale.ROOT) + name.substring(dot);
    }

    /** The host as another one sees it that it connects to. */
    Peer peer() {
        return new Peer(name, name, ip);
    }
}
