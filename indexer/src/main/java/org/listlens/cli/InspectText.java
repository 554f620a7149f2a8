package org.listlens.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.inspect.Document;
import org.listlens.inspect.Inspection;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.ParsedMail;

/** One mail explained, as text that can be pasted into a ticket. */
final class InspectText {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    /** How many lines of a depth fill each step of its bar. */
    private static final String STEPS = "▁▂▃▄▅▆▇█";

    /** Columns of a duration. */
    private static final int NUMBER = 21;

    private static final int DEPTHS = 20;
    private static final int DEFECTS = 20;

    private final Page page;
    private final Inspection mail;
    private final Document delivery;
    private final boolean corrected;

    InspectText(Page page, Inspection mail) {
        this.page = page;
        this.mail = mail;
        this.delivery = mail.delivery();
        this.corrected = !mail.clocks().isEmpty() && delivery.number("delivery.latency_corrected_ms") != null;
    }

    void write() {
        head();
        way();
        page.blank();
        new HopTable(page, mail.hops(), corrected).write();
        new InspectClocks(page, mail).write();
        new InspectAuthentication(page, mail).write();
        quotes();
        defects();
    }

    /** What strangers wrote, made safe, on one line. */
    static String safe(String text) {
        return TerminalText.line(text, 1_000);
    }

    private void head() {
        String subject = delivery.text("email.subject");
        row("Subject", subject == null || subject.isBlank() ? "(none)" : safe(subject));
        row("From", from());
        Instant date = delivery.time("email.origination_timestamp");
        if (date != null) {
            String zone = delivery.text("email.origination_zone");
            row("Date", SECOND.format(date) + " UTC" + (zone == null ? "" : ", written as " + local(date, zone)));
        }
        String id = delivery.text("email.message_id");
        row("Message-ID", id == null ? "(none)" : "<" + safe(id) + ">");
        List<String> lists = delivery.texts("list.id");
        if (!lists.isEmpty()) {
            row(lists.size() == 1 ? "List" : "Lists", safe(String.join(", ", lists)));
        }
        Long size = delivery.number("archive.size");
        String source = delivery.text("archive.source");
        row(
                "Copy",
                safe(("-".equals(source) ? "standard input" : source) + ":" + delivery.text("archive.position"))
                        + (size == null ? "" : ", " + Units.octets(size)));
    }

    private static String local(Instant date, String zone) {
        return ZONED.format(date.atOffset(ZoneOffset.of(zone)));
    }

    private String from() {
        List<String> names = delivery.texts("email.from.name");
        List<String> addresses = delivery.texts("email.from.address");
        if (addresses.isEmpty()) {
            return names.isEmpty() ? "(none)" : safe(String.join(", ", names));
        }
        return names.size() == 1 && addresses.size() == 1 && !names.equals(addresses)
                ? safe(names.getFirst()) + " <" + safe(addresses.getFirst()) + ">"
                : safe(String.join(", ", addresses));
    }

    private void row(String name, String value) {
        page.wrapped(Page.padded(name, 12), value);
    }

    private void way() {
        if (delivery.number("delivery.latency_ms") == null && delivery.number("delivery.origin_ms") == null) {
            return;
        }
        page.blank();
        page.line(Page.padded("Way", 12)
                + Page.right("raw", NUMBER)
                + (corrected ? Page.right("corrected", NUMBER) : ""));
        String host = delivery.text("delivery.list_host");
        boolean list = host != null || delivery.number("delivery.list_ms") != null;
        part("origin", "Date to first stamp: the author's machine");
        part("inbound", list ? "to the list's first host" : "to the archive's first host");
        part("list", host == null ? "within the list" : "within the list, run by " + safe(host));
        part("greylisted", "of it by greylisting");
        part("moderated", "of the list's time for a moderator");
        part("outbound", "from the list to the archive's first host");
        part("archive", "within the archive's site");
        part("latency", "first stamp to last");
        page.blank();
        held();
    }

    private void part(String name, String meaning) {
        Long raw = delivery.number("delivery." + name + "_ms");
        if (raw == null) {
            return;
        }
        Long right = delivery.number("delivery." + name + "_corrected_ms");
        String label = name.equals("latency") ? "total" : name;
        page.wrapped(
                Page.padded("  " + label, 12) + Page.right(Units.exact(raw), NUMBER)
                        + (corrected ? Page.right(right == null ? "" : Units.exact(right), NUMBER) : "") + "  ",
                meaning);
    }

