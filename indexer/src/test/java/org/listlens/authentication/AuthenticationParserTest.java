package org.listlens.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.mail.ArcSet;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.AuthenticationResults.Result;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.Limits;
import org.listlens.mail.Route;
import org.listlens.mail.SignatureBreak;
import org.listlens.mail.SignatureBreak.Altered;
import org.listlens.mail.SignatureCheck;
import org.listlens.mail.SignatureCheck.Evidence;
import org.listlens.mail.SignatureCheck.Outcome;
import org.listlens.trace.TraceParser;

/** Whole headers, newest field first; each also with CRLF. */
class AuthenticationParserTest {
    /** Hop 1 is the author's provider, hop 2 the list's host, hop 3 the archive's. */
    private static final String ARCHIVE = """
            Received: from lists.example.org (lists.example.org [192.0.2.20])
             by mx.example.net (Postfix) with ESMTPS id 4ThirdHop1; Fri, 1 Mar 2024 12:00:03 +0000
            """;

    private static final String LIST = """
            Received: from mail.example.com (mail.example.com [192.0.2.10])
             by lists.example.org (Postfix) with ESMTPS id 4SecondHop; Fri, 1 Mar 2024 12:00:02 +0000
            """;

    private static final String PROVIDER = """
            Received: by mail.example.com (Postfix) with ESMTPSA id 4FirstHop1; Fri, 1 Mar 2024 12:00:01 +0000
            """;

    private static final String SIGNATURE = """
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=k1;
             t=1709294401; h=from:to:subject:date; bh=AuthorsBody=;
             b=Au1thor/Signature1 234==
            """;

    private static final String FROM = """
            From: Ada <ada@example.com>
            Subject: Hello
            """;

    /** The set that the list's host adds; {@code %s} is what it found, then the hash of the body that it sends on. */
    private static final String SET_1 = """
            ARC-Seal: i=1; a=rsa-sha256; t=1709294402; cv=none; d=lists.example.org; s=arc; b=Se==
            ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=lists.example.org; s=arc;
             t=1709294403; h=from:to:subject; bh=%2$s; b=Ms==
            ARC-Authentication-Results: i=1; lists.example.org; %1$s
            """;

    private static final String PASSES = "dkim=pass header.d=example.com header.s=k1 header.b=Au1thor/";
    private static final String FAILS = "dkim=fail header.d=example.com header.s=k1 header.b=Au1thor/";
    private static final Route ROUTE = new Route("lists.example.org", null);

    private Defects defects = new Defects(100);
    private Route route = ROUTE;

    private Authentication parse(String... parts) {
        defects = new Defects(100);
        String header = String.join("", parts) + "\n";
        Authentication authentication = parse(header, defects);
        Defects sameDefects = new Defects(100);
        assertThat(parse(header.replace("\n", "\r\n"), sameDefects)).isEqualTo(authentication);
        assertThat(sameDefects.toList()).extracting(Defect::code).containsExactlyElementsOf(codes());
        return authentication;
    }

