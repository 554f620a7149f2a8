package org.listlens.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.document.PatchSeries;
import org.listlens.mail.Trailer;

/**
 * What a series got in answers.
 *
 * @param reviews what others than the author gave, robots aside, by trailer and person
 * @param firstMs from the first mail to the first of these answers
 * @param replies answers of people
 * @param robotReplies answers of robots
 * @param robotTrailers trailers in the answers of robots
 */
record SeriesReviews(
        List<PatchSeries.Review> reviews, @Nullable Long firstMs, int replies, int robotReplies, int robotTrailers) {
    /** Sums up the answers to a series, in whatever order. */
    static SeriesReviews of(List<PatchReply> replies, Set<String> authors, @Nullable Instant start) {
        TreeMap<String, PatchSeries.Review> reviews = new TreeMap<>();
        Instant first = null;
        int people = 0;
        int robots = 0;
        int robotTrailers = 0;
        for (PatchReply reply : replies) {
            if (reply.robot()) {
                robots++;
                robotTrailers += reply.trailers().size();
                continue;
            }
            people++;
            if (reply.author() != null && authors.contains(reply.author())) {
                continue;
            }
            boolean reviewed = false;
            for (Trailer trailer : reply.trailers()) {
                if (isReview(trailer.key())) {
                    reviewed = true;
                    add(reviews, trailer);
                }
            }
            if (reviewed
                    && reply.time() != null
                    && (first == null || reply.time().isBefore(first))) {
                first = reply.time();
            }
        }
        return new SeriesReviews(
                List.copyOf(reviews.values()),
                first == null || start == null ? null : (Long) (first.toEpochMilli() - start.toEpochMilli()),
                people,
                robots,
                robotTrailers);
    }

    private static void add(Map<String, PatchSeries.Review> reviews, Trailer trailer) {
        String address = trailer.address() == null ? null : trailer.address().toLowerCase(Locale.ROOT);
        String who = address == null ? trailer.name() : address;
        reviews.merge(
                trailer.key() + '\n' + who,
                new PatchSeries.Review(trailer.key(), trailer.name(), address, 1),
                SeriesReviews::sum);
    }

    /** The same trailer of the same person twice; of two names the one that sorts first. */
    private static PatchSeries.Review sum(PatchSeries.Review one, PatchSeries.Review other) {
        List<String> names = new ArrayList<>(2);
        if (one.name() != null) {
            names.add(one.name());
        }
        if (other.name() != null) {
            names.add(other.name());
        }
        names.sort(null);
        return new PatchSeries.Review(
                one.trailer(), names.isEmpty() ? null : names.get(0), one.address(), one.count() + other.count());
    }

    /** {@code Reviewed-by}, {@code Acked-for-MFD-by}, {@code Reviewed-and-tested-by}, {@code Nacked-by} … */
    private static boolean isReview(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith("-by")
                && (lower.startsWith("reviewed-")
                        || lower.startsWith("acked-")
                        || lower.startsWith("nacked-")
                        || lower.startsWith("tested-")
                        || lower.contains("-tested-"));
    }
}
