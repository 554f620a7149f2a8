package org.listlens.cli;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.inspect.Document;
import org.listlens.inspect.Inspection;

/**
 * What is known of the clocks on a mail's way: from the engine, which has seen other mails; otherwise what this one tells,
 * which is that two clocks differ, never which of them is wrong.
 */
final class InspectClocks {
    private final Page page;
    private final Inspection mail;

    InspectClocks(Page page, Inspection mail) {
        this.page = page;
        this.mail = mail;
    }

    void write() {
        Set<String> unknown = new LinkedHashSet<>();
        for (Document hop : mail.hops()) {
            String host = hop.text("hop.by.host");
            if (host != null && hop.text("hop.stamp") != null) {
                unknown.add(host);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        page.blank();
        page.line("Clocks");
        Set<String> right = new LinkedHashSet<>();
        Set<String> unmeasured = new LinkedHashSet<>();
        for (Document window : mail.clocks()) {
            String host = window.text("host.name");
            boolean believed = "right".equals(window.text("clock.verdict"));
            if (host == null) {
                continue;
            }
            unknown.remove(host);
            if (believed && window.number("clock.offset_ms") == null) {
                unmeasured.add(host);
            } else if (believed && !isOff(window)) {
                right.add(host);
            } else {
                page.wrapped("  " + InspectText.safe(host) + "  ", describe(window));
            }
        }
        names("Right", right);
        names("Not contradicted, but not measured either", unmeasured);
        if (mail.clocks().isEmpty()) {
            alone();
        } else {
            names("Not known", unknown);
        }
    }

    private void names(String what, Set<String> hosts) {
        if (!hosts.isEmpty()) {
            page.wrapped("  " + what + ": ", InspectText.safe(String.join(", ", hosts)));
        }
    }

    private static boolean isOff(Document window) {
        Long offset = window.number("clock.offset_ms");
        return offset != null && Math.abs(offset) >= 1_000;
    }

    private static String describe(Document window) {
        Long offset = window.number("clock.offset_ms");
        Double confidence = window.decimal("clock.confidence");
        StringBuilder text = new StringBuilder();
        text.append(
                switch (String.valueOf(window.text("clock.verdict"))) {
                    case "wrong" -> "is wrong: ";
                    case "disputed" -> "this or another is wrong, and the mails cannot tell which: ";
                    default -> "";
                });
        text.append(offset == null ? "by how much, the mails cannot tell" : side(offset));
        Long min = window.number("clock.offset_min_ms");
        Long max = window.number("clock.offset_max_ms");
        if (min != null && max != null) {
            text.append(", between ").append(seconds(min)).append(" and ").append(seconds(max));
        } else if (min != null) {
            text.append(", at least ").append(seconds(min));
        } else if (max != null) {
            text.append(", at most ").append(seconds(max));
        }
        Long drift = window.number("clock.drift_per_day_ms");
        if (drift != null && drift != 0) {
            text.append("; ")
                    .append(drift > 0 ? "gains " : "loses ")
                    .append(seconds(Math.abs(drift)))
                    .append(" a day");
        }
        if (confidence != null) {
            text.append("; ")
                    .append(words(confidence))
                    .append(" (")
                    .append(Math.round(confidence * 100))
                    .append(" %)");
        }
        Long stamps = window.number("host.stamps");
        if (stamps != null) {
            text.append(", from ").append(Units.count(stamps, "stamp"));
            String day = window.text("@timestamp");
            text.append(day == null ? "" : " of " + InspectText.safe(day.substring(0, Math.min(10, day.length()))));
        }
        return text.toString();
    }

    private static String side(long offset) {
        return seconds(Math.abs(offset)) + (offset < 0 ? " behind" : " ahead");
    }

    private static String seconds(long ms) {
        return Math.abs(ms) < 600_000 ? String.format(Locale.ROOT, "%.1f s", ms / 1e3) : Units.exact(ms);
    }

    private static String words(double confidence) {
        return confidence >= 0.95
                ? "very likely"
                : confidence >= 0.8 ? "likely" : confidence >= 0.6 ? "rather likely" : "uncertain";
    }

    /** What the mail tells by itself. */
    private void alone() {
        @Nullable Document before = null;
        boolean any = false;
        for (Document hop : mail.hops()) {
            Long delay = hop.number("hop.delay_ms");
            if (delay != null && delay < 0) {
                any = true;
                Long precision = hop.number("hop.stamp_precision_ms");
                page.wrapped(
                        "  ",
                        "Those of " + host(before) + " and " + host(hop) + " differ by "
                                + Units.exact(-delay) + " or more"
                                + (precision != null && precision >= 1_000 ? ", give or take 1 s" : "")
                                + ": which of them is wrong, one mail cannot tell.");
            }
            before = hop.text("hop.stamp") == null ? before : hop;
        }
        page.wrapped(
                "  ",
                (any ? "Nothing else is known" : "Nothing is known of them")
                        + "; index mails of these hosts and days, and have the engine asked (--clocks=always).");
    }

    private static String host(@Nullable Document hop) {
        return InspectText.named(hop == null ? null : hop.text("hop.by.host"));
    }
}
