package org.listlens.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Which mails of a folder were read, by 64-bit digests of their names. It is noted in parts, each of which has some of the
 * names; what several runs note at the same time adds up. A few parts that are small become one.
 */
final class NameSet {
    private static final int PART = 1_000;
    private static final int LARGE = 50_000;
    private static final int SMALL_PARTS = 8;

    private final String archive;
    private final List<Position> parts = new ArrayList<>();
    private final List<Position> damaged = new ArrayList<>();
    private final MessageDigest sha256 = Prefixes.sha256();
    private final long[] old;
    private final BitSet seen;
    private final List<Position> noted = new ArrayList<>();
    private long[] fresh = new long[16];
    private int count;

    /** @param archive the folder */
    NameSet(String archive, Positions known) {
        this.archive = archive;
        long[] names = new long[0];
        for (Position position : known.of(archive)) {
            if (position.state().containsKey("names")) {
                long[] some = decode(position.state().getOrDefault("names", ""));
                (some.length == 0 ? damaged : parts).add(position);
                int from = names.length;
                names = Arrays.copyOf(names, from + some.length);
                System.arraycopy(some, 0, names, from, some.length);
            }
        }
        Arrays.sort(names);
        old = names;
        seen = new BitSet(old.length);
    }

    /** The digest by which a name is known. */
    long digest(String name) {
        return ByteBuffer.wrap(sha256.digest(name.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /** Whether an earlier run has read this; notes that it is still there. */
    boolean contains(long name) {
        int at = Arrays.binarySearch(old, name);
        if (at >= 0) {
            seen.set(at);
        }
        return at >= 0;
    }

    /** This was read, just now. */
    void add(long name, MailReceiver receiver) throws IOException {
        if (count == fresh.length) {
            fresh = Arrays.copyOf(fresh, count * 2);
        }
        fresh[count++] = name;
        if (count == PART) {
            note(receiver);
        }
    }

    private void note(MailReceiver receiver) throws IOException {
        if (count > 0) {
            Position part = part(Arrays.copyOf(fresh, count));
            noted.add(part);
            receiver.reached(part);
            count = 0;
        }
    }

    /**
     * The folder was read to its end: notes what is left to be noted.
     *
     * @param whole whether all of it could be looked at, so that what was not seen is gone
     */
    void finished(MailReceiver receiver, boolean whole) throws IOException {
        note(receiver);
        long[] there = whole ? there() : old;
        if (there.length < distinct(old)) {
            receiver.shrunk();
            rewrite(parts, there, receiver);
            return;
        }
        List<Position> small = new ArrayList<>();
        for (Position part : parts) {
            if (part.mails() < LARGE) {
                small.add(part);
            }
        }
        for (Position part : noted) {
            if (part.mails() < LARGE) {
                small.add(part);
            }
        }
        if (small.size() > SMALL_PARTS) {
            long[] names = new long[0];
            for (Position part : small) {
                long[] some = decode(part.state().getOrDefault("names", ""));
                int from = names.length;
                names = Arrays.copyOf(names, from + some.length);
                System.arraycopy(some, 0, names, from, some.length);
            }
            Arrays.sort(names);
            rewrite(small, names, receiver);
        }
    }

    /** The names of earlier runs that were seen, each once. */
    private long[] there() {
        long[] there = new long[seen.cardinality()];
        int size = 0;
        for (int at = seen.nextSetBit(0); at >= 0; at = seen.nextSetBit(at + 1)) {
            if (size == 0 || there[size - 1] != old[at]) {
                there[size++] = old[at];
            }
        }
        return Arrays.copyOf(there, size);
    }

    private static int distinct(long[] sorted) {
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                count++;
            }
        }
        return count;
    }

    /** Puts few large parts in the place of others. */
    private void rewrite(List<Position> instead, long[] names, MailReceiver receiver) throws IOException {
        List<String> kept = new ArrayList<>();
        for (int from = 0; from < names.length; from += LARGE) {
            Position part = part(Arrays.copyOfRange(names, from, Math.min(names.length, from + LARGE)));
            kept.add(part.part());
            receiver.reached(part);
        }
        for (List<Position> some : List.of(instead, damaged)) {
            for (Position part : some) {
                if (!kept.contains(part.part())) {
                    receiver.reached(Position.forgotten(archive, part.part()));
                }
            }
        }
    }

    /** A part is named by what is in it, so that the same one is noted once whoever notes it. */
    private Position part(long[] names) {
        Arrays.sort(names);
        ByteBuffer octets = ByteBuffer.allocate(names.length * Long.BYTES);
        octets.asLongBuffer().put(names);
        byte[] digest = Prefixes.sha256().digest(octets.array());
        return new Position(
                archive,
                HexFormat.of().formatHex(digest, 0, 8),
                Map.of("names", Base64.getEncoder().encodeToString(octets.array())),
                names.length);
    }

    private static long[] decode(String names) {
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getDecoder().decode(names));
            long[] decoded = new long[octets.remaining() / Long.BYTES];
            octets.asLongBuffer().get(decoded);
            return decoded;
        } catch (IllegalArgumentException e) {
            return new long[0];
        }
    }
}
