package org.listlens.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.engine.EngineException;
import org.listlens.engine.Errors;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/**
 * Decides what becomes of documents whose ids exist already: looks at what is stored, and either leaves it or has it
 * changed on the condition that it is still what was looked at. Thread-safe.
 */
final class ConflictResolver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DOCUMENTS_AT_ONCE = 1_000;
    /** How many hops beyond the last are looked for at once. */
    private static final int HOPS_AT_ONCE = 16;

    private final RetryingClient client;
    private final BulkExchange exchange;

    ConflictResolver(RetryingClient client, BulkExchange exchange) {
        this.client = client;
        this.exchange = exchange;
    }

    /** Gives each write that met an existing document its next item, or marks it as done. */
    void resolve(List<DocumentWrite> conflicts, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        List<DocumentWrite> replacedDeliveries = new ArrayList<>();
        for (int from = 0; from < conflicts.size(); from += DOCUMENTS_AT_ONCE) {
            List<DocumentWrite> part = conflicts.subList(from, Math.min(from + DOCUMENTS_AT_ONCE, conflicts.size()));
            List<Id> ids = new ArrayList<>(part.size());
            for (DocumentWrite write : part) {
                ids.add(new Id(write.document().kind(), write.document().id()));
            }
            JsonNode stored = get(ids, "_source_includes", StoredDocument.FIELDS, attempts);
            for (int i = 0; i < part.size(); i++) {
                decide(part.get(i), stored.get(i), replacedDeliveries);
            }
        }
        // Before the deliveries themselves: whoever is killed in between finds the old delivery and does this again.
        deleteHopsBeyond(replacedDeliveries, attempts);
    }

    private static void decide(DocumentWrite write, JsonNode doc, List<DocumentWrite> replacedDeliveries)
            throws EngineException {
        if (!doc.path("found").asBoolean()) {
            write.createAgain();
            return;
        }
        StoredDocument stored = StoredDocument.read(doc);
        EncodedDocument ours = write.document();
        if (ours.kind() == DocumentKind.MESSAGE) {
            merge(write, stored);
        } else if (ours.hash().equals(stored.hash())) {
            write.unchanged();
        } else {
            write.send(replacement(ours, stored, write.source()));
            if (ours.kind() == DocumentKind.DELIVERY) {
                replacedDeliveries.add(write);
            }
        }
    }

    private static void merge(DocumentWrite write, StoredDocument stored) throws EngineException {
        EncodedDocument ours = write.document();
        EncodedMail mail = write.mail().mail();
        MessageMerge merge = MessageMerge.of(stored, mail, ours.hash());
        switch (merge.action()) {
            case KEEP -> write.unchanged();
            case ADD_LISTS -> {
                ObjectNode update = JsonNodeFactory.instance.objectNode();
                update.putObject("doc").putObject("list").set("id", array(merge.listIds()));
                write.send(BulkItem.conditional(
                        "update",
                        ours.kind(),
                        ours.id(),
                        stored.seqNo(),
                        stored.primaryTerm(),
                        BulkItem.line(update.toString())));
            }
            case REPLACE -> {
                boolean same = merge.listIds().equals(mail.listIds());
                write.send(
                        replacement(ours, stored, same ? write.source() : withLists(write.source(), merge.listIds())));
            }
        }
    }

    private static BulkItem replacement(EncodedDocument ours, StoredDocument stored, ByteBuffer source) {
        return BulkItem.conditional("index", ours.kind(), ours.id(), stored.seqNo(), stored.primaryTerm(), source);
    }

    /** Our document with other lists. */
    private static ByteBuffer withLists(ByteBuffer source, List<String> listIds) {
        try {
            ObjectNode document = (ObjectNode)
                    JSON.readTree(source.array(), source.arrayOffset() + source.position(), source.remaining());
            document.withObjectProperty("list").set("id", array(listIds));
            return BulkItem.line(document.toString());
        } catch (IOException e) {
            throw new IllegalStateException("an encoded document that is no JSON", e);
        }
    }

    private static ArrayNode array(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    /** Deletes what a longer trace of the same copy has left: hops are numbered from 1 without gaps. */
    private void deleteHopsBeyond(List<DocumentWrite> deliveries, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        List<DocumentWrite> left = deliveries;
        for (int round = 0; !left.isEmpty(); round++) {
            List<Id> ids = new ArrayList<>(left.size() * HOPS_AT_ONCE);
            for (DocumentWrite delivery : left) {
                EncodedMail mail = delivery.mail().mail();
                int beyond = hops(mail) + round * HOPS_AT_ONCE;
                for (int i = 1; i <= HOPS_AT_ONCE; i++) {
                    ids.add(new Id(DocumentKind.HOP, hopId(mail.copyId(), beyond + i)));
                }
            }
            JsonNode stored = get(ids, "_source", "false", attempts);
            List<BulkItem> deletions = new ArrayList<>();
            List<DocumentWrite> more = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                JsonNode doc = stored.get(i);
                if (doc.path("found").asBoolean()) {
                    deletions.add(BulkItem.conditional(
                            "delete",
                            DocumentKind.HOP,
                            ids.get(i).id(),
                            doc.path("_seq_no").longValue(),
                            doc.path("_primary_term").longValue(),
                            null));
                    if (i % HOPS_AT_ONCE == HOPS_AT_ONCE - 1) {
                        more.add(left.get(i / HOPS_AT_ONCE));
                    }
                }
            }
            exchange.send(deletions, attempts);
            left = more;
        }
    }

    private static int hops(EncodedMail mail) {
        int hops = 0;
        for (EncodedDocument document : mail.documents()) {
            if (document.kind() == DocumentKind.HOP) {
                hops++;
            }
        }
        return hops;
    }

    private static String hopId(String copyId, int position) {
        return String.format(Locale.ROOT, "%s-%04d", copyId, position);
    }

    private record Id(DocumentKind kind, String id) {}

    /** The documents with these ids, in this order; what is not there as {@code "found": false}. */
    private JsonNode get(List<Id> ids, String parameter, String value, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode docs = body.putArray("docs");
        for (Id id : ids) {
            docs.addObject().put("_index", id.kind().alias()).put("_id", id.id());
        }
        Map<String, String> query = Map.of(
                parameter, value, "filter_path", "docs.found,docs._seq_no,docs._primary_term,docs._source,docs.error");
        JsonNode found = client.send(attempts, "POST", "/_mget", query, RequestBody.json(body.toString()), response -> {
            if (!response.ok()) {
                throw client.refused("to show documents", response);
            }
            JsonNode answer = response.json().path("docs");
            if (answer.size() != ids.size()) {
                throw new IOException(answer.size() + " documents where " + ids.size() + " were asked for");
            }
            for (JsonNode doc : answer) {
                if (doc.has("error")) {
                    throw new IOException(Errors.describe(doc.path("error")));
                }
            }
            return answer;
        });
        // Nothing is changed by looking.
        attempts.takeDoubt();
        return found;
    }
}
