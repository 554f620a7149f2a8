package org.listlens.index;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.document.CopyYear;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.NextIndices;
import org.listlens.engine.RetryingClient;
import org.listlens.mail.Origin;
import org.listlens.sink.BulkSettings;
import org.listlens.sink.BulkSink;
import org.listlens.sink.SinkListener;

/**
 * Carries over to indices that are built anew what no source gives any more: copies of mails that came by standard input,
 * or from archives that are gone. They stay as the older program made them, but for what is found from several mails at
 * once, which the updates find again.
 */
public final class TakeOver {
    private static final int AT_ONCE = 50;

    private final EngineSearch old;
    private final EngineSearch next;
    private final EngineClient nextClient;
    private final NextIndices indices;
    private final BulkSettings bulk;

    /**
     * @param client sees the indices in use
     * @param indices those that take their places
     */
    public TakeOver(EngineClient client, NextIndices indices, BulkSettings bulk) {
        this.old = new EngineSearch(new RetryingClient(client, bulk.retry()));
        this.next = new EngineSearch(new RetryingClient(indices.beside(), bulk.retry()));
        this.nextClient = indices.beside();
        this.indices = indices;
        this.bulk = bulk;
    }

    /** The sources that earlier runs have read, by their names. */
    public List<String> knownSources() throws EngineException, InterruptedException {
        old.refresh(List.of(DocumentKind.IMPORT));
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("term").put("import.kind", "source");
        List<String> names = new ArrayList<>();
        old.all(
                DocumentKind.IMPORT,
                query,
                List.of("archive.source"),
                List.of("archive.source"),
                hit -> names.add(hit.at("/_source/archive/source").asText()));
        return names;
    }

