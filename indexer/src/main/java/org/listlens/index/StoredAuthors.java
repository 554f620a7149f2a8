package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.people.Persons;

/** Reads from the engine what persons are made of, and what is known of persons. */
final class StoredAuthors {
    /** Terms of one query. */
    private static final int TERMS = 1_000;

    private static final String ADDRESS = "author.address";

    private static final String ID = "author.id";

    private final EngineSearch search;

    StoredAuthors(EngineSearch search) {
        this.search = search;
    }

    /** A person's document: its {@code _id} and hash, and what the person goes by. */
    record StoredPerson(String id, @Nullable String hash, List<String> addresses, List<String> keys) {}

    /**
     * An author as messages name it.
     *
     * @param id the person that they give it to; {@code null} when none yet
     */
    record Author(
            String address,
            boolean robot,
            @Nullable String key,
            @Nullable String id) {}

    /** The addresses and keys of the authors of messages that are new to the discussion, or have no person. */
    void fresh(Collection<String> addresses, Collection<String> keys) throws EngineException, InterruptedException {
        names(fresh(), addresses, keys);
    }

    /** The messages that are new to the discussion, or have an author and no person. */
    static ObjectNode fresh() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode either = query.putObject("bool").putArray("should");
        either.add(DiscussionRound.unsolved());
        ObjectNode unknown = either.addObject().putObject("bool");
        unknown.putArray("filter").add(authored());
        unknown.putArray("must_not").addObject().putObject("exists").put("field", ID);
        return query;
    }

    /** The messages that have an author. */
    static ObjectNode authored() {
        return exists(ADDRESS);
    }

    /** The addresses and keys of the authors of messages that are given to some persons. */
    void of(Collection<String> persons, Collection<String> addresses, Collection<String> keys)
            throws EngineException, InterruptedException {
        for (List<String> some : groups(persons)) {
            names(terms(ID, some), addresses, keys);
        }
    }

    private void names(ObjectNode query, Collection<String> addresses, Collection<String> keys)
            throws EngineException, InterruptedException {
        search.buckets(
                DocumentKind.MESSAGE,
                query,
                fields("address", ADDRESS, "key", "author.key"),
                Set.of("key"),
                JsonNodeFactory.instance.objectNode(),
                bucket -> {
                    addresses.add(bucket.at("/key/address").asText());
                    String key = bucket.at("/key/key").textValue();
                    if (key != null) {
                        keys.add(key);
                    }
                });
    }

    /**
     * The persons whose documents do not count as many messages as are given to them.
     *
     * @param most with more than these, what is known by then is enough
     */
    Set<String> deviating(int most) throws EngineException, InterruptedException {
        Map<String, Long> messages = new HashMap<>();
        search.buckets(
                DocumentKind.MESSAGE,
                exists(ADDRESS),
                fields("id", ID),
                JsonNodeFactory.instance.objectNode(),
                bucket -> messages.put(
                        bucket.at("/key/id").asText(), bucket.path("doc_count").asLong()));
        Set<String> deviating = new TreeSet<>();
        search.columns(
                DocumentKind.PERSON,
                exists("person.id"),
                List.of("person.id", "person.messages"),
                List.of("person.id"),
                hit -> {
                    String id = hit.at("/fields/person.id/0").asText();
                    Long count = messages.remove(id);
                    if (count == null
                            || count != hit.at("/fields/person.messages/0").asLong()) {
                        deviating.add(id);
                    }
                });
        for (String id : messages.keySet()) {
            if (deviating.size() > most) {
                break;
            }
            deviating.add(id);
        }
        return deviating;
    }

    /** The persons that have some addresses or keys. */
    void persons(Collection<String> addresses, Collection<String> keys, Consumer<StoredPerson> persons)
            throws EngineException, InterruptedException {
        if (addresses.size() + keys.size() > TERMS) {
            persons("person.addresses", addresses, persons);
            persons("person.keys", keys, persons);
            return;
        }
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode either = query.putObject("bool").putArray("should");
        either.add(terms("person.addresses", addresses));
        either.add(terms("person.keys", keys));
        persons(query, persons);
    }

    /** The persons that have some of these values in a field. */
    void persons(String field, Collection<String> values, Consumer<StoredPerson> persons)
            throws EngineException, InterruptedException {
        for (List<String> some : groups(values)) {
            persons(terms(field, some), persons);
        }
    }

    /** All persons. */
    void persons(Consumer<StoredPerson> persons) throws EngineException, InterruptedException {
        persons(exists("person.id"), persons);
    }

    private void persons(ObjectNode query, Consumer<StoredPerson> persons)
            throws EngineException, InterruptedException {
        search.all(
                DocumentKind.PERSON,
                query,
                List.of("event.hash", "person.addresses", "person.keys"),
                List.of("person.id"),
                hit -> persons.accept(new StoredPerson(
                        hit.path("_id").asText(),
                        hit.at("/_source/event/hash").textValue(),
                        strings(hit.at("/_source/person/addresses")),
                        strings(hit.at("/_source/person/keys")))));
    }

    /**
     * Adds to persons what all messages say of some authors.
     *
     * @param addresses the authors' addresses; {@code null} for all authors
     * @param authors takes each author with each person that messages give it to
     */
    void claims(@Nullable Collection<String> addresses, Persons persons, Consumer<Author> authors)
            throws EngineException, InterruptedException {
        if (addresses == null) {
            claims(exists(ADDRESS), persons, authors);
            return;
        }
        for (List<String> some : groups(addresses)) {
            claims(terms(ADDRESS, some), persons, authors);
        }
    }

    private void claims(ObjectNode query, Persons persons, Consumer<Author> authors)
            throws EngineException, InterruptedException {
        search.buckets(
                DocumentKind.MESSAGE,
                query,
                fields("address", ADDRESS, "robot", "author.robot", "key", "author.key", "list", "list.id"),
                Set.of("key"),
                JsonNodeFactory.instance.objectNode(),
                bucket -> {
                    JsonNode key = bucket.path("key");
                    persons.addList(
                            key.path("address").asText(),
                            key.path("robot").asBoolean(),
                            key.path("key").textValue(),
                            key.path("list").asText());
                });
        ObjectNode times = JsonNodeFactory.instance.objectNode();
        times.putObject("first").putObject("min").put("field", "@timestamp");
        times.putObject("last").putObject("max").put("field", "@timestamp");
        Map<String, String> fields = fields("address", ADDRESS, "robot", "author.robot", "key", "author.key");
        fields.putAll(fields("name", "author.name.keyword", "organization", "author.organization", "id", ID));
        search.buckets(
                DocumentKind.MESSAGE, query, fields, Set.of("key", "name", "organization", "id"), times, bucket -> {
                    JsonNode key = bucket.path("key");
                    Author author = author(key);
                    persons.addMessages(
                            author.address(),
                            author.robot(),
                            author.key(),
                            key.path("name").textValue(),
                            key.path("organization").textValue(),
                            bucket.path("doc_count").asLong(),
                            time(bucket.at("/first/value")),
                            time(bucket.at("/last/value")));
                    authors.accept(author);
                });
    }

    private static Author author(JsonNode node) {
        return new Author(
                node.path("address").asText(),
                node.path("robot").asBoolean(),
                node.path("key").textValue(),
                node.path("id").textValue());
    }

    private static @Nullable Long time(JsonNode value) {
        return value.isNumber() ? (Long) value.asLong() : null;
    }

    /** The messages of authors that are given to these persons, or to none. */
    void messages(Collection<Author> authors, MessageReceiver messages) throws EngineException, InterruptedException {
        List<String> unknown = new ArrayList<>();
        List<Author> known = new ArrayList<>();
        for (Author author : authors) {
            if (author.id() == null) {
                unknown.add(author.address());
            } else {
                known.add(author);
            }
        }
        for (List<String> some : groups(unknown)) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            ObjectNode bool = query.putObject("bool");
            bool.set("filter", terms(ADDRESS, some));
            bool.putObject("must_not").putObject("exists").put("field", ID);
            messages(query, messages);
        }
        // Each is a clause of its own, of which engines take a thousand.
        for (int from = 0; from < known.size(); from += TERMS / 2) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            ArrayNode either = query.putObject("bool").putArray("should");
            for (Author author : known.subList(from, Math.min(known.size(), from + TERMS / 2))) {
                ArrayNode both = either.addObject().putObject("bool").putArray("filter");
                both.addObject().putObject("term").put(ADDRESS, author.address());
                both.addObject().putObject("term").put(ID, author.id());
            }
            messages(query, messages);
        }
    }

    /** Takes a message, with the thread that it is in if it is in one; may change it. */
    @FunctionalInterface
    interface MessageReceiver {
        void message(String id, Author author, @Nullable String thread) throws EngineException, InterruptedException;
    }

    private void messages(ObjectNode query, MessageReceiver messages) throws EngineException, InterruptedException {
        search.columns(
                DocumentKind.MESSAGE,
                query,
                List.of(ADDRESS, "author.robot", "author.key", ID, "thread.id"),
                List.of("message.id"),
                hit -> {
                    JsonNode fields = hit.path("fields");
                    messages.message(
                            hit.path("_id").asText(),
                            new Author(
                                    fields.path(ADDRESS).path(0).asText(),
                                    fields.path("author.robot").path(0).asBoolean(),
                                    fields.path("author.key").path(0).textValue(),
                                    fields.path(ID).path(0).textValue()),
                            fields.path("thread.id").path(0).textValue());
                });
    }

    private static Map<String, String> fields(String... namesAndFields) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFields.length; i += 2) {
            fields.put(namesAndFields[i], namesAndFields[i + 1]);
        }
        return fields;
    }

    private static ObjectNode exists(String field) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("exists").put("field", field);
        return query;
    }

    private static ObjectNode terms(String field, Collection<String> values) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode terms = query.putObject("terms").putArray(field);
        values.forEach(terms::add);
        return query;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    private static List<List<String>> groups(Collection<String> values) {
        List<String> all = new ArrayList<>(values);
        List<List<String>> groups = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TERMS) {
            groups.add(all.subList(from, Math.min(all.size(), from + TERMS)));
        }
        return groups;
    }
}
