package org.listlens.source;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream without its compression, of which there may be two layers, as where a web server compressed what was
 * compressed already.
 *
 * @param in the octets; ends at the first fault, and remembers it
 * @param compressions from the outside in
 * @param archive {@link Content#TAR} or {@link Content#ZIP}; {@code null} when it is neither
 * @param overpacked whether there is a third layer
 */
record Unpacked(
        FaultStream in,
        List<Compression> compressions,
        @Nullable Content archive,
        boolean overpacked) {
    private static final int MAX_LAYERS = 2;

    /** @param afterwards runs after each read */
    static Unpacked of(InputStream raw, Runnable afterwards) {
        List<Compression> compressions = new ArrayList<>(MAX_LAYERS);
        InputStream in = raw;
        int step = Window.SIZE;
        while (true) {
            FaultStream out = new FaultStream(in, step, afterwards);
            byte[] head = out.peek(TarStream.BLOCK);
            Compression compression = Compression.of(head);
            if (compression == null || compressions.size() == MAX_LAYERS) {
                return new Unpacked(out, List.copyOf(compressions), archive(head), compression != null);
            }
            compressions.add(compression);
            step = Math.min(step, compression.step());
            try {
                in = compression.decompress(new SequenceInputStream(new ByteArrayInputStream(head), in));
            } catch (IOException | RuntimeException e) {
                return new Unpacked(FaultStream.failed(e), List.copyOf(compressions), null, false);
            }
        }
    }

    private static @Nullable Content archive(byte[] head) {
        if (head.length >= 4
                && head[0] == 'P'
                && head[1] == 'K'
                && ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6))) {
            return Content.ZIP;
        }
        return TarStream.isHeader(head) ? Content.TAR : null;
    }

    /** Names the compression, as in {@code , gzip}. */
    String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (Compression compression : compressions) {
            suffix.append(", ").append(compression.label());
        }
        return suffix.toString();
    }

    /** Why the data ended by a fault, as a clause for the user. */
    static String reason(List<Compression> compressions, IOException fault) {
        String detail = detail(fault);
        return compressions.isEmpty()
                ? "reading fails here (" + detail + ")"
                : "the " + compressions.getLast().label() + " data breaks off or is damaged here (" + detail + ")";
    }

    /** What is wrong, in the words of the decoder. */
    static String detail(Exception fault) {
        if (fault.getMessage() != null) {
            return fault.getMessage();
        }
        return fault instanceof EOFException
                ? "unexpected end"
                : fault.getClass().getSimpleName();
    }
}
