package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What fired at the last check, so that the next one knows what is new and what has ceased.
 *
 * @param firing monitors with their subjects
 */
public record FiringState(Set<Key> firing) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What fires, without what was measured. */
    public record Key(String monitor, String subject) {}

    /**
     * Reads a file; nothing fires when there is none yet.
     *
     * @throws IOException when the file cannot be read or is something else
     */
    public static FiringState read(Path file) throws IOException {
        Set<Key> firing = new LinkedHashSet<>();
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new FiringState(firing);
        }
        if (!json.path("firing").isArray()) {
            throw new IOException("it holds something else");
        }
        for (JsonNode key : json.path("firing")) {
            firing.add(new Key(key.path("monitor").asText(), key.path("subject").asText()));
        }
        return new FiringState(firing);
    }

    /** Whether something fired at the last check as well. */
    public boolean has(Firing firing) {
        return this.firing.contains(key(firing));
    }

    /** What has ceased: it fired before, its monitor was evaluated again, and it does not fire now. */
    public List<Key> ceased(Collection<String> evaluated, List<Firing> now) {
        Set<Key> keys = keys(now);
        return firing.stream()
                .filter(key -> evaluated.contains(key.monitor()) && !keys.contains(key))
                .toList();
    }

    /** The state after a check; monitors that were not evaluated stay as they were. */
    public FiringState next(Collection<String> evaluated, List<Firing> now) {
        Set<Key> next = new LinkedHashSet<>();
        firing.stream().filter(key -> !evaluated.contains(key.monitor())).forEach(next::add);
        next.addAll(keys(now));
        return new FiringState(next);
    }

    /** Writes the file, whole or not at all. */
    public void write(Path file, Instant checked) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("checked", checked.toString());
        ArrayNode array = json.putArray("firing");
        firing.forEach(key -> array.addObject().put("monitor", key.monitor()).put("subject", key.subject()));
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.write(temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Key key(Firing firing) {
        return new Key(firing.monitor().definition().name(), firing.subject());
    }

    private static Set<Key> keys(List<Firing> firings) {
        Set<Key> keys = new LinkedHashSet<>();
        firings.forEach(firing -> keys.add(key(firing)));
        return keys;
    }
}
