package org.listlens.document;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Patch;

/**
 * A patch series over all its versions. A patch that stands alone is a series of one; one that asks to pull is one with
 * the patches that come with it.
 *
 * @param key of the first mail, from which the series has its {@code _id}: the Message-ID, or the {@code _id} of its
 *     message when it has none
 * @param kind {@code PULL_REQUEST} when it asks to pull, else {@code PATCH}
 * @param title that of the newest version: of its cover letter, else of its first patch
 * @param authorAddress who sent the first mail
 * @param authorName the name beside that address
 * @param changeId as b4 gives it
 * @param listIds the lists that carried any of its mails, sorted
 * @param versions those that are in the archive, by their numbers
 * @param mails how many mails it has: cover letters and patches of all versions
 * @param files paths of the files that it touches in any version, sorted
 * @param reviews who gave which trailer for it in answers, by trailer and person
 * @param firstReviewMs from the first mail to the first answer of another person with such a trailer, in milliseconds
 * @param replies answers to its mails, those of robots aside
 * @param robotReplies answers that robots wrote
 * @param robotTrailers trailers that robots gave in their answers
 * @param messageIds Message-IDs of its mails, sorted
 */
public record PatchSeries(
        String key,
        Patch.Kind kind,
        String title,
        @Nullable String authorAddress,
        @Nullable String authorName,
        @Nullable String changeId,
        List<String> listIds,
        List<Version> versions,
        int mails,
        List<String> files,
        List<Review> reviews,
        @Nullable Long firstReviewMs,
        int replies,
        int robotReplies,
        int robotTrailers,
        List<String> messageIds) {
    /**
     * One version of a series.
     *
     * @param version its number
     * @param time of its first mail
     * @param messageId of its first mail
     * @param posted how many of its patches are in the archive
     * @param announced how many it has by what its mails say; {@code null} when they do not
     */
    public record Version(
            int version,
            @Nullable Instant time,
            @Nullable String messageId,
            int posted,
            @Nullable Integer announced) {
        /** Whether all patches are there; {@code null} when nobody says how many there are. */
        public @Nullable Boolean complete() {
            return announced == null ? null : (Boolean) (posted >= announced);
        }
    }

    /**
     * What a person gave to a series.
     *
     * @param trailer {@code Reviewed-by} …
     * @param name of who is named in it
     * @param address of who is named in it, in lower case
     * @param count how many times it was given
     */
    public record Review(
            String trailer, @Nullable String name, @Nullable String address, int count) {}

    public PatchSeries {
        Objects.requireNonNull(key);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(title);
        listIds = List.copyOf(listIds);
        versions = List.copyOf(versions);
        files = List.copyOf(files);
        reviews = List.copyOf(reviews);
        messageIds = List.copyOf(messageIds);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a series has a version");
        }
    }

    /** When the first mail of any version was written. */
    public @Nullable Instant time() {
        Instant first = null;
        for (Version version : versions) {
            if (version.time() != null && (first == null || version.time().isBefore(first))) {
                first = version.time();
            }
        }
        return first;
    }

    /** The newest version. */
    public Version last() {
        return versions.get(versions.size() - 1);
    }

    /**
     * From the first mail of version 1 to that of the last version, in milliseconds; {@code null} with one version only,
     * or when version 1 is not in the archive.
     */
    public @Nullable Long spanMs() {
        Version first = versions.get(0);
        Instant from = first.time();
        Instant to = last().time();
        return versions.size() < 2 || first.version() > 1 || from == null || to == null
                ? null
                : (Long) (to.toEpochMilli() - from.toEpochMilli());
    }
}
