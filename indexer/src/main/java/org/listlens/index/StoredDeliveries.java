package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;

/** Reads from the engine where copies lie, and which messages they are of. Thread-safe. */
final class StoredDeliveries {
    private static final List<String> SOURCE =
            List.of("archive.source", "archive.sources", "message.id", "delivery.days", "list.id");

    private final EngineSearch search;

    StoredDeliveries(EngineSearch search) {
        this.search = search;
    }

    /**
     * A delivery.
     *
     * @param id its {@code _id}
     * @param message {@code message.id}
     * @param archives the archives that the copy lies in
     * @param lists {@code list.id}
     * @param days {@code delivery.days}, in days since 1970
     */
    record Delivery(String id, @Nullable String message, List<String> archives, List<String> lists, List<Long> days) {}

    /** Takes a delivery. */
    @FunctionalInterface
    interface Taker {
        void take(Delivery delivery) throws EngineException, InterruptedException;
    }

    /** All deliveries that a query finds, by their ids. */
    void all(ObjectNode query, Taker deliveries) throws EngineException, InterruptedException {
        search.all(
                DocumentKind.DELIVERY,
                query,
                SOURCE,
                List.of("delivery.id"),
                hit -> deliveries.take(delivery(hit.path("_id").asText(), hit.path("_source"))));
    }

    /** All deliveries of some messages, which may be some thousand. */
    void ofMessages(Collection<String> messages, Taker deliveries) throws EngineException, InterruptedException {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode terms = query.putObject("terms").putArray("message.id");
        messages.forEach(terms::add);
        all(query, deliveries);
    }

    /** Reads a delivery. */
    static Delivery delivery(String id, JsonNode source) {
        List<Long> days = new ArrayList<>();
        source.at("/delivery/days")
                .forEach(day -> days.add(LocalDate.parse(day.asText()).toEpochDay()));
        return new Delivery(
                id, source.at("/message/id").textValue(), archives(source), texts(source.at("/list/id")), days);
    }

    /** The archives that a delivery names; an older version named only the first. */
    static List<String> archives(JsonNode source) {
        List<String> archives = texts(source.at("/archive/sources"));
        String first = source.at("/archive/source").textValue();
        return archives.isEmpty() && first != null ? List.of(first) : archives;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
