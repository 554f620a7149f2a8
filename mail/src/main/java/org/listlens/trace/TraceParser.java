package org.listlens.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.Dialect;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;
import org.listlens.mail.Stamp;

/** Reads the way of a mail from its trace fields, and from others in which hosts on the way note times. */
public final class TraceParser {
    /** Notes on greylisting and arrival that are looked at; more is not a mail's way. */
    private static final int MAX_NOTES = 16;

    /** Exchange dates its line and notes the arrival at the same moment. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

    /** What a field that is read here tells. */
    private enum Kind {
        RECEIVED,
        X_RECEIVED,
        ARC_SEAL,
        ARC_MESSAGE_SIGNATURE,
        DKIM_SIGNATURE,
        GREYLIST,
        ARRIVAL,
        LATENCY
    }

    /**
     * A note on greylisting.
     *
     * @param above how many hops are below it
     */
    private record Note(Greylist.Greylisting greylisting, int above) {}

    private final Defects defects;
    private final List<HopDraft> hops;
    private final List<Signature> signatures = new ArrayList<>();
    private final List<Note> greylistings = new ArrayList<>();
    private final List<Instant> arrivals = new ArrayList<>();
    private long latencyMs = -1;

    /** The newest hop so far; {@code null} at the beginning and where hops were left out. */
    private @Nullable HopDraft newest;

    /** The newest hop so far that has a stamp, since the last one that was left out. */
    private @Nullable HopDraft stamped;

    private boolean cut;

    private TraceParser(int size, Defects defects) {
        this.defects = defects;
        hops = new ArrayList<>(size);
    }

