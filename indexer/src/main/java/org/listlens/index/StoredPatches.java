package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.mail.Patch;
import org.listlens.mail.Trailer;

/** Reads from the engine what series are made of. Thread-safe. */
final class StoredPatches {
    /** New messages in one page. */
    private static final int PAGE = 2_000;

    /** Values in one request. */
    static final int TERMS = 1_000;

    /** How many of the mails that one answers are looked at: the nearest, and as many of the farthest. */
    private static final int REFERS = 12;

    static final List<String> SOURCE = List.of(
            "@timestamp",
            "message.id",
            "email.message_id",
            "email.references",
            "email.in_reply_to",
            "email.from.address",
            "email.from.name",
            "author",
            "patch",
            "trailer",
            "list.id");

    private static final List<String> SORT = List.of("message.id");

    private final EngineSearch search;

    StoredPatches(EngineSearch search) {
        this.search = search;
    }

    /** A series' document: its {@code _id} and hash, and the Message-IDs of its mails. */
    record StoredSeries(String id, @Nullable String hash, List<String> messageIds) {}

    /** Some new messages, and where the next page goes on: {@code null} behind the last. */
    record Page(
            List<PostedPatch> patches,
            List<PatchReply> replies,
            @Nullable JsonNode next) {}

    /** A page of the messages that are new to the discussion and are patches or answers. */
    Page unsolved(@Nullable JsonNode after) throws EngineException, InterruptedException {
        return page(patchesAndAnswers(DiscussionRound.unsolved()), after);
    }

    /** A page of the messages of some threads that are patches or answers. */
    Page of(Collection<String> threads, @Nullable JsonNode after) throws EngineException, InterruptedException {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode values = query.putObject("terms").putArray("thread.id");
        threads.forEach(values::add);
        return page(patchesAndAnswers(query), after);
    }

