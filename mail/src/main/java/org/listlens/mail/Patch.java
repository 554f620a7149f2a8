package org.listlens.mail;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says of the patch that it is, or that it introduces. Replies to patches have none.
 *
 * @param kind what the mail is
 * @param version of the series, 1 when none is given
 * @param number of the patch in its series, 0 for a cover letter; {@code null} when it stands alone without a number
 * @param total how many patches the series has; {@code null} when not given
 * @param prefixes the words of the subject's brackets that are neither version nor number: {@code PATCH}, {@code RFC},
 *     {@code net-next} …
 * @param title the subject without brackets
 * @param seriesKeys by which patches of one series find each other over its versions: {@code change-id:…} of b4,
 *     {@code title:…}, a digest of the author and the title, and {@code message-id:…} of mails that it calls its earlier
 *     versions
 * @param files paths of the files that the patch or its diffstat touches, in their order, each once, bounded
 * @param fileCount how many files it touches; {@code null} when it shows none
 * @param insertions lines added; {@code null} when unknown
 * @param deletions lines removed; {@code null} when unknown
 * @param baseCommit as git gives it; {@code null} when it does not
 * @param changeId of the series (b4); {@code null} without one
 * @param prerequisites what it needs besides the base, as git and b4 write it: {@code patch-id: …},
 *     {@code message-id: …}, {@code change-id: …}
 */
public record Patch(
        Kind kind,
        int version,
        @Nullable Integer number,
        @Nullable Integer total,
        List<String> prefixes,
        String title,
        List<String> seriesKeys,
        List<String> files,
        @Nullable Integer fileCount,
        @Nullable Integer insertions,
        @Nullable Integer deletions,
        @Nullable String baseCommit,
        @Nullable String changeId,
        List<String> prerequisites) {
    /** What a mail about patches is. */
    public enum Kind {
        PATCH("patch"),
        COVER_LETTER("cover-letter"),
        PULL_REQUEST("pull-request");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As documents have it. */
        public String label() {
            return label;
        }
    }

    public Patch {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(title);
        prefixes = List.copyOf(prefixes);
        seriesKeys = List.copyOf(seriesKeys);
        files = List.copyOf(files);
        prerequisites = List.copyOf(prerequisites);
    }
}
