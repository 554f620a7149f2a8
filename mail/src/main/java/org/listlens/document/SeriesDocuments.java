package org.listlens.document;

import java.util.Locale;
import org.listlens.mail.Patch;

/** Writes the documents of patch series. */
public final class SeriesDocuments {
    private SeriesDocuments() {}

    /** A series' document, over what is there; its {@code _id} is a digest of {@link PatchSeries#key}. */
    public static HashedAction series(PatchSeries series) {
        String id = Digests.of(Digests.sha256(), "series", series.key());
        return HashedAction.of(DocumentKind.SERIES, id, writer -> {
            writer.time("@timestamp", series.time());
            writer.startObject("author");
            writer.string("name", series.authorName());
            writer.string("address", series.authorAddress());
            writer.endObject();
            writer.startObject("series");
            writer.string("id", id);
            writeSummary(writer, series);
            writeReviews(writer, series);
            writeVersions(writer, series);
            writer.strings("files", series.files());
            writer.endObject();
            writer.startObject("list");
            writer.strings("id", series.listIds());
            writer.endObject();
            writer.startObject("email");
            writer.strings("message_id", series.messageIds());
            writer.endObject();
        });
    }

    private static void writeSummary(DocumentWriter writer, PatchSeries series) {
        PatchSeries.Version last = series.last();
        Boolean complete = last.complete();
        writer.string("kind", (series.kind() == Patch.Kind.PULL_REQUEST ? series.kind() : Patch.Kind.PATCH).label());
        writer.string("title", series.title());
        writer.string("change_id", series.changeId());
        writer.number("version_count", series.versions().size());
        writer.number("last_version", last.version());
        writer.time("last_timestamp", last.time());
        writer.number("span_ms", series.spanMs());
        if (complete != null) {
            writer.bool("complete", complete);
        }
        writer.number("messages", series.mails());
        writer.number("replies", series.replies());
        writer.number("robot_replies", series.robotReplies());
        writer.number("robot_trailers", series.robotTrailers());
        writer.number("first_review_ms", series.firstReviewMs());
    }

    private static void writeReviews(DocumentWriter writer, PatchSeries series) {
        writer.number("reviewed", count(series, "reviewed"));
        writer.number("acked", count(series, "acked"));
        writer.number("tested", count(series, "tested"));
        writer.startArray("reviews");
        for (PatchSeries.Review review : series.reviews()) {
            if (writer.full()) {
                break;
            }
            writer.startElement();
            writer.string("trailer", review.trailer());
            writer.string("name", review.name());
            writer.string("address", review.address());
            writer.number("count", review.count());
            writer.endObject();
        }
        writer.endArray();
    }

    /** How many trailers of a kind were given; {@code Reviewed-and-tested-by} is of two. */
    private static int count(PatchSeries series, String kind) {
        int count = 0;
        for (PatchSeries.Review review : series.reviews()) {
            String key = review.trailer().toLowerCase(Locale.ROOT);
            int at = key.indexOf(kind);
            if (at >= 0 && (at == 0 || key.charAt(at - 1) == '-')) {
                count += review.count();
            }
        }
        return count;
    }

    private static void writeVersions(DocumentWriter writer, PatchSeries series) {
        writer.startArray("versions");
        for (PatchSeries.Version version : series.versions()) {
            writer.startElement();
            writer.number("version", version.version());
            writer.time("timestamp", version.time());
            writer.string("message_id", version.messageId());
            writer.number("posted", version.posted());
            writer.number("announced", version.announced());
            Boolean complete = version.complete();
            if (complete != null) {
                writer.bool("complete", complete);
            }
            writer.endObject();
        }
        writer.endArray();
    }
}
