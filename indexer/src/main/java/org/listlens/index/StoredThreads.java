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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.Revision;
import org.listlens.engine.EngineException;
import org.listlens.mail.Quotation;
import org.listlens.thread.ThreadMail;

/** Reads from the engine what threads are made of and what is known of them. Thread-safe. */
final class StoredThreads {
    /** How many values are looked for at once. */
    private static final int TERMS = 2_000;

    private static final String OWN = "email.message_id";

    private static final List<String> REFERRING = List.of("email.references", "email.in_reply_to");

    private static final List<String> LINKS = List.of(OWN, "email.references", "email.in_reply_to");

    static final List<String> FACTS = List.of(
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

    StoredThreads(EngineSearch engine) {
        this.engine = engine;
    }

    /**
     * A message as it is stored.
     *
     * @param mail what its discussion needs of it; without quotes where only links were asked for
     * @param thread {@code thread.id}
     * @param depth {@code thread.depth}
     * @param solved {@code thread.solved}
     * @param seen the state of the document
     * @param state {@link DiscussionRound#state}
     */
    record StoredMail(
            ThreadMail mail,
            @Nullable String thread,
            @Nullable Integer depth,
            boolean solved,
            Revision seen,
            String state) {}

    /** Takes a message. */
    @FunctionalInterface
    interface Taker {
        void take(StoredMail mail) throws EngineException, InterruptedException;
    }

    /**
     * Threads whose documents are not what they should be.
     *
     * @param threads those whose documents do not count as many messages as there are
     * @param lost those among them that had more messages
     * @param messages how many messages there are of all threads that have any
     */
    record Deviating(Set<String> threads, Set<String> lost, Map<String, Integer> messages) {
        static final Deviating NONE = new Deviating(Set.of(), Set.of(), Map.of());

        /** How many messages a thread has. */
        int messages(String thread) {
            return messages.getOrDefault(thread, 0);
        }

        /** Whether most messages are of threads that deviate. */
        boolean most() {
            long all = 0;
            long deviating = 0;
            for (Map.Entry<String, Integer> thread : messages.entrySet()) {
                all += thread.getValue();
                deviating += threads.contains(thread.getKey()) ? thread.getValue() : 0;
            }
            return deviating > all / 2;
        }
    }

    /** Compares the messages that the documents of threads count with those that are there. */
    Deviating deviating() throws EngineException, InterruptedException {
        Map<String, Integer> messages = new HashMap<>();
        threads(messages::put);
        Deviating deviating = new Deviating(new TreeSet<>(), new TreeSet<>(), messages);
        Set<String> written = new HashSet<>();
        engine.columns(DocumentKind.THREAD, everything(), List.of("thread.messages"), List.of("thread.id"), hit -> {
            String id = hit.path("_id").asText();
            int count = deviating.messages(id);
            long counted = hit.at("/fields/thread.messages/0").asLong();
            written.add(id);
            if (count != counted) {
                deviating.threads().add(id);
            }
            if (count > 0 && count < counted) {
                deviating.lost().add(id);
            }
        });
        for (String thread : messages.keySet()) {
            if (!written.contains(thread)) {
                deviating.threads().add(thread);
            }
        }
        return deviating;
    }

    /** The threads that were about to be written when a run ended. */
    Set<String> stale() throws EngineException, InterruptedException {
        Set<String> stale = new TreeSet<>();
        engine.columns(
                DocumentKind.THREAD,
                isStale(),
                List.of(),
                List.of("thread.id"),
                hit -> stale.add(hit.path("_id").asText()));
        return stale;
    }

    /** The threads that are to be written anew. */
    static ObjectNode isStale() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("term").put("thread.stale", true);
        return query;
    }

    /** Who refers to whom, of all messages. */
    void links(Taker mails) throws EngineException, InterruptedException {
        List<String> source = new ArrayList<>(LINKS);
        source.add("thread");
        engine.states(
                DocumentKind.MESSAGE,
                EngineSearch.PAGE,
                everything(),
                source,
                DiscussionRound.STATE,
                List.of("message.id"),
                hit -> mails.take(mail(hit)));
    }

    /** Takes what a message refers to, and its own Message-ID. */
    @FunctionalInterface
    interface NameTaker {
        void take(String id, @Nullable String thread, Set<String> names);
    }

    /** The names of the messages that are new. */
    void unsolvedNames(NameTaker messages) throws EngineException, InterruptedException {
        names(DiscussionRound.unsolved(), LINKS, messages);
    }

