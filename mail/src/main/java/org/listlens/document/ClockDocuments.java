package org.listlens.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.Correction;
import org.listlens.clock.Passage;
import org.listlens.mail.Segment;

/** Writes what clocks say: the windows of hosts, and the corrected delays of deliveries and hops. */
public final class ClockDocuments {
    /** What a correction may know or not: bits of {@link #hash}. */
    private static final int ORIGIN = 0;

    private static final int HELD = 1;
    private static final int HOLDER = 2;

    /** The first of the bits for the confidence of each delay. */
    private static final int DELAYS = 3;

    private ClockDocuments() {}

    /** A host's window, over what is there; its {@code _id} is {@link #id}. */
    public static HashedAction host(HostWindow window) {
        return HashedAction.of(DocumentKind.HOST, id(window.clock()), writer -> {
            ClockWindow clock = window.clock();
            writer.time("@timestamp", Instant.ofEpochMilli(clock.startMs()));
            writer.startObject("host");
            writer.string("name", clock.host());
            writer.number("stamps", clock.deliveries());
            writer.number("hold_median_ms", window.holdMedianMs());
            writer.number("hold_p95_ms", window.holdP95Ms());
            writer.endObject();
            writer.startObject("clock");
            writer.time("window_end", Instant.ofEpochMilli(clock.endMs()));
            writer.string("verdict", label(clock.verdict()));
            writer.decimal("confidence", percent(clock.confidence()));
            writer.number("offset_ms", clock.offsetMs());
            writer.number("offset_min_ms", clock.minMs());
            writer.number("offset_max_ms", clock.maxMs());
            if (clock.driftMsPerDay() != 0) {
                writer.number("drift_per_day_ms", clock.driftMsPerDay());
            }
            writer.endObject();
            writer.startObject("list");
            writer.strings("id", window.listIds());
            writer.endObject();
        });
    }

    /** The {@code _id} of a window: the host and the beginning. */
    public static String id(ClockWindow window) {
        return window.host() + '@' + Instant.ofEpochMilli(window.startMs());
    }

    /**
     * The change of a delivery that corrects its delays.
     *
     * @param id the delivery's {@code _id}
     * @param originMs the delivery's raw {@code delivery.origin_ms}
     * @param before what {@link #hash} the delivery has; {@code null} when it was not corrected yet
     * @param seen the delivery from which this follows; a delivery that is another by then is left so
     */
    public static EncodedAction delivery(
            String id, Correction correction, @Nullable Long originMs, @Nullable String before, Revision seen) {
        return HashedAction.update(DocumentKind.DELIVERY, id, seen, writer -> {
            writer.startObject("delivery");
            BitSet had = known(before);
            Correction.Delay longest = correction.longest();
            writeCorrected(writer, correction, originMs);
            if (had.get(ORIGIN) && correction.firstOffsetMs() == null) {
                writer.nothing("origin_corrected_ms");
            }
            if (had.get(HELD) && longest == null) {
                writer.nothing("held_corrected_ms");
            }
            if (had.get(HOLDER) && (longest == null || longest.heldBy() == null)) {
                writer.nothing("held_corrected_by");
            }
            writer.endObject();
            writer.startObject("clock");
            writer.string("hash", hash(correction));
            writer.bool("solved", true);
            writer.endObject();
        });
    }

    /**
     * A digest of a correction, by which it is known whether newer clocks change it, with what is known in it: a change
     * in place must take away what is not known any more, and must not write of what never was.
     */
    public static String hash(Correction correction) {
        BitSet known = new BitSet();
        Correction.Delay longest = correction.longest();
        known.set(ORIGIN, correction.firstOffsetMs() != null);
        known.set(HELD, longest != null);
        known.set(HOLDER, longest != null && longest.heldBy() != null);
        for (int i = 0; i < correction.delays().size(); i++) {
            known.set(DELAYS + i, correction.delays().get(i).confidence() != null);
        }
        return Long.toHexString(correction.fingerprint()) + '.' + HexFormat.of().formatHex(known.toByteArray());
    }

