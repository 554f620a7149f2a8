package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;

class AuthenticatedMailTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aMailTellsWhoVouchesForIt(String lineEnd) {
        byte[] octets = """
                Received: from lists.example.org (lists.example.org [192.0.2.20])
                 by mx.example.net (Postfix) with ESMTPS id 4Second; Fri, 1 Mar 2024 12:00:03 +0000
                Authentication-Results: mx.example.net; dkim=fail header.d=example.com;
                 spf=pass smtp.mailfrom=lists.example.org stray
                Received: from mail.example.com (mail.example.com [192.0.2.10])
                 by lists.example.org (Postfix) with ESMTPS id 4First; Fri, 1 Mar 2024 12:00:02 +0000
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=k1; h=from; bh=A=; b=B=
                From: ada@example.com
                Date: Fri, 1 Mar 2024 12:00:00 +0000
                Message-ID: <1@example.com>

                Hello
                """.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);

        ParsedMail mail = new MailParser(Limits.DEFAULT)
                .parse(new RawMail(new Origin("/archive/list.mbox", "0"), octets, octets.length));

        assertThat(mail.authentication().verdict())
                .isNotNull()
                .satisfies(verdict -> assertThat(verdict.authservId()).isEqualTo("mx.example.net"));
        assertThat(mail.authentication().signatures())
                .singleElement()
                .satisfies(signature -> assertThat(
                                Objects.requireNonNull(signature.broken()).at().hop())
                        .isEqualTo(2));
        assertThat(mail.defects()).extracting(Defect::code).containsExactly(DefectCode.INVALID_AUTHENTICATION_RESULTS);
        assertThat(new String(new MailDocuments().encode(mail).body(), StandardCharsets.UTF_8))
                .contains("\"authentication\":{\"authserv_id\":\"mx.example.net\",\"spf\":{\"result\":[\"pass\"],"
                        + "\"mail_from\":\"lists.example.org\"},\"dkim\":{\"result\":[\"fail\"],\"signatures\":1,");
    }
}
