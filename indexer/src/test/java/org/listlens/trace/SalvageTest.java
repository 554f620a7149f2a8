package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;

/** The way of a mail is read from what archives have made of its header. */
class SalvageTest {
    private static final String MAIL = """
            Return-Path: <list-bounces@example.org>
            X-Received: by 2001:db8:5843:: with SMTP id m64mr529242oib.130.1625584449840;
                    Tue, 06 Jul 2021 08:14:09 -0700 (PDT)
            Received: from lists.example.org (lists.example.org [IPv6:2001:db8::25])
            	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
            	by mx.example.net (Postfix) with ESMTPS id 3FA6EC0613E6
            	for <joe@example.net>; Tue,  6 Jul 2021 15:14:08 +0000 (UTC)
            Received: from mail.example.com ([192.0.2.40] helo=pc.example.com)
            	by lists.example.org with esmtps (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256) (Exim 4.92)
            	(envelope-from <jane@example.com>) id 1m0mKk-0007Qu-Ca
            	for list@example.org; Tue, 06 Jul 2021 16:57:00 +0200
            Received: (qmail 12280 invoked from network); 6 Jul 2021 14:45:45 -0000
            Message-ID: <1@example.com>
            MIME-Version: 1.0
            From: Jane Doe <jane@example.com>
            Date: Tue, 6 Jul 2021 16:45:36 +0200
            Subject: Re: [PATCH 1/2] mmc: Fix-Up: wait at 08:14:09
            To: list@example.org
            Content-Type: text/plain; charset=UTF-8
            Precedence: list
            List-Id: An example <list.example.org>

            Text: the first line.
            """;

    private static final List<Instant> STAMPS = List.of(
            Instant.parse("2021-07-06T14:45:45Z"),
            Instant.parse("2021-07-06T14:57:00Z"),
            Instant.parse("2021-07-06T15:14:08Z"),
            Instant.parse("2021-07-06T15:14:09Z"));

    static Stream<Arguments> broken() {
        String header = MAIL.substring(0, MAIL.indexOf("\n\n"));
        String collapsed = MAIL.replaceAll("\\s+", " ");
        return Stream.of(
                mail("line breaks to blanks", collapsed, DefectCode.LINE_BREAKS_LOST),
                mail("line breaks to blanks, folds kept", MAIL.replace('\n', ' '), DefectCode.LINE_BREAKS_LOST),
                mail("brackets lost", collapsed.replaceAll("<[^>]*>", ""), DefectCode.LINE_BREAKS_LOST),
                mail(
                        "line breaks to nothing",
                        header.replaceAll("\n\\s+", " ").replace("\n", "") + "\n\nText",
                        DefectCode.LINE_BREAKS_LOST),
                mail("CR only", MAIL.replace('\n', '\r'), DefectCode.BARE_CR),
                mail("mbox line inside", MAIL.replace("\nMessage", "\n>From a 10:00:00\nMessage"), from()),
                mail("mbox line within a field", MAIL.replace("\n\tby mx", "\nFrom a 10:00:00\n\tby mx"), from()),
                mail("stray line within a field", MAIL.replace("\n\tby mx", "\n*** lost\n\tby mx"), stray()),
                mail("blanks of folds lost", MAIL.replace("\n\t", "\n"), stray()),
                mail("no blank line", MAIL.replace("\n\nText: the", "\nThe text, its"), DefectCode.MISSING_BLANK_LINE),
                mail("byte order mark", "\u00ef\u00bb\u00bf" + MAIL, DefectCode.BYTE_ORDER_MARK),
                mail("blanks before colons", MAIL.replace("eived:", "eived :"), DefectCode.SPACE_BEFORE_COLON),
                mail("NUL", MAIL.replace("for", "\0for").replace("Rec", "Re\0c"), DefectCode.NUL_IN_HEADER),
                mail("header of 100 kB", "X-Long: a\n" + (" " + "b".repeat(98) + "\n").repeat(1_000) + MAIL, null),
                mail("blank lines before", "\n \n" + MAIL, DefectCode.LEADING_BLANK_LINES),
                mail("LF in CRLF", MAIL.replace("\n", "\r\n").replace("\r\nRec", "\nRec"), null));
    }

    private static Arguments mail(String name, String mail, @Nullable DefectCode code) {
        return Arguments.of(name, mail, code);
    }

    private static DefectCode from() {
        return DefectCode.FROM_LINE_IN_HEADER;
    }

