package org.listlens.generate;

import org.jspecify.annotations.Nullable;

/**
 * The host that hands a mail over, as the receiving one sees it.
 *
 * @param helo the name it gives in EHLO
 * @param rdns its name by reverse DNS; {@code null} when there is none
 * @param ip its address
 */
record Peer(String helo, @Nullable String rdns, String ip) {
    /** The address as SMTP writes it: {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). */
    String literal() {
        return ip.indexOf(':') < 0 ? '[' + ip + ']' : "[IPv6:" + ip + ']';
    }
}
