package org.listlens.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a request carries: slices of arrays that are sent one after another, so that nobody has to join them.
 *
 * @param contentType its media type
 * @param slices the octets, in order; array-backed; the arrays must not change while the request is under way
 */
public record RequestBody(String contentType, List<ByteBuffer> slices) {
    public RequestBody {
        slices = List.copyOf(slices);
        for (ByteBuffer slice : slices) {
            if (!slice.hasArray()) {
                throw new IllegalArgumentException("a slice without an array");
            }
        }
    }

    /** A JSON text. */
    public static RequestBody json(String json) {
        return new RequestBody("application/json", List.of(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8))));
    }

    /** Lines of JSON, each ended by a line feed, as {@code _bulk} takes them. */
    public static RequestBody ndjson(List<ByteBuffer> slices) {
        return new RequestBody("application/x-ndjson", slices);
    }

    /** How many octets there are. */
    public long length() {
        long length = 0;
        for (ByteBuffer slice : slices) {
            length += slice.remaining();
        }
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (ByteBuffer slice : slices) {
            out.write(slice.array(), slice.arrayOffset() + slice.position(), slice.remaining());
        }
    }
}
