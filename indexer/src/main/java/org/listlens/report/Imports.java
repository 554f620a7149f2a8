package org.listlens.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.listlens.index.ImportStatus;

/** What was indexed from where, and what could not be. */
final class Imports {
    private static final int SOURCES = 200;

    private Imports() {}

    static ObjectNode json(ImportStatus status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rejected", status.rejected()).put("count", status.sources().size());
        ArrayNode reasons = json.putArray("reasons");
        for (ImportStatus.Reason reason : status.reasons()) {
            ObjectNode one = reasons.addObject();
            Hits.text(one, "reason", reason.reason(), Hits.SUBJECT);
            one.put("mails", reason.entries());
        }
        ArrayNode sources = json.putArray("sources");
        for (ImportStatus.Source source : status.sources()) {
            if (sources.size() == SOURCES) {
                break;
            }
            ObjectNode one = sources.addObject();
            Hits.text(one, "name", source.name(), Hits.SUBJECT);
            Hits.text(one, "kind", source.description(), Hits.NAME);
            one.put("copies", source.copies()).put("followed", source.followed());
            Hits.text(one, "error", source.error(), Hits.SUBJECT);
            ImportStatus.Run run = source.last();
            if (run != null) {
                one.put("started", run.started().toEpochMilli())
                        .put("read", run.counts().read())
                        .put("indexed", run.counts().indexed())
                        .put("unchanged", run.counts().unchanged())
                        .put("duplicate", run.counts().duplicate())
                        .put("rejected", run.counts().rejected())
                        .put("together", run.sources().size());
                if (run.finished() != null) {
                    one.put("finished", run.finished().toEpochMilli());
                }
            }
        }
        return json;
    }
}
