package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.header.MailingLists;
import org.listlens.mail.Defects;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.Segment;
import org.listlens.mail.SegmentDelays;
import org.listlens.mail.Stamp;

class RouteFinderTest {
    /** A case of {@code list-ways.txt}. */
    record Case(String name, String header, @Nullable String host, List<String> parts) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Instant START = Instant.parse("2021-07-06T12:00:00Z");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static List<Case> cases() throws IOException {
        String text;
        try (InputStream in = RouteFinderTest.class.getResourceAsStream("list-ways.txt")) {
            text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Case> cases = new ArrayList<>();
        String[] blocks = text.split("\n== ", -1);
        for (int i = 1; i < blocks.length; i++) {
            int name = blocks[i].indexOf('\n');
            int end = blocks[i].indexOf("\n-- ");
            String[] expected = blocks[i].substring(end + 4).strip().split("\n", -1);
            cases.add(new Case(
                    blocks[i].substring(0, name),
                    dated(blocks[i].substring(name + 1, end + 1)),
                    expected[0].equals("none") ? null : expected[0],
                    List.of(expected[1].split(" ", -1))));
        }
        return cases;
    }

    /** Puts dates for {@code @}, 10 s apart, the newest at the top. */
    private static String dated(String header) {
        String[] parts = header.split("; @\n", -1);
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            Instant date = START.plusSeconds(10L * (parts.length - 1 - i));
            text.append("; ").append(DATE.format(date)).append('\n').append(parts[i]);
        }
        return text.toString();
    }

    private static RouteFinder.Way way(String header, Limits limits) {
        byte[] octets = header.getBytes(StandardCharsets.UTF_8);
        Defects defects = new Defects(100);
        HeaderBlock block = HeaderParser.parse(octets, octets.length, limits, defects);
        List<Hop> hops = TraceParser.parse(block.fields(), limits, defects);
        return RouteFinder.find(hops, block.fields(), MailingLists.find(block));
    }

    private static RouteFinder.Way way(String header) {
        return way(header, Limits.DEFAULT);
    }

