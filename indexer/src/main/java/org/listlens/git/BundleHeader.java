package org.listlens.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.listlens.source.SourceException;

/**
 * What stands at the beginning of a bundle, before the pack, as gitformat-bundle(5) has it.
 *
 * @param tip the commit of HEAD, of the only branch, or of the only ref
 */
record BundleHeader(ObjectId tip) {
    /** The longest line, and the most octets of all lines. */
    private static final int MAX_LINE = 64 << 10;

    private static final int MAX_SIZE = 16 << 20;
    private static final int MAX_REFS = 10_000;
    private static final int HEX = Constants.OBJECT_ID_STRING_LENGTH;

    /**
     * Reads a bundle up to its pack.
     *
     * @throws SourceException when nothing can be read from the bundle alone
     */
    static BundleHeader read(Path path, InputStream in) throws IOException {
        Map<String, ObjectId> refs = new TreeMap<>();
        int size = 0;
        String line = line(path, in);
        for (line = line(path, in); !line.isEmpty(); line = line(path, in)) {
            size += line.length();
            if (size > MAX_SIZE) {
                throw damaged(path, "its header does not end");
            }
            switch (line.charAt(0)) {
                case '@' -> capability(path, line);
                case '-' ->
                    throw new SourceException("The git bundle " + path + " begins behind commit "
                            + abbreviated(line.substring(1))
                            + " and cannot be read without what lies before it; name a clone that it was fetched into, or"
                            + " make one of the whole branch with git bundle create FILE HEAD.");
                default -> {
                    ObjectId id = id(line);
                    if (id == null) {
                        throw damaged(path, "its header has a line that is no ref");
                    }
                    if (refs.size() < MAX_REFS) {
                        refs.put(line.substring(HEX + 1), id);
                    }
                }
            }
        }
        return new BundleHeader(tip(path, refs));
    }

    private static void capability(Path path, String line) throws SourceException {
        if (line.startsWith("@object-format=") && !line.equals("@object-format=sha1")) {
            throw new SourceException(
                    "The git bundle " + path + " has ids of the format " + line.substring(line.indexOf('=') + 1)
                            + ", which cannot be read yet; make it from a clone with SHA-1.");
        }
        if (line.startsWith("@filter")) {
            throw new SourceException("The git bundle " + path
                    + " was made with a filter, so that mails are missing from it; make it without --filter.");
        }
    }

    private static ObjectId tip(Path path, Map<String, ObjectId> refs) throws SourceException {
        ObjectId head = refs.get(Constants.HEAD);
        if (head != null) {
            return head;
        }
        Map<String, ObjectId> branches = new TreeMap<>(refs);
        branches.keySet().removeIf(name -> !name.startsWith(Constants.R_HEADS));
        Map<String, ObjectId> candidates = branches.isEmpty() ? refs : branches;
        if (candidates.size() == 1) {
            return candidates.values().iterator().next();
        }
        throw new SourceException(
                candidates.isEmpty()
                        ? "There is no mail in the git bundle " + path
                                + ": it names no branch; make it with git bundle create FILE HEAD."
                        : "The git bundle " + path + " has several branches and does not say which is HEAD;"
                                + " make it with git bundle create FILE HEAD.");
    }

    private static @Nullable ObjectId id(String line) {
        return line.length() > HEX && line.charAt(HEX) == ' ' && ObjectId.isId(line.substring(0, HEX))
                ? ObjectId.fromString(line.substring(0, HEX))
                : null;
    }

    private static String abbreviated(String text) {
        return text.substring(0, Math.min(text.length(), 12));
    }

    private static String line(Path path, InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() == MAX_LINE) {
                throw damaged(path, octet < 0 ? "it ends within its header" : "its header has a line without end");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    static SourceException damaged(Path path, String how) {
        return new SourceException(
                "The git bundle " + path + " is damaged or was cut off (" + how + "); copy or make it again.");
    }
}
