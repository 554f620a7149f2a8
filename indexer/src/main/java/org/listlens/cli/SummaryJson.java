package org.listlens.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.listlens.index.Ledger;
import org.listlens.index.Summary;

/** The closing summary of a run as JSON, for scripts. Absent keys are unknown. */
final class SummaryJson {
    private SummaryJson() {}

    static void write(Summary summary, @Nullable String engine, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                JsonGenerator json = new JsonFactory().createGenerator(writer)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            Ledger.Counts counts = summary.counts();
            json.writeNumberField("read", counts.read());
            json.writeNumberField("indexed", counts.indexed());
            json.writeNumberField("unchanged", counts.unchanged());
            json.writeNumberField("duplicate", counts.duplicate());
            json.writeNumberField("rejected", counts.rejected());
            json.writeBooleanField("interrupted", summary.interrupted());
            json.writeNumberField("octets", summary.mailOctets());
            json.writeNumberField("elapsed_ms", summary.elapsed().toMillis());
            string(json, "engine", engine);
            string(json, "from", summary.from());
            string(json, "to", summary.to());
            json.writeNumberField("hops", summary.hops());
            json.writeNumberField("skewed", summary.skewed());
            lists(json, summary);
            latency(json, summary);
            clocks(json, summary);
            slowest(json, summary);
            threads(json, summary);
            json.writeObjectFieldStart("defects");
            for (Summary.DefectCount defect : summary.defects()) {
                json.writeNumberField(defect.code().label(), defect.mails());
            }
            json.writeEndObject();
            rejections(json, summary);
            json.writeEndObject();
        }
    }

    private static void lists(JsonGenerator json, Summary summary) throws IOException {
        json.writeArrayFieldStart("lists");
        for (Summary.ListCount list : summary.lists()) {
            json.writeStartObject();
            json.writeStringField("id", list.id());
            json.writeNumberField("copies", list.mails());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void latency(JsonGenerator json, Summary summary) throws IOException {
        json.writeObjectFieldStart("latency");
        json.writeNumberField("copies", summary.latencies());
        number(json, "p50_ms", summary.p50Ms());
        number(json, "p95_ms", summary.p95Ms());
        number(json, "p99_ms", summary.p99Ms());
        json.writeEndObject();
    }

    private static void clocks(JsonGenerator json, Summary summary) throws IOException {
        if (summary.clocks() == null) {
            return;
        }
        json.writeObjectFieldStart("wrong_clocks");
        json.writeNumberField("hosts", summary.clocks().hosts());
        json.writeArrayFieldStart("worst");
        for (Summary.WrongClock clock : summary.clocks().worst()) {
            json.writeStartObject();
            json.writeStringField("host", clock.host());
            json.writeNumberField("windows", clock.windows());
            json.writeNumberField("offset_min_ms", clock.minOffsetMs());
            json.writeNumberField("offset_max_ms", clock.maxOffsetMs());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void slowest(JsonGenerator json, Summary summary) throws IOException {
        json.writeArrayFieldStart("slowest");
        for (Summary.SlowMail slow : summary.slowest()) {
            json.writeStartObject();
            json.writeNumberField("latency_ms", slow.latencyMs());
            string(json, "held_by", slow.heldBy());
            number(json, "held_ms", slow.heldMs());
            string(json, "at", slow.at());
            string(json, "message_id", slow.messageId());
            string(json, "subject", slow.subject());
            json.writeStringField("source", slow.origin().source());
            json.writeStringField("position", slow.origin().position());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void threads(JsonGenerator json, Summary summary) throws IOException {
        json.writeObjectFieldStart("threads");
        json.writeNumberField("count", summary.threads());
        json.writeArrayFieldStart("busiest");
        for (Summary.BusyThread thread : summary.busiest()) {
            json.writeStartObject();
            json.writeNumberField("messages", thread.mails());
            string(json, "subject", thread.subject());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void rejections(JsonGenerator json, Summary summary) throws IOException {
        json.writeArrayFieldStart("rejections");
        for (Summary.Rejection rejection : summary.rejections()) {
            json.writeStartObject();
            json.writeStringField("source", rejection.origin().source());
            json.writeStringField("position", rejection.origin().position());
            json.writeStringField("reason", rejection.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void string(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }
}
