package org.listlens.dashboard;

import static org.listlens.dashboard.Aggregation.count;
import static org.listlens.dashboard.Aggregation.filters;
import static org.listlens.dashboard.Aggregation.number;
import static org.listlens.dashboard.Aggregation.percentiles;
import static org.listlens.dashboard.Aggregation.terms;
import static org.listlens.dashboard.Aggregation.time;

import java.util.Map;
import org.listlens.dashboards.LinkScript;

/** Who talks, and how the discussion goes. */
final class Discussion {
    private static final String WRITTEN = "When the mail was written";
    private static final String BEGUN = "When the thread began";
    private static final String PEOPLE = "author.robot : false";

    private static final int SECOND = 1_000;

    private Discussion() {}

    static Dashboard dashboard() {
        Dashboard dashboard = new Dashboard(
                        "discussion",
                        "Mailing lists: discussion",
                        "Who writes, how threads grow, how people quote and answer, and what becomes of patches.",
                        "now-10y")
                .add(32, 8, Panels.words("discussion-words", "How to read this", """
                        **Who talks, and does anybody answer?** A mail counts once, however many lists it went to; mails of \
                        programs (build bots, bug trackers) count only where a title says so. A *thread* is a first mail \
                        with all answers to it and to each other; its *depth* is how many answers follow one upon the other.

                        Drag over a chart to look into a period, click a bar or name to see that alone. \
                        [Delivery latency](#/view/listlens-delivery-latency) · \
                        [Clocks and trust](#/view/listlens-clocks-and-trust)
                        """))
                .add(
                        16,
                        8,
                        Panels.choices(
                                "discussion-choices",
                                "Choose",
                                new Panels.Choice(Index.MESSAGES, "list.id", "Mailing list", true)));
        people(dashboard);
        threads(dashboard);
        quotes(dashboard);
        patches(dashboard);
        return dashboard;
    }

    private static void people(Dashboard dashboard) {
        dashboard
                .add(
                        24,
                        12,
                        Chart.bars("mails", Index.MESSAGES, "Mails over time, programs included")
                                .metric(count("Mails"))
                                .along(time(WRITTEN))
                                .by(terms("list.id", 8, "List"))
                                .values("Mails"))
                .add(
                        24,
                        12,
                        Chart.lines("participants", Index.MESSAGES, "People who wrote, over time")
                                .where(PEOPLE)
                                .metric(number("cardinality", "author.id", "People"))
                                .along(time(WRITTEN))
                                .values("People")
                                .colored(Map.of("People", Palette.BLUE)))
                .add(
                        24,
                        12,
                        Chart.bars("newcomers", Index.PEOPLE, "Newcomers: people who wrote for the first time")
                                .where("person.robot : false")
                                .metric(count("Newcomers"))
                                .along(time("When the person wrote first"))
                                .values("Newcomers")
                                .colored(Map.of("Newcomers", Palette.GREEN)))
                .add(
                        24,
                        12,
                        Chart.ranking("zones", Index.MESSAGES, "Time zones that people write in")
                                .where(PEOPLE)
                                .metric(count("Mails"))
                                .along(terms("email.origination_zone", 20, "Offset from UTC"))
                                .values("Mails")
                                .colored(Map.of("Mails", Palette.BLUE)))
                .add(
                        24,
                        14,
                        Chart.table("top-participants", Index.MESSAGES, "Who wrote most")
                                .where(PEOPLE)
                                .metric(count("Mails"))
                                .metric(number("cardinality", "thread.id", "Threads"))
                                .metric(number("avg", "quote.new_lines", "New lines a mail"))
                                .rows(terms("author.name.keyword", 50, "Person")))
                .add(
                        24,
                        14,
                        Chart.ranking("organisations", Index.MESSAGES, "Organisations that people write for")
                                .about("By the domains of addresses; those of mail providers tell of no organisation.")
                                .where(PEOPLE)
                                .metric(count("Mails"))
                                .along(terms("author.organization", 15, "Organisation")
                                        .orNone())
                                .values("Mails")
                                .colored(Map.of("Mails", Palette.BLUE)));
    }