    /**
     * Carries over the copies that are missing.
     *
     * @param query which of the old deliveries are looked at
     * @return how many there were
     * @throws EngineException when the engine is gone for good or refuses one of them
     */
    public long run(ObjectNode query) throws IOException, InterruptedException {
        old.refresh(List.of(DocumentKind.MESSAGE, DocumentKind.DELIVERY, DocumentKind.HOP));
        next.refresh(List.of(DocumentKind.MESSAGE, DocumentKind.DELIVERY, DocumentKind.HOP));
        Refusals refusals = new Refusals();
        long[] count = new long[1];
        try (BulkSink sink = new BulkSink(nextClient, bulk, refusals)) {
            List<String> ids = new ArrayList<>();
            IoTaker taker = () -> {
                List<String> missing = missing(ids);
                ids.clear();
                if (count[0] == 0 && !missing.isEmpty()) {
                    indices.mix();
                }
                count[0] += missing.size();
                for (EncodedMail mail : mails(missing)) {
                    sink.accept(mail);
                }
            };
            List<IOException> failure = new ArrayList<>();
            old.all(DocumentKind.DELIVERY, query, List.of("delivery.id"), List.of("delivery.id"), hit -> {
                ids.add(hit.path("_id").asText());
                if (ids.size() == AT_ONCE && failure.isEmpty()) {
                    attempt(taker, failure);
                }
            });
            attempt(taker, failure);
            if (!failure.isEmpty()) {
                throw failure.getFirst();
            }
            sink.finish();
        }
        if (refusals.reason != null) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The engine at " + nextClient.where() + " refuses " + refusals.count
                            + " mails that no source gives any more, among them " + refusals.reason
                            + ": bring their archives back and index them, or delete them, then run this again.");
        }
        return count[0];
    }

    private interface IoTaker {
        void run() throws IOException, InterruptedException;
    }

    private static void attempt(IoTaker taker, List<IOException> failure) throws InterruptedException {
        try {
            if (failure.isEmpty()) {
                taker.run();
            }
        } catch (IOException e) {
            failure.add(e);
        }
    }

    /** What the engine did not take. */
    private static final class Refusals implements SinkListener {
        private long count;
        private @Nullable String reason;

        @Override
        public void indexed(EncodedMail mail) {}

        @Override
        public void unchanged(EncodedMail mail) {}

        @Override
        public void duplicate(EncodedMail mail) {}

        @Override
        public void rejected(EncodedMail mail, String why) {
            count++;
            reason = mail.origin() + " (" + why + ')';
        }

        @Override
        public void abandoned(EncodedMail mail) {}
    }

    private List<String> missing(List<String> ids) throws EngineException, InterruptedException {
        Set<String> there = new HashSet<>();
        next.all(
                DocumentKind.DELIVERY,
                terms("delivery.id", ids),
                List.of("delivery.id"),
                List.of("delivery.id"),
                hit -> there.add(hit.path("_id").asText()));
        List<String> missing = new ArrayList<>();
        for (String id : ids) {
            if (!there.contains(id)) {
                missing.add(id);
            }
        }
        return missing;
    }

    private static ObjectNode terms(String field, Iterable<String> values) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode terms = query.putObject("terms").putArray(field);
        values.forEach(terms::add);
        return query;
    }

    /** The mails of deliveries, as the old indices have them. */
    private List<EncodedMail> mails(List<String> copies) throws EngineException, InterruptedException, IOException {
        List<EncodedMail> mails = new ArrayList<>();
        if (copies.isEmpty()) {
            return mails;
        }
        List<JsonNode> deliveries = new ArrayList<>();
        Set<String> messageIds = new HashSet<>();
        all(DocumentKind.DELIVERY, "delivery.id", copies, List.of("delivery.id"), hit -> {
            deliveries.add(hit);
            messageIds.add(hit.at("/_source/message/id").asText());
        });
        Map<String, JsonNode> messages = new HashMap<>();
        all(
                DocumentKind.MESSAGE,
                "message.id",
                messageIds,
                List.of("message.id"),
                hit -> messages.put(hit.path("_id").asText(), hit));
        Map<String, List<JsonNode>> hops = new HashMap<>();
        all(
                DocumentKind.HOP,
                "delivery.id",
                copies,
                List.of("delivery.id", "hop.position"),
                hit -> hops.computeIfAbsent(hit.at("/_source/delivery/id").asText(), id -> new ArrayList<>())
                        .add(hit));
        for (JsonNode delivery : deliveries) {
            JsonNode message = messages.get(delivery.at("/_source/message/id").asText());
            mails.add(mail(
                    delivery, message, hops.getOrDefault(delivery.path("_id").asText(), List.of())));
        }
        return mails;
    }

    private void all(
            DocumentKind kind, String field, Iterable<String> values, List<String> sort, EngineSearch.Taker taker)
            throws EngineException, InterruptedException {
        old.all(kind, terms(field, values), List.of("*"), sort, taker);
    }

    private static EncodedMail mail(JsonNode delivery, @Nullable JsonNode message, List<JsonNode> hops)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<EncodedDocument> documents = new ArrayList<>();
        String copy = delivery.path("_id").asText();
        List<String> lists = texts(delivery.at("/_source/list/id"));
        int alterations = Integer.MAX_VALUE;
        if (message != null) {
            ObjectNode source = ((ObjectNode) message.path("_source")).deepCopy();
            if (source.at("/delivery/id").asText().equals(copy)) {
                alterations = source.at("/message/alterations").asInt(Integer.MAX_VALUE);
            }
            // Of another copy it is here only lest the message be missing: that one goes before.
            lists = texts(source.at("/list/id"));
            if (source.path("thread") instanceof ObjectNode thread
                    && thread.retain("parent").isEmpty()) {
                source.remove("thread");
            }
            documents.add(append(body, DocumentKind.MESSAGE, message.path("_id").asText(), source));
        }
        ObjectNode source = ((ObjectNode) delivery.path("_source")).deepCopy();
        // The clocks are to be asked anew.
        source.remove("clock");
        documents.add(append(body, DocumentKind.DELIVERY, copy, source));
        for (JsonNode hop : hops) {
            documents.add(append(body, DocumentKind.HOP, hop.path("_id").asText(), (ObjectNode) hop.path("_source")));
        }
        Origin origin = new Origin(
                source.at("/archive/source").asText(),
                source.at("/archive/position").asText());
        byte[] octets = body.toByteArray();
        return new EncodedMail(
                origin,
                copy,
                CopyYear.of(instant(source.path("@timestamp"))),
                alterations,
                lists,
                octets,
                octets.length,
                documents);
    }

    private static @Nullable Instant instant(JsonNode time) {
        return time.isTextual() ? Instant.parse(time.textValue()) : null;
    }

    private static EncodedDocument append(ByteArrayOutputStream body, DocumentKind kind, String id, ObjectNode source)
            throws IOException {
        int start = body.size();
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(id));
        String line = "{\"create\":{\"_index\":\"" + kind.alias() + "\",\"_id\":\"" + quoted + "\"}}\n";
        body.write(line.getBytes(StandardCharsets.UTF_8));
        int sourceStart = body.size();
        body.write(source.toString().getBytes(StandardCharsets.UTF_8));
        body.write('\n');
        return new EncodedDocument(kind, id, source.at("/event/hash").asText(), start, sourceStart, body.size());
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        for (JsonNode element : value) {
            texts.add(element.asText());
        }
        return texts;
    }
}
