package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.listlens.document.DocumentKind;

/**
 * All documents of an engine but the records of runs, each as the first octets of the SHA-256 of its fields in their
 * order by name.
 *
 * @param digests by index and id
 * @param hashes {@code event.hash} by index and id, of those that have one
 */
record IndexedDocuments(Map<String, String> digests, Map<String, String> hashes) {
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** Keeps documents as they are, to see what differs. */
    private static final boolean WHOLE = Boolean.getBoolean("listlens.faults.whole");

    static IndexedDocuments of(TestEngine engine) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        Map<String, String> hashes = new TreeMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            if (kind != DocumentKind.IMPORT) {
                engine.post('/' + kind.alias() + "/_refresh", "");
                engine.scroll(kind.alias(), (id, source) -> {
                    String key = kind.alias() + '/' + id;
                    digests.put(key, digest(source));
                    if (source.at("/event/hash").isTextual()) {
                        hashes.put(key, source.at("/event/hash").asText());
                    }
                });
            }
        }
        return new IndexedDocuments(digests, hashes);
    }

    private static String digest(JsonNode source) {
        try {
            JsonNode archive = source.path("archive");
            if (archive instanceof ObjectNode place) {
                // Of a mail that lies in an archive twice, it is one of both places.
                place.remove("position");
            }
            byte[] canonical = SORTED.writeValueAsBytes(SORTED.treeToValue(source, Map.class));
            if (WHOLE) {
                return new String(canonical, StandardCharsets.UTF_8);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many documents an index has: {@code mail-hops 140008, …}. */
    String counts() {
        Map<String, Integer> counts = new TreeMap<>();
        digests.keySet().forEach(key -> counts.merge(key.substring(0, key.indexOf('/')), 1, Integer::sum));
        List<String> texts = new ArrayList<>();
        counts.forEach((index, count) -> texts.add(index + ' ' + count));
        return String.join(", ", texts);
    }

    /** Which documents others have otherwise, lack or have in addition; a hundred at most. */
    List<String> differences(IndexedDocuments other) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(digests.keySet());
        keys.addAll(other.digests.keySet());
        for (String key : keys) {
            String here = digests.get(key);
            String there = other.digests.get(key);
            if (differences.size() < 100 && (here == null || !here.equals(there))) {
                differences.add(key
                        + (here == null ? " is new" : there == null ? " is lost" : " is another")
                        + (WHOLE ? ": " + here + " before, " + there + " after" : ""));
            }
        }
        return differences;
    }
}
