package org.listlens.generate;

import java.util.ArrayList;
import java.util.List;
import org.listlens.generate.Draft.Reply;
import org.listlens.generate.Draft.Trailer;
import org.listlens.generate.Line.Kind;
import org.listlens.generate.ThreadPlan.Post;

/** Writes texts: new ones, replies with quotes, patches and reviews. */
final class Composer {
    private static final List<String> CODE = List.of(
            "\tif (state->steps > limit)",
            "\t\treturn -ERANGE;",
            "\tcount = read_counter(port);",
            "",
            "\tspin_lock(&state->lock);",
            "\tvalue = clamp(value, 0, 4095);",
            "\tstate->last = value;",
            "\tfor (i = 0; i < frames; i++)",
            "\t\tsum += frame[i].weight;",
            "}");
    private static final int MAX_QUOTED = 90;

    private final Prng random;
    private final Person author;
    private final Language language;
    private final boolean flowed;
    private final boolean deep;
    private int sentence;

    /**
     * Begins one text.
     *
     * @param language what it is written in
     * @param flowed whether paragraphs are one line each
     * @param deep whether everything quoted before stays quoted
     */
    Composer(Prng random, Person author, Language language, boolean flowed, boolean deep) {
        this.random = random;
        this.author = author;
        this.language = language;
        this.flowed = flowed;
        this.deep = deep;
        sentence = random.below(language.sentences().size());
    }

    /** A mail that answers nothing. */
    Draft starter() {
        List<Line> lines = new ArrayList<>();
        if (language == Language.ENGLISH) {
            lines.add(Line.text("Hello everyone,"));
            blank(lines);
        }
        paragraph(lines, random.between(2, 5));
        for (int i = random.between(0, 2); i > 0; i--) {
            blank(lines);
            paragraph(lines, random.between(2, 5));
        }
        sign(lines);
        return new Draft(lines, null, List.of());
    }

