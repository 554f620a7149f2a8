package org.listlens.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.listlens.inspect.Document;

/**
 * The hops of a mail, oldest first: what each host stamped and noted, and on the right how long the mail took to it, as a
 * bar on the time of the whole way. Each bar begins where the one before ends; one of {@code <} goes back in time.
 */
final class HopTable {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLISECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String INDENT = "     ";
    private static final int DELAY = 26;

    private final Page page;
    private final List<Document> hops;
    private final boolean corrected;
    private final int bar;

    /** From the first stamp, by the raw delays and by the corrected ones; the bars' scale is that of both. */
    private long least;

    private long most;

    HopTable(Page page, List<Document> hops, boolean corrected) {
        this.page = page;
        this.hops = hops;
        this.corrected = corrected;
        this.bar = Math.clamp(page.width() - 82, 10, 40);
    }

    void write() {
        if (hops.isEmpty()) {
            page.line("Hops: none; the mail has no Received field.");
            return;
        }
        scale("hop.delay_ms");
        scale("hop.delay_corrected_ms");
        page.line("Hops, oldest first; times in UTC with the zone as written");
        long raw = 0;
        long right = 0;
        String day = "";
        boolean unsure = false;
        for (Document hop : hops) {
            Instant stamp = hop.time("hop.stamp");
            if (stamp != null && !DAY.format(stamp).equals(day)) {
                day = DAY.format(stamp);
                page.line(INDENT + day);
            }
            List<String> delays = new ArrayList<>();
            Long delay = hop.number("hop.delay_ms");
            if (delay != null) {
                delays.add(delay(corrected ? "raw " : "", delay, "") + bar(raw, raw + delay));
                raw += delay;
            }
            Long other = corrected ? hop.number("hop.delay_corrected_ms") : null;
            if (other != null) {
                boolean sure = hop.decimal("hop.confidence") != null;
                unsure |= !sure;
                delays.add(delay("corrected ", other, sure ? "" : "?") + bar(right, right + other));
                right += other;
            }
            write(hop, delays);
        }
        if (unsure) {
            page.line(INDENT + "? one of the two clocks is not measured and was taken to be right");
        }
    }

    private void scale(String field) {
        long at = 0;
        for (Document hop : hops) {
            Long delay = hop.number(field);
            at += delay == null ? 0 : delay;
            least = Math.min(least, at);
            most = Math.max(most, at);
        }
    }

    private static String delay(String name, long ms, String mark) {
        return Page.right(name + Units.exact(ms), DELAY) + (mark.isEmpty() ? "  " : mark + " ");
    }

    /** The bar of a delay: at least one cell, and as long as its share of the way; {@code <} when it is negative. */
    private String bar(long from, long to) {
        long whole = Math.max(1, most - least);
        int start = (int) Math.min(bar - 1, (Math.min(from, to) - least) * bar / whole);
        int end = (int) Math.min(bar, ((Math.max(from, to) - least) * bar + whole - 1) / whole);
        String cell = to == from ? "▏" : to > from ? "█" : "<";
        return " ".repeat(start) + cell.repeat(to == from ? 1 : Math.max(1, end - start));
    }

    /** The delays stand right of the first lines that leave room for them. */
    private void write(Document hop, List<String> delays) {
        int left = page.width() - DELAY - 2 - bar;
        int next = 0;
        for (String line : List.of(first(hop), second(hop))) {
            if (next < delays.size() && TerminalText.columns(line) < left) {
                page.line(Page.padded(line, left) + delays.get(next++));
            } else if (!line.isBlank()) {
                page.line(line);
            }
        }
        while (next < delays.size()) {
            page.line(" ".repeat(left) + delays.get(next++));
        }
        String line = line(hop);
        if (!line.isEmpty()) {
            page.wrapped(INDENT, line);
        }
        String noted = noted(hop);
        if (!noted.isEmpty()) {
            page.wrapped(INDENT, noted);
        }
    }

    private static String first(Document hop) {
        Long position = hop.number("hop.position");
        Instant stamp = hop.time("hop.stamp");
        String zone = hop.text("hop.stamp_zone");
        String host = hop.text("hop.by.host");
        return Page.right(String.valueOf(position), 3) + "  "
                + (stamp == null ? "no time" : time(stamp, precise(hop)))
                + (zone == null ? "" : " " + InspectText.safe(zone)) + "  "
                + (host == null ? "(unnamed host)" : InspectText.safe(host));
    }

