package org.listlens.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockWindow;
import org.listlens.clock.Correction;
import org.listlens.clock.Passage;
import org.listlens.mail.Segment;

/** Writes what clocks say: the windows of hosts, and the corrected delays of deliveries and hops. */
public final class ClockDocuments {
    /** Longer names would make longer ids than engines take; no host has one (RFC 1035 §2.3.4). */
    private static final int HOST_LENGTH = 255;

    private ClockDocuments() {}

    /** The document of a host's window and the digest of its content. */
    public record Host(EncodedAction action, String hash) {}

    /** A host's window, over what is there; its {@code _id} is {@link #id}. */
    public static Host host(HostWindow window) {
        String[] hash = new String[1];
        EncodedAction action = action("index", DocumentKind.HOST, id(window.clock()), writer -> {
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
            hash[0] = writer.hash();
        });
        return new Host(action, hash[0]);
    }

    /** The action that deletes a window's document. */
    public static EncodedAction deleteHost(String id) {
        try {
            DocumentWriter writer = new DocumentWriter(new DocumentWriter.Octets(256), Digests.sha256());
            writer.action("delete", DocumentKind.HOST, id, 0);
            return new EncodedAction(DocumentKind.HOST, id, writer.finish());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /** The {@code _id} of a window: the host and the beginning. */
    public static String id(ClockWindow window) {
        String host = window.host().length() <= HOST_LENGTH
                ? window.host()
                : window.host().substring(0, HOST_LENGTH);
        return host + '@' + Instant.ofEpochMilli(window.startMs());
    }

    /**
     * The change of a delivery that corrects its delays.
     *
     * @param id the delivery's {@code _id}
     * @param originMs the delivery's raw {@code delivery.origin_ms}
     */
    public static EncodedAction delivery(String id, Correction correction, @Nullable Long originMs) {
        return action("update", DocumentKind.DELIVERY, id, writer -> {
            writer.startObject("doc");
            writer.startObject("delivery");
            writeCorrected(writer, correction, originMs, true);
            writer.endObject();
            writer.startObject("clock");
            writer.string("hash", Long.toHexString(correction.fingerprint()));
            writer.bool("solved", true);
            writer.endObject();
            writer.endObject();
        });
    }

    /** The change of a hop that corrects its delay. */
    public static EncodedAction hop(String deliveryId, Correction.Delay delay) {
        return action("update", DocumentKind.HOP, HopDocument.id(deliveryId, delay.position()), writer -> {
            writer.startObject("doc");
            writer.startObject("hop");
            writer.number("delay_corrected_ms", delay.ms());
            writer.numberOrNull("confidence", delay.confidence() == null ? null : percent(delay.confidence()));
            writer.endObject();
            writer.endObject();
        });
    }

    /** Writes the corrected twins of a delivery's durations; those that are not known as JSON null when {@code nulls} says so. */
    static void writeCorrected(DocumentWriter writer, Correction correction, @Nullable Long originMs, boolean nulls)
            throws IOException {
        Map<Segment, Long> segments = correction.segments();
        Long first = correction.firstOffsetMs();
        writer.numberOrNothing(
                "origin_corrected_ms", originMs == null || first == null ? null : (Long) (originMs - first), nulls);
        writer.numberOrNothing("latency_corrected_ms", correction.latencyMs(), nulls);
        for (Segment segment : Segment.values()) {
            if (segment != Segment.ORIGIN) {
                String name = segment.name().toLowerCase(Locale.ROOT) + "_corrected_ms";
                writer.numberOrNothing(name, segments.get(segment), nulls);
            }
        }
        Correction.Delay longest = correction.longest();
        writer.numberOrNothing("held_corrected_ms", longest == null ? null : (Long) longest.ms(), nulls);
        if (longest != null && longest.heldBy() != null) {
            writer.string("held_corrected_by", longest.heldBy());
        } else if (nulls) {
            writer.stringOrNull("held_corrected_by", null);
        }
    }

    /** Writes what a delivery says of clocks when it is first written. */
    static void writeClock(DocumentWriter writer, Correction correction, boolean solved) throws IOException {
        writer.startObject("clock");
        writer.string("hash", Long.toHexString(correction.fingerprint()));
        if (solved) {
            writer.bool("solved", true);
        }
        writer.endObject();
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

    /** The stamp of a way on one line: position, stamp, precision, segment and host, with blanks between. */
    public static String passage(Passage passage) {
        return passage.position() + " " + passage.stampMs() + ' ' + passage.precisionMs() + ' '
                + (passage.segment() == null ? "-" : passage.segment().name().toLowerCase(Locale.ROOT))
                + (passage.host() == null ? "" : ' ' + passage.host());
    }

    /**
     * Reads what {@link #passage(Passage)} writes.
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

    @FunctionalInterface
    private interface Content {
        void write(DocumentWriter writer) throws IOException;
    }

    private static EncodedAction action(String action, DocumentKind kind, String id, Content content) {
        try {
            DocumentWriter writer = new DocumentWriter(new DocumentWriter.Octets(512), Digests.sha256());
            writer.action(action, kind, id, action.equals("update") ? RETRIES : 0);
            writer.beginSource();
            content.write(writer);
            writer.end();
            return new EncodedAction(kind, id, writer.finish());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /** How often the engine tries a change again when others change the same document. */
    private static final int RETRIES = 5;
}
