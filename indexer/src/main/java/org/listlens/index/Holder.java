package org.listlens.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a lease: a name that no other has, and where that can be told, the process, so that others on the same system
 * need not wait to see that it is gone. On Linux a process is named by the boot, its namespace, its number and its start.
 *
 * @param name as it stands in the lease: {@code id} or {@code id@boot/namespace/pid/start}
 */
record Holder(String name) {
    /** What can be told of a process. */
    enum Life {
        ALIVE,
        GONE,
        UNKNOWN
    }

    /** Of the fields behind the name. */
    private static final int START = 19;

    /** Boot and namespace of this process; {@code null} where there is no such thing. */
    private static final @Nullable String SYSTEM = system();

    /** The holders in this process that may hold something. */
    private static final Set<String> LIVING = ConcurrentHashMap.newKeySet();

    /** A new holder in this process, which lives until it is {@link #end ended}. */
    static Holder create() {
        Holder holder = new Holder(newName());
        LIVING.add(holder.name);
        return holder;
    }

    /** It holds nothing any more, whatever stands in a lease whose end could not be written. */
    void end() {
        LIVING.remove(name);
    }

    private static String newName() {
        long pid = ProcessHandle.current().pid();
        String start = start(pid);
        String id = UUID.randomUUID().toString();
        return SYSTEM == null || start == null ? id : id + '@' + SYSTEM + '/' + pid + '/' + start;
    }

    /** Whether the process lives; in this process, whether it is not ended. */
    Life life() {
        int at = name.indexOf('@');
        if (at < 0 || SYSTEM == null || !name.startsWith(SYSTEM + '/', at + 1)) {
            return Life.UNKNOWN;
        }
        String process = name.substring(at + 1 + SYSTEM.length() + 1);
        int slash = process.indexOf('/');
        try {
            long pid = Long.parseLong(process.substring(0, Math.max(slash, 0)));
            boolean lives = process.substring(slash + 1).equals(start(pid))
                    && (pid != ProcessHandle.current().pid() || LIVING.contains(name));
            return lives ? Life.ALIVE : Life.GONE;
        } catch (NumberFormatException e) {
            return Life.UNKNOWN;
        }
    }

    /**
     * When a process began, in ticks since the boot (proc(5), {@code stat}), as other times change with the clock; {@code
     * null} when there is none.
     */
    private static @Nullable String start(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The second field is a name in parentheses, in which anything may stand.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return dead || fields.length <= START ? null : fields[START];
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String system() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return boot.isEmpty() ? null : boot + '/' + namespace.replace('/', '_');
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }
}
