package org.listlens.dashboard;

import static org.listlens.dashboard.Aggregation.count;
import static org.listlens.dashboard.Aggregation.number;
import static org.listlens.dashboard.Aggregation.terms;

import org.listlens.dashboards.LinkScript;

/** The way of one mail, hop by hop. */
final class OneMail {
    private OneMail() {}

    static Dashboard dashboard() {
        return new Dashboard(
                        "one-mail",
                        "Mailing lists: one mail",
                        "The way of a chosen mail, host by host, and how long each took.",
                        "now-10y")
                .add(26, 9, Panels.words("one-mail-words", "How to read this", """
                        **How did one mail travel?** Choose it by its Message-ID on the right, or move the mouse over one in \
                        the list of mails below and click ⊕ beside its *email.message_id*. A mail that came by several lists \
                        has several copies, one for each: choose one of them by its list.

                        The waterfall shows one copy. As long as several fit, it is the one that took longest; where none \
                        fits, the panel says so. Bars are as long as the hosts took, by right clocks.
                        """))
                .add(
                        22,
                        9,
                        Panels.choices(
                                "one-mail-choices",
                                "Choose a mail",
                                new Panels.Choice(Index.HOPS, "email.message_id", "Message-ID", false),
                                new Panels.Choice(Index.HOPS, "list.id", "Mailing list", false)))
                .add(
                        48,
                        20,
                        Panels.vega(
                                "hop-waterfall",
                                "The mail's way: one bar for each host",
                                "With nothing chosen, the copy that took longest of all that fit.",
                                Dashboards.specification("one-mail.json")))
                .add(
                        48,
                        15,
                        Panels.documents(
                                "one-mail-copies",
                                Index.DELIVERIES,
                                "Mails that fit, the slowest first (corrected)",
                                "delivery.latency_corrected_ms : *",
                                "delivery.latency_corrected_ms",
                                "email.subject",
                                "email.from.name",
                                "list.id",
                                "delivery.latency_corrected_ms",
                                "delivery.hops",
                                LinkScript.FIELD,
                                "email.message_id"))
                .add(
                        48,
                        14,
                        Chart.table(
                                        "one-mail-hosts",
                                        Index.HOPS,
                                        "Hosts that took the mail, and how long that was after the last")
                                .metric(number("max", "hop.delay_ms", "By the stamps"))
                                .metric(number("max", "hop.delay_corrected_ms", "Corrected"))
                                .metric(number("min", "hop.position", "Hop"))
                                .metric(count("Hops"))
                                .rows(terms("hop.by.host", 50, "2", "Host"))
                                .rows(terms("hop.segment", 5, "2", "Part of the way")));
    }
}
