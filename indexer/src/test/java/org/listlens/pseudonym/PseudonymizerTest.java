package org.listlens.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/**
 * Whole mails. In what is expected, {@code «p:jane doe»} stands for the pseudonym of a name, {@code «a:…»} of an address
 * or Message-ID, {@code «l:…»} of the part before its {@code @}, {@code «h:…»} of a host, {@code «i:…»} of an IP address
 * and {@code «w:…»} of a word.
 */
class PseudonymizerTest {
    private static final PseudonymKey KEY = new PseudonymKey("a key of enough characters");

    private static final String HEADER = """
            Return-Path: <dev-bounces+ann=example.net@lists.example.org>
            Received: from lists.example.org (lists.example.org [198.51.100.1])
             by mx.example.net (Postfix) with ESMTPS id 4Abc2 for <ann@example.net>;
             Fri,  1 Mar 2024 09:00:20 +0000 (UTC)
            Received: from mail.example.com (mail.example.com [192.0.2.7])
             by lists.example.org (Postfix) with ESMTPS id 4Abc1 (ORCPT <rfc822;ann@example.net>);
             Fri,  1 Mar 2024 09:00:10 +0000 (UTC)
            Received: from attic.zroe.example (dsl-17.isp.example [203.0.113.17])
             (Authenticated sender: zroe7)
             by mail.example.com (Postfix) with ESMTPSA id 4Abc0 for <dev@lists.example.org>;
             Fri,  1 Mar 2024 09:00:01 +0000 (UTC)
            DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=k1; i=zroland@example.com; h=from; bh=AA==; b=AA==
            Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=zroland@example.com; dmarc=pass header.from=example.com
            X-Originating-IP: 203.0.113.17
            Message-ID: <20240301090000.17@attic.zroe.example>
            In-Reply-To: <abc.1@example.net>
            References: <root@example.net> <abc.1@example.net>
            From: =?utf-8?q?Zo=C3=AB_Roland?= <ZRoland@example.com>
            Reply-To: "Roland, Zoë" <zroland@example.com>
            To: Development <dev@lists.example.org>
            Cc: ann@example.net (Ann Sander), Bob <bob@example.net>
            X-Original-From: Zoë Roland <zroland@example.com>
            Autocrypt: addr=zroland@example.com; keydata=Wm/DqyBSb2xhbmQ=
            Date: Fri, 1 Mar 2024 10:00:00 +0100
            Subject: [dev] What Zoë Roland asked
            List-Id: Development <dev.lists.example.org>
            List-Post: <mailto:dev@lists.example.org>
            List-Unsubscribe: <https://lists.example.org/options/dev/ann%40example.net>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            """;

    private static final String TEXT = """
            Hi Ann, dear Bob,

            On Thu, 29 Feb 2024, Ann Sander <ann@example.net> wrote:
            > Did Zoë
            > Roland see https://lore.example.org/r/20240301090000.17@attic.zroe.example?
            > Will she mark it, Bob? Write to carl at example.org, or to
            > Carl Sample <carl@example.org>.

            Bob wrote:
            >> ssh zroland@attic.zroe.example, or 203.0.113.17
            The bob of the pendulum, says Carl Sample, and /home/zroland/x.

            Reported-by: Dora Müller-Lüdenscheidt <dora@example.org>
            Post to dev@lists.example.org.

            Regards,
            Zoë
            --\s
            ROLAND, ZOË
            i2c@7e804000 @Override +@@ -1 dora müller-lüdenscheidt
            """;

