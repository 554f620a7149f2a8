package org.listlens.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Part;
import org.listlens.mail.Patch;
import org.listlens.quote.ClassifiedLines;

/**
 * Finds out whether a mail is a patch, a cover letter or asks to pull, and what it says of that. A subject with
 * {@code [PATCH]} proves it; {@code [net-next 1/2]}, {@code [RFC v2]} and subjects without brackets need a diff of the
 * author's own that comes with a commit. Replies and mails that are handed on are none. Not thread-safe.
 */
public final class PatchParser {
    private final SeriesKeys keys = new SeriesKeys();

    /**
     * Parses what a mail says of a patch.
     *
     * @param subject the decoded subject
     * @param author the author's address
     * @param answers whether the mail says that it answers another
     * @param parts the leaves of the MIME tree
     * @param lines the lines of the text; {@code null} when the mail has none
     * @return {@code null} when the mail is no patch
     */
    public @Nullable Patch parse(
            @Nullable String subject,
            @Nullable String author,
            boolean answers,
            List<Part> parts,
            @Nullable ClassifiedLines lines) {
        PatchSubject said = PatchSubject.of(subject == null ? "" : subject);
        if (said.evidence() == PatchSubject.Evidence.REPLY) {
            return null;
        }
        // An answer with a diff below it is a proposal, or tells that a patch was applied.
        if (said.evidence() == PatchSubject.Evidence.NONE && (answers || (lines == null && !isExported(parts)))) {
            return null;
        }
        PatchBody body = lines == null ? null : PatchBody.of(lines);
        Patch.Kind kind = kind(said, body, parts);
        if (kind == null) {
            return null;
        }
        return new Patch(
                kind,
                said.version(),
                said.number(),
                said.total(),
                said.prefixes(),
                said.title(),
                keys.of(
                        author,
                        said.title(),
                        said.prefixes(),
                        body == null ? null : body.changeId(),
                        body == null ? List.of() : body.earlierVersions()),
                body == null ? List.of() : body.files(),
                body == null ? null : body.fileCount(),
                body == null ? null : body.insertions(),
                body == null ? null : body.deletions(),
                body == null ? null : body.baseCommit(),
                body == null ? null : body.changeId(),
                body == null ? List.of() : body.prerequisites());
    }

    private static Patch.@Nullable Kind kind(PatchSubject said, @Nullable PatchBody body, List<Part> parts) {
        boolean cover = said.number() != null && said.number() == 0;
        return switch (said.evidence()) {
            case SAID -> {
                if (said.request() && (said.number() == null || cover || isGit(said))) {
                    yield Patch.Kind.PULL_REQUEST;
                }
                yield cover ? Patch.Kind.COVER_LETTER : Patch.Kind.PATCH;
            }
            case NUMBERED -> {
                if (cover) {
                    boolean told =
                            said.versioned() || !said.prefixes().isEmpty() || (body != null && body.hasDiffstat());
                    yield told ? Patch.Kind.COVER_LETTER : null;
                }
                yield (body != null && body.hasDiff()) || isExported(parts) ? Patch.Kind.PATCH : null;
            }
            case NONE -> {
                if (body != null && body.asksToPull()) {
                    yield Patch.Kind.PULL_REQUEST;
                }
                boolean tree = !said.prefixes().isEmpty() && body != null && body.hasDiff();
                yield tree || (body != null && body.isCommit()) || isExported(parts) ? Patch.Kind.PATCH : null;
            }
            case REPLY -> null;
        };
    }

    /** {@code [GIT PULL 1/3]} numbers requests, {@code [PULL 1/3]} the patches that come with one. */
    private static boolean isGit(PatchSubject said) {
        for (int i = 0; i < said.prefixes().size(); i++) {
            if (said.prefixes().get(i).equalsIgnoreCase("git")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a part has a name as {@code git format-patch} gives it: {@code 0001-title.patch}. */
    private static boolean isExported(List<Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            String name = parts.get(i).filename();
            if (name != null && name.length() > 11 && name.endsWith(".patch") && name.charAt(4) == '-') {
                boolean digits = true;
                for (int j = 0; j < 4; j++) {
                    digits &= name.charAt(j) >= '0' && name.charAt(j) <= '9';
                }
                if (digits) {
                    return true;
                }
            }
        }
        return false;
    }
}
