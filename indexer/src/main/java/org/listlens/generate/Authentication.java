package org.listlens.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.generate.MailList.Software;
import org.listlens.generate.Signature.Altered;

/**
 * Who vouches for a copy, and what hosts on its way noted of that: the author's site signs, the list's host looks, may
 * change what was signed, and may seal; the archive's host looks again.
 */
final class Authentication {
    private final String[] above;
    private final String[] below;
    private final List<Signature> signatures = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Seal> seals = new ArrayList<>();

    /**
     * The way of a copy that has arrived.
     *
     * @param hops its trace
     * @param ingress the number of the hop into the list's site
     * @param exit the number of the hop out of the list host's expansion
     * @param edge the host that handed it to the list
     * @param altered what the list changes
     */
    record Passage(Letter letter, MailList list, List<Hop> hops, int ingress, int exit, Peer edge, Altered altered) {
        private Hop hop(int number) {
            return hops.get(number);
        }

        /** The clock of a hop's host when it took the mail. */
        private long clockMs(int number) {
            return hop(number).trueMs + hop(number).offsetMs;
        }
    }

    Authentication(Passage passage, long seed) {
        above = new String[passage.hops().size()];
        below = new String[passage.hops().size()];
        Arrays.fill(above, "");
        Arrays.fill(below, "");
        Letter letter = passage.letter();
        MailList list = passage.list();
        // All copies of a mail have the same signatures.
        Prng signing = Prng.of(seed, "authentication", letter.number());
        Prng random = Prng.of(seed, list.id(), letter.number());
        String relaxedHash = bodyHash(signing);
        Vouching vouching = Vouching.of(letter.author().site());
        sign(passage, vouching, relaxedHash, signing);

        Notation checks = atList(list);
        Verdict found = null;
        if (checks != null) {
            String sender = letter.author().address();
            Host taker = ListRoute.ingress(list);
            found = look(checks, passage, passage.ingress(), taker, passage.edge(), sender, vouching.spf());
            below[passage.ingress()] = found.text;
        }
        boolean seals = list.software() == Software.MLMMJ || list.software() == Software.MAILMAN_3;
        boolean onArrival = list.software() == Software.MLMMJ;
        if (found != null && seals && onArrival) {
            below[passage.ingress()] = seal(passage, passage.ingress(), found, relaxedHash, random) + found.text;
        }
        for (Signature signature : signatures) {
            signature.alter(passage.altered(), list.host().name());
        }
        String sentHash = passage.altered() == Altered.BODY ? bodyHash(random) : relaxedHash;
        if (found != null && seals && !onArrival) {
            below[passage.exit()] = seal(passage, passage.exit(), found, sentHash, random);
        }
        if (list.software() == Software.GROUPS_IO) {
            Vouching.SigningKey key = Vouching.rsa("groups.io", "20140610", "relaxed/relaxed");
            Signature own = new Signature(key, passage.exit() + 1, passage.clockMs(passage.exit()), sentHash, random);
            signatures.add(own);
            above[passage.exit()] = own.text;
        }
        deliver(passage, sentHash, random);
    }

    private void sign(Passage passage, Vouching vouching, String relaxedHash, Prng random) {
        int signer = passage.ingress() - 1;
        String simpleHash = bodyHash(random);
        StringBuilder fields = new StringBuilder();
        for (Vouching.SigningKey key : vouching.keys()) {
            String hash = key.relaxed() ? relaxedHash : simpleHash;
            Signature signature = new Signature(key, signer + 1, passage.clockMs(signer), hash, random);
            signatures.add(signature);
            // The newest is on top.
            fields.insert(0, signature.text);
        }
        (vouching.onTop() ? above : below)[signer] = fields.toString();
    }

    private static @Nullable Notation atList(MailList list) {
        return switch (list.software()) {
            case MAJORDOMO -> Notation.OPENDKIM;
            case MLMMJ, MAILMAN_3 -> Notation.OPENARC;
            case MAILMAN_2 -> Notation.EXIM;
            case SYMPA -> Notation.SPF_ONLY;
            case GROUPS_IO -> Notation.GROUPS_IO;
            case EZMLM, LISTSERV -> null;
        };
    }

    private void deliver(Passage passage, String sentHash, Prng random) {
        MailList list = passage.list();
        int taken = passage.exit() + 1;
        Host archive = ListRoute.archive(list);
        Notation notation = switch (list.archive()) {
            case POSTFIX, POSTFIX_LMTP -> Notation.RSPAMD;
            case EXCHANGE -> Notation.EXCHANGE;
            case GOOGLE -> Notation.GOOGLE;
        };
        String spf = list.software() == Software.EZMLM ? "none" : "pass";
        Verdict found = look(notation, passage, taken, archive, ListRoute.exit(list), list.bounces(), spf);
        switch (notation) {
            case EXCHANGE -> above[taken] = found.text;
            case GOOGLE -> {
                below[taken] = found.text;
                above[taken] = seal(passage, taken, found, sentHash, random);
            }
            default -> below[taken] = found.text;
        }
    }

    private Verdict look(Notation notation, Passage passage, int hop, Host by, Peer peer, String sender, String spf) {
        Letter letter = passage.letter();
        Site site = letter.author().site();
        Verdict verdict = new Verdict(hop + 1);
        notation.write(
                new Notation.Seen(
                        by,
                        peer,
                        sender,
                        spf,
                        signatures,
                        letter.is(Malformation.MISSING_FROM) ? null : site.domain(),
                        Vouching.of(site).policy(),
                        seals.isEmpty() ? null : seals.getLast()),
                verdict);
        verdicts.add(verdict);
        if (notation != Notation.SPF_ONLY) {
            String host = verdict.host == null ? by.name() : verdict.host;
            for (Signature signature : signatures) {
                signature.note(host);
            }
        }
        return verdict;
    }

    private String seal(Passage passage, int hop, Verdict found, String bodyHash, Prng random) {
        String host = found.host == null ? "" : found.host;
        String domain =
                host.equals("mx.google.com") ? "google.com" : passage.list().domain();
        Seal seal = Seal.of(seals.size() + 1, domain, host, found.results, passage.clockMs(hop), bodyHash, random);
        seals.add(seal);
        for (Signature signature : signatures) {
            // Who seals another body than was signed tells thereby that it is not whole.
            if (signature.key.relaxed() && !signature.bodyHash.equals(bodyHash)) {
                signature.note(host);
            }
        }
        return seal.text();
    }

    private static String bodyHash(Prng random) {
        return random.string(QueueIds.BASE62 + "+/", 43) + '=';
    }

    /** The fields that stand above the line of a hop, each with its line end. */
    String above(int hop) {
        return above[hop];
    }

    /** The fields that stand below the line of a hop. */
    String below(int hop) {
        return below[hop];
    }

    /** The signatures, oldest first. */
    List<Signature> signatures() {
        return signatures;
    }

    /** What hosts noted, oldest first. */
    List<Verdict> verdicts() {
        return verdicts;
    }

    List<Seal> seals() {
        return seals;
    }
}
