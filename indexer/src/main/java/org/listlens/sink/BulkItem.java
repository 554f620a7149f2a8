package org.listlens.sink;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;

/** One action of a {@code _bulk} request, with the document if it has one, and the engine's answer to it. */
final class BulkItem {

    private final DocumentKind kind;
    private final @Nullable String part;
    private final List<ByteBuffer> slices;
    private int status;
    private @Nullable String reason;
    private boolean inDoubt;
    private int failures;
    private long answersBefore;

    /**
     * An action as it is ready.
     *
     * @param kind of its document
     * @param part where the document lies if its kind is in parts
     * @param slices whole lines, each ended by a line feed
     */
    BulkItem(DocumentKind kind, @Nullable String part, List<ByteBuffer> slices) {
        this.kind = kind;
        this.part = part;
        this.slices = slices;
    }

    /** An action that holds only while the document is as it was seen. */
    static BulkItem conditional(
            String action, DocumentId document, long seqNo, long primaryTerm, @Nullable ByteBuffer source) {
        String condition = ",\"if_seq_no\":" + seqNo + ",\"if_primary_term\":" + primaryTerm;
        ByteBuffer line = actionLine(action, document.kind(), document.id(), condition);
        return new BulkItem(document.kind(), document.part(), source == null ? List.of(line) : List.of(line, source));
    }

    private static ByteBuffer actionLine(String action, DocumentKind kind, String id, String condition) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(id));
        return line("{\"" + action + "\":{\"_index\":\"" + kind.alias() + "\",\"_id\":\"" + quoted + '"' + condition
                + "}}");
    }

    static ByteBuffer line(String json) {
        return ByteBuffer.wrap((json + '\n').getBytes(StandardCharsets.UTF_8));
    }

    DocumentKind kind() {
        return kind;
    }

    @Nullable
    String part() {
        return part;
    }

    List<ByteBuffer> slices() {
        return slices;
    }

    long length() {
        long length = 0;
        for (ByteBuffer slice : slices) {
            length += slice.remaining();
        }
        return length;
    }

    /** The engine's last word on it. */
    void answer(int itsStatus, @Nullable String itsReason) {
        status = itsStatus;
        reason = itsReason;
    }

    /** The HTTP status of the answer, 0 as long as there is none. */
    int status() {
        return status;
    }

    /** What the engine says about a refusal. */
    @Nullable
    String reason() {
        return reason;
    }

    /** It may have been carried out by a request whose answer was lost. */
    void doubt() {
        inDoubt = true;
    }

    boolean inDoubt() {
        return inDoubt;
    }

    /**
     * The engine has failed at this item, which may be the engine's fault or the item's.
     *
     * @param answers how many items the engine has answered so far
     * @return whether it is the item's: it fails again and again while the engine answers others
     */
    boolean failed(long answers) {
        if (failures++ == 0) {
            answersBefore = answers;
        }
        return failures >= 5 && answers > answersBefore;
    }
}
