package org.listlens.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What tells without reading a file that it is as it was.
 *
 * @param size in octets
 * @param modifiedNs when it was changed, in nanoseconds since 1970
 * @param key which file it is on its disk, whatever its name is; empty where the system does not tell
 */
record FileState(long size, long modifiedNs, String key) {
    static FileState of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class));
    }

    static FileState of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileState(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                key == null ? "" : key.toString());
    }

    /** Notes it in a position's state. */
    void put(Map<String, String> state) {
        state.put("size", Long.toString(size));
        state.put("modified", Long.toString(modifiedNs));
        state.put("key", key);
    }

    /** Whether a position's state notes this. */
    boolean equalsNoted(Map<String, String> state) {
        return Long.toString(size).equals(state.get("size"))
                && Long.toString(modifiedNs).equals(state.get("modified"))
                && key.equals(state.get("key"));
    }

    /** Whether a position was noted of this very file, whatever it is called and holds now. */
    boolean hasKeyNoted(Map<String, String> state) {
        return !key.isEmpty() && key.equals(state.get("key"));
    }
}
