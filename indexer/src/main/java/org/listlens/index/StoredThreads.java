package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryingClient;
import org.listlens.mail.Quotation;
import org.listlens.thread.ThreadMail;

/** Reads from the engine what threads are made of and what is known of them. Thread-safe. */
final class StoredThreads {
    /** How many values are looked for at once. */
    private static final int TERMS = 2_000;

    private static final List<String> LINKS = List.of("email.message_id", "email.references", "email.in_reply_to");

    private static final List<String> FACTS = List.of(
            "@timestamp",
            "email.message_id",
            "email.references",
            "email.in_reply_to",
            "email.subject",
            "mail.list_exit",
            "author",
            "list.id",
            "patch.kind",
            "quote.depth",
            "quote.quotations",
            "quote.sketch",
            "thread");

    private final EngineSearch engine;

    StoredThreads(RetryingClient client) {
        this.engine = new EngineSearch(client);
    }

    /**
     * A message as it is stored.
     *
     * @param mail what its discussion needs of it; without quotes where only links were asked for
     * @param thread {@code thread.id}
     * @param depth {@code thread.depth}
     * @param solved {@code thread.solved}
     */
    record StoredMail(
            ThreadMail mail,
            @Nullable String thread,
            @Nullable Integer depth,
            boolean solved) {}

    /** Takes a message. */
    @FunctionalInterface
    interface Taker {
        void take(StoredMail mail) throws EngineException, InterruptedException;
    }

    void refresh() throws EngineException, InterruptedException {
        engine.refresh(List.of(DocumentKind.MESSAGE, DocumentKind.THREAD, DocumentKind.QUOTE));
    }

    /** Counts messages, all or those only that threads do not take into account yet. */
    long messages(boolean unsolvedOnly) throws EngineException, InterruptedException {
        return engine.count(DocumentKind.MESSAGE, unsolvedOnly ? unsolved() : everything());
    }