    private static BitSet known(@Nullable String hash) {
        int dot = hash == null ? -1 : hash.indexOf('.');
        return hash == null || dot < 0
                ? new BitSet()
                : BitSet.valueOf(HexFormat.of().parseHex(hash, dot + 1, hash.length()));
    }

    /** The changes of hops that correct their delays; {@code before} is as for {@link #delivery}. */
    public static List<EncodedAction> hops(String deliveryId, Correction correction, @Nullable String before) {
        BitSet had = known(before);
        List<EncodedAction> actions = new ArrayList<>(correction.delays().size());
        for (int i = 0; i < correction.delays().size(); i++) {
            actions.add(hop(deliveryId, correction.delays().get(i), had.get(DELAYS + i)));
        }
        return actions;
    }

    private static EncodedAction hop(String deliveryId, Correction.Delay delay, boolean hadConfidence) {
        return HashedAction.update(DocumentKind.HOP, HopDocument.id(deliveryId, delay.position()), writer -> {
            writer.startObject("hop");
            writer.number("delay_corrected_ms", delay.ms());
            if (delay.confidence() != null) {
                writer.decimal("confidence", percent(delay.confidence()));
            } else if (hadConfidence) {
                writer.nothing("confidence");
            }
            writer.endObject();
        });
    }

    /** Writes the corrected twins of a delivery's durations. */
    static void writeCorrected(DocumentWriter writer, Correction correction, @Nullable Long originMs) {
        Long first = correction.firstOffsetMs();
        if (originMs != null && first != null) {
            writer.number("origin_corrected_ms", originMs - first);
        }
        writer.number("latency_corrected_ms", correction.latencyMs());
        DeliveryDocument.writeSegments(writer, "_corrected_ms", correction.segments());
        Correction.Delay longest = correction.longest();
        if (longest != null) {
            writer.number("held_corrected_ms", longest.ms());
            writer.string("held_corrected_by", longest.heldBy());
        }
    }

    /** Writes what a delivery says of clocks when it is first written. */
    static void writeClock(DocumentWriter writer, Correction correction, boolean solved) {
        writer.startObject("clock");
        writer.string("hash", hash(correction));
        if (solved) {
            writer.bool("solved", true);
        }
        writer.endObject();
    }

    /** The change of a delivery that has the clocks of its days, and of the days near, estimated anew. */
    public static EncodedAction unsolved(String id) {
        return HashedAction.update(DocumentKind.DELIVERY, id, writer -> {
            writer.startObject("clock");
            writer.bool("solved", false);
            writer.endObject();
        });
    }

    /** Two digits are all that a share of evidence can claim. */
    static double percent(double share) {
        return Math.round(share * 100) / 100.0;
    }

    private static String label(ClockWindow.Verdict verdict) {
        return switch (verdict) {
            case RIGHT -> "right";
            case WRONG -> "wrong";
            case DISPUTED -> "disputed";
        };
    }

    /** Writes the stamp of a way as one string: position, stamp, precision, segment and host, with blanks between. */
    static void writePassage(DocumentWriter writer, Passage passage) {
        writer.startText();
        writer.text(passage.position());
        writer.text(" ");
        writer.text(passage.stampMs());
        writer.text(" ");
        writer.text(passage.precisionMs());
        writer.text(" ");
        writer.text(passage.segment() == null ? "-" : passage.segment().label());
        if (passage.host() != null) {
            writer.text(" ");
            writer.text(passage.host());
        }
        writer.endText();
    }

    /**
     * Reads the stamp of a way as deliveries have it in {@code delivery.passages}.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static Passage passage(String line) {
        String[] words = line.split(" ", 5);
        if (words.length < 4) {
            throw new IllegalArgumentException("not a stamp of a way: " + line);
        }
        return new Passage(
                Integer.parseInt(words[0]),
                words.length < 5 ? null : words[4],
                Long.parseLong(words[1]),
                Integer.parseInt(words[2]),
                words[3].equals("-") ? null : Segment.valueOf(words[3].toUpperCase(Locale.ROOT)));
    }
}
