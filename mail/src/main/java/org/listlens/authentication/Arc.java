package org.listlens.authentication;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.ArcSet;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;

/** Puts the fields of an ARC chain together (RFC 8617 §4, §5.2). */
final class Arc {
    /** RFC 8617 §4.2.1. */
    private static final int MAX_INSTANCES = 50;

    private final Way way;
    private final Defects defects;
    private final @Nullable Link[] links = new Link[MAX_INSTANCES];
    private int highest;

    /** What is known of one instance; fields are added oldest first. */
    private static final class Link {
        private @Nullable AuthenticationResults results;
        private @Nullable Tags signature;
        private @Nullable Tags seal;
        private int index;
        private int offset;
        private int below;
    }

    /**
     * A set with where it stands.
     *
     * @param index the index of its topmost field in the header
     * @param tags those of its message signature
     */
    record Placed(ArcSet set, int index, @Nullable Tags tags) {}

    Arc(Way way, Defects defects) {
        this.way = way;
        this.defects = defects;
    }

    /** An instance from 1 to 50; {@code null} for anything else. */
    static @Nullable Integer instance(@Nullable String text) {
        Integer number = text == null ? null : Tags.number(text);
        return number == null || number < 1 || number > MAX_INSTANCES ? null : number;
    }

    /**
     * Adds ARC-Authentication-Results.
     *
     * @param index the index of the field in the header
     * @param below how many trace fields stand below it
     */
    void add(AuthenticationResults results, HeaderField field, int index, int below) {
        Link link = link(results.instance(), field, index, below);
        if (link != null) {
            noteDuplicate(link.results, field);
            link.results = results;
        }
    }

    void addSignature(HeaderField field, int index, int below) {
        Tags tags = new Tags(field.value());
        Link link = link(instance(tags.get("i")), field, index, below);
        if (link != null) {
            noteDuplicate(link.signature, field);
            link.signature = tags;
            boolean whole = tags.get("h") != null && tags.get("bh") != null && !tags.isNoNumber("t");
            noteInvalid(whole && isSigned(tags), field);
        }
    }

    void addSeal(HeaderField field, int index, int below) {
        Tags tags = new Tags(field.value());
        Link link = link(instance(tags.get("i")), field, index, below);
        if (link != null) {
            noteDuplicate(link.seal, field);
            link.seal = tags;
            noteInvalid(cv(tags) != null && !tags.isNoNumber("t") && isSigned(tags), field);
        }
    }

    /** The sets by instance; what the chain lacks is noted. */
    List<Placed> sets() {
        List<Placed> sets = new ArrayList<>(highest);
        for (int i = 0; i < highest; i++) {
            Link link = links[i];
            if (link == null) {
                defects.add(DefectCode.INCOMPLETE_ARC_SET);
            } else {
                sets.add(new Placed(set(i + 1, link), link.index, link.signature));
            }
        }
        return sets;
    }

    private ArcSet set(int instance, Link link) {
        Set<ArcSet.Part> missing = EnumSet.noneOf(ArcSet.Part.class);
        AuthenticationResults results = link.results;
        Tags signature = link.signature;
        Tags seal = link.seal;
        if (results == null) {
            missing.add(ArcSet.Part.AUTHENTICATION_RESULTS);
        }
        if (signature == null) {
            missing.add(ArcSet.Part.MESSAGE_SIGNATURE);
        }
        if (seal == null) {
            missing.add(ArcSet.Part.SEAL);
        }
        if (!missing.isEmpty()) {
            defects.add(DefectCode.INCOMPLETE_ARC_SET, link.offset);
        }
        Tags signer = seal == null ? signature : seal;
        String domain = signer == null ? null : signer.lower("d");
        return new ArcSet(
                instance,
                missing,
                results == null ? null : results.authservId(),
                results == null ? way.hop(link.below, domain) : results.hop(),
                domain,
                signer == null ? null : signer.get("s"),
                signer == null ? null : signer.lower("a"),
                seal == null ? null : cv(seal),
                seal == null ? null : seal.time("t"),
                signature == null ? null : signature.time("t"),
                signature == null ? null : signature.canonicalization(),
                signature == null ? List.of() : signature.fields().names(),
                signature == null ? null : signature.base64("bh"));
    }

    private @Nullable Link link(@Nullable Integer instance, HeaderField field, int index, int below) {
        if (instance == null) {
            noteInvalid(false, field);
            return null;
        }
        Link link = links[instance - 1];
        if (link == null) {
            link = new Link();
            links[instance - 1] = link;
            highest = Math.max(highest, instance);
        }
        link.index = index;
        link.offset = field.offset();
        link.below = below;
        return link;
    }

    private void noteDuplicate(@Nullable Object older, HeaderField field) {
        if (older != null) {
            defects.add(DefectCode.DUPLICATE_ARC_INSTANCE, field.offset());
        }
    }

    private void noteInvalid(boolean valid, HeaderField field) {
        if (!valid) {
            defects.add(DefectCode.INVALID_ARC_FIELD, field.offset());
        }
    }

    private static @Nullable String cv(Tags seal) {
        String cv = seal.lower("cv");
        return cv != null && (cv.equals("none") || cv.equals("pass") || cv.equals("fail")) ? cv : null;
    }

    /** Whether the tags are there that all signatures have. */
    private static boolean isSigned(Tags tags) {
        return !tags.malformed()
                && tags.get("a") != null
                && tags.get("b") != null
                && tags.get("d") != null
                && tags.get("s") != null;
    }
}
