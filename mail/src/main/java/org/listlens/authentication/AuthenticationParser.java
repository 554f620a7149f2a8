package org.listlens.authentication;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.header.Repeats;
import org.listlens.mail.ArcSet;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.AuthenticationResults.Field;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.ReceivedSpf;
import org.listlens.mail.Route;

/** Reads what a header tells of who vouches for a mail. Of each kind of field the 50 newest are read. */
public final class AuthenticationParser {
    private static final int MAX_FIELDS = 50;

    /** The names of fields in lower case. */
    private static final Repeats<String> LOWER_NAMES = new Repeats<>(1024, 64);

    private final Way way;
    private final Defects defects;
    private final Arc arc;
    private final List<Stated> stated = new ArrayList<>();
    private final List<ReceivedSpf> spf = new ArrayList<>();
    private final List<Signed> signed = new ArrayList<>();
    private int spfBelow;

    private enum Kind {
        AUTHENTICATION_RESULTS,
        ARC_AUTHENTICATION_RESULTS,
        ARC_MESSAGE_SIGNATURE,
        ARC_SEAL,
        DKIM_SIGNATURE,
        RECEIVED_SPF
    }

    /**
     * A field of the kinds that are read.
     *
     * @param above how many trace fields stand above it
     */
    private record Found(Kind kind, int index, int above) {}

    private AuthenticationParser(Way way, Defects defects) {
        this.way = way;
        this.defects = defects;
        this.arc = new Arc(way, defects);
    }

    /**
     * Reads the authentication fields of a mail.
     *
     * @param fields all fields of the mail in its order, which is newest first
     * @param hops the hops that were read from them
     * @param route what is known of the way; its list host is a suspect where a signature broke
     * @param defects takes what is wrong with the fields
     */
    public static Authentication parse(List<HeaderField> fields, List<Hop> hops, Route route, Defects defects) {
        List<Found> found = new ArrayList<>();
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        int traces = 0;
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            Kind kind = kind(field);
            if (kind == null) {
                traces += Way.isTrace(field) ? 1 : 0;
                continue;
            }
            int count = counts.merge(kind, 1, Integer::sum);
            if (count <= MAX_FIELDS) {
                found.add(new Found(kind, i, traces));
            } else if (count == MAX_FIELDS + 1) {
                defects.add(DefectCode.TOO_MANY_AUTHENTICATION_FIELDS, field.offset());
            }
        }
        if (found.isEmpty()) {
            return Authentication.NONE;
        }
        AuthenticationParser parser = new AuthenticationParser(new Way(hops), defects);
        for (int i = found.size() - 1; i >= 0; i--) {
            Found next = found.get(i);
            parser.add(next.kind, fields.get(next.index), next.index, traces - next.above);
        }
        return parser.finish(fields, route);
    }

    private static @Nullable Kind kind(HeaderField field) {
        return switch (field.name().length()) {
            case 8 -> field.is("ARC-Seal") ? Kind.ARC_SEAL : null;
            case 12 -> field.is("Received-SPF") ? Kind.RECEIVED_SPF : null;
            case 14 -> field.is("DKIM-Signature") ? Kind.DKIM_SIGNATURE : null;
            case 21 -> field.is("ARC-Message-Signature") ? Kind.ARC_MESSAGE_SIGNATURE : null;
            case 22 -> field.is("Authentication-Results") ? Kind.AUTHENTICATION_RESULTS : null;
            case 26 -> field.is("ARC-Authentication-Results") ? Kind.ARC_AUTHENTICATION_RESULTS : null;
            default -> null;
        };
    }

    /** Takes a field; they come oldest first. */
    private void add(Kind kind, HeaderField field, int index, int below) {
        switch (kind) {
            case AUTHENTICATION_RESULTS -> addResults(Field.AUTHENTICATION_RESULTS, field, index, below);
            case ARC_AUTHENTICATION_RESULTS -> addResults(Field.ARC_AUTHENTICATION_RESULTS, field, index, below);
            case ARC_MESSAGE_SIGNATURE -> arc.addSignature(field, index, below);
            case ARC_SEAL -> arc.addSeal(field, index, below);
            case DKIM_SIGNATURE -> {
                Signed signature = new Signed(field, index, below, way);
                if (!signature.isValid()) {
                    defects.add(DefectCode.INVALID_DKIM_SIGNATURE, field.offset());
                }
                signed.add(signature);
            }
            case RECEIVED_SPF -> addSpf(field, below);
        }
    }

    private void addResults(Field kind, HeaderField field, int index, int below) {
        boolean isArc = kind == Field.ARC_AUTHENTICATION_RESULTS;
        ResultsParser.Payload payload = ResultsParser.parse(field.value(), isArc);
        if (payload.malformed()) {
            defects.add(DefectCode.INVALID_AUTHENTICATION_RESULTS, field.offset());
        }
        if (payload.tooMany()) {
            defects.add(DefectCode.TOO_MANY_AUTHENTICATION_FIELDS, field.offset());
        }
        String id = payload.authservId();
        AuthenticationResults results = new AuthenticationResults(
                kind, payload.instance(), id, payload.version(), way.hop(below, id), payload.results());
        stated.add(new Stated(results, index, below));
        if (isArc) {
            arc.add(results, field, index, below);
        }
    }

    private void addSpf(HeaderField field, int below) {
        ReceivedSpfParser.Payload payload = ReceivedSpfParser.parse(field.value(), below, way);
        if (payload.malformed()) {
            defects.add(DefectCode.INVALID_RECEIVED_SPF, field.offset());
        }
        if (payload.spf() != null) {
            spf.add(payload.spf());
            spfBelow = below;
        }
    }

    private Authentication finish(List<HeaderField> fields, Route route) {
        List<Arc.Placed> placed = arc.sets();
        Tracker tracker = new Tracker(way, route.listHost(), stated, placed);
        List<DkimSignature> signatures = new ArrayList<>(signed.size());
        Map<String, Integer> counts = signed.isEmpty() ? Map.of() : fieldCounts(fields);
        for (int i = 0; i < signed.size(); i++) {
            Signed signature = signed.get(i);
            List<Tracker.Step> steps = tracker.steps(signature, signed.size() == 1);
            signatures.add(signature.toSignature(counts, steps, tracker.broken(signature, steps)));
        }
        List<AuthenticationResults> results = new ArrayList<>(stated.size());
        for (int i = 0; i < stated.size(); i++) {
            results.add(stated.get(i).results());
        }
        List<ArcSet> sets = new ArrayList<>(placed.size());
        for (int i = 0; i < placed.size(); i++) {
            sets.add(placed.get(i).set());
        }
        return new Authentication(
                results, spf, signatures, sets, tracker.arcBreak(), Verdicts.newest(stated, spf, spfBelow));
    }

    private static Map<String, Integer> fieldCounts(List<HeaderField> fields) {
        Map<String, Integer> counts = new HashMap<>(fields.size() * 2);
        for (int i = 0; i < fields.size(); i++) {
            counts.merge(lower(fields.get(i).name()), 1, Integer::sum);
        }
        return counts;
    }

    private static String lower(String name) {
        String known = LOWER_NAMES.get(name);
        if (known == null) {
            known = name.toLowerCase(Locale.ROOT);
            LOWER_NAMES.put(name, known);
        }
        return known;
    }
}
