package org.listlens.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineInfo;
import org.listlens.index.ImportStatus;

/** What was indexed, as JSON for scripts. Absent keys are unknown. */
final class StatusJson {
    private StatusJson() {}

    static void print(
            ImportStatus status, EngineInfo info, String where, Map<String, Integer> program, OutputStream out)
            throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeObjectFieldStart("engine");
            json.writeStringField("url", where);
            json.writeStringField("distribution", info.distribution().title());
            json.writeStringField("version", info.version());
            json.writeStringField("cluster", info.cluster());
            json.writeEndObject();
            json.writeArrayFieldStart("indices");
            for (ImportStatus.Index index : status.indices()) {
                json.writeStartObject();
                json.writeStringField("alias", index.alias());
                names(json, "indices", index.names());
                json.writeNumberField("documents", index.documents());
                json.writeNumberField("octets", index.octets());
                number(json, "mappings", index.version());
                number(json, "program_mappings", program.get(index.alias()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("sources");
            for (ImportStatus.Source source : status.sources()) {
                source(json, source);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("unfinished");
            for (ImportStatus.Run run : status.unfinished()) {
                run(json, run);
            }
            json.writeEndArray();
            json.writeNumberField("rejected", status.rejected());
            json.writeArrayFieldStart("reasons");
            for (ImportStatus.Reason reason : status.reasons()) {
                json.writeStartObject();
                json.writeStringField("reason", reason.reason());
                json.writeNumberField("entries", reason.entries());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void source(JsonGenerator json, ImportStatus.Source source) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", source.name());
        string(json, "description", source.description());
        number(json, "mails", source.mails());
        json.writeNumberField("copies", source.copies());
        string(json, "checked", source.checked());
        json.writeBooleanField("followed", source.followed());
        number(json, "lag_ms", source.lagMs());
        string(json, "error", source.error());
        string(json, "noted", source.noted());
        if (source.last() != null) {
            json.writeFieldName("last_run");
            run(json, source.last());
        }
        json.writeEndObject();
    }

    private static void run(JsonGenerator json, ImportStatus.Run run) throws IOException {
        json.writeStartObject();
        json.writeStringField("run", run.id());
        string(json, "version", run.version());
        names(json, "sources", run.sources());
        string(json, "started", run.started());
        string(json, "finished", run.finished());
        json.writeNumberField("read", run.counts().read());
        json.writeNumberField("indexed", run.counts().indexed());
        json.writeNumberField("unchanged", run.counts().unchanged());
        json.writeNumberField("duplicate", run.counts().duplicate());
        json.writeNumberField("rejected", run.counts().rejected());
        json.writeEndObject();
    }

    private static void names(JsonGenerator json, String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void string(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Number value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value.longValue());
        }
    }
}
