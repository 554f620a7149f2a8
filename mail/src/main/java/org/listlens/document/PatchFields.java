package org.listlens.document;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Patch;
import org.listlens.mail.Trailer;

/** Writes {@code patch.*} and {@code trailer.*} of a message. */
final class PatchFields {
    private PatchFields() {}

    static void writePatch(DocumentWriter writer, @Nullable Patch patch) {
        if (patch == null) {
            return;
        }
        writer.startObject("patch");
        writer.string("kind", patch.kind().label());
        writer.number("version", patch.version());
        writer.number("number", patch.number());
        writer.number("total", patch.total());
        writer.strings("prefixes", patch.prefixes());
        writer.string("title", patch.title());
        writer.strings("series_keys", patch.seriesKeys());
        writer.number("file_count", patch.fileCount());
        writer.number("insertions", patch.insertions());
        writer.number("deletions", patch.deletions());
        writer.string("base_commit", patch.baseCommit());
        writer.string("change_id", patch.changeId());
        writer.strings("prerequisites", patch.prerequisites());
        writer.strings("files", patch.files());
        writer.endObject();
    }

    static void writeTrailers(DocumentWriter writer, List<Trailer> trailers) {
        writer.startArray("trailer");
        for (int i = 0; i < trailers.size() && !writer.full(); i++) {
            Trailer trailer = trailers.get(i);
            writer.startElement();
            writer.string("key", trailer.key());
            writer.string("value", trailer.value());
            writer.string("name", trailer.name());
            writer.string("address", trailer.address());
            writer.endObject();
        }
        writer.endArray();
    }
}