    /**
     * Messages that have some names: those whose own these are; and where there is none, those that refer to them, as
     * otherwise these are in the same thread.
     */
    void names(Collection<String> names, NameTaker messages) throws EngineException, InterruptedException {
        Set<String> missing = new TreeSet<>(names);
        for (ArrayNode part : parts(names)) {
            names(terms(OWN, part), List.of(OWN), (id, thread, own) -> {
                if (thread != null) {
                    missing.removeAll(own);
                    messages.take(id, thread, own);
                }
            });
        }
        for (ArrayNode part : parts(missing)) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            ArrayNode either = query.putObject("bool").putArray("should");
            for (String field : REFERRING) {
                either.add(terms(field, part));
            }
            names(query, LINKS, messages);
        }
    }

    private void names(ObjectNode query, List<String> fields, NameTaker messages)
            throws EngineException, InterruptedException {
        List<String> columns = new ArrayList<>(fields);
        columns.add("thread.id");
        engine.columns(DocumentKind.MESSAGE, query, columns, List.of("message.id"), hit -> {
            Set<String> names = new HashSet<>();
            for (String field : fields) {
                hit.path("fields").path(field).forEach(name -> names.add(name.asText()));
            }
            messages.take(
                    hit.path("_id").asText(),
                    hit.path("fields").path("thread.id").path(0).textValue(),
                    names);
        });
    }

    /** The threads of the messages that have one of some Message-IDs or refer to it. */
    Set<String> threads(Collection<String> messageIds) throws EngineException, InterruptedException {
        Set<String> threads = new TreeSet<>();
        names(messageIds, (id, thread, names) -> {
            if (thread != null) {
                threads.add(thread);
            }
        });
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

    /** What the mails of some threads quote, and some mails: the {@code event.hash} of each document by its {@code _id}. */
    Map<String, String> quotes(Collection<String> threads, Collection<String> mails)
            throws EngineException, InterruptedException {
        Map<String, String> hashes = new HashMap<>();
        for (ObjectNode query : queries(threads, mails)) {
            engine.columns(
                    DocumentKind.QUOTE,
                    query,
                    List.of("event.hash"),
                    List.of("message.id", "quote.number"),
                    hit -> hashes.put(
                            hit.path("_id").asText(),
                            hit.path("fields").path("event.hash").path(0).asText()));
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
                bucket -> threads.take(
                        bucket.at("/key/thread").asText(),
                        bucket.path("doc_count").asInt()));
    }

    /** Takes a thread, and how many messages it has. */
    @FunctionalInterface
    interface ThreadTaker {
        void take(String thread, int messages) throws EngineException, InterruptedException;
    }

    /** The mails of some threads, and some mails, with all that a discussion needs of them. */
    void mails(Collection<String> threads, Collection<String> mails, Taker taker)
            throws EngineException, InterruptedException {
        for (ObjectNode query : queries(threads, mails)) {
            engine.states(
                    DocumentKind.MESSAGE,
                    EngineSearch.PAGE,
                    query,
                    FACTS,
                    DiscussionRound.STATE,
                    List.of("message.id"),
                    hit -> taker.take(mail(hit)));
        }
    }

    /** Whatever belongs to some threads or to some mails; by one request, where they are not too many. */
    private static List<ObjectNode> queries(Collection<String> threads, Collection<String> mails) {
        List<ObjectNode> queries = new ArrayList<>();
        parts(threads).forEach(part -> queries.add(terms("thread.id", part)));
        parts(mails).forEach(part -> queries.add(terms("message.id", part)));
        if (queries.size() != 2) {
            return queries;
        }
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("bool").putArray("should").addAll(queries);
        return List.of(query);
    }

    /** A message from a hit with {@link #FACTS}, its state, and the columns of {@link DiscussionRound#STATE}. */
    static StoredMail mail(JsonNode hit) {
        JsonNode source = hit.path("_source");
        JsonNode email = source.path("email");
        JsonNode thread = source.path("thread");
        JsonNode quoteDepth = source.at("/quote/depth");
        JsonNode depth = thread.path("depth");
        return new StoredMail(
                new ThreadMail(
                        hit.path("_id").asText(),
                        email.path("message_id").textValue(),
                        EngineSearch.texts(email.path("references")),
                        EngineSearch.texts(email.path("in_reply_to")),
                        time(source.path("@timestamp")),
                        time(source.at("/mail/list_exit")),
                        email.path("subject").textValue(),
                        writer(source.path("author")),
                        EngineSearch.texts(source.at("/list/id")),
                        quoteDepth.isInt() ? (Integer) quoteDepth.intValue() : null,
                        source.at("/patch/kind").isTextual(),
                        quotations(source.at("/quote/quotations")),
                        EngineSearch.texts(source.at("/quote/sketch"))),
                thread.path("id").textValue(),
                depth.isInt() ? (Integer) depth.intValue() : null,
                thread.path("solved").asBoolean(),
                EngineSearch.revision(hit),
                DiscussionRound.state(hit));
    }

    private static ThreadMail.@Nullable Writer writer(JsonNode author) {
        String address = author.path("address").textValue();
        return address == null
                ? null
                : new ThreadMail.Writer(
                        author.path("id").asText(address),
                        author.path("name").textValue(),
                        address,
                        author.path("organization").textValue(),
                        author.path("robot").asBoolean());
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
