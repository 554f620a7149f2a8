package org.listlens.source;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells by the names of a tar's or zip's entries which of them a walk through the folder that was packed would leave out.
 * Entries come one after the other, so that a {@code tmp} is known to be a Maildir's only by what came before it or by the
 * names in it.
 */
final class ArchivePaths {
    /** So many Maildirs of one archive are remembered. */
    private static final int MAX_MAILDIRS = 10_000;

    private final Set<String> maildirs = new HashSet<>();

    /** What is done with an entry. */
    enum Verdict {
        READ,
        /** It holds no mail. */
        SKIP,
        DELETED,
        UNFINISHED
    }

    Verdict of(String path) {
        String parent = "";
        int start = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
            String name = path.substring(start, slash);
            boolean hidden = name.length() > 1 && name.charAt(0) == '.' && !name.equals("..");
            if ((hidden && !isMaildirPart(path, slash + 1)) || SkippedNames.containsIn(parent, name)) {
                return Verdict.SKIP;
            }
            if (!name.isEmpty() && !name.equals(".")) {
                parent = name;
            }
            start = slash + 1;
        }
        String name = path.substring(start);
        if (SkippedNames.isDeleted(name)) {
            return Verdict.DELETED;
        }
        if (name.isEmpty() || SkippedNames.contains(name) || SkippedNames.containsIn(parent, name)) {
            return Verdict.SKIP;
        }
        return maildir(path.substring(0, start), parent, name);
    }

    /** @param folder the path of the folder, with a slash at its end */
    private Verdict maildir(String folder, String parent, String name) {
        String root = folder.substring(0, Math.max(0, folder.length() - parent.length() - 1));
        if (parent.equals("cur") || parent.equals("new")) {
            if (maildirs.size() < MAX_MAILDIRS) {
                maildirs.add(root);
            }
        } else if (parent.equals("tmp") && (maildirs.contains(root) || isUnique(name))) {
            return Verdict.UNFINISHED;
        }
        return Verdict.READ;
    }

    /** Whether a folder at this place of a path is a part of a Maildir, as below the hidden folders of Maildir++. */
    private static boolean isMaildirPart(String path, int from) {
        return path.startsWith("cur/", from) || path.startsWith("new/", from) || path.startsWith("tmp/", from);
    }

    /** Whether a name is made as those of mails in a Maildir: seconds, something unique, the host. */
    private static boolean isUnique(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && SkippedNames.isNumber(name.substring(0, dot)) && name.indexOf('.', dot + 1) > 0;
    }
}