    private static boolean precise(Document hop) {
        Long precision = hop.number("hop.stamp_precision_ms");
        return precision != null && precision < 1_000;
    }

    private static String time(Instant time, boolean precise) {
        return (precise ? MILLISECOND : SECOND).format(time);
    }

    private static String second(Document hop) {
        String segment = hop.text("hop.segment");
        String holder = hop.text("hop.held_by");
        String held = holder == null ? "" : "held by " + InspectText.safe(holder);
        return INDENT + (segment == null ? held : held.isEmpty() ? segment : segment + ", " + held);
    }

    /** What the trace line says of the transfer. */
    private static String line(Document hop) {
        StringJoiner parts = new StringJoiner(", ");
        add(parts, "", hop.text("hop.with"));
        if (hop.isTrue("hop.tls.established")) {
            String version = hop.text("hop.tls.version");
            String cipher = hop.text("hop.tls.cipher");
            parts.add(InspectText.safe(
                    "TLS" + (version == null ? "" : version.startsWith("SSL") ? " (" + version + ")" : " " + version)
                            + (cipher == null ? "" : " " + cipher)));
        }
        if (hop.isTrue("hop.authenticated")) {
            String user = hop.text("hop.authenticated_as");
            parts.add("authenticated" + (user == null || user.isEmpty() ? "" : " as " + InspectText.safe(user)));
        }
        String software = hop.text("hop.by.software");
        if (software != null) {
            String version = hop.text("hop.by.version");
            parts.add(InspectText.safe(software + (version == null ? "" : " " + version)));
        }
        add(parts, "via ", hop.text("hop.via"));
        add(parts, "id ", hop.text("hop.id"));
        String from = hop.text("hop.from.host") == null ? hop.text("hop.from.helo") : hop.text("hop.from.host");
        String ip = hop.text("hop.from.ip");
        if (from != null || ip != null) {
            parts.add("from "
                    + InspectText.safe(
                            (from == null ? "" : from) + (ip == null ? "" : (from == null ? "[" : " [") + ip + "]")));
        }
        add(parts, "for ", hop.text("hop.for"));
        if ("x-received".equals(hop.text("hop.field"))) {
            parts.add("X-Received");
        }
        return parts.toString();
    }

    private static void add(StringJoiner parts, String name, @Nullable String value) {
        if (value != null) {
            parts.add(name + InspectText.safe(value));
        }
    }

    /** The other times that the host noted. */
    private static String noted(Document hop) {
        StringJoiner parts = new StringJoiner("; ");
        if ("queue-id".equals(hop.text("hop.stamp_source"))) {
            parts.add("its time is that of the queue id");
        }
        Instant stamp = hop.time("hop.stamp");
        Instant connected = hop.time("hop.times.connected");
        if (connected != null) {
            Long lasted = hop.number("hop.connection_ms");
            parts.add("connected " + other(connected, stamp)
                    + (lasted == null ? "" : ", " + Units.duration(lasted) + " before the stamp"));
        }
        add(parts, "queued ", hop.time("hop.times.queued"), stamp);
        Instant sealed = hop.time("hop.times.arc_sealed");
        add(parts, "ARC sealed ", sealed, stamp);
        Instant signed = hop.time("hop.times.arc_signed");
        add(parts, "ARC signed ", signed == null || signed.equals(sealed) ? null : signed, stamp);
        add(parts, "DKIM signed ", hop.time("hop.times.dkim_signed"), stamp);
        add(parts, "arrived ", hop.time("hop.times.arrived"), stamp);
        Long inside = hop.number("hop.end_to_end_ms");
        if (inside != null) {
            parts.add(Units.duration(inside) + " end to end");
        }
        Long greylisted = hop.number("hop.greylisted_ms");
        if (greylisted != null) {
            parts.add("greylisted for " + Units.duration(greylisted));
        }
        return parts.toString();
    }

    private static void add(StringJoiner parts, String name, @Nullable Instant time, @Nullable Instant stamp) {
        if (time != null) {
            parts.add(name + other(time, stamp));
        }
    }

    /** A time beside a stamp, with its day where that is another. */
    private static String other(Instant time, @Nullable Instant stamp) {
        boolean precise = time.toEpochMilli() % 1_000 != 0;
        return stamp != null && DAY.format(stamp).equals(DAY.format(time))
                ? time(time, precise)
                : DAY.format(time) + " " + time(time, precise);
    }
}
