package org.listlens.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.Partitions;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.sink.BulkResponse.Result;

/**
 * Sends items to {@code _bulk} until each has its answer: whole requests again after failures of the whole, single
 * items again after failures of theirs, halves where the whole is too large. Items may reach the engine twice, so they
 * must be such that the second time does no harm. Thread-safe.
 */
final class BulkExchange {
    private final RetryingClient client;
    private final Partitions partitions;

    /** What the names of indices have for this client that they have not in the action lines, parts aside. */
    private final byte[] suffix;

    /** By part, what the names of indices have beyond the name of their kind. */
    private final Map<String, byte[]> deliveryAdditions = new ConcurrentHashMap<>();

    private final Map<String, byte[]> hopAdditions = new ConcurrentHashMap<>();

    private final AtomicLong answers = new AtomicLong();
    private volatile long octetLimit = Long.MAX_VALUE;

    BulkExchange(RetryingClient client) {
        this.client = client;
        this.partitions = new Partitions(client);
        this.suffix = client.index("").getBytes(StandardCharsets.UTF_8);
    }

    /** Where documents lie. */
    Partitions partitions() {
        return partitions;
    }

    /** The most octets that a request may have, as far as the engine has shown; a single item may have more. */
    long octetLimit() {
        return octetLimit;
    }

    /**
     * Sends items until each has an answer: a status below 300, 404 of a delete, 409, or the status of a refusal with
     * its reason.
     *
     * @throws EngineException when the engine refuses to do its work at all, or patience is over; the items that were
     *     answered before have their answers
     */
    void send(List<BulkItem> items, RetryPolicy.Attempts attempts) throws EngineException, InterruptedException {
        Deque<List<BulkItem>> chunks = new ArrayDeque<>();
        if (!items.isEmpty()) {
            chunks.add(items);
        }
        while (!chunks.isEmpty()) {
            List<BulkItem> chunk = chunks.remove();
            BulkResponse response = request(chunk, attempts);
            if (response == null) {
                split(chunk, chunks);
                continue;
            }
            EngineException[] putOff = new EngineException[1];
            List<BulkItem> again = settle(chunk, response.results(), putOff);
            if (again.size() < chunk.size()) {
                attempts.succeeded();
            }
            if (putOff[0] != null) {
                client.putOff(attempts, putOff[0]);
                chunks.addFirst(again);
            }
        }
    }

    /** Sends one request; {@code null} when it is too large. */
    private @Nullable BulkResponse request(List<BulkItem> chunk, RetryPolicy.Attempts attempts)
            throws EngineException, InterruptedException {
        List<ByteBuffer> slices = new ArrayList<>(chunk.size());
        for (BulkItem item : chunk) {
            byte[] addition = addition(item);
            if (addition.length == 0) {
                slices.addAll(item.slices());
            } else {
                addWith(addition, item.slices(), slices);
            }
        }
        try {
            return client.<@Nullable BulkResponse>send(
                    attempts, "POST", "/_bulk", BulkResponse.QUERY, RequestBody.ndjson(slices), response -> {
                        if (response.status() == 413) {
                            return null;
                        }
                        if (!response.ok()) {
                            throw client.refused("to take documents", response);
                        }
                        return BulkResponse.read(response.body(), chunk.size());
                    });
        } finally {
            if (attempts.takeDoubt()) {
                for (BulkItem item : chunk) {
                    item.doubt();
                }
            }
        }
    }

    /** What follows the name of the kind in the name of the index; makes sure that this is there. */
    private byte[] addition(BulkItem item) throws EngineException, InterruptedException {
        String part = item.part();
        if (part == null) {
            return suffix;
        }
        Map<String, byte[]> ofKind = item.kind() == DocumentKind.HOP ? hopAdditions : deliveryAdditions;
        byte[] addition = ofKind.get(part);
        if (addition == null) {
            String alias = item.kind().alias();
            partitions.require(alias, part);
            String name = client.index(partitions.alias(alias, part));
            addition = name.substring(alias.length()).getBytes(StandardCharsets.UTF_8);
            ofKind.put(part, addition);
        }
        return addition;
    }

