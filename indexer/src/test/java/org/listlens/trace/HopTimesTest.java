package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;

/** What other fields tell of a hop, and to which hop it is given. All times are on 2021-07-06, in UTC. */
class HopTimesTest {
    private static final Limits LIMITS = Limits.DEFAULT;

    private static List<Hop> parse(Limits limits, String... lines) {
        List<HeaderField> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.add(new HeaderField(
                    line.substring(0, colon), line.substring(colon + 1).strip(), fields.size() * 100));
        }
        return TraceParser.parse(fields, limits, new Defects(100));
    }

    private static List<Hop> parse(String... lines) {
        return parse(LIMITS, lines);
    }

    private static String by(String host, String time) {
        return "Received: from x.example (x.example [192.0.2.1]) by " + host + " with ESMTP id 1; Tue, 6 Jul 2021 "
                + time + " +0000";
    }

    private static String dkim(String domain, String time) {
        return "DKIM-Signature: v=1; a=rsa-sha256; d=" + domain + "; s=s1; t=" + at(time).getEpochSecond() + "; b=AA==";
    }

    private static Instant at(String time) {
        return Instant.parse("2021-07-06T" + time + "Z");
    }

    private static List<@Nullable Instant> signed(List<Hop> hops) {
        List<@Nullable Instant> times = new ArrayList<>();
        for (Hop hop : hops) {
            times.add(hop.times().dkimSigned());
        }
        return times;
    }

    /** The mail with which a list's dwell is to be explained, from its list on. */
    @Test
    void googleSealsAboveTheLineOfItsEdge() {
        List<Hop> hops = parse(
                "Received: by 2002:a05:6a10:1:0:0:0:0 with SMTP id a1csp1234567abc; Tue, 6 Jul 2021 08:14:09 -0700 (PDT)",
                "X-Received: by 2002:a05:6e02:1:: with SMTP id l3mr12345678abc.147.1625584449827; Tue, 06 Jul 2021 08:14:09 -0700 (PDT)",
                "ARC-Seal: i=1; a=rsa-sha256; t=1625584449; cv=none; d=google.com; s=arc-20160816; b=AA==",
                "ARC-Message-Signature: i=1; a=rsa-sha256; d=google.com; s=arc-20160816; t=1625584450; bh=AA==; b=AA==",
                "ARC-Authentication-Results: i=1; mx.google.com; dkim=pass header.i=@example.com",
                "Return-Path: <list-owner@example.org>",
                "Received: from lists.example.org (lists.example.org. [192.0.2.9]) by mx.google.com with ESMTP id y9si12345678ilq.100.2021.07.06.08.13.58; Tue, 06 Jul 2021 08:14:09 -0700 (PDT)",
                "Received: (majordomo@vger.kernel.org) by vger.kernel.org via listexpand id S232638AbhGFPPj; Tue, 6 Jul 2021 11:15:39 -0400");

        assertThat(hops.get(0).times()).isEqualTo(new Hop.Times(at("15:15:39"), null, null, null, null, null, null));
        assertThat(hops.get(1).times())
                .isEqualTo(new Hop.Times(null, at("15:13:58"), at("15:14:09"), at("15:14:10"), null, null, null));
        assertThat(hops.get(2).times())
                .isEqualTo(new Hop.Times(at("15:14:09.827"), null, null, null, null, null, null));
        assertThat(hops.get(3).times()).isEqualTo(Hop.Times.NONE);
        assertThat(hops).extracting(Hop::stampSource).containsOnly(Hop.StampSource.DATE);
        assertThat(hops).extracting(Hop::stampPrecisionMs).containsOnly(1_000);
    }

    /** A signature between two hops, at 15:00 and 15:01, and at which of these the time belongs. */
    @ParameterizedTest
    @CsvSource({
        // Neither host has the name of the domain: the older one gave the mail away with the field on it.
        "out.isp.example, mx.list.example, customer.example, 0",
        "out.isp.example, mx.list.example, isp.example, 0",
        // A milter of the server that took the mail.
        "out.isp.example, mx.list.example, list.example, 1",
        "out.isp.example, mx.list.example, mx.list.example, 1",
        "smtp.site.example, smtp.lists.site.example, lists.site.example, 1",
        "smtp.lists.site.example, smtp.site.example, lists.site.example, 0",
        // Of one organisation the host nearer to its border.
        "inner.site.example, border.site.example, site.example, 1",
        "mx.google.com, mail-a.google.com, google.com, 0",
        "2002:a05:6512:1234::, mail-a.google.com, google.com, 0",
        "2002:a05:6512:1234::, mail-a.google.com, gmail.com, 0",
    })
    void theHostThatSignedIsFoundByNameAndPlace(String older, String newer, String domain, int signer) {
        String olderLine = older.indexOf(':') < 0
                ? by(older, "15:00:00")
                : "X-Received: by " + older + " with SMTP id 1; Tue, 6 Jul 2021 15:00:00 +0000";
        List<Hop> hops = parse(by(newer, "15:01:00"), dkim(domain, "15:01:01"), olderLine);

        assertThat(hops.get(signer).times().dkimSigned()).isEqualTo(at("15:01:01"));
        assertThat(hops.get(1 - signer).times()).isEqualTo(Hop.Times.NONE);
    }

    @Test
    void aSubmissionServerSignsForItsUsers() {
        String submission =
                "Received: from laptop (unknown [192.0.2.7]) by smtp.isp.example (Postfix) with ESMTPSA id 1;"
                        + " Tue, 6 Jul 2021 15:01:00 +0000";

        assertThat(signed(parse(submission, dkim("customer.example", "15:01:01"))))
                .containsExactly(at("15:01:01"));
        assertThat(signed(parse(submission, dkim("customer.example", "15:01:01"), by("laptop", "15:00:00"))))
                .containsExactly(null, at("15:01:01"));
    }

    @Test
    void whereTheSignerLeftNoLineNobodyHasSigned() {
        assertThat(signed(parse(by("mx.list.example", "15:01:00"), dkim("customer.example", "15:00:58"))))
                .containsExactly((Instant) null);
    }

    @Test
    void onTopOfAllHopsItIsTheNewest() {
        assertThat(signed(parse(
                        dkim("customer.example", "15:02:00"),
                        by("b.isp.example", "15:01:00"),
                        by("a.isp.example", "15:00:00"))))
                .containsExactly(null, at("15:02:00"));
    }

    @Test
    void ofSeveralSignaturesTheNewestCounts() {
        assertThat(signed(parse(
                        dkim("a.example", "15:01:02"),
                        dkim("b.example", "15:01:04"),
                        dkim("c.example", "15:01:03"),
                        "X-Google-DKIM-Signature: v=1; d=1e100.net; t="
                                + at("15:01:01").getEpochSecond(),
                        "DKIM-Signature: v=1; d=d.example",
                        by("out.isp.example", "15:01:00"))))
                .containsExactly(at("15:01:04"));
    }

    /** Another clock, or another mail. */
    @Test
    void aTimeFarFromTheStampIsNotOfThatHost() {
        String line = by("out.isp.example", "15:01:00");
        Instant stamp = at("15:01:00");

        assertThat(signed(parse(dkim("isp.example", "15:00:55"), line))).containsExactly(at("15:00:55"));
        assertThat(signed(parse(dkim("isp.example", "15:00:54"), line))).containsExactly((Instant) null);
        long week = stamp.plusSeconds(7 * 86_400).getEpochSecond();
        assertThat(signed(parse("DKIM-Signature: t=" + week, line))).containsExactly(Instant.ofEpochSecond(week));
        assertThat(signed(parse("DKIM-Signature: t=" + (week + 1), line))).containsExactly((Instant) null);
        assertThat(signed(parse(dkim("isp.example", "03:00:00"), "Received: by out.isp.example with SMTP id 1")))
                .containsExactly(at("03:00:00"));
    }

    /** Which of the hops that were left out has signed is not known. */
    @Test
    void acrossHopsThatWereLeftOutNothingIsGiven() {
        Limits d = LIMITS;
        Limits two = new Limits(
                d.mailBytes(),
                d.fieldBytes(),
                d.fields(),
                d.addresses(),
                d.references(),
                2,
                d.parts(),
                d.nesting(),
                d.textChars(),
                d.defects());
        List<Hop> hops = parse(
                two,
                dkim("e.example", "15:04:00"),
                by("d.example", "15:03:00"),
                dkim("d.example", "15:03:00"),
                by("c.example", "15:02:00"),
                dkim("c.example", "15:02:00"),
                by("b.example", "15:01:00"),
                dkim("b.example", "15:01:00"),
                by("a.example", "15:00:00"),
                dkim("a.example", "15:00:00"));

        assertThat(hops).extracting(Hop::position).containsExactly(1, 4);
        assertThat(signed(hops)).containsExactly(at("15:00:00"), at("15:04:00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Tue, 6 Jul 2021 15:15:32 +0200 | 1000
                    Tue, 6 Jul 2021 15:15:00 +0200 | 1000
                    Tue, 6 Jul 2021 15:15 +0200 | 60000
                    Tue, 6 Jul 2021 15:15 +02:00 | 60000
                    Tue, 6 Jul 2021 15:15 | 60000
                    2021-07-06T15:15Z | 60000
                    2021-07-06T15:15:00.5Z | 100
                    2021-07-06T15:15:32.25Z | 10
                    2021-07-06T15:15:32.123Z | 1
                    2021-07-06 15:15:32.123456789 +0000 | 1
                    2021-07-06 15:15:00.000 +0000 | 1
                    """)
    void aStampIsAsPreciseAsItIsWritten(String date, int precisionMs) {
        assertThat(parse("Received: by a.example with SMTP id 1; " + date))
                .singleElement()
                .satisfies(hop -> {
                    assertThat(hop.stamp()).isNotNull();
                    assertThat(hop.stampPrecisionMs()).isEqualTo(precisionMs);
                });
        assertThat(parse("Received: by a.example with SMTP id 1 " + date))
                .singleElement()
                .satisfies(hop -> {
                    assertThat(hop.stamp()).isNotNull();
                    assertThat(hop.stampPrecisionMs()).isEqualTo(precisionMs);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "by vger.kernel.org via listexpand id S231935AbhGFPPc, 1000",
        "by 2002:a05:6e02:1:: with SMTP id a1mr2x.1.1625584449827, 1",
        "by a.example (Postfix) with ESMTP id 4GK5j00sf8z4B0k, 1",
    })
    void aStampFromAnIdIsAsPreciseAsTheId(String line, int precisionMs) {
        assertThat(parse("Received: " + line)).singleElement().satisfies(hop -> {
            assertThat(hop.stampSource()).isEqualTo(Hop.StampSource.QUEUE_ID);
            assertThat(hop.stampPrecisionMs()).isEqualTo(precisionMs);
            assertThat(hop.times().queued()).isNotNull();
        });
    }

    /** An id that was made while the connection to the filter was idle. */
    @Test
    void proofpointsIdsAreNoClock() {
        List<Hop> hops = parse(
                "Received: from pps.filterd (m1.example.net [127.0.0.1]) by mx1.example.net (8.18.1.2/8.18.1.2) with ESMTP id 166FEWtM007576; Tue, 6 Jul 2021 15:14:40 GMT",
                "Received: from m1.example.net (m1.example.net [127.0.0.1]) by pps.reinject (8.18.1.2/8.18.1.2) with ESMTP id 166FEWtM007577; Tue, 6 Jul 2021 15:14:40 GMT",
                "Received: from x.example (x.example [192.0.2.1]) by mx1.example.net (8.18.1.2/8.18.1.2) with ESMTP id 166FEWtM007578; Tue, 6 Jul 2021 15:14:40 GMT");

        assertThat(hops).extracting(hop -> hop.times().queued()).containsExactly(at("15:14:32"), null, null);
    }

    @Test
    void greylistingBelongsToTheHostThatTheNoteNames() {
        String note =
                "X-Greylist: delayed 900 seconds by postgrey-1.37 at mx.list.example; Tue, 06 Jul 2021 15:15:00 GMT";
        // Postfix puts a policy server's field on top of its own line, others below.
        for (List<String> lines : List.of(
                List.of(
                        by("b.example", "15:16:00"),
                        note,
                        by("mx.list.example", "15:15:00"),
                        by("a.example", "15:00:00")),
                List.of(
                        by("b.example", "15:16:00"),
                        by("mx.list.example", "15:15:00"),
                        note,
                        by("a.example", "15:00:00")),
                List.of(
                        by("b.example", "15:16:00"),
                        by("mx.list.example", "15:15:00"),
                        by("a.example", "15:00:00"),
                        note),
                List.of(
                        note,
                        by("b.example", "15:16:00"),
                        by("mx.list.example", "15:15:00"),
                        by("a.example", "15:00:00")))) {
            assertThat(parse(lines.toArray(String[]::new)))
                    .extracting(Hop::greylistedMs)
                    .containsExactly(null, 900_000L, null);
        }
    }

    @Test
    void greylistingByAHostOfSeveralHopsBelongsToTheNextOne() {
        List<Hop> hops = parse(
                by("mx.list.example", "15:16:00"),
                by("mx.list.example", "15:15:00"),
                "X-Greylist: delayed 900 seconds by postgrey-1.37 at MX",
                by("a.example", "15:00:00"),
                by("mxa.list.example", "14:59:00"));

        assertThat(hops).extracting(Hop::greylistedMs).containsExactly(null, null, 900_000L, null);
    }

    @Test
    void greylistingByANamelessHostBelongsToTheOneBelow() {
        for (String note : List.of(
                "X-Greylist: delayed 00:15:00 by SQLgrey-1.8.0",
                "X-Greylist: delayed 900 seconds by postgrey-1.37 at internal.example.net")) {
            assertThat(parse(by("b.example", "15:16:00"), note, by("a.example", "15:00:00")))
                    .extracting(Hop::greylistedMs)
                    .containsExactly(900_000L, null);
            assertThat(parse(by("b.example", "15:16:00"), by("a.example", "15:00:00"), note))
                    .extracting(Hop::greylistedMs)
                    .containsExactly(900_000L, null);
        }
    }

    @Test
    void ofSeveralNotesTheLongestCountsAndOthersTellNothing() {
        assertThat(parse(
                        "X-Greylist: delayed 300 seconds by postgrey-1.37 at a.example",
                        "X-Greylist: Sender IP whitelisted, not delayed by milter-greylist-4.5.12 (a.example [192.0.2.1])",
                        "X-Greylist: delayed 900 seconds by postgrey-1.37 at a.example",
                        "X-Greylist: delayed 600 seconds by postgrey-1.37 at a.example",
                        by("a.example", "15:00:00")))
                .extracting(Hop::greylistedMs)
                .containsExactly(900_000L);
    }

    @Test
    void exchangeNotesTheArrivalAtTheHopThatIsStampedWithIt() {
        String exchange = " with Microsoft SMTP Server id 15.20.1835.15; Tue, 6 Jul 2021 ";
        List<Hop> hops = parse(
                by("b.example", "15:01:00"),
                "Received: from ex2.example.com (192.0.2.2) by ex3.example.com (192.0.2.3)" + exchange
                        + "15:00:30 +0000",
                "Received: from ex1.example.com (192.0.2.1) by ex2.example.com (192.0.2.2)" + exchange
                        + "15:00:10 +0000",
                "Received: from ex0.example.com (192.0.2.4) by ex1.example.com (192.0.2.1)" + exchange
                        + "15:00:00 +0000",
                "Subject: hello",
                "X-MS-Exchange-CrossTenant-originalarrivaltime: 06 Jul 2021 15:00:10.7597 (UTC)",
                "X-MS-Exchange-Organization-OriginalArrivalTime: 06 Jul 2021 15:00:11.0000 (UTC)",
                "X-OriginalArrivalTime: 01 Jul 2021 15:00:10.0123 (UTC)",
                "X-MS-Exchange-Transport-EndToEndLatency: 00:00:01.8964777");

        assertThat(hops)
                .extracting(hop -> hop.times().arrived())
                .containsExactly(null, at("15:00:10.759700"), null, null);
        assertThat(hops).extracting(hop -> hop.times().endToEndMs()).containsExactly(null, null, 1_896L, null);
    }

    /** A header may be made of nothing else. */
    @Test
    void manyNotesAreBorne() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.add(by("h" + i + ".example", "15:00:00"));
            for (int j = 0; j < 3; j++) {
                lines.add("X-Greylist: delayed 900 seconds by postgrey-1.37 at h0.example");
                lines.add(dkim("h1.example", "15:00:00"));
                lines.add("X-OriginalArrivalTime: 06 Jul 2021 15:00:00.0123 (UTC)");
            }
        }

        assertThat(parse(lines.toArray(String[]::new))).hasSize(1_000);
    }
}
