package org.listlens.dashboard;

import static org.listlens.dashboard.Aggregation.count;
import static org.listlens.dashboard.Aggregation.histogram;
import static org.listlens.dashboard.Aggregation.number;
import static org.listlens.dashboard.Aggregation.percentiles;
import static org.listlens.dashboard.Aggregation.terms;
import static org.listlens.dashboard.Aggregation.time;

import java.util.Map;
import org.listlens.dashboards.LinkScript;

/** How long mail took, and where it waited. */
final class DeliveryLatency {
    private static final String LATENCY = "delivery.latency_corrected_ms";
    private static final String ARRIVED = "When the mail arrived";
    private static final String WAY = "all";

    private static final int SECOND = 1_000;

    private DeliveryLatency() {}

    static Dashboard dashboard() {
        return new Dashboard(
                        "delivery-latency",
                        "Mailing lists: delivery latency",
                        "How long mail took from its author's provider to the archive, and which part of the way and which"
                                + " host held it.",
                        "now-10y")
                .add(32, 8, Panels.words("delivery-latency-words", "How to read this", """
                        **How long did mail take, and where did it wait?** A mail's time on the way counts from the first \
                        time stamp that a mail host put on it to the last one. *Corrected* times have what is known of \
                        wrong clocks taken off. Half of all mails were faster than the median; one in twenty was slower \
                        than the 95th percentile.

                        Drag over a chart to look into a period, click a line or bar to see that list or host only. \
                        [Discussion](#/view/listlens-discussion) · \
                        [Clocks and trust](#/view/listlens-clocks-and-trust) · [One mail](#/view/listlens-one-mail) · \
                        [Imports](#/view/listlens-imports)
                        """))
                .add(
                        16,
                        8,
                        Panels.choices(
                                "delivery-latency-choices",
                                "Choose",
                                new Panels.Choice(Index.DELIVERIES, "list.id", "Mailing list", true)))
                .add(
                        48,
                        6,
                        Chart.numbers(
                                        "latency-numbers",
                                        Index.DELIVERIES,
                                        "Time on the way of all mails (corrected for wrong clocks)")
                                .metric(count("copies of mails"))
                                .metric(percentiles(LATENCY, WAY, 50, 95, 99))
                                .metric(number("max", LATENCY, "the slowest took")))
                .add(
                        24,
                        15,
                        Chart.lines(
                                        "latency-percentiles",
                                        Index.DELIVERIES,
                                        "How long mail took over time: median, 95th and 99th percentile (corrected)")
                                .metric(percentiles(LATENCY, WAY, 50, 95, 99))
                                .along(time(ARRIVED))
                                .values("Time on the way")
                                .logarithmic(SECOND)
                                .colored(Palette.percentiles(WAY, 50, 95, 99)))
                .add(
                        24,
                        15,
                        Chart.lines(
                                        "latency-by-list",
                                        Index.DELIVERIES,
                                        "95th percentile by list over time (corrected)")
                                .metric(percentiles(LATENCY, WAY, 95))
                                .along(time(ARRIVED))
                                .by(terms("list.id", 8, "custom", "List"))
                                .values("Time on the way of the slowest twentieth")
                                .logarithmic(SECOND))
                .add(
                        48,
                        12,
                        Chart.bars(
                                        "latency-segments",
                                        Index.DELIVERIES,
                                        "Where the time goes: time of all mails by part of the way (corrected)")
                                .metric(number("sum", "delivery.inbound_corrected_ms", "to the list"))
                                .metric(number("sum", "delivery.list_corrected_ms", "in the list"))
                                .metric(number("sum", "delivery.outbound_corrected_ms", "from the list"))
                                .metric(number("sum", "delivery.archive_corrected_ms", "at the archive"))
                                .along(time(ARRIVED))
                                .values("Time that all mails took together")
                                .colored(Map.of(
                                        "to the list", Palette.SKY,
                                        "in the list", Palette.RED,
                                        "from the list", Palette.GREEN,
                                        "at the archive", Palette.PINK)))
                .add(
                        48,
                        11,
                        Chart.table("latency-lists", Index.DELIVERIES, "Lists compared (corrected)")
                                .metric(count("Copies"))
                                .metric(percentiles(LATENCY, WAY, 50, 95, 99))
                                .metric(number("max", LATENCY, "Slowest"))
                                .rows(terms("list.id", 20, "List")))
                .add(
                        28,
                        17,
                        Chart.heatmap(
                                        "dwell-by-day",
                                        Index.DELIVERIES,
                                        "When the lists held mail: 95th percentile of the time in the list, hour by day"
                                                + " (corrected)")
                                .metric(percentiles("delivery.list_corrected_ms", "all", 95))
                                .along(time("d", "Day the mail arrived"))
                                .by(histogram("delivery.hour", "Hour of the day (UTC)")
                                        .between(0, 23)))
                .add(
                        20,
                        17,
                        Chart.heatmap(
                                        "dwell-by-weekday",
                                        Index.DELIVERIES,
                                        "Time in the list, hour by day of the week: 95th percentile (corrected)")
                                .metric(percentiles("delivery.list_corrected_ms", "all", 95))
                                .along(histogram("delivery.weekday", "Day of the week (1 is Monday)")
                                        .between(1, 7))
                                .by(histogram("delivery.hour", "Hour of the day (UTC)")
                                        .between(0, 23)))
                .add(
                        24,
                        14,
                        Chart.table("holding-hosts", Index.DELIVERIES, "Hosts that held mail longest (corrected)")
                                .about("Of each mail, the host that held it longest.")
                                .metric(number("sum", "delivery.held_corrected_ms", "Held in all"))
                                .metric(count("Mails"))
                                .metric(percentiles("delivery.held_corrected_ms", "all", 95))
                                .rows(terms("delivery.held_corrected_by", 30, "Host")))
                .add(
                        24,
                        14,
                        Chart.table("sender-domains", Index.DELIVERIES, "Sender domains and their latency (corrected)")
                                .metric(count("Mails"))
                                .metric(percentiles(LATENCY, WAY, 50, 95))
                                .rows(terms("email.from.domain", 30, "Sender's domain")))
                .add(
                        48,
                        17,
                        Panels.documents(
                                "slowest-mails",
                                Index.DELIVERIES,
                                "Slowest mails, with links to where they can be read (corrected)",
                                "delivery.latency_corrected_ms : *",
                                LATENCY,
                                "email.subject",
                                "list.id",
                                LATENCY,
                                "delivery.held_corrected_by",
                                "delivery.held_corrected_ms",
                                LinkScript.FIELD,
                                "email.message_id"))
                .add(
                        24,
                        12,
                        Chart.bars("hop-count", Index.DELIVERIES, "How many hosts a mail passed")
                                .metric(count("Copies of mails"))
                                .along(histogram("delivery.hops", "Hops"))
                                .values("Copies of mails")
                                .colored(Map.of("Copies of mails", Palette.BLUE)))
                .add(
                        24,
                        12,
                        Chart.bars(
                                        "greylisting",
                                        Index.DELIVERIES,
                                        "Greylisting: how long hosts had mails wait that they did not know")
                                .where("delivery.greylisted_ms : *")
                                .about(
                                        "Greylisting turns unknown senders away at first, and takes their mail when they come"
                                                + " again. Only mails whose trace notes it are counted.")
                                .metric(number("median", "delivery.greylisted_ms", "median wait"))
                                .along(time(ARRIVED))
                                .values("Wait")
                                .colored(Map.of("median wait", Palette.BLUE)))
                .add(
                        24,
                        12,
                        Chart.bars("tls", Index.HOPS, "TLS: share of hops by version over time")
                                .metric(count("Hops"))
                                .along(time("When the host took the mail"))
                                .by(terms("hop.tls.version", 6, "TLS version").orNone())
                                .values("Share of hops")
                                .shares()
                                .colored(Map.of(
                                        "1.3", Palette.BLUE,
                                        "1.2", Palette.SKY,
                                        "1.1", Palette.ORANGE,
                                        "1.0", Palette.RED,
                                        "none noted", Palette.GREY)))
                .add(
                        24,
                        12,
                        Chart.ranking("protocols", Index.HOPS, "Protocols that hosts passed mail by")
                                .about("ESMTPS is ESMTP with TLS, ESMTPSA also with the sender's password.")
                                .metric(count("Hops"))
                                .along(terms("hop.with", 12, "Protocol"))
                                .values("Hops")
                                .colored(Map.of("Hops", Palette.BLUE)));
    }
}
