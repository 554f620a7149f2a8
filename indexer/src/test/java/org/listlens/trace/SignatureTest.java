package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_625_584_449);

    private static @Nullable Signature parse(String value) {
        return Signature.parse(Signature.Kind.DKIM, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    i=1; a=rsa-sha256; t=1625584449; cv=none; d=example.com; s=arc-20160816; b=HUGA+oi/== | example.com
                    v=1; a=rsa-sha256; c=relaxed/relaxed; d=Example.COM; s=s1;\tt=1625584449; x=1626189249; bh=d=;b=t=1 | example.com
                    d=example.com;t=1625584449 | example.com
                    d = example.com ; t = 1625584449 ; | example.com
                    t=1625584449 |
                    t=1625584449; d= |
                    ;;t=1625584449;;d=example.com | example.com
                    junk; t=1625584449; more junk; =; d=example.com | example.com
                    t=soon; t=1625584449; d=example.com; d=example.org | example.com
                    bt=1; td=2; t=1625584449; dd=no; d=example.com | example.com
                    """)
    void readsTimeAndDomain(String value, @Nullable String domain) {
        assertThat(parse(value)).isEqualTo(new Signature(Signature.Kind.DKIM, domain, TIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "=",
                "t",
                "t=",
                "t=;",
                "v=1; d=example.com; s=s1",
                "t=0",
                "t=-1625584449",
                "t=99999999999",
                "t=99999999999999999999999",
                "t=16255 84449",
                "T=1625584449",
                "x=1625584449"
            })
    void withoutATimeItTellsNothing(String value) {
        assertThat(parse(value)).isNull();
    }

    @Test
    void anEndlessDomainIsNone() {
        assertThat(parse("t=1625584449; d=" + "a.".repeat(500_000)))
                .isEqualTo(new Signature(Signature.Kind.DKIM, null, TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "t", "t;", "=;", " ", "d= ;", "t=1;"})
    void aFieldOfOneMegabyteIsRead(String filling) {
        assertThat(parse(filling.repeat(1_000_000 / filling.length()))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.com, example.com, 2",
        "example.com, example.com, 2",
        "example.com, mail.example.com, 2",
        "smtp.lists.example.com, lists.example.com, 3",
        "smtp.example.com, lists.example.com, 2",
        "badexample.com, example.com, 0",
        "example.com, badexample.com, 0",
        "example.com, com, 0",
        "com, com, 0",
        "mail, mail, 0",
        "a.example.co.uk, b.example.co.uk, 3",
        "a.example.co.uk, b.example.org.uk, 0",
        "example.co.uk, other.co.uk, 0",
        "a.web.example, b.web.example, 2",
        "mail.gmx.example, gmx.example, 2",
        "co.uk, mail.co.uk, 2",
        ".example.com, example.com, 2",
        "., ., 0",
        "'', example.com, 0",
        "'', '', 0",
    })
    void namesThatShareAnOrganisation(String a, String b, int labels) {
        assertThat(Organisation.sharedLabels(a, b)).isEqualTo(labels);
        assertThat(Organisation.sharedLabels(b, a)).isEqualTo(labels);
    }
}