    /** Adds the lines of an action with an addition to the name of its index. */
    private static void addWith(byte[] addition, List<ByteBuffer> lines, List<ByteBuffer> slices) {
        ByteBuffer first = lines.getFirst();
        // {"create":{"_index":"mail-hops": the name ends at the sixth quote.
        int end = first.position();
        for (int quotes = 0; quotes < 6; end++) {
            if (first.get(end) == '"') {
                quotes++;
            }
        }
        end--;
        slices.add(first.slice(first.position(), end - first.position()));
        slices.add(ByteBuffer.wrap(addition));
        slices.add(first.slice(end, first.limit() - end));
        slices.addAll(lines.subList(1, lines.size()));
    }

    private void split(List<BulkItem> chunk, Deque<List<BulkItem>> chunks) {
        if (chunk.size() == 1) {
            BulkItem item = chunk.getFirst();
            item.answer(413, "with " + item.length() + " octets larger than the engine takes in one request");
            return;
        }
        long length = 0;
        for (BulkItem item : chunk) {
            length += item.length();
        }
        octetLimit = Math.min(octetLimit, Math.max(1, length / 2));
        int middle = chunk.size() / 2;
        chunks.addFirst(chunk.subList(middle, chunk.size()));
        chunks.addFirst(chunk.subList(0, middle));
    }

    /** Gives the items their answers; returns those that have to be sent again, and in {@code putOff} why. */
    private List<BulkItem> settle(List<BulkItem> chunk, List<Result> results, @Nullable EngineException[] putOff)
            throws EngineException {
        if (results.isEmpty()) {
            for (BulkItem item : chunk) {
                item.answer(200, null);
                client.traffic().written(item.kind().alias());
            }
            answers.addAndGet(chunk.size());
            return List.of();
        }
        List<BulkItem> again = new ArrayList<>();
        EngineException fatal = null;
        int answered = 0;
        for (int i = 0; i < chunk.size(); i++) {
            BulkItem item = chunk.get(i);
            Result result = results.get(i);
            if (RetryingClient.passingBlock(result.status(), result.type(), result.reason())) {
                again.add(item);
                putOff[0] = client.blocked(result.reason());
                continue;
            }
            EngineException refusal = refusal(result);
            if (refusal != null) {
                fatal = refusal;
            } else if (!RetryingClient.passing(result.status(), result.type())) {
                item.answer(result.status(), result.reason());
                answered++;
                if (result.status() < 300) {
                    client.traffic().written(item.kind().alias());
                }
            } else if (result.status() == 500 && item.failed(answers.get())) {
                item.answer(result.status(), result.reason());
            } else {
                if (result.status() != 429) {
                    item.doubt();
                }
                again.add(item);
                putOff[0] = putOff(result);
            }
        }
        answers.addAndGet(answered);
        if (fatal != null) {
            throw fatal;
        }
        return again;
    }

    private EngineException putOff(Result result) {
        return new EngineException(
                Kind.UNANSWERED,
                "The engine at " + client.where() + " cannot take documents now (status " + result.status() + ": "
                        + result.reason() + "): see what its log says, then run this again.");
    }

    /** An answer that is about the engine and not about the document, and that will not get better. */
    private @Nullable EngineException refusal(Result result) {
        String type = result.type();
        if (result.status() >= 500 && result.reason().contains("No space left on device")) {
            return new EngineException(
                    Kind.REFUSED,
                    "The disk of the engine at " + client.where() + " is full (" + result.reason()
                            + "): free some space there, then run this again.");
        }
        if (type.equals("cluster_block_exception") && (result.status() == 403 || result.status() == 429)) {
            return client.blocked(result.reason());
        }
        if (result.status() == 401 || result.status() == 403) {
            return new EngineException(
                    Kind.REFUSED,
                    "The engine at " + client.where() + " forbids to write documents (" + result.reason()
                            + "): give the user the rights for it, or another login.");
        }
        if (type.equals("index_not_found_exception")) {
            return new EngineException(
                    Kind.REFUSED,
                    "An index was taken away from the engine at " + client.where() + " (" + result.reason()
                            + "): run this again, which creates it anew.");
        }
        if (result.status() == 400 && result.reason().contains("no write index is defined for alias")) {
            return new EngineException(
                    Kind.REFUSED,
                    "The engine at " + client.where() + " does not know where to write (" + result.reason()
                            + "): run this again if 'listlens setup --upgrade' has just divided it; otherwise set"
                            + " is_write_index on one index of the alias.");
        }
        return null;
    }
}
