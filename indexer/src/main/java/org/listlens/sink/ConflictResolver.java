package org.listlens.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/**
 * Decides what becomes of documents whose ids exist already: looks at what is stored, and either leaves it or has it
 * changed on the condition that it is still what was looked at. Thread-safe.
 *
 * <p>It looks twice. A search says quickly of which documents nothing is to be changed, as on a second run it is all of
 * them; that it may see them as they were a moment ago does no harm, because then ours could as well have come that
 * moment earlier. Only what it does not settle is read as it is now.
 */
final class ConflictResolver {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How many hops beyond the last are looked for at once. */
    private static final int HOPS_AT_ONCE = 16;
    /** So many archives of a copy are named: those that come first by name. */
    private static final int SOURCES = 100;

    private final StoredDocuments stored;
    private final BulkExchange exchange;

    ConflictResolver(RetryingClient client, BulkExchange exchange) {
        this.stored = new StoredDocuments(client, exchange.partitions());
        this.exchange = exchange;
    }

    /** Gives each write that met an existing document its next item, or marks it as done. */
    void resolve(List<DocumentWrite> conflicts, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        List<DocumentWrite> left = unsettledBySearch(conflicts, attempts);
        List<DocumentId> ids = new ArrayList<>(left.size());
        for (DocumentWrite write : left) {
            ids.add(write.name());
        }
        List<Optional<StoredDocument>> found = stored.get(ids, attempts);
        List<DocumentWrite> replacedDeliveries = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            DocumentWrite write = left.get(i);
            if (found.get(i).isPresent()) {
                decide(write, found.get(i).get());
            } else {
                write.createAgain();
            }
            if (write.document().kind() == DocumentKind.DELIVERY
                    && found.get(i).isPresent()
                    && !write.done()
                    && !write.isNote()) {
                replacedDeliveries.add(write);
            }
        }
        // Before the deliveries themselves: whoever is killed in between finds the old delivery and does this again.
        deleteHopsBeyond(replacedDeliveries, attempts);
    }

    private List<DocumentWrite> unsettledBySearch(List<DocumentWrite> conflicts, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        Map<DocumentKind, List<String>> ids = new EnumMap<>(DocumentKind.class);
        for (DocumentWrite write : conflicts) {
            EncodedDocument document = write.document();
            ids.computeIfAbsent(document.kind(), kind -> new ArrayList<>()).add(document.id());
        }
        Map<DocumentKind, Map<String, StoredDocument>> found = new EnumMap<>(DocumentKind.class);
        for (Map.Entry<DocumentKind, List<String>> entry : ids.entrySet()) {
            found.put(entry.getKey(), stored.search(entry.getKey(), entry.getValue(), attempts));
        }
        List<DocumentWrite> left = new ArrayList<>();
        for (DocumentWrite write : conflicts) {
            EncodedDocument document = write.document();
            StoredDocument seen = found.getOrDefault(document.kind(), Map.of()).get(document.id());
            if (seen != null && stays(write, seen)) {
                write.unchanged();
            } else {
                left.add(write);
            }
        }
        return left;
    }

    /** Whether a stored document is what it has to be with ours taken into account. */
    private static boolean stays(DocumentWrite write, StoredDocument stored) {
        EncodedDocument ours = write.document();
        return switch (ours.kind()) {
            case MESSAGE -> merge(write, stored).action() == MessageMerge.Action.KEEP;
            case DELIVERY ->
                ours.hash().equals(stored.hash()) && sources(write, stored).equals(stored.sources());
            default -> ours.hash().equals(stored.hash());
        };
    }

    /** The archives that a copy was met in, ours included. */
    private static List<String> sources(DocumentWrite write, StoredDocument stored) {
        TreeSet<String> union = new TreeSet<>(stored.sources());
        if (union.isEmpty() && stored.source() != null) {
            // An older version wrote only the first.
            union.add(stored.source());
        }
        union.add(write.mail().mail().origin().source());
        while (union.size() > Math.max(SOURCES, stored.sources().size())) {
            union.removeLast();
        }
        return List.copyOf(union);
    }

    private static MessageMerge merge(DocumentWrite write, StoredDocument stored) {
        return MessageMerge.of(stored, write.mail().mail(), write.document().hash());
    }

    private static void decide(DocumentWrite write, StoredDocument stored) {
        if (stays(write, stored)) {
            write.unchanged();
        } else if (write.document().kind() == DocumentKind.DELIVERY) {
            decideDelivery(write, stored);
        } else if (write.document().kind() != DocumentKind.MESSAGE) {
            write.send(conditional("index", write, stored, write.source()));
        } else {
            MessageMerge merge = merge(write, stored);
            if (merge.action() == MessageMerge.Action.ADD_LISTS) {
                ObjectNode update = JsonNodeFactory.instance.objectNode();
                ObjectNode changes = update.putObject("doc");
                changes.putObject("list").set("id", array(merge.listIds()));
                // Who is who depends on the lists, and so does what their threads say.
                changes.putObject("thread").put("solved", false);
                write.send(conditional("update", write, stored, BulkItem.line(update.toString())));
            } else {
                boolean same = merge.listIds().equals(write.mail().mail().listIds());
                ByteBuffer source = same ? write.source() : with(write.source(), "list", "id", merge.listIds());
                write.send(conditional("index", write, stored, source));
            }
        }
    }

    private static void decideDelivery(DocumentWrite write, StoredDocument stored) {
        List<String> sources = sources(write, stored);
        if (write.document().hash().equals(stored.hash())) {
            ObjectNode update = JsonNodeFactory.instance.objectNode();
            update.putObject("doc").putObject("archive").set("sources", array(sources));
            write.note(conditional("update", write, stored, BulkItem.line(update.toString())));
        } else {
            ByteBuffer source =
                    sources.size() == 1 ? write.source() : with(write.source(), "archive", "sources", sources);
            write.send(conditional("index", write, stored, source));
        }
    }

    private static BulkItem conditional(String action, DocumentWrite write, StoredDocument stored, ByteBuffer source) {
        return BulkItem.conditional(action, write.name(), stored.seqNo(), stored.primaryTerm(), source);
    }

    /** Our document with other values in a field. */
    private static ByteBuffer with(ByteBuffer source, String object, String field, List<String> values) {
        try {
            ObjectNode document = (ObjectNode)
                    JSON.readTree(source.array(), source.arrayOffset() + source.position(), source.remaining());
            document.withObjectProperty(object).set(field, array(values));
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
            List<DocumentId> ids = new ArrayList<>(left.size() * HOPS_AT_ONCE);
            for (DocumentWrite delivery : left) {
                EncodedMail mail = delivery.mail().mail();
                int last = hops(mail) + round * HOPS_AT_ONCE;
                for (int i = 1; i <= HOPS_AT_ONCE; i++) {
                    ids.add(new DocumentId(
                            DocumentKind.HOP,
                            DocumentId.ofHop(mail.copyId(), last + i),
                            delivery.mail().part()));
                }
            }
            List<Optional<StoredDocument>> found = stored.exist(ids, attempts);
            List<BulkItem> deletions = new ArrayList<>();
            List<DocumentWrite> more = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                if (found.get(i).isPresent()) {
                    StoredDocument hop = found.get(i).get();
                    deletions.add(BulkItem.conditional("delete", ids.get(i), hop.seqNo(), hop.primaryTerm(), null));
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
}