    /** The letter before the patches of a series. */
    Draft cover(ThreadPlan.Series series) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.text("This series touches the " + series.module() + " driver."));
        blank(lines);
        paragraph(lines, 3);
        blank(lines);
        if (series.version() > 1) {
            lines.add(Line.text("Changes since v" + (series.version() - 1) + ":"));
            lines.add(Line.text("- the comments of the last round are in"));
            blank(lines);
        }
        patchLine(lines, " " + series.module() + ".c | " + random.between(3, 40) + " +++++-----");
        patchLine(lines, " 1 file changed, 5 insertions(+), 5 deletions(-)");
        gitSignature(lines);
        return new Draft(lines, null, List.of());
    }

    /** A patch as git format-patch writes it. */
    Draft patch(ThreadPlan.Series series) {
        List<Line> lines = new ArrayList<>();
        List<Trailer> trailers = new ArrayList<>();
        paragraph(lines, random.between(1, 3));
        blank(lines);
        trailers.add(new Trailer("Signed-off-by", author.name(), author.address()));
        lines.add(Line.text(trailers.get(0).written()));
        int start = random.between(10, 900);
        patchLine(lines, "---");
        patchLine(lines, " " + series.module() + ".c | 6 +++---");
        patchLine(lines, " 1 file changed, 3 insertions(+), 3 deletions(-)");
        blank(lines);
        patchLine(lines, "diff --git a/" + series.module() + ".c b/" + series.module() + ".c");
        patchLine(
                lines,
                "index " + random.string("0123456789abcdef", 12) + ".." + random.string("0123456789abcdef", 12)
                        + " 100644");
        patchLine(lines, "--- a/" + series.module() + ".c");
        patchLine(lines, "+++ b/" + series.module() + ".c");
        patchLine(lines, "@@ -" + start + ",9 +" + start + ",9 @@ static int " + series.module() + "_read(void)");
        for (int i = 0; i < 9; i++) {
            boolean changed = i % 3 == 1;
            patchLine(lines, (changed ? "-" : " ") + random.pick(CODE));
            if (changed) {
                patchLine(lines, "+" + random.pick(CODE));
            }
        }
        gitSignature(lines);
        return new Draft(lines, null, trailers);
    }

    /** An answer. */
    Draft reply(Post parent, boolean review) {
        Reply kind = kind(review);
        List<Trailer> trailers = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<Line> quoted = quote(parent.lines(), kind == Reply.FULL);
        boolean approves = review && kind != Reply.FULL && random.chance(0.3);
        switch (kind) {
            case TOP -> {
                paragraph(lines, random.between(1, 4));
                blank(lines);
                attribute(lines, parent);
                lines.addAll(quoted);
            }
            case BOTTOM -> {
                attribute(lines, parent);
                lines.addAll(quoted);
                blank(lines);
                paragraph(lines, random.between(1, 4));
            }
            case INLINE -> {
                attribute(lines, parent);
                interleave(lines, quoted);
            }
            case NONE -> paragraph(lines, random.between(1, 5));
            case FULL -> {
                attribute(lines, parent);
                lines.addAll(quoted);
            }
        }
        if (approves) {
            String key = random.pick(List.of("Reviewed-by", "Acked-by", "Tested-by"));
            trailers.add(new Trailer(key, author.name(), author.address()));
            blank(lines);
            lines.add(Line.text(trailers.get(0).written()));
        }
        if (kind != Reply.FULL) {
            sign(lines);
        }
        return new Draft(lines, kind, trailers);
    }

    private Reply kind(boolean review) {
        int percent = random.below(100);
        if (deep) {
            return percent < 50 ? Reply.INLINE : percent < 80 ? Reply.TOP : percent < 95 ? Reply.BOTTOM : Reply.FULL;
        }
        int inline = review ? 80 : 48;
        return percent < inline
                ? Reply.INLINE
                : percent < inline + 8
                        ? Reply.BOTTOM
                        : percent < 88 ? Reply.TOP : percent < 97 ? Reply.NONE : Reply.FULL;
    }

    /** The lines of a parent as its answer quotes them. */
    private List<Line> quote(List<Line> parent, boolean all) {
        Line.Marks style = switch (author.client()) {
            case OUTLOOK, MUTT, GMAIL -> Line.Marks.SPACED;
            case OLD -> Line.Marks.TIGHT;
            case THUNDERBIRD, APPLE_MAIL -> Line.Marks.COMPACT;
        };
        List<Line> quoted = new ArrayList<>();
        int run = 0;
        int depth = -1;
        for (Line line : parent) {
            if (line.kind() == Kind.SIGNATURE && !all) {
                continue;
            }
            run = line.depth() == depth ? run + 1 : 0;
            depth = line.depth();
            boolean kept = all || run < 2 || (!deep && run < 14 && depth < 5);
            if (!kept || quoted.size() >= MAX_QUOTED) {
                continue;
            }
            for (Line piece : flowed ? List.of(line) : line.wrapped()) {
                quoted.add(piece.quoted(style));
            }
        }
        while (!quoted.isEmpty() && quoted.get(quoted.size() - 1).blank()) {
            quoted.remove(quoted.size() - 1);
        }
        return quoted;
    }

    private void interleave(List<Line> lines, List<Line> quoted) {
        int answers = Math.clamp(quoted.size() / 3, 1, 3);
        int from = 0;
        for (int i = 1; i <= answers; i++) {
            int to = i == answers ? quoted.size() : Math.min(quoted.size(), from + random.between(1, 8));
            lines.addAll(quoted.subList(from, to));
            blank(lines);
            paragraph(lines, random.between(1, 3));
            if (i < answers && to < quoted.size()) {
                blank(lines);
            }
            if (to == quoted.size()) {
                return;
            }
            from = to;
        }
    }

    private void attribute(List<Line> lines, Post parent) {
        Person asked = parent.author();
        String text = author.language()
                .attribution(asked.name(), asked.address(), author.zone().local(parent.dateMs()));
        int cut = text.length() > 76 && !flowed ? text.lastIndexOf(' ', 72) : -1;
        if (cut > 0) {
            lines.add(Line.of(text.substring(0, cut), Kind.ATTRIBUTION));
            lines.add(Line.of(text.substring(cut + 1), Kind.ATTRIBUTION));
        } else {
            lines.add(Line.of(text, Kind.ATTRIBUTION));
        }
    }

    private void paragraph(List<Line> lines, int sentences) {
        if (!flowed) {
            for (int i = 0; i < sentences; i++) {
                lines.add(Line.text(sentence()));
            }
            return;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append(i > 0 && language.spaced() ? " " : "").append(sentence());
        }
        lines.add(Line.text(text.toString()));
    }

    /** Another sentence, so that none comes again soon. */
    private String sentence() {
        List<String> sentences = language.sentences();
        sentence = (sentence + 1 + random.below(3)) % sentences.size();
        return sentences.get(sentence);
    }

    private void sign(List<Line> lines) {
        if (!author.signs()) {
            return;
        }
        blank(lines);
        lines.add(Line.of("-- ", Kind.SIGNATURE));
        lines.add(Line.of(author.name(), Kind.SIGNATURE));
        if (random.chance(0.3)) {
            lines.add(Line.of("https://" + author.site().domain() + "/", Kind.SIGNATURE));
        }
    }

    private void gitSignature(List<Line> lines) {
        lines.add(Line.of("-- ", Kind.SIGNATURE));
        lines.add(Line.of("2." + random.between(25, 45) + "." + random.below(4), Kind.SIGNATURE));
    }

    private static void patchLine(List<Line> lines, String content) {
        lines.add(Line.of(content, Kind.PATCH));
    }

    private static void blank(List<Line> lines) {
        lines.add(Line.text(""));
    }
}
