package org.listlens.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.mail.Authentication;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.Route;
import org.listlens.mail.SignatureCheck;
import org.listlens.trace.TraceParser;

/** Fields that are made to cost much. What is quadratic anywhere does not end within the patience of a build. */
class HostileFieldsTest {
    private static final List<String> NAMES = List.of(
            "Authentication-Results",
            "ARC-Authentication-Results",
            "ARC-Seal",
            "ARC-Message-Signature",
            "DKIM-Signature",
            "Received-SPF");

    private static Authentication parse(List<HeaderField> fields, Defects defects) {
        List<Hop> hops = TraceParser.parse(fields, Limits.DEFAULT, new Defects(10));
        return AuthenticationParser.parse(fields, hops, Route.NONE, defects);
    }

    static Stream<String> fillings() {
        return Stream.of(
                        "(",
                        ")",
                        "()",
                        "(a",
                        "a)",
                        "(a (b) ",
                        "\\(",
                        "\"",
                        "\"a",
                        "\"\\",
                        "<",
                        "<>",
                        "\\",
                        ";",
                        "; ",
                        "=",
                        "= ",
                        "a=",
                        "a=b;",
                        "a=b ",
                        "a.b=",
                        "a.b= ",
                        "a.b=c.d=",
                        ". ",
                        " . ",
                        "a . ",
                        "/",
                        "a/",
                        ",",
                        "none;",
                        "dkim=pass;",
                        "; dkim=pass header.d=x",
                        "dkim=pass (",
                        "reason=",
                        "i=1;",
                        "h=",
                        ":",
                        "a:",
                        "h=a:b:",
                        "bh=;",
                        "1 ",
                        "192.0.2.1 ",
                        "::1 ",
                        "pass ",
                        "pass (192.0.2.1)",
                        "\r\n ",
                        "\t",
                        "\u0000",
                        "é",
                        "\ud83d",
                        "x")
                .map(filling -> filling.repeat(200_000 / filling.length()));
    }

    @ParameterizedTest
    @MethodSource("fillings")
    void longFieldsAreRead(String filling) {
        List<HeaderField> fields = new ArrayList<>();
        for (String name : NAMES) {
            for (String start : List.of("", "i=1; mx.example.net; dkim=pass ", "pass (", "d=\"")) {
                fields.add(new HeaderField(name, start + filling, fields.size()));
            }
        }

        Authentication authentication = parse(fields, new Defects(1_000));

        assertThat(authentication.results()).hasSize(8);
        assertThat(authentication.signatures()).hasSize(4);
        assertThat(authentication.results()).allSatisfy(results -> {
            assertThat(results.results()).hasSizeLessThanOrEqualTo(50);
            assertThat(results.results()).allSatisfy(result -> {
                assertThat(result.properties()).hasSizeLessThanOrEqualTo(30);
                assertThat(result.comment() == null ? "" : result.comment()).hasSizeLessThanOrEqualTo(1_000);
            });
        });
    }

    @Test
    void nestedCommentsHideNothingBehindThem() {
        String nested = "(".repeat(100_000) + ")".repeat(100_000);

        ResultsParser.Payload payload = ResultsParser.parse(
                "mx.example.net " + nested + "; dkim=pass " + nested + " header.d=example.com", false);

        assertThat(payload.malformed()).isFalse();
        assertThat(payload.results())
                .singleElement()
                .satisfies(result -> assertThat(result.property("header.d")).isEqualTo("example.com"));
    }

    @Test
    void openParenthesesDoNotHideTheResults() {
        ResultsParser.Payload payload =
                ResultsParser.parse("mx.example.net; " + "(".repeat(100_000) + "; dkim=pass", false);

        assertThat(payload.malformed()).isTrue();
        assertThat(payload.results()).hasSize(1);
    }

