package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.document.ThreadDocuments;
import org.listlens.engine.EngineException;
import org.listlens.sink.ActionWriter;
import org.listlens.sink.DocumentEditor;
import org.listlens.sink.DocumentEditor.Verdict;

/**
 * Takes from messages the copies that are gone. A message whose copy is gone that it was made from has no voice: it has no
 * {@code event.hash}, and any other copy that is read takes its place. One without a voice that has no copy at all is
 * deleted, and what it was part of marked so that the updates look at it anew.
 */
final class PrunedMessages {
    /** How many messages are looked at together. */
    private static final int AT_ONCE = 500;

    /** Values of one query. */
    private static final int TERMS = 1_000;

    private final EngineSearch search;
    private final StoredCopies copies;
    private final DocumentEditor editor;
    private final ActionWriter writer;

    PrunedMessages(EngineSearch search, DocumentEditor editor, ActionWriter writer) {
        this.search = search;
        this.copies = new StoredCopies(search);
        this.editor = editor;
        this.writer = writer;
    }

    /**
     * Tells messages which copies they have left.
     *
     * @param left the copies of each message that will stay
     */
    void reduce(Map<String, List<StoredDeliveries.Delivery>> left) throws EngineException, InterruptedException {
        editor.edit(
                DocumentKind.MESSAGE, left.keySet(), (id, source) -> reduce(source, left.getOrDefault(id, List.of())));
    }

    private static Verdict reduce(ObjectNode message, List<StoredDeliveries.Delivery> left) {
        String voice = message.at("/delivery/id").asText();
        boolean voiceless = true;
        TreeSet<String> lists = new TreeSet<>();
        for (StoredDeliveries.Delivery copy : left) {
            lists.addAll(copy.lists());
            voiceless &= !copy.id().equals(voice);
        }
        boolean changed = false;
        if (voiceless && message.at("/event/hash").isTextual()) {
            message.remove("event");
            message.withObjectProperty("message").remove("alterations");
            changed = true;
        }
        if (!left.isEmpty() && !lists.equals(lists(message))) {
            if (lists.isEmpty()) {
                message.remove("list");
            } else {
                ArrayNode ids = message.withObjectProperty("list").putArray("id");
                lists.forEach(ids::add);
            }
            changed = true;
        }
        if (changed) {
            message.withObjectProperty("thread").put("solved", false);
        }
        return changed ? Verdict.WRITE : Verdict.KEEP;
    }

    private static Set<String> lists(ObjectNode message) {
        TreeSet<String> lists = new TreeSet<>();
        message.at("/list/id").forEach(list -> lists.add(list.asText()));
        return lists;
    }

    /** What others may know of a message. */
    private record Known(String id, List<String> messageIds, String thread) {}

    /**
     * Deletes the messages that have no copy any more.
     *
     * @return how many
     */
    long deleteCopyless() throws EngineException, InterruptedException {
        search.refresh(List.of(DocumentKind.DELIVERY, DocumentKind.MESSAGE, DocumentKind.SERIES, DocumentKind.QUOTE));
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("bool")
                .putArray("must_not")
                .addObject()
                .putObject("exists")
                .put("field", "event.hash");
        long[] deleted = {0};
        List<Known> some = new ArrayList<>();
        search.all(
                DocumentKind.MESSAGE,
                query,
                List.of("email.message_id", "email.references", "email.in_reply_to", "thread.id"),
                List.of("message.id"),
                hit -> {
                    some.add(known(hit));
                    if (some.size() == AT_ONCE) {
                        deleted[0] += deleteCopyless(some);
                        some.clear();
                    }
                });
        return deleted[0] + deleteCopyless(some);
    }

    private static Known known(JsonNode hit) {
        JsonNode email = hit.at("/_source/email");
        List<String> ids = new ArrayList<>();
        for (String field : List.of("message_id", "references", "in_reply_to")) {
            JsonNode value = email.path(field);
            if (value.isTextual()) {
                ids.add(value.textValue());
            }
            value.forEach(id -> ids.add(id.asText()));
        }
        return new Known(
                hit.path("_id").asText(), ids, hit.at("/_source/thread/id").asText());
    }