    private void held() {
        Long raw = delivery.number("delivery.held_ms");
        Long right = corrected ? delivery.number("delivery.held_corrected_ms") : null;
        String rawHost = named(delivery.text("delivery.held_by"));
        if (right == null) {
            if (raw != null) {
                page.line(
                        "Held longest: " + rawHost + ", " + Units.exact(raw) + (corrected ? " by the raw stamps" : ""));
            }
            return;
        }
        String host = named(delivery.text("delivery.held_corrected_by"));
        String otherwise = raw == null || (raw.equals(right) && rawHost.equals(host))
                ? ""
                : " (by the raw stamps " + (rawHost.equals(host) ? "" : rawHost + ", ") + Units.exact(raw) + ")";
        page.wrapped("Held longest: ", host + ", " + Units.exact(right) + otherwise);
    }

    static String named(@Nullable String host) {
        return host == null ? "a host that the trace does not name" : safe(host);
    }

    private void quotes() {
        Long depth = mail.message().number("quote.depth");
        Long quoted = mail.message().number("quote.lines");
        Long fresh = mail.message().number("quote.new_lines");
        if (depth == null || quoted == null || fresh == null) {
            return;
        }
        page.blank();
        String style = mail.message().text("quote.style");
        Double ratio = mail.message().decimal("quote.new_ratio");
        row(
                "Quotes",
                depth == 0
                        ? "none; " + Units.count(fresh, "line") + " new"
                        : Units.count(quoted, "line") + " quoted up to " + Units.count(depth, "level") + " deep, "
                                + Units.count(fresh) + " new"
                                + (ratio == null ? "" : " (" + Math.round(ratio * 100) + " %)")
                                + (style == null ? "" : ", " + style(style)));
        ParsedMail parsed = mail.mail();
        if (parsed != null && parsed.text() != null) {
            if (depth > 0) {
                depths(parsed.text().quote().linesByDepth());
            }
            new QuoteMap(page, parsed.text()).write();
        }
    }

    private static String style(String label) {
        return switch (label) {
            case "top" -> "answered above the quote";
            case "inline" -> "answered point by point";
            case "bottom" -> "answered below the quote";
            case "full-quote" -> "with nothing new";
            default -> label;
        };
    }

    /** A bar of one character for each depth, and its lines. */
    private void depths(List<Integer> lines) {
        int most = 1;
        for (int count : lines) {
            most = Math.max(most, count);
        }
        List<String> entries = new ArrayList<>();
        for (int depth = 0; depth < Math.min(DEPTHS, lines.size()); depth++) {
            int count = lines.get(depth);
            int step = (int) ((long) count * (STEPS.length() - 1) / most);
            entries.add((count == 0 ? "" : STEPS.charAt(step) + " ") + count);
        }
        row("  by depth", String.join(", ", entries) + (lines.size() > DEPTHS ? ", …" : ""));
    }

    private void defects() {
        page.blank();
        ParsedMail parsed = mail.mail();
        Set<String> codes = new LinkedHashSet<>(delivery.texts("defect.codes"));
        codes.addAll(mail.message().texts("defect.codes"));
        if (codes.isEmpty()) {
            row("Defects", "none");
            return;
        }
        page.line("Defects");
        int shown = 0;
        for (String code : codes) {
            if (shown++ == DEFECTS) {
                page.line("  and " + (codes.size() - DEFECTS) + " more");
                break;
            }
            page.wrapped("  " + Page.padded(safe(code), 24) + "  ", meaning(code) + place(code, parsed));
        }
    }

    private static String meaning(String label) {
        for (DefectCode code : DefectCode.values()) {
            if (code.label().equals(label)) {
                return DefectMeaning.of(code);
            }
        }
        return "";
    }

    private static String place(String label, @Nullable ParsedMail parsed) {
        List<Integer> places = new ArrayList<>();
        if (parsed != null) {
            for (Defect defect : parsed.defects()) {
                if (defect.code().label().equals(label) && defect.offset() >= 0) {
                    places.add(defect.offset());
                }
            }
        }
        return places.isEmpty()
                ? ""
                : ", at octet " + Units.count(places.getFirst())
                        + (places.size() == 1 ? "" : " and " + Units.count(places.size() - 1, "other place"));
    }
}