    /**
     * The hops of a mail, oldest first.
     *
     * <p>{@code Received} and {@code X-Received} count alike, in the order in which they stand. Of more hops than the limit
     * the newest and the oldest halves are kept; positions count all of them, and no delay is told across the gap.
     *
     * <p>What other fields tell goes to the hop of the host that wrote them: the time of a signature as {@link Signature}
     * says. Greylisting to the hop of the host that the note names, next to the note where there are several, or where it
     * names none or one that has left no line, to the one below, whose server had the note put on top. Exchange's time of
     * arrival to its oldest hop that is stamped within 5 seconds of it; the time to the mailbox to its newest hop.
     *
     * @param fields all fields of the mail in its order, which is newest first
     */
    public static List<Hop> parse(List<HeaderField> fields, Limits limits, Defects defects) {
        int total = 0;
        for (HeaderField field : fields) {
            Kind kind = kind(field);
            if (kind == Kind.RECEIVED || kind == Kind.X_RECEIVED) {
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
        TraceParser parser = new TraceParser(Math.min(total, limits.hops()), defects);
        int position = 0;
        for (int i = fields.size() - 1; i >= 0; i--) {
            HeaderField field = fields.get(i);
            Kind kind = kind(field);
            if (kind == null) {
                continue;
            }
            if (kind != Kind.RECEIVED && kind != Kind.X_RECEIVED) {
                parser.note(kind, field.value());
                continue;
            }
            position++;
            if (position <= oldest || position > total - newest) {
                parser.hop(position, kind, field);
            } else {
                parser.leaveOut(position == oldest + 1, field);
            }
        }
        return parser.finish();
    }

    static Hop.@Nullable TraceField traceField(HeaderField field) {
        int length = field.name().length();
        if (length == 8 && field.is("Received")) {
            return Hop.TraceField.RECEIVED;
        }
        return length == 10 && field.is("X-Received") ? Hop.TraceField.X_RECEIVED : null;
    }

    private static @Nullable Kind kind(HeaderField field) {
        return switch (field.name().length()) {
            case 8 -> field.is("Received") ? Kind.RECEIVED : field.is("ARC-Seal") ? Kind.ARC_SEAL : null;
            case 10 -> field.is("X-Received") ? Kind.X_RECEIVED : field.is("X-Greylist") ? Kind.GREYLIST : null;
            case 14 -> field.is("DKIM-Signature") ? Kind.DKIM_SIGNATURE : null;
            case 21 ->
                field.is("ARC-Message-Signature")
                        ? Kind.ARC_MESSAGE_SIGNATURE
                        : field.is("X-OriginalArrivalTime") ? Kind.ARRIVAL : null;
            // Google signs all mail like this, with or without the sender's domain.
            case 23 -> field.is("X-Google-DKIM-Signature") ? Kind.DKIM_SIGNATURE : null;
            case 39 -> field.is("X-MS-Exchange-Transport-EndToEndLatency") ? Kind.LATENCY : null;
            case 45 -> field.is("X-MS-Exchange-CrossTenant-OriginalArrivalTime") ? Kind.ARRIVAL : null;
            case 46 -> field.is("X-MS-Exchange-Organization-OriginalArrivalTime") ? Kind.ARRIVAL : null;
            default -> null;
        };
    }

    private void hop(int position, Kind kind, HeaderField field) {
        Received line = ReceivedParser.parse(field.value());
        if (line.dialect() == Dialect.UNKNOWN) {
            defects.add(DefectCode.RECEIVED_UNPARSED, field.offset());
        }
        if (line.stamp() == null) {
            defects.add(
                    line.isDated() ? DefectCode.RECEIVED_INVALID_DATE : DefectCode.RECEIVED_WITHOUT_DATE,
                    field.offset());
        }
        Hop.TraceField trace = kind == Kind.RECEIVED ? Hop.TraceField.RECEIVED : Hop.TraceField.X_RECEIVED;
        HopDraft hop = new HopDraft(position, trace, line, field.value());
        if (stamped != null) {
            hop.follows(stamped);
        }
        if (!cut) {
            attribute(hop);
        }
        cut = false;
        signatures.clear();
        newest = hop;
        stamped = hop.stamp() == null ? stamped : hop;
        hops.add(hop);
    }

    private void leaveOut(boolean first, HeaderField field) {
        if (first) {
            defects.add(DefectCode.TOO_MANY_HOPS, field.offset());
            // Those below may be the newest kept hop's, or another's.
            signatures.clear();
            cut = true;
            newest = null;
            stamped = null;
        }
    }

    private void note(Kind kind, String value) {
        switch (kind) {
            case ARC_SEAL -> signature(Signature.Kind.ARC_SEAL, value);
            case ARC_MESSAGE_SIGNATURE -> signature(Signature.Kind.ARC_MESSAGE, value);
            case DKIM_SIGNATURE -> signature(Signature.Kind.DKIM, value);
            case GREYLIST -> {
                Greylist.Greylisting greylisting = greylistings.size() < MAX_NOTES ? Greylist.parse(value) : null;
                if (greylisting != null) {
                    greylistings.add(new Note(greylisting, hops.size()));
                }
            }
            case ARRIVAL -> {
                Instant arrival = arrivals.size() < MAX_NOTES ? ExchangeTimes.arrival(value) : null;
                if (arrival != null) {
                    arrivals.add(arrival);
                }
            }
            // The newest is the last to be seen.
            case LATENCY -> latencyMs = ExchangeTimes.latencyMs(value);
            case RECEIVED, X_RECEIVED -> {}
        }
    }

    private void signature(Signature.Kind kind, String value) {
        Signature signature = cut ? null : Signature.parse(kind, value);
        if (signature != null) {
            signatures.add(signature);
        }
    }

    private void attribute(@Nullable HopDraft newer) {
        for (int i = 0; i < signatures.size(); i++) {
            signatures.get(i).attribute(newest, newer);
        }
    }

    private List<Hop> finish() {
        if (!cut) {
            attribute(null);
        }
        for (int i = 0; i < greylistings.size(); i++) {
            Note note = greylistings.get(i);
            greylistedBy(note).greylisted(note.greylisting().delayMs());
        }
        for (int i = 0; i < arrivals.size(); i++) {
            arrivedAt(arrivals.get(i));
        }
        if (latencyMs >= 0) {
            delivered();
        }
        List<Hop> finished = new ArrayList<>(hops.size());
        for (int i = 0; i < hops.size(); i++) {
            finished.add(hops.get(i).toHop());
        }
        return List.copyOf(finished);
    }

    private HopDraft greylistedBy(Note note) {
        int below = note.above() - 1;
        String host = note.greylisting().host();
        if (host != null) {
            for (int distance = 0; distance < hops.size(); distance++) {
                if (below - distance >= 0 && hops.get(below - distance).isBy(host)) {
                    return hops.get(below - distance);
                }
                if (note.above() + distance < hops.size()
                        && hops.get(note.above() + distance).isBy(host)) {
                    return hops.get(note.above() + distance);
                }
            }
        }
        return hops.get(Math.max(below, 0));
    }

    private void arrivedAt(Instant arrival) {
        for (int i = 0; i < hops.size(); i++) {
            HopDraft hop = hops.get(i);
            Stamp stamp = hop.stamp();
            if (hop.isExchange()
                    && stamp != null
                    && Duration.between(arrival, stamp.instant()).abs().compareTo(SAME_MOMENT) <= 0) {
                hop.arrived(arrival);
                return;
            }
        }
    }

    private void delivered() {
        for (int i = hops.size() - 1; i >= 0; i--) {
            if (hops.get(i).isExchange()) {
                hops.get(i).endToEnd(latencyMs);
                return;
            }
        }
    }
}