    private long deleteCopyless(List<Known> messages) throws EngineException, InterruptedException {
        Map<String, Known> copyless = new HashMap<>();
        messages.forEach(message -> copyless.put(message.id(), message));
        copyless.keySet()
                .removeAll(copies.counts(DocumentKind.DELIVERY, "message.id", copyless.keySet())
                        .keySet());
        if (copyless.isEmpty()) {
            return 0;
        }
        List<EncodedAction> actions = new ArrayList<>();
        Set<String> threads = new TreeSet<>();
        Set<String> names = new HashSet<>();
        for (Known message : copyless.values()) {
            names.addAll(message.messageIds());
            if (!message.thread().isEmpty() && threads.add(message.thread())) {
                actions.add(ThreadDocuments.stale(message.thread()));
            }
        }
        forgetSeries(names, copyless.keySet(), actions);
        // Marks before all that they are to be found by.
        writer.write(actions);
        actions.clear();
        for (ObjectNode query : terms("message.id", copyless.keySet())) {
            search.all(
                    DocumentKind.QUOTE,
                    query,
                    List.of("message.id"),
                    List.of("message.id", "quote.number"),
                    hit -> actions.add(HashedAction.delete(
                            DocumentKind.QUOTE, hit.path("_id").asText())));
        }
        writer.write(actions);
        Set<String> deleted = new HashSet<>();
        editor.edit(DocumentKind.MESSAGE, copyless.keySet(), (id, source) -> {
            // A copy that came meanwhile has given it a voice.
            boolean voiceless = !source.at("/event/hash").isTextual();
            if (voiceless) {
                deleted.add(id);
            } else {
                deleted.remove(id);
            }
            return voiceless ? Verdict.DELETE : Verdict.KEEP;
        });
        return deleted.size();
    }

    /** Has the series of some mails grouped anew; deletes those of which nothing is left. */
    private void forgetSeries(Set<String> messageIds, Set<String> without, List<EncodedAction> actions)
            throws EngineException, InterruptedException {
        Map<String, Set<String>> series = new HashMap<>();
        for (ObjectNode query : terms("email.message_id", messageIds)) {
            search.all(
                    DocumentKind.SERIES,
                    query,
                    List.of("email.message_id"),
                    List.of("series.id"),
                    hit -> hit.at("/_source/email/message_id")
                            .forEach(
                                    id -> series.computeIfAbsent(hit.path("_id").asText(), unused -> new HashSet<>())
                                            .add(id.asText())));
        }
        Set<String> members = new HashSet<>();
        series.values().forEach(members::addAll);
        Set<String> left = new HashSet<>();
        for (ObjectNode query : terms("email.message_id", members)) {
            ObjectNode patches = JsonNodeFactory.instance.objectNode();
            ArrayNode both = patches.putObject("bool").putArray("filter");
            both.add(query);
            both.addObject().putObject("exists").put("field", "patch.kind");
            search.all(DocumentKind.MESSAGE, patches, List.of("email.message_id"), List.of("message.id"), hit -> {
                String id = hit.path("_id").asText();
                if (!without.contains(id)) {
                    actions.add(ThreadDocuments.unsolved(id));
                    left.add(hit.at("/_source/email/message_id").asText());
                }
            });
        }
        series.forEach((id, mails) -> {
            if (java.util.Collections.disjoint(mails, left)) {
                actions.add(HashedAction.delete(DocumentKind.SERIES, id));
            }
        });
    }

    private static List<ObjectNode> terms(String field, Collection<String> values) {
        List<ObjectNode> queries = new ArrayList<>();
        Iterator<String> rest = values.iterator();
        while (rest.hasNext()) {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            ArrayNode terms = query.putObject("terms").putArray(field);
            while (rest.hasNext() && terms.size() < TERMS) {
                terms.add(rest.next());
            }
            queries.add(query);
        }
        return queries;
    }
}
