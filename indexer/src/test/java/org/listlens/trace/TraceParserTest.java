package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.Dialect;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;

class TraceParserTest {
    private final Defects defects = new Defects(100);

    /** Fields newest first, {@code Name: value} each, 100 octets apart. */
    private static List<HeaderField> fields(String... lines) {
        List<HeaderField> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.add(new HeaderField(
                    line.substring(0, colon), line.substring(colon + 1).strip(), fields.size() * 100));
        }
        return fields;
    }

    private List<Hop> parse(String... lines) {
        return TraceParser.parse(fields(lines), Limits.DEFAULT, defects);
    }

    private static Limits hops(int limit) {
        Limits d = Limits.DEFAULT;
        return new Limits(
                d.mailBytes(),
                d.fieldBytes(),
                d.fields(),
                d.addresses(),
                d.references(),
                limit,
                d.parts(),
                d.nesting(),
                d.textChars(),
                d.defects());
    }

    @Test
    void aMailWithoutTraceHasNoHops() {
        assertThat(parse("Subject: Received", "X-Received-From: nobody", "Date: Tue, 6 Jul 2021 15:15:32 +0200"))
                .isEmpty();
        assertThat(defects.toList()).isEmpty();
    }

    /** A list whose clock runs ahead: the mail waits there, and leaves before it came. */
    @Test
    void delaysKeepTheirSignAndBelongToTheHostThatHeldTheMail() {
        List<Hop> hops = parse(
                "X-Received: by 2002:a05:6e02:1:: with SMTP id a1mr2x.1.1625584449000; Tue, 06 Jul 2021 08:14:09 -0700 (PDT)",
                "Received: from vger.kernel.org (vger.kernel.org. [192.0.2.9]) by mx.google.com with ESMTP id y9si12345678ilq.100.2021.07.06.08.13.58; Tue, 06 Jul 2021 08:14:09 -0700 (PDT)",
                "Received: (majordomo@vger.kernel.org) by vger.kernel.org via listexpand id S232638AbhGFPPj; Tue, 6 Jul 2021 11:15:39 -0400",
                "Subject: between",
                "Received: from relay.example.net ([192.0.2.1]:1 \"EHLO relay.example.net\" rhost-flags-OK-OK-OK-OK) by vger.kernel.org with ESMTP id S231935AbhGFPPc; Tue, 6 Jul 2021 11:15:32 -0400",
                "received: from mail.example.com (mail.example.com [192.0.2.2]) by relay.example.net (Postfix) with ESMTPS id C061574; Tue, 6 Jul 2021 06:57:00 -0700 (PDT)",
                "Received: by mail.example.com with SMTP id 1; Tue, 06 Jul 2021 06:45:36 -0700 (PDT)");

        assertThat(hops).extracting(Hop::position).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(hops).extracting(Hop::delayMs).containsExactly(null, 684_000L, 4_712_000L, 7_000L, -90_000L, 0L);
        assertThat(hops)
                .extracting(Hop::heldBy)
                .containsExactly(
                        null,
                        "mail.example.com",
                        "relay.example.net",
                        "vger.kernel.org",
                        "vger.kernel.org",
                        "mx.google.com");
        assertThat(hops)
                .extracting(Hop::field)
                .containsExactly(
                        Hop.TraceField.RECEIVED,
                        Hop.TraceField.RECEIVED,
                        Hop.TraceField.RECEIVED,
                        Hop.TraceField.RECEIVED,
                        Hop.TraceField.RECEIVED,
                        Hop.TraceField.X_RECEIVED);
        assertThat(defects.toList()).isEmpty();
    }

    @Test
    void aHopWithoutAStampIsPassedOver() {
        List<Hop> hops = parse(
                "Received: from c by d; Tue, 6 Jul 2021 15:00:30 +0000",
                "Received: from b by c",
                "Received: from a by b; Tue, 6 Jul 2021 15:00:00 +0000");

        assertThat(hops).extracting(Hop::delayMs).containsExactly(null, null, 30_000L);
        assertThat(hops).extracting(Hop::heldBy).containsExactly(null, null, "b");
        assertThat(defects.toList()).containsExactly(new Defect(DefectCode.RECEIVED_WITHOUT_DATE, 100));
    }

    @Test
    void theHostThatHeldTheMailIsNamedByTheNextOneWhereItDoesNotNameItself() {
        List<Hop> hops = parse(
                "Received: by c; Tue, 6 Jul 2021 15:01:30 +0000",
                "Received: (qmail 2 invoked by uid 5); 6 Jul 2021 15:01:00 -0000",
                "Received: from a by b; Tue, 6 Jul 2021 15:00:30 +0000",
                "Received: (qmail 1 invoked by uid 5); 6 Jul 2021 15:00:00 -0000");

        assertThat(hops.get(0).dialect()).isEqualTo(Dialect.QMAIL);
        assertThat(hops.get(0).from()).isNull();
        assertThat(hops.get(0).by()).isNull();
        assertThat(hops).extracting(Hop::delayMs).containsExactly(null, 30_000L, 30_000L, 30_000L);
        assertThat(hops).extracting(Hop::heldBy).containsExactly(null, "a", "b", null);
        assertThat(defects.toList()).isEmpty();
    }

    @Test
    void aQueueIdTellsTheTimeWhereTheDateDoesNot() {
        List<Hop> hops = parse(
                "Received: by vger.kernel.org via listexpand id S231935AbhGFPPc; Tue, 36 Jul 2021 11:15:32 -0400",
                "Received: from x by mx.example.org (Postfix) with ESMTP id 33BAB29BD80; Tue, 36 Jul 2021 11:15:32");

        assertThat(hops.get(1).stampSource()).isEqualTo(Hop.StampSource.QUEUE_ID);
        assertThat(hops.get(1).stamp()).isNotNull().satisfies(stamp -> {
            assertThat(stamp.instant()).isEqualTo(Instant.parse("2021-07-06T15:15:32Z"));
            assertThat(stamp.offset()).isNull();
        });
        assertThat(hops.get(0).stamp()).isNull();
        assertThat(hops.get(0).stampSource()).isNull();
        assertThat(defects.toList())
                .containsExactly(
                        new Defect(DefectCode.RECEIVED_INVALID_DATE, 100),
                        new Defect(DefectCode.RECEIVED_INVALID_DATE, 0));
    }

    @Test
    void aLineInWhichNothingIsFoundIsAHopAndADefect() {
        List<Hop> hops = parse("Received: (EGP: mail-8_2_2_0); 7 Oct 2002 22:29:22 -0000", "Received:");

        assertThat(hops).extracting(Hop::dialect).containsExactly(Dialect.UNKNOWN, Dialect.UNKNOWN);
        assertThat(defects.toList())
                .containsExactly(
                        new Defect(DefectCode.RECEIVED_UNPARSED, 100),
                        new Defect(DefectCode.RECEIVED_WITHOUT_DATE, 100),
                        new Defect(DefectCode.RECEIVED_UNPARSED, 0));
    }

    @Test
    void ofTooManyHopsTheNewestAndTheOldestAreKept() {
        String[] lines = new String[501];
        for (int i = 0; i < lines.length; i++) {
            int position = lines.length - i;
            lines[i] = "Received: by h%d; Tue, 6 Jul 2021 15:%02d:%02d +0000"
                    .formatted(position, position / 60, position % 60);
        }

        List<Hop> hops = TraceParser.parse(fields(lines), hops(5), defects);

        assertThat(hops).extracting(Hop::position).containsExactly(1, 2, 499, 500, 501);
        assertThat(hops).extracting(Hop::delayMs).containsExactly(null, 1_000L, null, 1_000L, 1_000L);
        assertThat(hops).extracting(Hop::heldBy).containsExactly(null, "h1", null, "h499", "h500");
        assertThat(defects.toList()).extracting(Defect::code).containsExactly(DefectCode.TOO_MANY_HOPS);
    }

    @Test
    void asManyHopsAsTheLimitAreNoDefect() {
        List<HeaderField> fields = fields(
                "Received: by b; Tue, 6 Jul 2021 15:00:01 +0000", "Received: by a; Tue, 6 Jul 2021 15:00:00 +0000");

        assertThat(TraceParser.parse(fields, hops(2), defects)).hasSize(2);
        assertThat(defects.toList()).isEmpty();
        assertThat(TraceParser.parse(fields, hops(1), defects))
                .extracting(Hop::position)
                .containsExactly(2);
    }
}
