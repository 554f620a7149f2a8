package org.listlens.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of many hosts over time: a hundred octets for each window, where objects would take almost four times that.
 * Hosts are told apart by two 61-bit hashes with factors of chance, so that nobody can choose names that collide. Safe
 * for any number of readers, while it does not grow.
 */
public final class HostClocks {
    /** 2^61 - 1, which is prime. */
    private static final long PRIME = (1L << 61) - 1;

    private static final ClockWindow.Verdict[] VERDICTS = ClockWindow.Verdict.values();

    private static final int PAGE_BITS = 10;
    private static final int PAGE = 1 << PAGE_BITS;

    /** The places of a window: of its host's hashes, the second with the day, and of its components. */
    private static final int HOST = 0;

    private static final int HOST_AND_DAY = 1;
    private static final int START = 2;
    private static final int END = 3;
    private static final int OFFSET = 4;
    private static final int MIN = 5;
    private static final int MAX = 6;
    private static final int DRIFT = 7;
    private static final int CONFIDENCE = 8;
    /** The deliveries in the upper half, then the verdict, then what is known of offset, minimum and maximum. */
    private static final int REST = 9;

    private static final int WIDTH = 10;

    private final long factor;
    private final long otherFactor;

    private final List<long[]> pages = new ArrayList<>();
    private int size;

    /** Open addressing by host and day: numbers of windows, plus 1. */
    private int[] slots = new int[1 << 8];

    public HostClocks() {
        SplittableRandom random = new SplittableRandom();
        factor = random.nextLong(1L << 32, PRIME);
        otherFactor = random.nextLong(1L << 32, PRIME);
    }

    /** Adds windows, each within a day in UTC; one that begins with one that is there replaces it. */
    public void add(Collection<ClockWindow> added) {
        for (ClockWindow window : added) {
            add(window);
        }
    }

    private void add(ClockWindow window) {
        if ((size + 1) * 3L > slots.length * 2L) {
            grow();
        }
        long first = hash(window.host(), factor);
        long second = hash(window.host(), otherFactor) ^ ClockSolver.day(window.startMs());
        int slot = slot(first, second);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (is(number, first, second) && get(number, START) == window.startMs()) {
                set(number, first, second, window);
                return;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (size == pages.size() << PAGE_BITS) {
            pages.add(new long[PAGE * WIDTH]);
        }
        slots[slot] = size + 1;
        set(size, first, second, window);
        size++;
    }

    private void set(int number, long first, long second, ClockWindow window) {
        long[] page = pages.get(number >> PAGE_BITS);
        int at = (number & (PAGE - 1)) * WIDTH;
        page[at + HOST] = first;
        page[at + HOST_AND_DAY] = second;
        page[at + START] = window.startMs();
        page[at + END] = window.endMs();
        page[at + OFFSET] = window.offsetMs() == null ? 0 : window.offsetMs();
        page[at + MIN] = window.minMs() == null ? 0 : window.minMs();
        page[at + MAX] = window.maxMs() == null ? 0 : window.maxMs();
        page[at + DRIFT] = window.driftMsPerDay();
        page[at + CONFIDENCE] = Double.doubleToRawLongBits(window.confidence());
        page[at + REST] = (long) window.deliveries() << 32
                | (long) Arrays.asList(VERDICTS).indexOf(window.verdict()) << 3
                | (window.offsetMs() == null ? 0 : 1)
                | (window.minMs() == null ? 0 : 2)
                | (window.maxMs() == null ? 0 : 4);
    }

    private long get(int number, int place) {
        return pages.get(number >> PAGE_BITS)[(number & (PAGE - 1)) * WIDTH + place];
    }

    private boolean is(int number, long first, long second) {
        return get(number, HOST) == first && get(number, HOST_AND_DAY) == second;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[old.length * 2];
        for (int entry : old) {
            if (entry != 0) {
                int slot = slot(get(entry - 1, HOST), get(entry - 1, HOST_AND_DAY));
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = entry;
            }
        }
    }

    private int slot(long first, long second) {
        long mixed = (first ^ second) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (slots.length - 1);
    }

    /** The value at a place of chance of the polynomial that the name's characters make. */
    private static long hash(String host, long factor) {
        long hash = host.length();
        for (int i = 0; i < host.length(); i++) {
            long high = Math.multiplyHigh(hash, factor);
            long low = hash * factor;
            // 2^61 is 1 here, so what is above bit 61 counts once more from bit 0.
            hash = (low & PRIME) + (high << 3 | low >>> 61) + host.charAt(i);
            hash = (hash & PRIME) + (hash >>> 61);
            hash = hash >= PRIME ? hash - PRIME : hash;
        }
        return hash;
    }

    /** Whether nothing is known at all. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** What is known of a host's clock at a time; {@code null} when nothing is. */
    public @Nullable ClockWindow at(String host, long timeMs) {
        long first = hash(host, factor);
        long second = hash(host, otherFactor) ^ ClockSolver.day(timeMs);
        int found = -1;
        for (int slot = slot(first, second); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int number = slots[slot] - 1;
            if (is(number, first, second)
                    && get(number, START) <= timeMs
                    && (found < 0 || get(number, START) > get(found, START))) {
                found = number;
            }
        }
        return found < 0 || timeMs >= get(found, END) ? null : window(host, found);
    }

    private ClockWindow window(String host, int number) {
        long rest = get(number, REST);
        return new ClockWindow(
                host,
                get(number, START),
                get(number, END),
                (rest & 1) == 0 ? null : (Long) get(number, OFFSET),
                (rest & 2) == 0 ? null : (Long) get(number, MIN),
                (rest & 4) == 0 ? null : (Long) get(number, MAX),
                get(number, DRIFT),
                VERDICTS[(int) (rest >>> 3) & 3],
                Double.longBitsToDouble(get(number, CONFIDENCE)),
                (int) (rest >>> 32));
    }
}