    private Authentication parse(String header, Defects defects) {
        byte[] octets = header.getBytes(StandardCharsets.UTF_8);
        HeaderBlock block = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);
        return AuthenticationParser.parse(
                block.fields(), TraceParser.parse(block.fields(), Limits.DEFAULT, new Defects(100)), route, defects);
    }

    private List<DefectCode> codes() {
        return defects.toList().stream().map(Defect::code).toList();
    }

    private static SignatureCheck check(
            Evidence evidence, String host, Integer hop, @Nullable Integer instance, Outcome outcome, String result) {
        return new SignatureCheck(evidence, host, hop, instance, outcome, result, null);
    }

    private static final SignatureCheck WHOLE_AT_LIST =
            check(Evidence.RESULTS, "lists.example.org", 2, 1, Outcome.WHOLE, "pass");

    private static final SignatureCheck BROKEN_AT_ARCHIVE = new SignatureCheck(
            Evidence.RESULTS, "mx.example.net", 3, null, Outcome.BROKEN, "fail", "body hash did not verify");

    @Test
    void aSignatureThatPassesEverywhere() {
        Authentication authentication =
                parse(ARCHIVE, """
                Received-SPF: pass (mx.example.net: domain of list@lists.example.org designates 192.0.2.20 as
                 permitted sender) client-ip=192.0.2.20; envelope-from="list@lists.example.org";
                 helo=lists.example.org;
                Authentication-Results: mx.example.net;
                 dkim=pass header.i=@example.com header.s=k1
                 header.b=Au1thor/;
                 spf=pass (mx.example.net: domain of list@lists.example.org designates 192.0.2.20 as permitted
                 sender) smtp.mailfrom=list@lists.example.org;
                 dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=example.com
                """, SET_1.formatted(PASSES, "AuthorsBody="), LIST, SIGNATURE, PROVIDER, FROM);

        assertThat(defects.toList()).isEmpty();
        assertThat(authentication.results())
                .extracting(AuthenticationResults::field)
                .containsExactly(
                        AuthenticationResults.Field.ARC_AUTHENTICATION_RESULTS,
                        AuthenticationResults.Field.AUTHENTICATION_RESULTS);
        assertThat(authentication.results())
                .extracting(AuthenticationResults::instance)
                .containsExactly(1, null);
        assertThat(authentication.results())
                .extracting(AuthenticationResults::hop)
                .containsExactly(2, 3);
        assertThat(authentication.receivedSpf()).singleElement().satisfies(spf -> {
            assertThat(spf.result()).isEqualTo("pass");
            assertThat(spf.hop()).isEqualTo(2);
        });
        DkimSignature signature = authentication.signatures().get(0);
        assertThat(signature.hop()).isEqualTo(1);
        assertThat(signature.value()).isEqualTo("Au1thor/Signature1234==");
        assertThat(signature.checks())
                .containsExactly(
                        WHOLE_AT_LIST, check(Evidence.RESULTS, "mx.example.net", 3, null, Outcome.WHOLE, "pass"));
        assertThat(signature.whole()).isTrue();
        assertThat(signature.broken()).isNull();
        assertThat(authentication.arcBreak()).isNull();
        assertThat(authentication.arcSets())
                .containsExactly(new ArcSet(
                        1,
                        Set.of(),
                        "lists.example.org",
                        2,
                        "lists.example.org",
                        "arc",
                        "rsa-sha256",
                        "none",
                        Instant.ofEpochSecond(1709294402),
                        Instant.ofEpochSecond(1709294403),
                        "relaxed/relaxed",
                        List.of("from", "to", "subject"),
                        "AuthorsBody="));
        Authentication.Verdict verdict = Objects.requireNonNull(authentication.verdict());
        assertThat(verdict.authservId()).isEqualTo("mx.example.net");
        assertThat(verdict.hop()).isEqualTo(3);
        assertThat(verdict.results()).extracting(Result::method).containsExactly("dkim", "spf", "dmarc");
        assertThat(verdict.clientIp()).isEqualTo("192.0.2.20");
        assertThat(verdict.mailFrom()).isEqualTo("list@lists.example.org");
        assertThat(verdict.helo()).isEqualTo("lists.example.org");
        assertThat(verdict.dmarcPolicy()).isEqualTo("none");
    }

    @Test
    void aSignatureThatTheListsFooterBroke() {
        Authentication authentication = parse(
                ARCHIVE,
                "Authentication-Results: mx.example.net;\n " + FAILS + " (body hash did not verify)\n",
                SET_1.formatted(PASSES, ""),
                LIST,
                SIGNATURE,
                PROVIDER,
                FROM);

        assertThat(authentication.signatures().get(0).broken())
                .isEqualTo(new SignatureBreak(WHOLE_AT_LIST, BROKEN_AT_ARCHIVE, "lists.example.org", Altered.BODY));
        assertThat(authentication.signatures().get(0).whole()).isFalse();
    }

    /** The list is the only one that had the mail, whoever runs it. */
    @Test
    void theOnlyHostBetweenIsTheOneThatBrokeIt() {
        route = Route.NONE;
        Authentication authentication = parse(
                ARCHIVE,
                "Authentication-Results: mx.example.net; " + FAILS + "\n",
                SET_1.formatted(PASSES, ""),
                LIST,
                SIGNATURE,
                PROVIDER,
                FROM);

        SignatureBreak broken =
                Objects.requireNonNull(authentication.signatures().get(0).broken());
        assertThat(broken.by()).isEqualTo("lists.example.org");
        assertThat(broken.altered()).isNull();
    }

    @Test
    void aHostThatThePathHidesIsAsSuspectAsTheOneItShows() {
        route = Route.NONE;
        Authentication authentication = parse(
                ARCHIVE.replace("from lists.example.org (lists.example.org", "from out.example.org (out.example.org"),
                "Authentication-Results: mx.example.net; " + FAILS + "\n",
                SET_1.formatted(PASSES, ""),
                LIST,
                SIGNATURE,
                PROVIDER,
                FROM);

        assertThat(authentication.signatures().get(0).broken())
                .isNotNull()
                .extracting(SignatureBreak::by)
                .isNull();
    }

    /** What the list received passed, and what it sealed had another body: nobody else can have been it. */
    @Test
    void theBodyThatWasSealedTellsWhoChangedIt() {
        route = Route.NONE;
        Authentication authentication =
                parse(ARCHIVE, SET_1.formatted(PASSES, "AnotherBody="), LIST, SIGNATURE, PROVIDER, FROM);

        assertThat(authentication.signatures().get(0).broken())
                .isEqualTo(new SignatureBreak(
                        WHOLE_AT_LIST,
                        new SignatureCheck(Evidence.BODY_HASH, "lists.example.org", 2, 1, Outcome.BROKEN, null, null),
                        "lists.example.org",
                        Altered.BODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c=relaxed/simple; a=rsa-sha256",
                "c=relaxed; a=rsa-sha256",
                "c=relaxed/relaxed; a=rsa-sha1",
                "c=relaxed/relaxed; a=rsa-sha256; l=100"
            })
    void bodiesThatWereHashedInAnotherWayTellNothing(String tags) {
        Authentication authentication = parse(
                SET_1.formatted(PASSES, "AnotherBody="),
                LIST,
                SIGNATURE.replace("a=rsa-sha256; c=relaxed/relaxed", tags),
                PROVIDER,
                FROM);

        assertThat(authentication.signatures().get(0).checks()).containsExactly(WHOLE_AT_LIST);
    }

    /** The same host checks the mail as it comes in and, after it has added its fields, once more. */
    @Test
    void theFieldsThatAListAddsBreakASignatureOfTheirAbsence() {
        route = Route.NONE;
        Authentication authentication = parse(
                ARCHIVE,
                """
                Received: from localhost.localdomain (localhost.localdomain [127.0.0.1])
                 by lists.example.org (Postfix) with ESMTP id 4Again; Fri, 1 Mar 2024 12:00:02 +0000
                Authentication-Results: lists.example.org;
                 dkim=fail reason="signature verification failed" header.d=example.com header.b="Au1thor/"
                """,
                LIST,
                SET_1.formatted(PASSES, "AuthorsBody="),
                SIGNATURE.replace("subject", "subject:list-id"),
                PROVIDER,
                FROM,
                "List-Id: <list.example.org>\n");

        DkimSignature signature = authentication.signatures().get(0);
        SignatureBreak broken = Objects.requireNonNull(signature.broken());
        assertThat(broken.after()).isEqualTo(WHOLE_AT_LIST);
        assertThat(broken.at().host()).isEqualTo("lists.example.org");
        assertThat(broken.at().hop()).isEqualTo(3);
        assertThat(broken.at().reason()).isEqualTo("signature verification failed");
        assertThat(broken.by()).isEqualTo("lists.example.org");
        assertThat(signature.signedListFields()).containsExactly("to", "subject", "list-id");
    }

    @Test
    void aBodyThatIsTheSameLaterOnLeavesTheHeader() {
        Authentication authentication =
                parse(ARCHIVE, SET_1.formatted(FAILS, "AuthorsBody="), LIST, SIGNATURE, PROVIDER, FROM);

        SignatureBreak broken =
                Objects.requireNonNull(authentication.signatures().get(0).broken());
        assertThat(broken.altered()).isEqualTo(Altered.HEADER);
        assertThat(broken.after()).isNull();
        assertThat(broken.at().instance()).isEqualTo(1);
    }

    /** The list sealed the body as it got it; what happened to it later is another matter. */
    @Test
    void aBodyThatWasTheSameBeforeTellsNothing() {
        Authentication authentication = parse(
                ARCHIVE,
                "Authentication-Results: mx.example.net; " + FAILS + "\n",
                SET_1.formatted(PASSES, "AuthorsBody="),
                LIST,
                SIGNATURE,
                PROVIDER,
                FROM);

        SignatureBreak broken =
                Objects.requireNonNull(authentication.signatures().get(0).broken());
        assertThat(broken.at().host()).isEqualTo("mx.example.net");
        assertThat(broken.altered()).isNull();
    }

    @Test
    void aHostThatContradictsItselfAtOnePlaceChangedTheMail() {
        Authentication authentication = parse(
                ARCHIVE,
                "Authentication-Results: mx.example.net; " + FAILS + "\n",
                "Authentication-Results: mx.example.net; " + PASSES + "\n",
                LIST,
                SIGNATURE,
                PROVIDER,
                FROM);

        SignatureBreak broken =
                Objects.requireNonNull(authentication.signatures().get(0).broken());
        assertThat(broken.by()).isEqualTo("mx.example.net");
    }

    @Test
    void aLastResultAloneTellsWhereAtTheLatest() {
        String[] header = {
            ARCHIVE, "Authentication-Results: mx.example.net; " + FAILS + "\n", LIST, SIGNATURE, PROVIDER, FROM
        };
        SignatureCheck at = check(Evidence.RESULTS, "mx.example.net", 3, null, Outcome.BROKEN, "fail");

        assertThat(parse(header).signatures().get(0).broken())
                .as("the list had it")
                .isEqualTo(new SignatureBreak(null, at, "lists.example.org", null));
        route = Route.NONE;
        assertThat(parse(header).signatures().get(0).broken())
                .as("nothing is known of a list")
                .isEqualTo(new SignatureBreak(null, at, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dkim=fail reason=\"key not found in DNS\" (0-bit key) header.d=example.com",
                "dkim=fail (no key for signature) header.d=example.com",
                "dkim=fail (signature expired) header.d=example.com",
                "dkim=temperror (DNS timeout) header.d=example.com",
                "dkim=permerror (0-bit key) header.d=example.com",
                "dkim=neutral (bad format) header.d=example.com"
            })
    void aFailureThatIsNotTheMailsBreaksNothing(String result) {
        Authentication authentication =
                parse(ARCHIVE, "Authentication-Results: mx.example.net; " + result + "\n", SIGNATURE, PROVIDER, FROM);

        DkimSignature signature = authentication.signatures().get(0);
        assertThat(signature.checks())
                .singleElement()
                .extracting(SignatureCheck::outcome)
                .isEqualTo(Outcome.UNDECIDED);
        assertThat(signature.whole()).isNull();
        assertThat(signature.broken()).isNull();
    }

    @Test
    void aPassAfterAFailureStands() {
        Authentication authentication = parse(
                ARCHIVE,
                "Authentication-Results: mx.example.net; " + PASSES + "\n",
                SET_1.formatted(FAILS, ""),
                LIST,
                SIGNATURE,
                PROVIDER,
                FROM);

        assertThat(authentication.signatures().get(0).checks()).hasSize(2);
        assertThat(authentication.signatures().get(0).whole()).isTrue();
        assertThat(authentication.signatures().get(0).broken()).isNull();
    }

    @Test
    void oneOfSeveralSignaturesSurvives() {
        Authentication authentication = parse(ARCHIVE, """
                Authentication-Results: mx.example.net;
                 dkim=fail (signature did not verify) header.d=example.com header.s=k1 header.b="Au1tho r/";
                 dkim=pass header.d=example.com header.s=k1 header.b=Se2cond/;
                 dkim=pass header.d=lists.example.org;
                 dkim=temperror header.d=example.info
                """, """
                DKIM-Signature: v=1; a=rsa-sha256; d=lists.example.org; s=list; h=from; bh=A; b=Li3st
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=k1; h=from; bh=A; b=Se2cond/Signature
                """, LIST, SIGNATURE, PROVIDER, FROM);

        assertThat(authentication.signatures())
                .extracting(DkimSignature::value)
                .containsExactly("Au1thor/Signature1234==", "Se2cond/Signature", "Li3st");
        assertThat(authentication.signatures()).extracting(DkimSignature::whole).containsExactly(false, true, true);
        assertThat(authentication.signatures()).extracting(DkimSignature::hop).containsExactly(1, 2, 2);
        assertThat(Objects.requireNonNull(authentication.verdict()).results())
                .extracting(Result::result)
                .containsExactly("fail", "pass", "pass", "temperror");
    }

    /** Two results of one domain that do not tell which signature they mean. */
    @Test
    void resultsThatContradictEachOtherTellNothing() {
        Authentication authentication = parse(
                ARCHIVE,
                "Authentication-Results: mx.example.net; dkim=pass header.d=example.com; dkim=fail header.d=example.com\n",
                SIGNATURE,
                SIGNATURE.replace("Au1thor", "Se2cond").replace("k1", "k2"),
                PROVIDER,
                FROM);

        assertThat(authentication.signatures()).extracting(DkimSignature::whole).containsExactly(null, null);
    }

    @Test
    void resultsAreOfTheSignatureThatTheyName() {
        Authentication authentication = parse(ARCHIVE, """
                Authentication-Results: mx.example.net; dkim=pass header.i=@mail.example.com header.s=k2;
                 dkim=fail header.d=example.com header.s=k1; dkim=pass header.i=ada@badexample.com
                """, SIGNATURE, SIGNATURE.replace("k1", "k2"), PROVIDER, FROM);

        assertThat(authentication.signatures()).extracting(DkimSignature::whole).containsExactly(true, false);
    }

    @Test
    void aResultWithoutANameIsOfTheOnlySignature() {
        String result = "Authentication-Results: mx.example.net; dkim=fail\n";

        assertThat(parse(ARCHIVE, result, SIGNATURE, FROM).signatures().get(0).whole())
                .isFalse();
        assertThat(parse(ARCHIVE, result, SIGNATURE, SIGNATURE, FROM)
                        .signatures()
                        .get(0)
                        .whole())
                .isNull();
        assertThat(parse(ARCHIVE, result.replace("fail", "none"), SIGNATURE, FROM)
                        .signatures()
                        .get(0)
                        .checks())
                .isEmpty();
    }

    /** Whoever signs afterwards is not what was checked before, unless the result has the very signature. */
    @Test
    void aResultIsOfOlderSignatures() {
        Authentication authentication = parse(
                SIGNATURE, ARCHIVE, "Authentication-Results: mx.example.net; dkim=fail header.d=example.com\n", FROM);

        assertThat(authentication.signatures().get(0).checks()).isEmpty();
    }

    @Test
    void exchangesForm() {
        Authentication authentication = parse("""
                Authentication-Results: spf=pass (sender IP is 192.0.2.60)
                 smtp.mailfrom=example.com; dkim=pass (signature was verified)
                 header.d=example.com;dmarc=pass action=none
                 header.from=example.com;compauth=pass reason=100
                Received-SPF: Pass (protection.outlook.com: domain of example.com
                 designates 192.0.2.60 as permitted sender)
                 receiver=protection.outlook.com; client-ip=192.0.2.60;
                 helo=mail.example.com; pr=C
                Received: from mail.example.com (192.0.2.60) by
                 DB5FT1.mail.protection.example.net (10.0.0.1) with Microsoft SMTP Server
                 id 15.20.4108.25 via Frontend Transport; Fri, 1 Mar 2024 12:00:02 +0000
                """, SIGNATURE, PROVIDER, FROM);

        assertThat(defects.toList()).isEmpty();
        Authentication.Verdict verdict = Objects.requireNonNull(authentication.verdict());
        assertThat(verdict.authservId()).isNull();
        assertThat(verdict.hop()).isEqualTo(2);
        assertThat(verdict.results())
                .extracting(result -> result.method() + "=" + result.result())
                .containsExactly("spf=pass", "dkim=pass", "dmarc=pass", "compauth=pass");
        assertThat(verdict.clientIp()).isEqualTo("192.0.2.60");
        assertThat(verdict.helo()).isEqualTo("mail.example.com");
        assertThat(verdict.dmarcPolicy()).isNull();
        assertThat(authentication.signatures().get(0).checks())
                .containsExactly(new SignatureCheck(
                        Evidence.RESULTS,
                        "db5ft1.mail.protection.example.net",
                        2,
                        null,
                        Outcome.WHOLE,
                        "pass",
                        "signature was verified"));
    }

    @Test
    void aVerdictSpreadOverTheFieldsOfOneHost() {
        Authentication authentication =
                parse(ARCHIVE, """
                Received: from localhost (localhost [127.0.0.1])
                 by mx.example.net (Postfix) with ESMTP id 4Again; Fri, 1 Mar 2024 12:00:02 +0000
                Authentication-Results: mx.example.net; dkim=pass header.d=example.com
                """, LIST.replace("lists.example.org", "mx.example.net"), """
                Authentication-Results: mx.example.net; arc=none smtp.client-ip=192.0.2.10
                Authentication-Results: mx.example.net; dmarc=fail (p=reject dis=none) header.from=example.com
                Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.com; dkim=fail
                Authentication-Results: relay.example.com; iprev=pass
                """, PROVIDER, FROM);

        Authentication.Verdict verdict = Objects.requireNonNull(authentication.verdict());
        assertThat(verdict.results())
                .extracting(result -> result.method() + "=" + result.result())
                .containsExactly("dkim=pass", "arc=none", "dmarc=fail", "spf=pass");
        assertThat(verdict.clientIp()).isEqualTo("192.0.2.10");
        assertThat(verdict.dmarcPolicy()).isEqualTo("reject");
    }

    @Test
    void aVerdictSpreadOverTheHostsOfOneSite() {
        Authentication authentication = parse(ARCHIVE, """
                Authentication-Results: dmarc.example.net; dmarc=pass policy.published-domain-policy=quarantine
                Authentication-Results: dkim-verifier.example.net; dkim=pass header.d=example.com
                Authentication-Results: spf.example.net; spf=pass smtp.mailfrom=<>
                Authentication-Results: mx.example.com; arc=pass
                Authentication-Results: arc.example.net; arc=fail
                """, PROVIDER, FROM);

        Authentication.Verdict verdict = Objects.requireNonNull(authentication.verdict());
        assertThat(verdict.authservId()).isEqualTo("dmarc.example.net");
        assertThat(verdict.results()).extracting(Result::method).containsExactly("dmarc", "dkim", "spf");
        assertThat(verdict.mailFrom()).isEmpty();
        assertThat(verdict.dmarcPolicy()).isEqualTo("quarantine");
    }

    @Test
    void aVerdictOfSpfAlone() {
        Authentication authentication = parse(
                ARCHIVE,
                "Received-SPF: softfail (lists) client-ip=192.0.2.20; receiver=MX.example.net; envelope-from=a@b.example\n",
                LIST,
                "Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=example.com\n",
                PROVIDER,
                FROM);

        Authentication.Verdict verdict = Objects.requireNonNull(authentication.verdict());
        assertThat(verdict.authservId()).isEqualTo("mx.example.net");
        assertThat(verdict.hop()).isEqualTo(3);
        assertThat(verdict.results()).containsExactly(new Result("spf", "softfail", null, "lists", Map.of()));
        assertThat(verdict.clientIp()).isEqualTo("192.0.2.20");
        assertThat(verdict.mailFrom()).isEqualTo("a@b.example");
    }

    @Test
    void aChainThatFails() {
        Authentication authentication = parse(ARCHIVE, """
                Authentication-Results: mx.example.net; arc=fail
                ARC-Seal: i=2; a=rsa-sha256; t=1709294404; cv=fail; d=example.net; s=arc; b=Se==
                ARC-Message-Signature: i=2; a=rsa-sha256; d=example.net; s=arc; h=from; bh=B; b=Ms==
                ARC-Authentication-Results: i=2; mx.example.net; arc=fail
                """, SET_1.formatted("dkim=none", "A"), LIST, PROVIDER, FROM);

        assertThat(defects.toList()).isEmpty();
        assertThat(authentication.arcSets()).extracting(ArcSet::cv).containsExactly("none", "fail");
        assertThat(authentication.arcSets()).extracting(ArcSet::hop).containsExactly(2, 3);
        assertThat(authentication.arcBreak())
                .isEqualTo(new SignatureBreak(
                        check(Evidence.SEAL, "lists.example.org", 2, 1, Outcome.WHOLE, "none"),
                        check(Evidence.SEAL, "mx.example.net", 3, 2, Outcome.BROKEN, "fail"),
                        "lists.example.org",
                        null));
    }

    @Test
    void aChainThatTheLastHostFindsBroken() {
        Authentication authentication = parse(
                ARCHIVE,
                "Authentication-Results: mx.example.net; arc=reject (\"signature check failed\")\n",
                SET_1.formatted("dkim=none", "A"),
                LIST,
                PROVIDER,
                FROM);

        SignatureBreak broken = Objects.requireNonNull(authentication.arcBreak());
        assertThat(Objects.requireNonNull(broken.after()).host()).isEqualTo("lists.example.org");
        assertThat(broken.at().host()).isEqualTo("mx.example.net");
        assertThat(broken.at().evidence()).isEqualTo(Evidence.RESULTS);
    }

    /** RFC 8617 §5.2: cv=none belongs to the first set alone. */
    @Test
    void aSecondSetThatKnowsOfNoFirst() {
        Authentication authentication = parse(
                "ARC-Seal: i=2; a=rsa-sha256; cv=none; d=example.net; s=arc; b=Se==\n",
                SET_1.formatted("dkim=none", "A"),
                LIST,
                PROVIDER,
                FROM);

        SignatureBreak broken = Objects.requireNonNull(authentication.arcBreak());
        assertThat(broken.at().host()).isEqualTo("example.net");
        assertThat(broken.at().instance()).isEqualTo(2);
    }

    @Test
    void namesWhatAChainLacks() {
        Authentication authentication = parse("""
                ARC-Seal: i=4; a=rsa-sha256; cv=pass; d=example.net; s=arc; b=Se==
                ARC-Message-Signature: i=4; a=rsa-sha256; d=example.net; s=arc; h=from; bh=B; b=Ms==
                ARC-Authentication-Results: i=4; mx.example.net; arc=pass
                ARC-Authentication-Results: i=2; relay.example.net; arc=pass
                """, SET_1.formatted("dkim=none", "A"), LIST, PROVIDER, FROM);

        assertThat(authentication.arcSets()).extracting(ArcSet::instance).containsExactly(1, 2, 4);
        assertThat(authentication.arcSets()).extracting(ArcSet::complete).containsExactly(true, false, true);
        assertThat(authentication.arcSets().get(1).missing())
                .containsExactlyInAnyOrder(ArcSet.Part.MESSAGE_SIGNATURE, ArcSet.Part.SEAL);
        assertThat(codes()).containsExactly(DefectCode.INCOMPLETE_ARC_SET, DefectCode.INCOMPLETE_ARC_SET);
        assertThat(defects.toList()).extracting(Defect::offset).contains(-1);
    }

    @Test
    void namesWhatAChainHasTwice() {
        Authentication authentication = parse(
                SET_1.formatted("dkim=pass", "A").replace("s=arc", "s=newer"), SET_1.formatted("dkim=none", "A"), FROM);

        assertThat(authentication.arcSets()).extracting(ArcSet::selector).containsExactly("newer");
        assertThat(codes())
                .containsExactly(
                        DefectCode.DUPLICATE_ARC_INSTANCE,
                        DefectCode.DUPLICATE_ARC_INSTANCE,
                        DefectCode.DUPLICATE_ARC_INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARC-Seal: a=rsa-sha256; cv=none; d=example.net; s=arc; b=Se==",
                "ARC-Seal: i=0; a=rsa-sha256; cv=none; d=example.net; s=arc; b=Se==",
                "ARC-Seal: i=51; a=rsa-sha256; cv=none; d=example.net; s=arc; b=Se==",
                "ARC-Seal: nothing",
                "ARC-Message-Signature: i=x; a=rsa-sha256; d=example.net; s=arc; h=from; bh=B; b=Ms==",
                "ARC-Authentication-Results: mx.example.net; arc=pass",
                "ARC-Authentication-Results: i=99; mx.example.net; arc=pass"
            })
    void aFieldWithoutAnInstanceBelongsToNoSet(String field) {
        Authentication authentication = parse(field + "\n", FROM);

        assertThat(authentication.arcSets()).isEmpty();
        assertThat(codes()).containsExactly(DefectCode.INVALID_ARC_FIELD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARC-Seal: i=1; a=rsa-sha256; cv=maybe; d=lists.example.org; s=arc; b=Se==",
                "ARC-Seal: i=1; a=rsa-sha256; d=lists.example.org; s=arc; b=Se==",
                "ARC-Seal: i=1; a=rsa-sha256; cv=none; s=arc; b=Se==",
                "ARC-Seal: i=1; a=rsa-sha256; cv=none; t=now; d=lists.example.org; s=arc; b=Se==",
                "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example.org; s=arc; b="
            })
    void aSealThatLacksATagIsInvalid(String seal) {
        String set = SET_1.formatted("dkim=none", "A");
        Authentication authentication = parse(seal, set.substring(set.indexOf('\n')), FROM);

        assertThat(authentication.arcSets()).singleElement().satisfies(found -> {
            assertThat(found.complete()).isTrue();
            assertThat(found.authservId()).isEqualTo("lists.example.org");
        });
        assertThat(codes()).containsExactly(DefectCode.INVALID_ARC_FIELD);
    }

    @Test
    void aHeaderWithoutSuchFieldsTellsNothing() {
        assertThat(parse(ARCHIVE, LIST, PROVIDER, FROM)).isSameAs(Authentication.NONE);
    }

    @Test
    void fieldsWithoutATraceHaveNoHop() {
        Authentication authentication = parse(
                "Authentication-Results: mx.example.net; " + FAILS + "\n",
                SET_1.formatted(PASSES, "A"),
                SIGNATURE,
                FROM);

        assertThat(authentication.results())
                .extracting(AuthenticationResults::hop)
                .containsOnlyNulls();
        SignatureBreak broken =
                Objects.requireNonNull(authentication.signatures().get(0).broken());
        assertThat(Objects.requireNonNull(broken.after()).host()).isEqualTo("lists.example.org");
        assertThat(broken.by()).as("the list sealed another body").isEqualTo("lists.example.org");
    }
}