    /** The newest are read, and the mail is none the worse for the rest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authentication-Results",
                "ARC-Authentication-Results",
                "ARC-Seal",
                "ARC-Message-Signature",
                "DKIM-Signature",
                "Received-SPF"
            })
    void fiftyFieldsOfAKindAreRead(String name) {
        List<HeaderField> fields = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            String value =
                    "pass (x); i=1; v=1; a=rsa-sha256; d=" + i + ".example; s=k; h=from; bh=A; b=B; cv=none; dkim=pass";
            fields.add(new HeaderField(name, value, i));
        }
        Defects defects = new Defects(1_000);

        Authentication authentication = parse(fields, defects);

        assertThat(defects.toList()).contains(new Defect(DefectCode.TOO_MANY_AUTHENTICATION_FIELDS, 50));
        assertThat(defects.toList()).filteredOn(defect -> defect.offset() > 50).isEmpty();
        assertThat(authentication.results().size()
                        + authentication.receivedSpf().size()
                        + authentication.signatures().size()
                        + authentication.arcSets().size() * 50)
                .isEqualTo(50);
        if (name.equals("DKIM-Signature")) {
            assertThat(authentication.signatures().getFirst().domain()).isEqualTo("49.example");
            assertThat(authentication.signatures().getLast().domain()).isEqualTo("0.example");
        }
    }

    /** Every signature meets every result of every field. */
    @Test
    void manySignaturesAndResultsAreFollowed() {
        String result = "; dkim=pass header.d=example.com header.s=k header.b=AAAA" + "/".repeat(1_000);
        List<HeaderField> fields = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            fields.add(new HeaderField("Authentication-Results", "mx" + i + ".example.net" + result.repeat(50), i));
        }
        for (int i = 0; i < 50; i++) {
            fields.add(new HeaderField(
                    "DKIM-Signature",
                    "v=1; a=rsa-sha256; d=example.com; s=k; h=from; bh=A; b=AAAA" + "/".repeat(2_000),
                    50 + i));
        }

        Authentication authentication = parse(fields, new Defects(10));

        assertThat(authentication.signatures()).hasSize(50).allSatisfy(signature -> {
            assertThat(signature.checks()).hasSize(50);
            assertThat(signature.whole()).isTrue();
        });
    }

    /** Positions go on counting where hops are left out. */
    @Test
    void aTraceLongerThanItsLimitKeepsItsPlaces() {
        List<HeaderField> fields = new ArrayList<>();
        fields.add(new HeaderField("Authentication-Results", "mx.example.net; dkim=fail header.d=example.com", 0));
        for (int i = 0; i < 3_000; i++) {
            fields.add(new HeaderField(
                    "Received",
                    "from a by mx" + (i == 0 ? "" : i) + ".example.net; Fri, 1 Mar 2024 12:00:02 +0000",
                    i + 1));
        }
        fields.add(
                new HeaderField("DKIM-Signature", "v=1; a=rsa-sha256; d=example.com; s=k; h=from; bh=A; b=B", 3_001));

        DkimSignature signature = parse(fields, new Defects(10)).signatures().getFirst();

        assertThat(signature.checks()).singleElement().satisfies(check -> {
            assertThat(check.hop()).isEqualTo(3_000);
            assertThat(check.outcome()).isEqualTo(SignatureCheck.Outcome.BROKEN);
        });
        assertThat(signature.hop()).isNull();
    }

    /** Any mixture of what means something somewhere. */
    @Test
    void neverThrows() {
        String[] pieces = {
            "i=1",
            "i=2;",
            "mx.example.net",
            ";",
            "; ",
            " ",
            "dkim=pass",
            "dkim=fail",
            "arc=fail",
            "spf=",
            "pass",
            "none",
            "header.d=example.com",
            "header.i=@",
            "header.b=AAAA",
            "d=example.com",
            "s=k",
            "b=AAAABBBB",
            "bh=",
            "h=from:",
            "c=/",
            "a=rsa-",
            "l=",
            "t=99999999999",
            "cv=pass",
            "client-ip=::1",
            "envelope-from=<>",
            "(",
            ")",
            "\"",
            "\\",
            "<",
            ">",
            "=",
            ".",
            "/",
            "body hash",
            "p=reject"
        };
        Random random = new Random(8601);
        for (int round = 0; round < 20_000; round++) {
            List<HeaderField> fields = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                StringBuilder value = new StringBuilder();
                for (int j = random.nextInt(12); j >= 0; j--) {
                    value.append(pieces[random.nextInt(pieces.length)]);
                }
                String name = random.nextInt(3) == 0 ? "Received" : NAMES.get(random.nextInt(NAMES.size()));
                fields.add(new HeaderField(name, value.toString(), i));
            }
            assertThat(parse(fields, new Defects(100))).isNotNull();
        }
    }
}
