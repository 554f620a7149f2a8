package org.listlens.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What kind of software keeps mails in a folder, as the names in it tell, and which of these hold mails. */
enum FolderFormat {
    /** {@code cur} and {@code new}, or {@code cur} and {@code tmp} as Thunderbird has it. */
    MAILDIR("Maildir"),
    /** Mails named by numbers, {@code .mh_sequences}; in the folder of all folders a file {@code context}. */
    MH("MH"),
    /** A profile, or the folder of an account with mboxes and an index {@code .msf} beside each. */
    THUNDERBIRD("Thunderbird"),
    /** The pages and months of a list. */
    PIPERMAIL("Pipermail"),
    GOOGLE_TAKEOUT("Google Takeout"),
    /** Any folder with mails and archives of mails. */
    FOLDER("folder");

    private static final Set<String> OF_PROFILE = Set.of("Mail", "ImapMail", "News");

    private final String label;

    FolderFormat(String label) {
        this.label = label;
    }

    /** The name, for the user. */
    String label() {
        return label;
    }

    static FolderFormat of(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (IOException | DirectoryIteratorException e) {
            return FOLDER;
        }
        return of(folder, names);
    }

    /** @param names all that lies in the folder */
    static FolderFormat of(Path folder, Collection<String> names) {
        boolean cur = false;
        boolean other = false;
        boolean month = false;
        boolean index = false;
        int numbers = 0;
        for (String name : names) {
            switch (name) {
                case ".mh_sequences", ".xmhcache" -> {
                    return MH;
                }
                case "pipermail.pck" -> {
                    return PIPERMAIL;
                }
                case "archive_browser.html" -> {
                    return GOOGLE_TAKEOUT;
                }
                case "prefs.js", "msgFilterRules.dat", "popstate.dat" -> {
                    return THUNDERBIRD;
                }
                case "cur" -> cur = true;
                case "new", "tmp" -> other = true;
                case "index.html" -> index = true;
                default -> {
                    if (name.endsWith(".msf")) {
                        return THUNDERBIRD;
                    }
                    month |= isMonth(name);
                    numbers += SkippedNames.isNumber(name) ? 1 : 0;
                }
            }
        }
        if (cur && other && Maildirs.isMaildir(folder)) {
            return MAILDIR;
        }
        if (month && index) {
            return PIPERMAIL;
        }
        return numbers > 0 && numbers >= names.size() - 1 ? MH : FOLDER;
    }

    /**
     * The names in a folder that may hold mails, or more folders of them, in the order in which they are read.
     *
     * @param all is not changed
     */
    List<String> inOrder(Collection<String> all) {
        List<String> names = new ArrayList<>(all.size());
        Set<String> known = this == PIPERMAIL ? new HashSet<>(all) : Set.of();
        boolean profile = this == THUNDERBIRD && all.contains("prefs.js");
        for (String name : all) {
            boolean kept = switch (this) {
                case PIPERMAIL -> isOfMonths(name, known);
                case THUNDERBIRD -> !profile || OF_PROFILE.contains(name);
                case MH -> !name.equals("context");
                default -> true;
            };
            if (kept) {
                names.add(name);
            }
        }
        names.sort(SkippedNames.ORDER);
        return names;
    }

    /** The text of a month, plain or compressed but not both; what is older than the months is an mbox. */
    private static boolean isOfMonths(String name, Set<String> all) {
        return name.endsWith(".txt")
                || name.endsWith(".mbox")
                || (name.endsWith(".txt.gz") && !all.contains(name.substring(0, name.length() - 3)));
    }

    /** {@code 2004-May.txt}, {@code 2004-May.txt.gz}, and so in weeks, quarters and days. */
    private static boolean isMonth(String name) {
        return name.length() > 8
                && SkippedNames.isNumber(name.substring(0, 4))
                && (name.endsWith(".txt") || name.endsWith(".txt.gz"));
    }
}