    private static String expand(String template) {
        Pseudonyms pseudonyms = new Pseudonyms(KEY);
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = template.indexOf('«'); open >= 0; open = template.indexOf('«', at)) {
            int close = template.indexOf('»', open);
            String value = template.substring(open + 3, close);
            out.append(template, at, open)
                    .append(
                            switch (template.charAt(open + 1)) {
                                case 'p' -> pseudonyms.person(value);
                                case 'a' -> pseudonyms.address(value);
                                case 'l' -> pseudonyms.local(value);
                                case 'h' -> pseudonyms.host(value);
                                case 'i' -> pseudonyms.ip(value);
                                default -> pseudonyms.word(value);
                            });
            at = close + 1;
        }
        return out.append(template.substring(at)).toString();
    }

    private static ParsedMail parse(String mail) {
        byte[] octets = mail.getBytes(StandardCharsets.UTF_8);
        return new MailParser(Limits.DEFAULT).parse(new RawMail(new Origin("a.mbox", "0"), octets, octets.length));
    }

    private static ParsedMail pseudonymized(String mail) {
        return new Pseudonymizer(KEY).apply(parse(mail));
    }

    private static String text(ParsedMail mail) {
        return Objects.requireNonNull(mail.text()).text();
    }

    @Test
    void theTextHasPseudonyms() {
        String jane = expand("«p:zoë roland»");
        assertThat(text(pseudonymized(HEADER + TEXT)))
                .isEqualTo(expand("""
                Hi «p:ann sander», dear «p:bob»,

                On Thu, 29 Feb 2024, «p:ann sander» <«a:ann@example.net»> wrote:
                > Did Person
                > %s see https://lore.example.org/r/«a:20240301090000.17@attic.zroe.example»?
                > Will she mark it, Bob? Write to carl at example.org, or to
                > «p:carl sample» <«a:carl@example.org»>.

                «p:bob» wrote:
                >> ssh «a:zroland@attic.zroe.example», or «i:203.0.113.17»
                The bob of the pendulum, says «p:carl sample», and /home/«l:zroland@example.com»/x.

                Reported-by: «p:dora müller lüdenscheidt» <«a:dora@example.org»>
                Post to dev@lists.example.org.

                Regards,
                «p:zoë roland»
                --\s
                «p:zoë roland»
                i2c@7e804000 @Override +@@ -1 «p:dora müller lüdenscheidt»
                """).replace("%s", jane.substring(jane.indexOf(' ') + 1)));
    }

    @Test
    void theHeaderHasPseudonyms() {
        List<String> lines = pseudonymized(HEADER + TEXT).headers().stream()
                .map(field -> field.name() + ": " + field.value())
                .toList();
        assertThat(lines).containsExactlyElementsOf(expand("""
                Return-Path: <«a:dev-bounces+ann=example.net@lists.example.org»>
                Received: from lists.example.org (lists.example.org [198.51.100.1]) by mx.example.net (Postfix) with ESMTPS id 4Abc2 for <«a:ann@example.net»>; Fri,  1 Mar 2024 09:00:20 +0000 (UTC)
                Received: from mail.example.com (mail.example.com [192.0.2.7]) by lists.example.org (Postfix) with ESMTPS id 4Abc1 (ORCPT <rfc822;«a:ann@example.net»>); Fri,  1 Mar 2024 09:00:10 +0000 (UTC)
                Received: from «h:attic.zroe.example» («h:dsl-17.isp.example» [«i:203.0.113.17»]) (Authenticated sender: «w:zroe7») by mail.example.com (Postfix) with ESMTPSA id 4Abc0 for <dev@lists.example.org>; Fri,  1 Mar 2024 09:00:01 +0000 (UTC)
                DKIM-Signature: v=1; a=rsa-sha256; d=«h:example.com»; s=k1; i=«a:zroland@example.com»; h=from; bh=AA==; b=AA==
                Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=«a:zroland@example.com»; dmarc=pass header.from=«h:example.com»
                X-Originating-IP: «w:203.0.113.17»
                Message-ID: <«a:20240301090000.17@attic.zroe.example»>
                In-Reply-To: <«a:abc.1@example.net»>
                References: <«a:root@example.net»> <«a:abc.1@example.net»>
                From: «p:zoë roland» <«a:zroland@example.com»>
                Reply-To: "«p:zoë roland»" <«a:zroland@example.com»>
                To: Development <dev@lists.example.org>
                Cc: «a:ann@example.net» («p:ann sander»), «p:bob» <«a:bob@example.net»>
                X-Original-From: «p:zoë roland» <«a:zroland@example.com»>
                Autocrypt: «w:addr=zroland@example.com; keydata=Wm/DqyBSb2xhbmQ=»
                Date: Fri, 1 Mar 2024 10:00:00 +0100
                Subject: [dev] What «p:zoë roland» asked
                List-Id: Development <dev.lists.example.org>
                List-Post: <mailto:dev@lists.example.org>
                List-Unsubscribe: <https://lists.example.org/options/dev/«a:ann@example.net»>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit
                """).lines().toList());
    }

    @Test
    void whatIsReadOfTheMailHasTheSamePseudonymsAsItsHeader() {
        ParsedMail mail = pseudonymized(HEADER + TEXT);
        assertThat(mail.messageId()).isEqualTo(expand("«a:20240301090000.17@attic.zroe.example»"));
        assertThat(mail.references()).containsExactly(expand("«a:root@example.net»"), expand("«a:abc.1@example.net»"));
        assertThat(mail.inReplyTo()).containsExactly(expand("«a:abc.1@example.net»"));
        assertThat(mail.participants().stream().map(Participant::address))
                .containsExactly(
                        expand("«a:zroland@example.com»"),
                        expand("«a:zroland@example.com»"),
                        "dev@lists.example.org",
                        expand("«a:ann@example.net»"),
                        expand("«a:bob@example.net»"));
        assertThat(mail.participants().stream().map(Participant::name))
                .containsExactly(
                        expand("«p:zoë roland»"),
                        expand("«p:zoë roland»"),
                        "Development",
                        expand("«p:ann sander»"),
                        expand("«p:bob»"));
        assertThat(mail.lists()).isEqualTo(parse(HEADER + TEXT).lists());
        assertThat(mail.hops().get(0).from()).satisfies(from -> {
            assertThat(Objects.requireNonNull(from).helo()).isEqualTo(expand("«h:attic.zroe.example»"));
            assertThat(from.host()).isEqualTo(expand("«h:dsl-17.isp.example»"));
            assertThat(from.ip()).isEqualTo(expand("«i:203.0.113.17»"));
        });
        assertThat(mail.hops().get(0).authenticated()).isEqualTo(expand("«w:zroe7»"));
        assertThat(mail.hops().get(2).recipient()).isEqualTo(expand("«a:ann@example.net»"));
    }

    @Test
    void whatMailsAreLikeStaysAsItIs() {
        ParsedMail plain = parse(HEADER + TEXT);
        ParsedMail mail = pseudonymized(HEADER + TEXT);
        assertThat(text(mail).lines().count()).isEqualTo(text(plain).lines().count());
        assertThat(Objects.requireNonNull(mail.text()).quote().linesByDepth())
                .isEqualTo(Objects.requireNonNull(plain.text()).quote().linesByDepth());
        assertThat(mail.latencyMs()).isEqualTo(plain.latencyMs()).isNotNull();
        assertThat(mail.date()).isEqualTo(plain.date());
        assertThat(mail.defects()).isEqualTo(plain.defects());
        assertThat(mail.route()).isEqualTo(plain.route());
    }

    @Test
    void digestsAreKeyed() {
        ParsedMail plain = parse(HEADER + TEXT);
        ParsedMail mail = pseudonymized(HEADER + TEXT);
        ParsedMail other = new Pseudonymizer(new PseudonymKey("another key of enough characters")).apply(plain);
        assertThat(List.of(mail.digest(), mail.contentDigest(), other.digest(), other.contentDigest()))
                .allMatch(digest -> digest.matches("[0-9a-f]{32}"))
                .doesNotHaveDuplicates()
                .doesNotContain(plain.digest(), plain.contentDigest());
        assertThat(new MailDocuments().encode(mail).documents().get(0).id())
                .isEqualTo(new MailDocuments()
                        .encode(pseudonymized(HEADER + TEXT))
                        .documents()
                        .get(0)
                        .id())
                .isNotEqualTo(
                        new MailDocuments().encode(plain).documents().get(0).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "fifteen letters"})
    void aShortKeyIsRefused(String key) {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> new PseudonymKey(key))
                .withMessageContaining("16 characters");
    }

    @Test
    void keysTellWhetherTheyAreTheSame() {
        assertThat(new PseudonymKey("a key of enough characters").check())
                .isEqualTo(KEY.check())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(new PseudonymKey("A key of enough characters").check());
    }

    /** Time that grows with the square of the input would not end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "a@",
                "<a@",
                "=a",
                "bounce=",
                "a@[",
                "Zoë ",
                "Zoë\n> ",
                "%40",
                "a@b ",
                "\"a@",
                "A <a@b.c> ",
                "("
            })
    void hostileTextsTakeLinearTime(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());
        assertThat(text(pseudonymized(HEADER + text))).isNotEmpty();
    }
}
