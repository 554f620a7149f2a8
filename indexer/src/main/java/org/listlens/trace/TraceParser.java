package org.listlens.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.Dialect;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.Stamp;

/** Reads the way of a mail from its trace fields. */
public final class TraceParser {
    private static final int STAMP_PRECISION_MS = 1000;

    private TraceParser() {}

    /**
     * The hops of a mail, oldest first.
     *
     * <p>{@code Received} and {@code X-Received} count alike, in the order in which they stand. Of more hops than the limit
     * the newest and the oldest halves are kept; positions count all of them, and no delay is told across the gap.
     *
     * @param fields all fields of the mail in its order, which is newest first
     */
    public static List<Hop> parse(List<HeaderField> fields, Limits limits, Defects defects) {
        int total = 0;
        for (HeaderField field : fields) {
            if (traceField(field) != null) {
                total++;
            }
        }
        if (total == 0) {
            return List.of();
        }
        int newest = total;
        int oldest = 0;
        if (total > limits.hops()) {
            newest = limits.hops() - limits.hops() / 2;
            oldest = limits.hops() / 2;
        }
        List<Hop> hops = new ArrayList<>(Math.min(total, limits.hops()));
        Hop older = null;
        int position = 0;
        for (int i = fields.size() - 1; i >= 0; i--) {
            HeaderField field = fields.get(i);
            Hop.TraceField kind = traceField(field);
            if (kind == null) {
                continue;
            }
            position++;
            if (position > oldest && position <= total - newest) {
                if (position == oldest + 1) {
                    defects.add(DefectCode.TOO_MANY_HOPS, field.offset());
                    older = null;
                }
                continue;
            }
            Hop hop = hop(position, kind, field, older, defects);
            hops.add(hop);
            if (hop.stamp() != null) {
                older = hop;
            }
        }
        return List.copyOf(hops);
    }

    static Hop.@Nullable TraceField traceField(HeaderField field) {
        int length = field.name().length();
        if (length == 8 && field.is("Received")) {
            return Hop.TraceField.RECEIVED;
        }
        return length == 10 && field.is("X-Received") ? Hop.TraceField.X_RECEIVED : null;
    }

    private static Hop hop(int position, Hop.TraceField kind, HeaderField field, @Nullable Hop older, Defects defects) {
        Received line = ReceivedParser.parse(field.value());
        if (line.dialect() == Dialect.UNKNOWN) {
            defects.add(DefectCode.RECEIVED_UNPARSED, field.offset());
        }
        Stamp stamp = line.stamp();
        Hop.StampSource source = stamp == null ? null : Hop.StampSource.DATE;
        if (stamp == null) {
            defects.add(
                    line.isDated() ? DefectCode.RECEIVED_INVALID_DATE : DefectCode.RECEIVED_WITHOUT_DATE,
                    field.offset());
            QueueIdClock.Reading reading = line.id() == null ? null : QueueIdClock.read(line.dialect(), line.id());
            if (reading != null) {
                stamp = new Stamp(reading.instant(), null);
                source = Hop.StampSource.QUEUE_ID;
            }
        }
        Long delay = null;
        String heldBy = null;
        if (stamp != null && older != null && older.stamp() != null) {
            delay = stamp.instant().toEpochMilli() - older.stamp().instant().toEpochMilli();
            heldBy = holder(older.by(), line.from());
        }
        return new Hop(
                position,
                kind,
                line.dialect(),
                line.from(),
                line.by(),
                line.via(),
                line.with(),
                line.tls(),
                line.authenticated(),
                line.id(),
                line.recipient(),
                line.envelopeFrom(),
                stamp,
                source,
                stamp == null ? null : STAMP_PRECISION_MS,
                Hop.Times.NONE,
                delay,
                heldBy,
                null,
                null);
    }

    /** Who had the mail between two stamps: by its own word, else by the word of the host that got it. */
    private static @Nullable String holder(Hop.@Nullable Receiver by, Hop.@Nullable Peer from) {
        if (by != null && by.host() != null) {
            return by.host();
        }
        if (from == null || from.host() != null) {
            return from == null ? null : from.host();
        }
        return from.helo() == null ? null : from.helo().toLowerCase(Locale.ROOT);
    }
}
