package org.listlens.dashboard;

import static org.listlens.dashboard.Aggregation.count;
import static org.listlens.dashboard.Aggregation.number;
import static org.listlens.dashboard.Aggregation.terms;
import static org.listlens.dashboard.Aggregation.time;

import java.util.Map;

/** What was indexed, how fast, and what could not be. */
final class Imports {
    /** Scripted: how many mails a run read in a second. */
    static final String RATE = "import.rate";

    static final String RATE_SCRIPT = """
            if (doc['import.duration_ms'].size() == 0 || doc['import.read'].size() == 0
                || doc['import.duration_ms'].value == 0) {
              return null;
            }
            return doc['import.read'].value * 1000.0 / doc['import.duration_ms'].value;
            """;

    private static final String RUNS = "import.kind : run";

    private Imports() {}

    static Dashboard dashboard() {
        return new Dashboard(
                        "imports",
                        "Mailing lists: imports",
                        "Runs of Listlens: what they read and indexed, how fast, what they rejected, and what lags.",
                        "now-90d")
                .add(32, 8, Panels.words("imports-words", "How to read this", """
                        **Is everything in the index?** Each run of Listlens keeps a ledger: *read = indexed + unchanged + \
                        duplicate + rejected*. Rejected is what could not be read; its place and reason are below, and \
                        nothing else is missing.

                        A followed source *lags* while it holds mails that are not indexed yet. Here time is that of the \
                        runs, not of the mails. [Delivery latency](#/view/listlens-delivery-latency) · \
                        [Discussion](#/view/listlens-discussion)
                        """))
                .add(
                        16,
                        8,
                        Panels.choices(
                                "imports-choices",
                                "Choose",
                                new Panels.Choice(Index.IMPORTS, "archive.source", "Archive", true)))
                .add(
                        48,
                        6,
                        Chart.numbers("import-numbers", Index.IMPORTS, "All runs of the period")
                                .where(RUNS)
                                .metric(count("runs"))
                                .metric(number("sum", "import.read", "read"))
                                .metric(number("sum", "import.indexed", "indexed"))
                                .metric(number("sum", "import.unchanged", "unchanged"))
                                .metric(number("sum", "import.duplicate", "duplicate"))
                                .metric(number("sum", "import.rejected", "rejected")))
                .add(
                        24,
                        12,
                        Chart.bars("import-outcomes", Index.IMPORTS, "Mails read, by what became of them")
                                .where(RUNS)
                                .metric(number("sum", "import.indexed", "indexed"))
                                .metric(number("sum", "import.unchanged", "unchanged"))
                                .metric(number("sum", "import.duplicate", "duplicate"))
                                .metric(number("sum", "import.rejected", "rejected"))
                                .along(time("When the run began"))
                                .values("Mails")
                                .colored(Map.of(
                                        "indexed", Palette.BLUE,
                                        "unchanged", Palette.SKY,
                                        "duplicate", Palette.GREY,
                                        "rejected", Palette.RED)))
                .add(
                        24,
                        12,
                        Chart.bars("import-rates", Index.IMPORTS, "How fast runs were: mails read in a second")
                                .about("Of runs that have ended; that of a run that follows counts its waiting too.")
                                .where(RUNS)
                                .metric(number("max", RATE, "Fastest run"))
                                .along(time("When the run began"))
                                .values("Mails a second")
                                .colored(Map.of("Fastest run", Palette.GREEN)))
                .add(
                        48,
                        13,
                        Panels.documents(
                                "runs",
                                Index.IMPORTS,
                                "Runs, the newest first",
                                RUNS,
                                "@timestamp",
                                "import.sources",
                                "import.duration_ms",
                                "import.read",
                                "import.indexed",
                                "import.unchanged",
                                "import.duplicate",
                                "import.rejected",
                                "import.version"))
                .add(
                        24,
                        13,
                        Chart.table(
                                        "rejections",
                                        Index.IMPORTS,
                                        "Rejected mails with reasons (nothing here is good: all could be read)")
                                .where("import.kind : rejection")
                                .metric(count("Mails"))
                                .rows(terms("import.reason.keyword", 50, "Reason"))
                                .rows(terms("archive.source", 20, "Archive"))
                                .rows(terms("archive.position", 20, "Place in it")))
                .add(
                        24,
                        13,
                        Chart.table(
                                        "source-lag",
                                        Index.IMPORTS,
                                        "Sources: what waits there, and when they were read last")
                                .about("Lag is known of sources that are followed only.")
                                .where("import.kind : source")
                                .metric(number("max", "import.lag_ms", "Waits since"))
                                .metric(number("max", "import.checked", "All indexed at"))
                                .rows(terms("archive.source", 50, "_key", "Source"))
                                .rows(terms("import.followed", 2, "_key", "Followed")));
    }
}
