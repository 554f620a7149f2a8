package org.listlens.index;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Octets in numbered chunks, of which the ones used last are in memory and all others in a temporary file, which is made
 * when it is needed, and gone when the process is, or after {@link #close}. A chunk is filled by whoever began it, until
 * the next is begun. Not thread-safe.
 */
final class SpilledChunks implements Closeable {
    private final int held;

    /** By number, the one used longest ago first. */
    private final LinkedHashMap<Integer, byte[]> inMemory = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Integer> lengths = new ArrayList<>();
    /** Where chunks lie in the file; -1 for those that were not written. */
    private final List<Long> offsets = new ArrayList<>();

    private @Nullable FileChannel file;
    private long fileEnd;

    /** @param held how many chunks may be in memory, beside the one that is being filled */
    SpilledChunks(int held) {
        this.held = held;
    }

    /** How many chunks there are. */
    int count() {
        return lengths.size();
    }

    /** Begins the next chunk. */
    byte[] begin(int length) throws IOException {
        makeRoom();
        byte[] chunk = new byte[length];
        inMemory.put(lengths.size(), chunk);
        lengths.add(length);
        offsets.add(-1L);
        return chunk;
    }

    /** A chunk; not to be changed. */
    byte[] get(int number) throws IOException {
        byte[] chunk = inMemory.get(number);
        if (chunk == null) {
            makeRoom();
            chunk = read(number);
            inMemory.put(number, chunk);
        }
        return chunk;
    }

    private void makeRoom() throws IOException {
        while (inMemory.size() > held) {
            Iterator<Map.Entry<Integer, byte[]>> eldest = inMemory.entrySet().iterator();
            Map.Entry<Integer, byte[]> entry = eldest.next();
            if (offsets.get(entry.getKey()) < 0) {
                offsets.set(entry.getKey(), write(entry.getValue()));
            }
            eldest.remove();
        }
    }

    private long write(byte[] chunk) throws IOException {
        if (file == null) {
            Path path = Files.createTempFile("listlens-", ".chunks");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        long offset = fileEnd;
        ByteBuffer octets = ByteBuffer.wrap(chunk);
        while (octets.hasRemaining()) {
            fileEnd += file.write(octets, fileEnd);
        }
        return offset;
    }

    private byte[] read(int number) throws IOException {
        if (file == null) {
            throw new IllegalStateException("chunk " + number + " was never written");
        }
        byte[] chunk = new byte[lengths.get(number)];
        ByteBuffer octets = ByteBuffer.wrap(chunk);
        long offset = offsets.get(number);
        while (octets.hasRemaining()) {
            int read = file.read(octets, offset + octets.position());
            if (read < 0) {
                throw new EOFException("a temporary file has become shorter");
            }
        }
        return chunk;
    }

    @Override
    public void close() throws IOException {
        inMemory.clear();
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