    private static DefectCode stray() {
        return DefectCode.STRAY_HEADER_LINE;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenMailHasItsHopsAndItsDefect(String name, String mail, @Nullable DefectCode code) {
        byte[] octets = mail.getBytes(StandardCharsets.ISO_8859_1);
        Defects defects = new Defects(50);

        HeaderBlock header = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);
        List<Hop> hops = TraceParser.parse(header.fields(), Limits.DEFAULT, defects);

        assertThat(hops)
                .extracting(hop -> hop.stamp() == null ? null : hop.stamp().instant())
                .containsExactlyElementsOf(STAMPS);
        assertThat(hops)
                .extracting(hop -> hop.by() == null ? null : hop.by().host())
                .containsExactly(null, "lists.example.org", "mx.example.net", "2001:db8:5843::");
        assertThat(hops)
                .extracting(Hop::id)
                .containsExactly(null, "1m0mKk-0007Qu-Ca", "3FA6EC0613E6", "m64mr529242oib.130.1625584449840");
        assertThat(hops.get(1).from())
                .isEqualTo(new Hop.Peer("pc.example.com", "mail.example.com", "192.0.2.40", null, null));
        assertThat(header.value("Subject")).isEqualTo("Re: [PATCH 1/2] mmc: Fix-Up: wait at 08:14:09");
        assertThat(header.value("Date")).isEqualTo("Tue, 6 Jul 2021 16:45:36 +0200");
        assertThat(header.fields())
                .extracting(HeaderField::name)
                .filteredOn(n -> !n.equals("X-Long"))
                .hasSize(14);
        if (code == null) {
            assertThat(defects.toList()).isEmpty();
        } else {
            assertThat(defects.toList()).extracting(Defect::code).containsOnly(code);
        }
    }

    @Test
    void fiveHundredTraceLinesAreFiveHundredHops() {
        StringBuilder mail = new StringBuilder();
        for (int i = 500; i > 0; i--) {
            mail.append("Received: from h")
                    .append(i - 1)
                    .append(".example.com by h")
                    .append(i);
            mail.append(".example.com with ESMTP id ").append(i).append(";\n\t");
            mail.append("Tue, 6 Jul 2021 15:")
                    .append(10 + i / 60)
                    .append(':')
                    .append(10 + i % 50)
                    .append(" +0000\n");
        }
        byte[] octets = mail.append("From: jane@example.com\n\nText").toString().getBytes(StandardCharsets.US_ASCII);
        Defects defects = new Defects(50);

        HeaderBlock header = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);
        List<Hop> hops = TraceParser.parse(header.fields(), Limits.DEFAULT, defects);

        assertThat(hops).hasSize(500).allSatisfy(hop -> assertThat(hop.stamp()).isNotNull());
        assertThat(hops.get(0).id()).isEqualTo("1");
        assertThat(hops.get(499).id()).isEqualTo("500");
        assertThat(defects.toList()).isEmpty();
    }

    /** A mail of 2021 whose line breaks and brackets got lost in a form. */
    @Test
    @Tag("corpus")
    void theCollapsedMailOf2021HasItsWay() throws IOException {
        Path folder = Path.of(System.getProperty("listlens.corpora"), "seed");
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no mail in " + folder + ", nothing compared");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
            for (Path file : files) {
                byte[] octets = Files.readAllBytes(file);
                Defects defects = new Defects(50);

                HeaderBlock header = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);
                List<Hop> hops = TraceParser.parse(header.fields(), Limits.DEFAULT, defects);

                assertThat(hops)
                        .extracting(
                                hop -> hop.stamp() == null ? null : hop.stamp().instant())
                        .containsExactly(
                                Instant.parse("2021-07-06T13:46:03Z"),
                                Instant.parse("2021-07-06T13:57:00Z"),
                                Instant.parse("2021-07-06T13:57:00Z"),
                                Instant.parse("2021-07-06T15:15:32Z"),
                                Instant.parse("2021-07-06T15:15:39Z"),
                                Instant.parse("2021-07-06T15:14:09Z"),
                                Instant.parse("2021-07-06T15:14:09Z"),
                                Instant.parse("2021-07-06T15:14:09Z"));
                assertThat(hops)
                        .filteredOn(hop -> hop.field() == Hop.TraceField.X_RECEIVED)
                        .hasSize(2);
                assertThat(header.value("ARC-Seal")).contains("t=1625584449");
                assertThat(header.value("Subject")).startsWith("Re: [").contains("[PATCH v4 0/2]");
                assertThat(new String(octets, header.bodyOffset(), 29, StandardCharsets.US_ASCII))
                        .isEqualTo("On Tue, Jul 6, 2021 at 4:17 P");
                assertThat(defects.toList()).extracting(Defect::code).containsOnly(DefectCode.LINE_BREAKS_LOST);
            }
        }
    }
}
