package org.listlens.source;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names in Maildirs. A mail keeps its name as long as it is in its Maildir, but for the flags that follow {@code :2,} and
 * the folder, which is {@code new} until somebody has seen it and {@code cur} afterwards.
 */
final class Maildirs {
    /** How old a listing may be in which a mail is looked for. */
    private static final long FRESH_NANOS = 1_000_000_000;

    private @Nullable Path listed;
    private long listedNanos;
    private final Map<String, Path> files = new HashMap<>();

    /** Whether a folder is a Maildir; those of Thunderbird lack {@code new}. */
    static boolean isMaildir(Path folder) {
        return Files.isDirectory(folder.resolve("cur"))
                && (Files.isDirectory(folder.resolve("new")) || Files.isDirectory(folder.resolve("tmp")));
    }

    /** A file's name without its flags; {@code ;} and {@code !} stand for the colon where that cannot be in a name. */
    static String unique(String name) {
        for (int at = name.length() - 3; at > 0; at--) {
            char separator = name.charAt(at);
            if ((separator == ':' || separator == ';' || separator == '!')
                    && (name.charAt(at + 1) == '2' || name.charAt(at + 1) == '1')
                    && name.charAt(at + 2) == ',') {
                return name.substring(0, at);
            }
        }
        return name;
    }

    /** Where a mail is now that is no longer where it was a moment ago; {@code null} when it is gone. */
    @Nullable
    Path find(Path maildir, String unique) {
        Path found = maildir.equals(listed) ? files.get(unique) : null;
        if (found != null && Files.exists(found)) {
            return found;
        }
        if (!maildir.equals(listed) || System.nanoTime() - listedNanos > FRESH_NANOS) {
            list(maildir);
        }
        found = files.get(unique);
        return found != null && Files.exists(found) ? found : null;
    }

    private void list(Path maildir) {
        files.clear();
        listed = maildir;
        list(maildir.resolve("new"), files);
        list(maildir.resolve("cur"), files);
        listedNanos = System.nanoTime();
    }

    /** What cannot be listed cannot be found. */
    private static void list(Path folder, Map<String, Path> files) {
        File[] entries = folder.toFile().listFiles();
        if (entries != null) {
            for (File entry : entries) {
                files.put(unique(entry.getName()), entry.toPath());
            }
        }
    }
}
