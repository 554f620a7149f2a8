package org.listlens.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.thread.Discussion;
import org.listlens.thread.Quoting;
import org.listlens.thread.ThreadMail;

/** A discussion as JSON for scripts: names as in documents, times in ISO 8601, durations in milliseconds. */
final class ThreadJson {
    private ThreadJson() {}

    static void write(JsonGenerator json, Discussion thread, Map<String, Long> latencies) throws IOException {
        Map<String, List<Quoting>> quotes = new HashMap<>();
        for (Quoting quoting : Quoting.of(thread)) {
            quotes.computeIfAbsent(quoting.mail().id(), id -> new ArrayList<>()).add(quoting);
        }
        json.writeStartObject();
        json.writeStringField("id", thread.id());
        text(json, "subject", thread.subject());
        strings(json, "lists", thread.lists());
        json.writeNumberField("messages", thread.mails().size());
        json.writeNumberField("missing", thread.missing());
        strings(json, "persons", thread.persons());
        json.writeNumberField("robot_messages", thread.robots());
        json.writeNumberField("depth", thread.depth());
        if (thread.quoteDepth() != null) {
            json.writeNumberField("quote_depth", thread.quoteDepth());
        }
        duration(json, "first_response_ms", thread.responseTime());
        duration(json, "first_response_after_list_ms", thread.responseTimeAfterList());
        if (thread.unanswered() != null) {
            json.writeBooleanField("unanswered", thread.unanswered());
        }
        json.writeArrayFieldStart("mails");
        for (Discussion.Place place : thread.mails()) {
            write(
                    json,
                    place,
                    latencies.get(place.mail().id()),
                    quotes.getOrDefault(place.mail().id(), List.of()));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Discussion.Place place, @Nullable Long latency, List<Quoting> quotes)
            throws IOException {
        ThreadMail mail = place.mail();
        ThreadMail parent = place.parent();
        json.writeStartObject();
        text(json, "message_id", mail.messageId());
        text(json, "parent", parent == null ? null : parent.messageId());
        json.writeNumberField("depth", place.depth());
        text(json, "subject", mail.subject());
        time(json, "timestamp", mail.at());
        time(json, "list_exit", mail.listExit());
        if (parent != null && parent.at() != null && mail.at() != null) {
            duration(json, "answer_ms", Duration.between(parent.at(), mail.at()));
        }
        if (latency != null) {
            json.writeNumberField("latency_ms", latency);
        }
        writer(json, "author", mail.writer());
        if (mail.quoteDepth() != null) {
            json.writeNumberField("quote_depth", mail.quoteDepth());
        }
        json.writeArrayFieldStart("quotes");
        for (Quoting quoting : quotes) {
            json.writeStartObject();
            json.writeNumberField("depth", quoting.depth());
            text(
                    json,
                    "message_id",
                    quoting.source() == null ? null : quoting.source().messageId());
            writer(json, "author", quoting.writer());
            if (quoting.quotation() != null) {
                text(json, "name", quoting.quotation().name());
                text(json, "address", quoting.quotation().address());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writer(JsonGenerator json, String name, ThreadMail.@Nullable Writer writer) throws IOException {
        if (writer != null) {
            json.writeObjectFieldStart(name);
            text(json, "id", writer.person());
            text(json, "name", writer.name());
            text(json, "address", writer.address());
            text(json, "organization", writer.organization());
            json.writeBooleanField("robot", writer.robot());
            json.writeEndObject();
        }
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        text(json, name, time == null ? null : time.toString());
    }

    private static void duration(JsonGenerator json, String name, @Nullable Duration duration) throws IOException {
        if (duration != null) {
            json.writeNumberField(name, duration.toMillis());
        }
    }
}
