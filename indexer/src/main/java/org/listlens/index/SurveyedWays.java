package org.listlens.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.listlens.clock.Passage;
import org.listlens.clock.Way;
import org.listlens.mail.Segment;

/**
 * The ways of very many mails, packed: some nine octets a stamp, where objects would take fifty; most of them in a
 * temporary file when they are too many. Found by the days on which hosts had the mails, when all were added. Not
 * thread-safe.
 */
final class SurveyedWays implements Closeable {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** What one stamp takes at most: position, host, time, precision and segment. */
    private static final int PASSAGE = 5 + 5 + 10 + 5 + 1;

    private static final List<Segment> SEGMENTS = List.of(Segment.values());

    private final SpilledChunks chunks;
    /** The chunk that is being filled, and where the next way goes in it. */
    private byte[] chunk = new byte[0];

    private int end = CHUNK;

    private final PackedNames hosts = new PackedNames();
    private final Map<List<String>, Integer> listNumbers = new HashMap<>();
    private final List<List<String>> lists = new ArrayList<>();
    /** How many starts of ways the days have. */
    private long starts;

    private final NavigableMap<Long, Day> days = new TreeMap<>();

    /** Where the ways of a day begin: the number of the chunk and the place in it. */
    private static final class Day {
        private int[] starts = new int[8];
        private int count;

        void add(int start) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = start;
        }
    }

    /** @param held how many megabytes of ways may be in memory */
    SurveyedWays(int held) {
        this.chunks = new SpilledChunks(held);
    }

    /**
     * Keeps a way, unless no host that is named had the mail.
     *
     * @return whether there was room: not beyond two gigabytes
     */
    boolean add(ListedWay listed) throws IOException {
        List<Long> itsDays = listed.way().days();
        if (itsDays.isEmpty()) {
            return true;
        }
        List<Passage> passages = listed.way().passages();
        int most = 5 + 5 + passages.size() * PASSAGE;
        if (end + most > CHUNK) {
            if (chunks.count() == 1 << (31 - CHUNK_BITS)) {
                return false;
            }
            chunk = chunks.begin(Math.max(CHUNK, most));
            end = 0;
        }
        int start = ((chunks.count() - 1) << CHUNK_BITS) | end;
        put(number(listed.listIds(), listNumbers, lists));
        put(passages.size());
        long before = 0;
        for (Passage passage : passages) {
            put(passage.position());
            put(passage.host() == null ? 0 : hosts.number(passage.host()) + 1);
            long delta = passage.stampMs() - before;
            put((delta << 1) ^ (delta >> 63));
            before = passage.stampMs();
            put(passage.precisionMs());
            put(passage.segment() == null ? 0 : SEGMENTS.indexOf(passage.segment()) + 1);
        }
        for (long day : itsDays) {
            days.computeIfAbsent(day, unused -> new Day()).add(start);
            starts++;
        }
        return true;
    }

    /** The days, counted from 1970-01-01, on which hosts had mails. */
    NavigableSet<Long> days() {
        return days.navigableKeySet();
    }

    /**
     * How many octets are held in memory for what was added, the ways themselves aside, and will be for the clocks that
     * are found of them: most hosts have mails on one day.
     */
    long held() {
        return starts * 6L + hosts.size() * 110L;
    }

    /** How many mails hosts had on a day. */
    int count(long day) {
        Day ofDay = days.get(day);
        return ofDay == null ? 0 : ofDay.count;
    }

    /** The ways of the mails that hosts had on some days, each once, in the order in which they were added. */
    List<ListedWay> between(long firstDay, long lastDay) throws IOException {
        TreeSet<Integer> starts = new TreeSet<>();
        for (Day day : days.subMap(firstDay, true, lastDay, true).values()) {
            for (int i = 0; i < day.count; i++) {
                starts.add(day.starts[i]);
            }
        }
        List<ListedWay> ways = new ArrayList<>(starts.size());
        Map<Integer, String> names = new HashMap<>();
        for (int start : starts) {
            ways.add(new Reading(start, names).way());
        }
        return ways;
    }

    private static <T> int number(T value, Map<T, Integer> numbers, List<T> values) {
        Integer number = numbers.putIfAbsent(value, values.size());
        if (number == null) {
            values.add(value);
            return values.size() - 1;
        }
        return number;
    }

    /** Seven bits an octet, the lowest first. */
    private void put(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            chunk[end++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        chunk[end++] = (byte) rest;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }

    /** Unpacks a way. */
    private final class Reading {
        private final byte[] chunk;
        private int at;

        private final Map<Integer, String> names;

        /** @param names of hosts, as far as they were unpacked */
        Reading(int start, Map<Integer, String> names) throws IOException {
            this.names = names;
            chunk = chunks.get(start >>> CHUNK_BITS);
            at = start & (CHUNK - 1);
        }

        ListedWay way() {
            List<String> itsLists = lists.get((int) next());
            int count = (int) next();
            List<Passage> passages = new ArrayList<>(count);
            long stampMs = 0;
            for (int i = 0; i < count; i++) {
                int position = (int) next();
                int host = (int) next();
                long delta = next();
                stampMs += (delta >>> 1) ^ -(delta & 1);
                int precisionMs = (int) next();
                int segment = (int) next();
                passages.add(new Passage(
                        position,
                        host == 0 ? null : names.computeIfAbsent(host - 1, hosts::name),
                        stampMs,
                        precisionMs,
                        segment == 0 ? null : SEGMENTS.get(segment - 1)));
            }
            return new ListedWay(new Way(passages), itsLists);
        }

        private long next() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte octet = chunk[at++];
                value |= (octet & 0x7FL) << shift;
                if (octet >= 0) {
                    return value;
                }
            }
        }
    }
}
