package org.listlens.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells by names and first octets what may hold mails in git. Does without JGit, which takes a third of a second to
 * start: no archive of another kind is to pay for that.
 */
final class GitPaths {
    /** What bundles begin with, as gitformat-bundle(5) has it. */
    static final String BUNDLE_V2 = "# v2 git bundle";

    static final String BUNDLE_V3 = "# v3 git bundle";

    private static final String DOT_GIT = ".git";
    private static final String LINK = "gitdir: ";
    private static final int MAX_LINK = 4_096;
    private static final int MAX_NUMBER = 6;

    private GitPaths() {}

    /** Whether a file begins like a bundle. */
    static boolean isBundle(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String begin = new String(in.readNBytes(BUNDLE_V2.length() + 1), StandardCharsets.ISO_8859_1);
            return begin.equals(BUNDLE_V2 + '\n') || begin.equals(BUNDLE_V3 + '\n');
        }
    }

    /**
     * The folder with {@code HEAD} and {@code objects} that a folder is, has as {@code .git}, or leads to; {@code null}
     * when there is none.
     */
    static @Nullable Path gitDir(Path folder) {
        if (isGitDir(folder)) {
            return folder;
        }
        Path inside = folder.resolve(DOT_GIT);
        Path gitDir = Files.isRegularFile(inside) ? linked(inside) : inside;
        return gitDir != null && isGitDir(gitDir) ? gitDir : null;
    }

    private static boolean isGitDir(Path folder) {
        return Files.exists(folder.resolve("HEAD"))
                && (Files.exists(folder.resolve("commondir"))
                        || (Files.isDirectory(folder.resolve("objects")) && Files.isDirectory(folder.resolve("refs"))));
    }

    /** Where a file {@code .git} leads, as gitrepository-layout(5) has it. */
    private static @Nullable Path linked(Path file) {
        try {
            if (Files.size(file) > MAX_LINK) {
                return null;
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            return text.startsWith(LINK)
                    ? file.resolveSibling(text.substring(LINK.length()).strip()).normalize()
                    : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /**
     * Whether a work tree may be kept for the mails in its commits, and not for its files: because these are files of
     * mails, or because nothing is checked out.
     */
    static boolean mayBeMails(Path workTree) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(workTree)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean mails = name.equals("m") || name.equals("d") || (name.length() == 2 && isHex(name));
                if (mails) {
                    return true;
                }
                empty &= name.equals(DOT_GIT);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return empty;
    }

    private static boolean isHex(String name) {
        for (int i = 0; i < name.length(); i++) {
            if ("0123456789abcdef".indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The epochs of an inbox, in their order: {@code git/0.git}, {@code git/1.git} …, or the same without {@code git} or
     * the suffix.
     */
    static List<Path> epochs(Path inbox) throws IOException {
        TreeMap<Integer, Path> epochs = new TreeMap<>();
        Path inside = inbox.resolve("git");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Files.isDirectory(inside) ? inside : inbox)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean suffixed = name.endsWith(DOT_GIT);
                int number = number(suffixed ? name.substring(0, name.length() - DOT_GIT.length()) : name);
                if (number >= 0 && (suffixed || !epochs.containsKey(number)) && gitDir(entry) != null) {
                    epochs.put(number, entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new ArrayList<>(epochs.values());
    }

    private static int number(String name) {
        if (name.isEmpty() || name.length() > MAX_NUMBER) {
            return -1;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(name);
    }
}
