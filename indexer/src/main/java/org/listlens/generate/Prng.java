package org.listlens.generate;

import java.util.List;

/**
 * Random numbers that are the same everywhere: SplitMix64 (Steele, Lea and Flood, 2014) with bounds and distributions
 * of its own, because those of the JDK may change between releases. Each mail and thread has its own generator, so that
 * one draw more in a mail changes that mail only.
 */
final class Prng {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Prng(long seed) {
        state = seed;
    }

    /** The generator of one thing of a kind. */
    static Prng of(long seed, String kind, long number) {
        long hash = seed;
        for (int i = 0; i < kind.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA) ^ kind.charAt(i);
        }
        return new Prng(mix(mix(hash) + number * GOLDEN_GAMMA));
    }

    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }

    /** Passes over that many numbers. */
    void skip(int numbers) {
        state += numbers * GOLDEN_GAMMA;
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A number from 0 to {@code bound} - 1. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** A number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    <T> T pick(List<T> items) {
        return items.get(below(items.size()));
    }

    /** A number drawn from a log-normal distribution, at least 1. */
    long logNormal(double median, double sigma) {
        return Math.max(1, (long) (median * StrictMath.exp(sigma * gaussian())));
    }

    /** A string of so many characters of an alphabet. */
    String string(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(below(alphabet.length())));
        }
        return text.toString();
    }

    private double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    private double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }
}
