package org.listlens.document;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Writes the documents of the ledger. */
public final class ImportDocuments {
    private ImportDocuments() {}

    /** Encodes a run; its {@code _id} is {@link ImportRun#id()}. */
    public static EncodedAction encode(ImportRun run) {
        DocumentWriter writer = begin(run.id());
        writer.time("@timestamp", run.started());
        writer.startObject("list");
        writer.strings("id", run.lists());
        writer.endObject();
        writer.startObject("import");
        writer.string("kind", "run");
        writer.string("run", run.id());
        writer.string("version", run.version());
        writer.strings("sources", run.sources());
        writer.string("pseudonyms", run.pseudonyms());
        writer.time("started", run.started());
        writer.time("finished", run.finished());
        if (run.finished() != null) {
            writer.number(
                    "duration_ms",
                    Duration.between(run.started(), run.finished()).toMillis());
        }
        writer.number("read", run.read());
        writer.number("indexed", run.indexed());
        writer.number("unchanged", run.unchanged());
        writer.number("duplicate", run.duplicate());
        writer.number("rejected", run.rejected());
        writer.number("octets", run.octets());
        writer.endObject();
        return end(writer);
    }

    /** Encodes a rejection; its {@code _id} is {@link Rejection#id()}. */
    public static EncodedAction encode(Rejection rejection) {
        DocumentWriter writer = begin(rejection.id());
        writer.time("@timestamp", rejection.met());
        writer.startObject("import");
        writer.string("kind", "rejection");
        writer.string("run", rejection.run());
        writer.string("reason", rejection.reason());
        writer.endObject();
        writer.startObject("archive");
        writer.string("source", rejection.origin().source());
        writer.string("position", rejection.origin().position());
        writer.endObject();
        return end(writer);
    }

    /** Encodes a position; its {@code _id} is {@link SourcePosition#id()}. An empty one is deleted. */
    public static EncodedAction encode(SourcePosition position) {
        if (position.state().isEmpty()) {
            return HashedAction.delete(DocumentKind.IMPORT, position.id());
        }
        DocumentWriter writer = begin(position.id());
        writer.time("@timestamp", position.reached());
        writer.startObject("import");
        writer.string("kind", "position");
        writer.string("run", position.run());
        writer.string("settings", position.settings());
        writer.string("index", position.index());
        writer.string("part", position.part());
        writer.number("mails", position.mails());
        writer.startObject("state");
        for (Map.Entry<String, String> entry : new TreeMap<>(position.state()).entrySet()) {
            writer.string(entry.getKey(), entry.getValue());
        }
        writer.endObject();
        writer.endObject();
        writer.startObject("archive");
        writer.string("source", position.archive());
        writer.endObject();
        return end(writer);
    }

    /** Encodes what is known of a source; its {@code _id} is {@link SourceNote#id()}. */
    public static EncodedAction encode(SourceNote note) {
        DocumentWriter writer = begin(note.id());
        writer.time("@timestamp", note.noted());
        writer.startObject("import");
        writer.string("kind", "source");
        writer.string("run", note.run());
        writer.string("version", note.version());
        writer.number("documents", note.documents());
        writer.string("description", note.description());
        writer.time("checked", note.checked());
        writer.bool("followed", note.followed());
        writer.number("lag_ms", note.lagMs());
        writer.string("error", note.error());
        writer.endObject();
        writer.startObject("archive");
        writer.string("source", note.name());
        writer.endObject();
        return end(writer);
    }

    private static DocumentWriter begin(String id) {
        DocumentWriter writer = new DocumentWriter(new JsonBuffer(1024), Digests.sha256());
        writer.begin("index", DocumentKind.IMPORT, id);
        return writer;
    }

    private static EncodedAction end(DocumentWriter writer) {
        EncodedDocument document = writer.end();
        return new EncodedAction(DocumentKind.IMPORT, document.id(), writer.finish());
    }
}
