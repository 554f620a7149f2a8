package org.listlens.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.thread.Discussion;
import org.listlens.thread.Quoting;
import org.listlens.thread.ThreadMail;

/** One discussion as a tree that can be pasted into a mail. */
final class ThreadText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Deeper answers are not moved further to the right. */
    private static final int DEEPEST = 12;

    private static final int TIME = 18;
    private static final int DURATION = 13;
    private static final int NAMES = 4;

    private final Page page;
    private final Discussion thread;
    private final Map<String, Long> latencies;
    private final Map<String, Set<String>> quoted = new HashMap<>();

    ThreadText(Page page, Discussion thread, Map<String, Long> latencies) {
        this.page = page;
        this.thread = thread;
        this.latencies = latencies;
        for (Quoting quoting : Quoting.of(thread)) {
            quoted.computeIfAbsent(quoting.mail().id(), id -> new LinkedHashSet<>())
                    .add(name(quoting));
        }
    }

    void write() {
        row("Thread", InspectText.safe(thread.subject() == null ? "(no subject)" : thread.subject()));
        if (!thread.lists().isEmpty()) {
            row(thread.lists().size() == 1 ? "List" : "Lists", InspectText.safe(String.join(", ", thread.lists())));
        }
        row("Mails", mails());
        row("Answer", answer());
        page.blank();
        page.line(Page.padded("Written (UTC)", TIME) + Page.right("answer after", DURATION)
                + Page.right("under way", DURATION) + "  Who");
        for (Discussion.Place place : thread.mails()) {
            line(place);
        }
    }

    private void row(String name, String value) {
        page.wrapped(Page.padded(name, 12), value);
    }

    private String mails() {
        StringBuilder text = new StringBuilder(Units.count(thread.mails().size(), "mail"));
        text.append(" by ").append(Units.count(thread.persons().size(), "person"));
        if (thread.robots() > 0) {
            text.append(", ").append(Units.count(thread.robots())).append(" of them by programs");
        }
        if (thread.missing() > 0) {
            text.append("; ").append(Units.count(thread.missing(), "mail")).append(" that others refer to missing");
        }
        if (thread.first() != null && thread.last() != null) {
            text.append("; ")
                    .append(Units.duration(ms(thread.first(), thread.last())))
                    .append(" from first to last");
        }
        text.append("; answers up to ")
                .append(Units.count(thread.depth(), "level"))
                .append(" deep");
        if (thread.quoteDepth() != null && thread.quoteDepth() > 0) {
            text.append(", quotes up to ").append(Units.count(thread.quoteDepth()));
        }
        return text.toString();
    }

    private String answer() {
        Boolean unanswered = thread.unanswered();
        if (unanswered == null) {
            return thread.starter() == null
                    ? "unknown, because the first mail is missing"
                    : "unknown, because the first mail names nobody";
        }
        ThreadMail response = thread.response();
        if (response == null) {
            return "none by another person";
        }
        Duration time = thread.responseTime();
        Duration afterList = thread.responseTimeAfterList();
        return "by " + who(response)
                + (time == null ? "" : " after " + Units.duration(time.toMillis()))
                + (afterList == null
                        ? ""
                        : ", " + Units.duration(afterList.toMillis()) + " after the list had sent the mail on");
    }

    private void line(Discussion.Place place) {
        ThreadMail mail = place.mail();
        ThreadMail parent = place.parent();
        String answer = parent == null || parent.at() == null || mail.at() == null
                ? ""
                : Units.duration(ms(parent.at(), mail.at()));
        Long latency = latencies.get(mail.id());
        String head = Page.padded(mail.at() == null ? "" : MINUTE.format(mail.at()), TIME)
                + Page.right(answer, DURATION)
                + Page.right(latency == null ? "" : Units.duration(latency), DURATION)
                + "  "
                + "· ".repeat(Math.min(DEEPEST, place.depth()))
                + (place.depth() > DEEPEST ? "… " : "");
        page.wrapped(head, who(mail) + quotes(mail) + subject(mail, parent));
    }

    private String quotes(ThreadMail mail) {
        Set<String> names = quoted.getOrDefault(mail.id(), Set.of());
        if (mail.quoteDepth() == null || mail.quoteDepth() == 0) {
            return "";
        }
        List<String> shown = new ArrayList<>(names);
        String more = shown.size() > NAMES ? " and " + (shown.size() - NAMES) + " more" : "";
        return ", quotes "
                + (shown.isEmpty()
                        ? ""
                        : String.join(", ", shown.subList(0, Math.min(NAMES, shown.size()))) + more + " ")
                + mail.quoteDepth() + " deep";
    }

    /** The subject where it is not that of the mail above. */
    private String subject(ThreadMail mail, @Nullable ThreadMail parent) {
        if (mail.subject() == null || (parent != null && base(mail).equals(base(parent)))) {
            return "";
        }
        return ": " + InspectText.safe(mail.subject());
    }

    private static String base(ThreadMail mail) {
        String subject = mail.subject() == null ? "" : mail.subject().strip();
        while (subject.regionMatches(true, 0, "re:", 0, 3)) {
            subject = subject.substring(3).strip();
        }
        return subject;
    }

    private static String who(ThreadMail mail) {
        ThreadMail.Writer writer = mail.writer();
        return writer == null ? "(nobody named)" : name(writer) + (writer.robot() ? " (a program)" : "");
    }

    private static String name(ThreadMail.Writer writer) {
        return InspectText.safe(writer.name() == null ? writer.address() : writer.name());
    }

    private static String name(Quoting quoting) {
        if (quoting.writer() != null) {
            return name(quoting.writer());
        }
        if (quoting.quotation() == null) {
            return "somebody";
        }
        String name = quoting.quotation().name();
        String address = quoting.quotation().address();
        return InspectText.safe(name != null ? name : address != null ? address : "somebody");
    }

    private static long ms(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
