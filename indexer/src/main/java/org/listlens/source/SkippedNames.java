package org.listlens.source;

import java.util.Locale;
import java.util.Set;

/** Files that stand beside mails in folders and never hold any: hidden ones, the notes of mail software, and the
 * manifest of a generated archive. */
final class SkippedNames {
    private static final Set<String> NAMES = Set.of(
            "maildirsize",
            "maildirfolder",
            "subscriptions",
            "thumbs.db",
            "desktop.ini",
            "manifest.ndjson",
            "manifest-summary.json");
    private static final String[] PREFIXES = {".", "dovecot", "courierimap", "courierpop3"};
    private static final String[] SUFFIXES = {".msf", ".cmeta", ".ibex.index", ".ibex.index.data", ".lock"};

    private SkippedNames() {}

    static boolean contains(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (NAMES.contains(lower)) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (lower.startsWith(prefix)) {
                return true;
            }
        }
        for (String suffix : SUFFIXES) {
            if (lower.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }
}