    private static List<String> parts(RouteFinder.Way way) {
        return way.hops().stream()
                .map(hop -> Objects.requireNonNull(hop.segment()).label())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyHopLiesInItsPartOfTheWay(Case ways) {
        RouteFinder.Way way = way(ways.header());

        assertThat(parts(way)).isEqualTo(ways.parts());
        assertThat(way.route().listHost()).isEqualTo(ways.host());
        assertThat(way(ways.header().replace("\n", "\r\n"))).isEqualTo(way);
        assertSound(way.hops());
        for (Hop hop : way.hops()) {
            if (hop.segment() == Segment.LIST) {
                assertThat(hop.heldBy()).isEqualTo(hop.delayMs() == null ? null : ways.host());
            }
        }
    }

    @Test
    void casesTellOfEveryPart() throws IOException {
        List<Case> cases = cases();

        assertThat(cases).hasSizeGreaterThan(35);
        for (Segment segment : Segment.values()) {
            assertThat(cases).anyMatch(way -> way.parts().contains(segment.label()));
        }
    }

    /** The way of a mail of 6 July 2021, on which vger's clock was ahead and its relay waited for it. */
    @Test
    void theListsHostHeldWhatItsRelayWaitedFor() {
        RouteFinder.Way way = way("""
                X-Received: by 2002:a05:6e02:1:: with SMTP id a1mr2x.1.1625584449000; Tue, 06 Jul 2021 08:14:09 -0700 (PDT)
                Received: from vger.kernel.org (vger.kernel.org. [192.0.2.9]) by mx.google.com with ESMTP id y9si12345678ilq.100.2021.07.06.08.13.58; Tue, 06 Jul 2021 08:14:09 -0700 (PDT)
                Received: (majordomo@vger.kernel.org) by vger.kernel.org via listexpand id S232638AbhGFPPj; Tue, 6 Jul 2021 11:15:39 -0400
                Received: from lindbergh.monkeyblade.net ([192.0.2.1]:1 "EHLO lindbergh.monkeyblade.net" rhost-flags-OK-OK-OK-OK) by vger.kernel.org with ESMTP id S231935AbhGFPPc; Tue, 6 Jul 2021 11:15:32 -0400
                Received: from mail.example.com (mail.example.com [192.0.2.2]) by lindbergh.monkeyblade.net (Postfix) with ESMTPS id C061574; Tue, 6 Jul 2021 06:57:00 -0700 (PDT)
                Received: by mail.example.com with SMTP id 1; Tue, 06 Jul 2021 06:46:00 -0700 (PDT)
                X-Mailing-List: linux-kernel@vger.kernel.org
                """);

        SegmentDelays delays = SegmentDelays.of(way.hops());
        assertThat(delays.get(Segment.ORIGIN)).isNull();
        assertThat(delays.get(Segment.INBOUND)).isEqualTo(11 * 60_000L);
        assertThat(delays.get(Segment.LIST)).isEqualTo((78 * 60 + 39) * 1000L);
        assertThat(delays.get(Segment.OUTBOUND)).isEqualTo(-90_000L);
        assertThat(delays.get(Segment.ARCHIVE)).isEqualTo(0L);
        assertThat(way.hops())
                .extracting(Hop::heldBy)
                .containsExactly(
                        null,
                        "mail.example.com",
                        "vger.kernel.org",
                        "vger.kernel.org",
                        "vger.kernel.org",
                        "mx.google.com");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // From the list host's own stamp, not its relay's, which is 12:00:10.
                "'X-Mailman-Approved-At: Tue, 06 Jul 2021 16:00:20 +0200', 7200000",
                "'X-Mailman-Approved-At: Tue, 06 Jul 2021 12:00:20 +0000', 0",
                "'X-Mailman-Approved-At: Tue, 06 Jul 2021 12:00:19 +0000', -",
                "'X-Mailman-Approved-At: yesterday', -",
                "'X-Mailman-Rule-Hits: nonmember-moderation', -",
                "'Approved-By: mod@example.org', -"
            })
    void moderationLastsUntilTheApprovalThatIsNoted(String field, @Nullable Long ms) {
        String header = dated("""
                Received: from lists.example.org (lists.example.org [203.0.113.40]) by mail.example.net (Postfix) with ESMTP id E1; @
                Received: from localhost (localhost [127.0.0.1]) by lists.example.org (Postfix) with ESMTP id D1; @
                Received: from mx1.example.org (mx1.example.org [203.0.113.41]) by lists.example.org (Postfix) with ESMTP id C1; @
                Received: from out.example.com (out.example.com [192.0.2.1]) by mx1.example.org (Postfix) with ESMTP id B1; @
                Received: by out.example.com (Postfix, from userid 1000) id A1; @
                List-Id: <dev.lists.example.org>
                """);

        assertThat(way(header + field + '\n').route().moderatedMs()).isEqualTo(ms);
    }

    @Test
    void withoutAListInTheTraceNothingIsModerated() {
        assertThat(way("""
                Received: from out.example.com (out.example.com [192.0.2.1]) by mail.example.net (Postfix) with ESMTP id A1; Tue, 06 Jul 2021 12:00:20 +0000
                X-Mailman-Approved-At: Tue, 06 Jul 2021 16:00:20 +0200
                """).route().moderatedMs()).isNull();
    }

    @Test
    void withoutAnyStampNothingIsUnderstoodButTheList() {
        RouteFinder.Way way = way("""
                Received: (majordomo@vger.kernel.org) by vger.kernel.org via listexpand
                Received: from a.example.com by vger.kernel.org
                """);

        assertThat(way.hops()).extracting(Hop::segment).containsExactly(null, null);
        assertThat(way.route().listHost()).isEqualTo("vger.kernel.org");
        assertThat(way("Subject: none\n").hops()).isEmpty();
    }

