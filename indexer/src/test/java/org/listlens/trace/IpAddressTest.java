package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.000.002.001, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "IPv6:::1, ::1",
        "ipv6:2001:db8::1, 2001:db8::1",
        "fe80::1%eth0, fe80::1",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "::ffff:c000:201, ::ffff:192.0.2.1",
        "2001:db8::192.0.2.1, 2001:db8::c000:201",
        // RFC 5952 §4: leading zeros, lower case, the longest run, the first of equals, never a single group.
        "2001:0DB8:0000:0000:0000:0000:0002:0001, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    })
    void canonical(String text, String expected) {
        assertThat(IpAddress.canonical(text, 0, text.length())).isEqualTo(expected);
        assertThat(IpAddress.canonical("1" + text + "9", 1, 1 + text.length())).isEqualTo(expected);
    }

    /** What stands behind the part of the line does not count. */
    @Test
    void readsNoFurtherThanItsEnd() {
        assertThat(IpAddress.canonical("IPv6:2001:db8::1", 0, 4)).isNull();
        assertThat(IpAddress.canonical("192.0.2.123", 0, 9)).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                ":",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2.3",
                "1.2.3.0004",
                "a.b.c.d",
                ":::",
                "1:::2",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "::1.2.3.4:5",
                "IPv6:",
                "%eth0",
                "1:2:3:4:5:6:7:8::"
            })
    void noAddress(String text) {
        assertThat(IpAddress.canonical(text, 0, text.length())).isNull();
    }
}