    private static void threads(Dashboard dashboard) {
        dashboard
                .add(
                        24,
                        12,
                        Chart.bars(
                                        "thread-sizes",
                                        Index.THREADS,
                                        "Threads by size (mails) and depth (answers in a row)")
                                .metric(count("Threads"))
                                .along(filters(
                                        "Mails in the thread",
                                        "1 mail",
                                        "thread.messages : 1",
                                        "2",
                                        "thread.messages : 2",
                                        "3 to 5",
                                        "thread.messages >= 3 and thread.messages < 6",
                                        "6 to 10",
                                        "thread.messages >= 6 and thread.messages < 11",
                                        "11 to 20",
                                        "thread.messages >= 11 and thread.messages < 21",
                                        "21 to 50",
                                        "thread.messages >= 21 and thread.messages < 51",
                                        "51 or more",
                                        "thread.messages >= 51"))
                                .by(filters(
                                        "Answers in a row",
                                        "no answer",
                                        "thread.depth : 0",
                                        "1 in a row",
                                        "thread.depth : 1",
                                        "2 or 3",
                                        "thread.depth >= 2 and thread.depth < 4",
                                        "4 to 7",
                                        "thread.depth >= 4 and thread.depth < 8",
                                        "8 or more",
                                        "thread.depth >= 8"))
                                .values("Threads")
                                .colored(Map.of(
                                        "no answer", Palette.GREY,
                                        "1 in a row", Palette.SKY,
                                        "2 or 3", Palette.BLUE,
                                        "4 to 7", Palette.ORANGE,
                                        "8 or more", Palette.RED)))
                .add(
                        24,
                        12,
                        Chart.bars("unanswered", Index.THREADS, "Unanswered threads: share over time")
                                .about(
                                        "Answered is a thread when another person than who began it has written; programs do"
                                                + " not count.")
                                .metric(count("Threads"))
                                .along(time(BEGUN))
                                .by(filters(
                                        "Answered",
                                        "unanswered",
                                        "thread.unanswered : true",
                                        "answered",
                                        "thread.unanswered : false"))
                                .values("Share of threads")
                                .shares()
                                .colored(Map.of("unanswered", Palette.ORANGE, "answered", Palette.SKY)))
                .add(
                        24,
                        12,
                        Chart.lines(
                                        "first-response",
                                        Index.THREADS,
                                        "Time to the first answer: median and 90th percentile")
                                .where("thread.first_response_ms >= 0")
                                .metric(percentiles("thread.first_response_ms", "all", 50, 90))
                                .along(time(BEGUN))
                                .values("Time to the first answer")
                                .logarithmic(SECOND)
                                .colored(Map.of(
                                        "50th percentile of all", Palette.BLUE,
                                        "90th percentile of all", Palette.RED)))
                .add(
                        24,
                        12,
                        Panels.documents(
                                "unanswered-threads",
                                Index.THREADS,
                                "Threads that nobody has answered, the newest first",
                                "thread.unanswered : true",
                                "@timestamp",
                                "email.subject",
                                "author.name",
                                LinkScript.FIELD))
                .add(
                        48,
                        14,
                        Panels.documents(
                                "largest-threads",
                                Index.THREADS,
                                "Largest threads",
                                "",
                                "thread.messages",
                                "email.subject",
                                "thread.messages",
                                "thread.depth",
                                "thread.participants",
                                "thread.duration_ms",
                                "thread.first_response_ms",
                                LinkScript.FIELD));
    }

    private static void quotes(Dashboard dashboard) {
        dashboard
                .add(
                        24,
                        12,
                        Chart.bars("quote-depth", Index.MESSAGES, "Quote depth: how deep mails quote, share over time")
                                .where("author.robot : false and quote.depth : *")
                                .metric(count("Mails"))
                                .along(time(WRITTEN))
                                .by(filters(
                                        "Quoted",
                                        "nothing quoted",
                                        "quote.depth : 0",
                                        "one level",
                                        "quote.depth : 1",
                                        "two levels",
                                        "quote.depth : 2",
                                        "three or more",
                                        "quote.depth >= 3"))
                                .values("Share of mails")
                                .shares()
                                .colored(Map.of(
                                        "nothing quoted", Palette.GREY,
                                        "one level", Palette.SKY,
                                        "two levels", Palette.BLUE,
                                        "three or more", Palette.RED)))
                .add(
                        24,
                        12,
                        Chart.bars(
                                        "reply-style",
                                        Index.MESSAGES,
                                        "Reply style: where the answer stands, share over time")
                                .about(
                                        "top: above what is quoted; inline: between; bottom: below; full-quote: nothing new.")
                                .where("author.robot : false and not quote.style : none")
                                .metric(count("Mails"))
                                .along(time(WRITTEN))
                                .by(terms("quote.style", 5, "Style"))
                                .values("Share of answers that quote")
                                .shares()
                                .colored(Map.of(
                                        "inline", Palette.BLUE,
                                        "top", Palette.ORANGE,
                                        "bottom", Palette.SKY,
                                        "full-quote", Palette.RED)));
    }

    private static void patches(Dashboard dashboard) {
        dashboard
                .add(
                        16,
                        12,
                        Chart.bars("series", Index.SERIES, "Patch series by the version they came to")
                                .metric(count("Series"))
                                .along(time("When the series was first sent"))
                                .by(filters(
                                        "Versions",
                                        "one version",
                                        "series.last_version : 1",
                                        "two",
                                        "series.last_version : 2",
                                        "three or four",
                                        "series.last_version >= 3 and series.last_version < 5",
                                        "five or more",
                                        "series.last_version >= 5"))
                                .values("Patch series")
                                .colored(Map.of(
                                        "one version", Palette.SKY,
                                        "two", Palette.BLUE,
                                        "three or four", Palette.ORANGE,
                                        "five or more", Palette.RED)))
                .add(
                        16,
                        12,
                        Chart.lines(
                                        "review-time",
                                        Index.SERIES,
                                        "Time to the first review of a series: median, 90th percentile")
                                .about(
                                        "From the first mail to the first Reviewed-by, Acked-by or Tested-by of another person.")
                                .where("series.first_review_ms >= 0")
                                .metric(percentiles("series.first_review_ms", "all", 50, 90))
                                .along(time("When the series was first sent"))
                                .values("Time to the first review")
                                .logarithmic(SECOND)
                                .colored(Map.of(
                                        "50th percentile of all", Palette.BLUE,
                                        "90th percentile of all", Palette.RED)))
                .add(
                        16,
                        12,
                        Chart.table("reviewers", Index.SERIES, "Who reviewed most series")
                                .metric(count("Series"))
                                .metric(percentiles("series.first_review_ms", "first review", 50))
                                .rows(terms("series.reviews.name.keyword", 50, "Reviewer")));
    }
}
