package org.listlens.dashboard;

import static org.listlens.dashboard.Aggregation.count;
import static org.listlens.dashboard.Aggregation.filters;
import static org.listlens.dashboard.Aggregation.number;
import static org.listlens.dashboard.Aggregation.terms;
import static org.listlens.dashboard.Aggregation.time;

import java.util.Map;

/** Whose clock is wrong, and whose signatures hold. */
final class ClocksAndTrust {
    private static final String ARRIVED = "When the mail arrived";

    private static final Aggregation SIGNATURES = filters(
            "Signatures",
            "broken",
            "authentication.dkim.broken : true",
            "whole",
            "authentication.dkim.broken : false",
            "nobody could tell",
            "not authentication.dkim.broken : *");

    private ClocksAndTrust() {}

    static Dashboard dashboard() {
        Dashboard dashboard = new Dashboard(
                        "clocks-and-trust",
                        "Mailing lists: clocks and trust",
                        "Hosts whose clocks were wrong, what correction does, and what hosts found of signatures.",
                        "now-10y")
                .add(32, 8, Panels.words("clocks-words", "How to read this", """
                        **Can the time stamps be believed, and the senders?** A mail cannot arrive before it was sent: where \
                        stamps say so, a clock is wrong. From many mails Listlens finds whose, and between which *bounds* it \
                        was off. *Raw* is what the stamps say, *corrected* has that taken off.

                        Authentication is what the hosts on the way have noted of SPF, DKIM and DMARC when the mail came. \
                        A list that changes subject or text breaks the author's signature. \
                        [Delivery latency](#/view/listlens-delivery-latency)
                        """))
                .add(
                        16,
                        8,
                        Panels.choices(
                                "clocks-choices",
                                "Choose",
                                new Panels.Choice(Index.DELIVERIES, "list.id", "Mailing list", true)));
        clocks(dashboard);
        trust(dashboard);
        return dashboard;
    }

    private static void clocks(Dashboard dashboard) {
        dashboard
                .add(
                        48,
                        24,
                        Panels.vega(
                                "clock-offsets",
                                "How far wrong clocks were off: dots are estimates, bars the bounds between which they lie",
                                "The six hosts that were wrong on most days; above 0 a clock is ahead. A triangle lies beyond the scale.",
                                Dashboards.specification("clock-offsets.json")))
                .add(
                        24,
                        12,
                        Chart.lines(
                                        "negative-hops",
                                        Index.HOPS,
                                        "Hops that seem to take negative time: raw against corrected")
                                .metric(count("Hops"))
                                .along(time("When the host took the mail"))
                                .by(filters(
                                        "Delays",
                                        "raw (by stamps)",
                                        "hop.delay_ms < 0",
                                        "corrected",
                                        "hop.delay_corrected_ms < 0"))
                                .values("Hops below zero")
                                .colored(Map.of(
                                        "raw (by stamps)", Palette.ORANGE,
                                        "corrected", Palette.BLUE)))
                .add(
                        24,
                        12,
                        Chart.bars("clock-verdicts", Index.HOSTS, "Clocks by verdict: hosts over time")
                                .about(
                                        "right: nothing speaks against it; wrong: clocks that agree with many others contradict"
                                                + " it; disputed: it or another one is wrong.")
                                .where("clock.verdict : *")
                                .metric(number("cardinality", "host.name", "Hosts"))
                                .along(time("Day"))
                                .by(terms("clock.verdict", 3, "Verdict"))
                                .values("Hosts")
                                .colored(
                                        Map.of("right", Palette.SKY, "wrong", Palette.RED, "disputed", Palette.ORANGE)))
                .add(
                        48,
                        13,
                        Chart.table("wrong-clocks", Index.HOSTS, "Hosts with a wrong clock")
                                .where("clock.verdict : wrong")
                                .metric(count("Days wrong"))
                                .metric(number("median", "clock.offset_ms", "Ahead by"))
                                .metric(number("min", "clock.offset_min_ms", "At least"))
                                .metric(number("max", "clock.offset_max_ms", "At most"))
                                .metric(number("median", "clock.drift_per_day_ms", "Gains a day"))
                                .metric(number("avg", "clock.confidence", "Certainty"))
                                .rows(terms("host.name", 50, "Host")));
    }

    private static void trust(Dashboard dashboard) {
        dashboard
                .add(16, 12, results("dkim", "DKIM: signatures of domains"))
                .add(16, 12, results("spf", "SPF: hosts that may send for a domain"))
                .add(16, 12, results("dmarc", "DMARC: does the author's domain stand for it"))
                .add(
                        20,
                        13,
                        Chart.lines(
                                        "signatures",
                                        Index.DELIVERIES,
                                        "DKIM signatures when the mail arrived: whole or broken")
                                .about(
                                        "Broken: the last host that could tell found that the mail is not what was signed."
                                                + " A failure for want of a key tells nothing.")
                                .metric(count("Copies of mails"))
                                .along(time(ARRIVED))
                                .by(SIGNATURES)
                                .values("Copies of mails")
                                .logarithmic(1)
                                .dots()
                                .colored(Map.of(
                                        "whole",
                                        Palette.BLUE,
                                        "broken",
                                        Palette.RED,
                                        "nobody could tell",
                                        Palette.GREY)))
                .add(
                        28,
                        13,
                        Chart.table(
                                        "broken-by-hop",
                                        Index.DELIVERIES,
                                        "Broken signatures by hop: between which hosts they broke")
                                .metric(count("Copies"))
                                .where("authentication.dkim.broken : *")
                                .rows(terms("authentication.dkim.broken", 2, "Broken"))
                                .rows(terms("authentication.dkim.broken_after", 20, "Last found whole at")
                                        .orNone())
                                .rows(terms("authentication.dkim.broken_at", 20, "First found broken at")
                                        .orNone()));
    }

    private static Chart results(String method, String title) {
        String field = "authentication." + method + ".result";
        return Chart.lines(method + "-results", Index.DELIVERIES, title + " (results over time)")
                .metric(count("Copies of mails"))
                .along(time(ARRIVED))
                .by(terms(field, 8, "Result").orNone())
                .values("Copies of mails")
                .logarithmic(1)
                .dots()
                .colored(Palette.RESULTS);
    }
}