    private static ObjectNode patchesAndAnswers(ObjectNode messages) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool");
        bool.putArray("filter").add(messages);
        ArrayNode any = bool.put("minimum_should_match", 1).putArray("should");
        for (String field : List.of("patch.kind", "email.references", "email.in_reply_to")) {
            any.addObject().putObject("exists").put("field", field);
        }
        return query;
    }

    /** A page of all patches. */
    Page allPatches(@Nullable JsonNode after) throws EngineException, InterruptedException {
        return page(isPatch(), after);
    }

    /** The messages that are patches. */
    static ObjectNode isPatch() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("exists").put("field", "patch.kind");
        return query;
    }

    /** Takes the thread of a patch and the keys by which others are found to belong to it. */
    @FunctionalInterface
    interface KeyTaker {
        void take(String thread, List<String> keys);
    }

    /** The keys of all patches that have their places in threads, their Message-IDs among them. */
    void keys(KeyTaker patches) throws EngineException, InterruptedException {
        List<String> columns = List.of("thread.id", "patch.series_keys", "email.message_id");
        search.columns(DocumentKind.MESSAGE, isPatch(), columns, SORT, hit -> {
            JsonNode fields = hit.path("fields");
            String thread = fields.path("thread.id").path(0).textValue();
            if (thread != null) {
                List<String> keys = strings(fields.path("patch.series_keys"));
                for (JsonNode id : fields.path("email.message_id")) {
                    keys.add(SeriesClosure.LINK + id.asText());
                }
                patches.take(thread, keys);
            }
        });
    }

    private Page page(ObjectNode query, @Nullable JsonNode after) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", PAGE).put("track_total_hits", false);
        ArrayNode fields = body.putArray("_source");
        SOURCE.forEach(fields::add);
        body.set("query", query);
        body.putArray("sort").addObject().put("message.id", "asc");
        if (after != null) {
            body.set("search_after", after);
        }
        List<PostedPatch> patches = new ArrayList<>();
        List<PatchReply> replies = new ArrayList<>();
        JsonNode hits = search.search(DocumentKind.MESSAGE, body).at("/hits/hits");
        for (JsonNode hit : hits) {
            if (hit.at("/_source/patch").isObject()) {
                patches.add(patch(hit));
            } else {
                replies.add(reply(hit));
            }
        }
        return new Page(
                patches,
                replies,
                hits.size() < PAGE ? null : hits.get(hits.size() - 1).path("sort"));
    }

    /**
     * What is to be found.
     *
     * @param keys patches that have one of these as a key
     * @param ids patches with these Message-IDs
     * @param answered patches that answer one of these Message-IDs
     * @param replied messages that are no patches and answer one of these Message-IDs
     */
    record Wanted(Set<String> keys, Set<String> ids, Set<String> answered, Set<String> replied) {}

    /** Finds messages, but for those that are known: to read them is most of the work. */
    void find(Wanted wanted, Predicate<String> known, Consumer<PostedPatch> patches, Consumer<PatchReply> replies)
            throws EngineException, InterruptedException {
        Set<String> found = new TreeSet<>();
        Clauses ofPatches = new Clauses();
        ofPatches.add("patch.series_keys", wanted.keys());
        ofPatches.add("email.message_id", wanted.ids());
        ofPatches.add("email.references", wanted.answered());
        ofPatches.add("email.in_reply_to", wanted.answered());
        Clauses ofReplies = new Clauses();
        ofReplies.add("email.references", wanted.replied());
        ofReplies.add("email.in_reply_to", wanted.replied());
        while (ofPatches.hasNext() || ofReplies.hasNext()) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            ArrayNode either = query.putObject("bool").putArray("should");
            ofPatches.next(either, "filter");
            ofReplies.next(either, "must_not");
            search.columns(DocumentKind.MESSAGE, query, List.of(), SORT, hit -> {
                String id = hit.path("_id").asText();
                if (!known.test(id)) {
                    found.add(id);
                }
            });
        }
        Iterator<String> rest = found.iterator();
        while (rest.hasNext()) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            terms(query, "message.id", rest);
            search.all(DocumentKind.MESSAGE, query, SOURCE, SORT, hit -> {
                if (hit.at("/_source/patch").isObject()) {
                    patches.accept(patch(hit));
                } else {
                    replies.accept(reply(hit));
                }
            });
        }
    }

    /** Values of fields, of which any will do, as many at once as one request takes. */
    private static final class Clauses {
        private final Map<String, Iterator<String>> fields = new LinkedHashMap<>();

        void add(String field, Set<String> values) {
            if (!values.isEmpty()) {
                fields.put(field, values.iterator());
            }
        }

        boolean hasNext() {
            return fields.values().stream().anyMatch(Iterator::hasNext);
        }

        /** Adds a query for the next values; {@code patch} is how they must be patches. */
        void next(ArrayNode queries, String patch) {
            if (!hasNext()) {
                return;
            }
            ObjectNode bool = queries.addObject().putObject("bool");
            bool.putArray(patch).add(isPatch());
            ArrayNode any = bool.put("minimum_should_match", 1).putArray("should");
            fields.forEach((field, values) -> {
                if (values.hasNext()) {
                    terms(any.addObject(), field, values);
                }
            });
        }
    }

    /** The ids of the documents of all series. */
    Set<String> series() throws EngineException, InterruptedException {
        Set<String> series = new TreeSet<>();
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("match_all");
        search.columns(
                DocumentKind.SERIES,
                query,
                List.of(),
                List.of("series.id"),
                hit -> series.add(hit.path("_id").asText()));
        return series;
    }

    /** The documents of all series that have a mail of some. */
    void series(Collection<String> messageIds, Consumer<StoredSeries> series)
            throws EngineException, InterruptedException {
        Iterator<String> rest = messageIds.iterator();
        while (rest.hasNext()) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            terms(query, "email.message_id", rest);
            search.all(
                    DocumentKind.SERIES,
                    query,
                    List.of("event.hash", "email.message_id"),
                    List.of("series.id"),
                    hit -> series.accept(new StoredSeries(
                            hit.path("_id").asText(),
                            hit.at("/_source/event/hash").textValue(),
                            strings(hit.at("/_source/email/message_id")))));
        }
    }

    /** Takes values for one request. */
    private static void terms(ObjectNode query, String field, Iterator<String> values) {
        ArrayNode terms = query.putObject("terms").putArray(field);
        while (values.hasNext() && terms.size() < TERMS) {
            terms.add(values.next());
        }
    }

    /** A patch from a hit with {@link #SOURCE}. */
    static PostedPatch patch(JsonNode hit) {
        JsonNode source = hit.path("_source");
        JsonNode patch = source.path("patch");
        return new PostedPatch(
                hit.path("_id").asText(),
                source.at("/email/message_id").textValue(),
                time(source),
                address(source),
                name(source),
                strings(source.at("/list/id")),
                new Patch(
                        kind(patch.path("kind").asText()),
                        patch.path("version").asInt(1),
                        integer(patch.path("number")),
                        integer(patch.path("total")),
                        List.of(),
                        patch.path("title").asText(),
                        strings(patch.path("series_keys")),
                        strings(patch.path("files")),
                        null,
                        null,
                        null,
                        null,
                        patch.path("change_id").textValue(),
                        List.of()),
                refers(source));
    }

    /** A message that is no patch, from a hit with {@link #SOURCE}. */
    static PatchReply reply(JsonNode hit) {
        JsonNode source = hit.path("_source");
        List<Trailer> trailers = new ArrayList<>();
        for (JsonNode trailer : source.path("trailer")) {
            trailers.add(new Trailer(
                    trailer.path("key").asText(),
                    trailer.path("value").asText(),
                    trailer.path("name").textValue(),
                    trailer.path("address").textValue()));
        }
        return new PatchReply(
                hit.path("_id").asText(),
                source.at("/email/message_id").textValue(),
                time(source),
                address(source),
                source.at("/author/robot").asBoolean(),
                refers(source),
                trailers);
    }

    private static Patch.Kind kind(String label) {
        for (Patch.Kind kind : Patch.Kind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        return Patch.Kind.PATCH;
    }

    /** Who wrote a mail; where that was not found out, whom From names first. */
    private static @Nullable String address(JsonNode source) {
        String address = source.at("/author/address").textValue();
        address = address == null ? source.at("/email/from/address/0").textValue() : address;
        return address == null ? null : address.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String name(JsonNode source) {
        return source.path("author").isObject()
                ? source.at("/author/name").textValue()
                : source.at("/email/from/name/0").textValue();
    }

    private static @Nullable Instant time(JsonNode source) {
        String time = source.path("@timestamp").textValue();
        try {
            return time == null ? null : Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw new IllegalStateException("a document's time is no time: " + time, e);
        }
    }

    /** What a mail answers, the nearest first: References from the last on, then In-Reply-To; its own id aside. */
    private static List<String> refers(JsonNode source) {
        Set<String> refers = new LinkedHashSet<>();
        List<String> references = strings(source.at("/email/references"));
        for (int i = references.size() - 1; i >= 0 && i >= references.size() - REFERS; i--) {
            refers.add(references.get(i));
        }
        List<String> answered = strings(source.at("/email/in_reply_to"));
        for (int i = 0; i < answered.size() && i < REFERS; i++) {
            refers.add(answered.get(i));
        }
        for (int i = Math.min(REFERS, references.size()) - 1; i >= 0; i--) {
            refers.add(references.get(i));
        }
        refers.remove(source.at("/email/message_id").asText());
        return List.copyOf(refers);
    }

    private static @Nullable Integer integer(JsonNode node) {
        return node.isInt() ? (Integer) node.asInt() : null;
    }

    private static List<String> strings(JsonNode node) {
        if (node.isTextual()) {
            return List.of(node.asText());
        }
        List<String> strings = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            strings.add(element.asText());
        }
        return strings;
    }
}