    /** Lines and fields of all cases, thrown together. */
    @Test
    void whateverTheLinesThePartsFollowEachOtherAndAddUp() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Case ways : cases()) {
            lines.addAll(ways.header().lines().toList());
        }
        Random random = new Random(20_210_706);
        int lists = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int j = random.nextInt(30); j >= 0; j--) {
                header.append(lines.get(random.nextInt(lines.size()))).append('\n');
            }
            RouteFinder.Way way = way(header.toString());
            assertSound(way.hops());
            lists += way.hops().stream().anyMatch(hop -> hop.segment() == Segment.LIST) ? 1 : 0;
        }
        assertThat(lists).isBetween(300, 2_700);
    }

    @ParameterizedTest
    @CsvSource({
        "'from localhost (localhost [127.0.0.1]) by h%d.example.org with ESMTP'",
        "'from h%d.example.net (h%d.example.net [192.0.2.1]) by x%d.example.org with ESMTP'",
        "'from localhost by localhost with ESMTP id %d'",
        "'(qmail %d invoked by uid 500)'",
        "'(majordomo@vger.kernel.org) by vger.kernel.org via listexpand id S%d'",
        "'by (%d)'"
    })
    void hundredsOfHopsOfOneKindAreAWayToo(String line) {
        StringBuilder header = new StringBuilder("List-Id: <x.example.org>\n");
        for (int i = 0; i < 1_000; i++) {
            header.append("Received: ")
                    .append(line.replace("%d", Integer.toString(i % 7)))
                    .append("; ")
                    .append(DATE.format(START.minusSeconds(i)))
                    .append("\nDelivered-To: x@example.org\n");
        }
        RouteFinder.Way way = way(header.toString());

        assertThat(way.hops()).hasSize(1_000);
        assertSound(way.hops());
    }

    /** Of 60 hops 10 are kept; the list's lines are among the newest. */
    @Test
    void theListIsFoundBesideAGap() {
        StringBuilder header = new StringBuilder("""
                Received: from lists.example.org (lists.example.org [203.0.113.40]) by mail.example.net (Postfix) with ESMTP id E1; @
                Received: by lists.example.org with ESMTP id D1; @
                X-Original-To: dev@lists.example.org
                Received: from out.example.com (out.example.com [192.0.2.1]) by lists.example.org (Postfix) with ESMTP id C1; @
                """);
        for (int i = 0; i < 57; i++) {
            header.append("Received: by h").append(i).append(".example.com; @\n");
        }
        header.append("List-Id: <dev.lists.example.org>\n");
        Limits d = Limits.DEFAULT;
        Limits limits = new Limits(
                d.mailBytes(),
                d.fieldBytes(),
                d.fields(),
                d.addresses(),
                d.references(),
                10,
                d.parts(),
                d.nesting(),
                d.textChars(),
                d.defects());

        RouteFinder.Way way = way(dated(header.toString()), limits);

        assertThat(way.hops()).extracting(Hop::position).containsExactly(1, 2, 3, 4, 5, 56, 57, 58, 59, 60);
        assertThat(parts(way))
                .containsExactly(
                        "origin",
                        "inbound",
                        "inbound",
                        "inbound",
                        "inbound",
                        "inbound",
                        "inbound",
                        "inbound",
                        "list",
                        "outbound");
    }

    /** Parts in their order, one for each delay, that add up to the time from the first to the last stamp. */
    private static void assertSound(List<Hop> hops) {
        SegmentDelays delays = SegmentDelays.of(hops);
        Stamp first = null;
        Stamp last = null;
        Segment before = Segment.ORIGIN;
        for (Hop hop : hops) {
            if (hop.stamp() != null) {
                first = first == null ? hop.stamp() : first;
                last = hop.stamp();
            }
            if (hop.segment() == null) {
                assertThat(hop.delayMs()).isNull();
                continue;
            }
            assertThat(hop.segment()).isGreaterThanOrEqualTo(before);
            before = hop.segment();
        }
        long sum = 0;
        for (Segment segment : Segment.values()) {
            Long ms = delays.get(segment);
            sum += ms == null ? 0 : ms;
        }
        assertThat(delays.get(Segment.ORIGIN)).isNull();
        if (first != null && last != null) {
            assertThat(sum)
                    .isEqualTo(last.instant().toEpochMilli() - first.instant().toEpochMilli());
        }
    }
}