    /** How many messages the documents of all threads count together. */
    long counted() throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.putObject("aggs").putObject("messages").putObject("sum").put("field", "thread.messages");
        return Math.round(engine.search(DocumentKind.THREAD, body)
                .at("/aggregations/messages/value")
                .asDouble());
    }

    /** The threads whose documents do not count as many messages as there are, or are to be written anew. */
    Set<String> deviating() throws EngineException, InterruptedException {
        Map<String, Long> messages = new HashMap<>();
        engine.buckets(
                DocumentKind.MESSAGE,
                everything(),
                Map.of("thread", "thread.id"),
                JsonNodeFactory.instance.objectNode(),
                bucket -> messages.put(
                        bucket.at("/key/thread").asText(),
                        bucket.path("doc_count").asLong()));
        Set<String> deviating = new TreeSet<>();
        engine.all(DocumentKind.THREAD, everything(), List.of("thread.messages"), List.of("thread.id"), hit -> {
            String id = hit.path("_id").asText();
            Long count = messages.remove(id);
            if (count == null || count != hit.at("/_source/thread/messages").asLong()) {
                deviating.add(id);
            }
        });
        deviating.addAll(messages.keySet());
        return deviating;
    }

    /** The threads that were about to be written when a run ended. */
    Set<String> stale() throws EngineException, InterruptedException {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("term").put("thread.stale", true);
        Set<String> stale = new TreeSet<>();
        engine.all(
                DocumentKind.THREAD,
                query,
                List.of("thread.id"),
                List.of("thread.id"),
                hit -> stale.add(hit.path("_id").asText()));
        return stale;
    }

    /** Who refers to whom, of all messages or of those only that threads do not take into account yet. */
    void links(boolean unsolvedOnly, Taker mails) throws EngineException, InterruptedException {
        links(unsolvedOnly ? unsolved() : everything(), mails);
    }

    /** Who refers to whom, of the messages of some threads. */
    void links(Collection<String> threads, Taker mails) throws EngineException, InterruptedException {
        for (ArrayNode part : parts(threads)) {
            links(terms("thread.id", part), mails);
        }
    }

    private void links(ObjectNode query, Taker mails) throws EngineException, InterruptedException {
        List<String> source = new ArrayList<>(LINKS);
        source.add("thread");
        engine.all(DocumentKind.MESSAGE, query, source, List.of("message.id"), hit -> mails.take(mail(hit)));
    }

    /** The threads of the messages that have one of some Message-IDs or refer to it. */
    Set<String> threads(Collection<String> messageIds) throws EngineException, InterruptedException {
        Set<String> threads = new TreeSet<>();
        for (ArrayNode part : parts(messageIds)) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            ArrayNode either = query.putObject("bool").putArray("should");
            for (String field : LINKS) {
                either.add(terms(field, part));
            }
            query.withObjectProperty("bool").put("minimum_should_match", 1);
            engine.buckets(
                    DocumentKind.MESSAGE,
                    query,
                    Map.of("thread", "thread.id"),
                    JsonNodeFactory.instance.objectNode(),
                    bucket -> threads.add(bucket.at("/key/thread").asText()));
        }
        return threads;
    }

    /** All threads that have a document. */
    Set<String> documents() throws EngineException, InterruptedException {
        Set<String> documents = new TreeSet<>();
        engine.all(
                DocumentKind.THREAD,
                everything(),
                List.of("thread.id"),
                List.of("thread.id"),
                hit -> documents.add(hit.path("_id").asText()));
        return documents;
    }

    /** Those of some threads that have a document. */
    Set<String> documents(Collection<String> threads) throws EngineException, InterruptedException {
        Set<String> documents = new TreeSet<>();
        for (ArrayNode part : parts(threads)) {
            engine.all(
                    DocumentKind.THREAD,
                    terms("thread.id", part),
                    List.of("thread.id"),
                    List.of("thread.id"),
                    hit -> documents.add(hit.path("_id").asText()));
        }
        return documents;
    }

    /** What some messages quote: the {@code event.hash} of each document by its {@code _id}. */
    Map<String, String> quotes(Collection<String> messages) throws EngineException, InterruptedException {
        Map<String, String> hashes = new HashMap<>();
        for (ArrayNode part : parts(messages)) {
            engine.all(
                    DocumentKind.QUOTE,
                    terms("message.id", part),
                    List.of("event.hash"),
                    List.of("message.id", "quote.number"),
                    hit -> hashes.put(
                            hit.path("_id").asText(),
                            hit.at("/_source/event/hash").asText()));
        }
        return hashes;
    }

    /** All threads that have messages. */
    void threads(ThreadTaker threads) throws EngineException, InterruptedException {
        engine.buckets(
                DocumentKind.MESSAGE,
                everything(),
                Map.of("thread", "thread.id"),
                JsonNodeFactory.instance.objectNode(),
                bucket -> threads.take(bucket.at("/key/thread").asText()));
    }

    /** Takes a thread. */
    @FunctionalInterface
    interface ThreadTaker {
        void take(String thread) throws EngineException, InterruptedException;
    }

    /** The mails of some threads, with all that a discussion needs of them; thread by thread. */
    void mails(Collection<String> threads, Taker mails) throws EngineException, InterruptedException {
        for (ArrayNode part : parts(threads)) {
            engine.all(
                    DocumentKind.MESSAGE,
                    terms("thread.id", part),
                    FACTS,
                    List.of("thread.id", "message.id"),
                    hit -> mails.take(mail(hit)));
        }
    }

    private static StoredMail mail(JsonNode hit) {
        JsonNode source = hit.path("_source");
        JsonNode email = source.path("email");
        JsonNode author = source.path("author");
        JsonNode thread = source.path("thread");
        String address = author.path("address").textValue();
        JsonNode quoteDepth = source.at("/quote/depth");
        JsonNode depth = thread.path("depth");
        return new StoredMail(
                new ThreadMail(
                        hit.path("_id").asText(),
                        email.path("message_id").textValue(),
                        texts(email.path("references")),
                        texts(email.path("in_reply_to")),
                        time(source.path("@timestamp")),
                        time(source.at("/mail/list_exit")),
                        email.path("subject").textValue(),
                        address == null
                                ? null
                                : new ThreadMail.Writer(
                                        author.path("id").asText(address),
                                        author.path("name").textValue(),
                                        address,
                                        author.path("organization").textValue(),
                                        author.path("robot").asBoolean()),
                        texts(source.at("/list/id")),
                        quoteDepth.isInt() ? (Integer) quoteDepth.intValue() : null,
                        source.at("/patch/kind").isTextual(),
                        quotations(source.at("/quote/quotations")),
                        texts(source.at("/quote/sketch"))),
                thread.path("id").textValue(),
                depth.isInt() ? (Integer) depth.intValue() : null,
                thread.path("solved").asBoolean());
    }

    private static List<Quotation> quotations(JsonNode values) {
        List<Quotation> quotations = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            quotations.add(new Quotation(
                    Math.max(1, value.path("depth").asInt()),
                    value.path("name").textValue(),
                    value.path("address").textValue(),
                    value.path("message_id").textValue(),
                    time(value.path("date")),
                    value.path("lines").asInt()));
        }
        return quotations;
    }

    private static List<String> texts(JsonNode value) {
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        List<String> texts = new ArrayList<>(value.size());
        value.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static @Nullable Instant time(JsonNode value) {
        try {
            return value.isTextual() ? Instant.parse(value.textValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ObjectNode everything() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("match_all");
        return query;
    }

    private static ObjectNode unsolved() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("bool")
                .putArray("must_not")
                .addObject()
                .putObject("term")
                .put("thread.solved", true);
        return query;
    }

    private static ObjectNode terms(String field, ArrayNode values) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("terms").set(field, values);
        return query;
    }

    private static List<ArrayNode> parts(Collection<String> values) {
        List<ArrayNode> parts = new ArrayList<>();
        ArrayNode part = JsonNodeFactory.instance.arrayNode();
        for (String value : values) {
            part.add(value);
            if (part.size() == TERMS) {
                parts.add(part);
                part = JsonNodeFactory.instance.arrayNode();
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
