package org.listlens.authentication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.AuthenticationResults.Result;
import org.listlens.mail.ReceivedSpf;

/** Finds the newest verdict on a mail. */
final class Verdicts {
    private Verdicts() {}

    /**
     * The newest verdict. A host may spread it over several fields, one a method, and over two passes of the mail
     * through it; so all fields count from the topmost on that are by one authserv-id, or stand between the same two
     * trace fields and are by hosts of one domain.
     *
     * @param stated what the hosts found, oldest first
     * @param spf Received-SPF, oldest first
     * @param spfBelow how many trace fields stand below the last of {@code spf}
     */
    static Authentication.@Nullable Verdict newest(List<Stated> stated, List<ReceivedSpf> spf, int spfBelow) {
        ReceivedSpf newestSpf = spf.isEmpty() ? null : spf.getLast();
        if (stated.isEmpty()
                || (newestSpf != null && spfBelow > stated.getLast().below())) {
            return newestSpf == null ? null : ofSpf(newestSpf);
        }
        Stated newest = stated.getLast();
        String id = newest.results().authservId();
        List<Result> results = new ArrayList<>(6);
        Set<String> methods = new HashSet<>();
        for (int i = stated.size() - 1; i >= 0; i--) {
            Stated field = stated.get(i);
            if (!isOfOneSite(id, field.results().authservId(), field.below() == newest.below())) {
                break;
            }
            addNew(field.results(), methods, results);
        }
        ReceivedSpf beside = newestSpf != null && spfBelow == newest.below() ? newestSpf : null;
        return verdict(newest.results(), results, beside);
    }

    private static void addNew(AuthenticationResults field, Set<String> methods, List<Result> results) {
        int known = results.size();
        for (int i = 0; i < field.results().size(); i++) {
            Result result = field.results().get(i);
            if (!methods.contains(result.method())) {
                results.add(result);
            }
        }
        for (int i = known; i < results.size(); i++) {
            methods.add(results.get(i).method());
        }
    }

    private static boolean isOfOneSite(@Nullable String id, @Nullable String other, boolean sameGap) {
        if (id == null || other == null) {
            return id == null && other == null && sameGap;
        }
        String domain = parent(id);
        return id.equals(other) || (sameGap && domain != null && domain.equals(parent(other)));
    }

    /** The domain that a host lies in, of two labels at least. */
    private static @Nullable String parent(String host) {
        int dot = host.indexOf('.');
        return dot < 0 || host.indexOf('.', dot + 1) < 0 ? null : host.substring(dot + 1);
    }

    private static Authentication.Verdict ofSpf(ReceivedSpf spf) {
        Result result = new Result("spf", spf.result(), null, spf.comment(), Map.of());
        String receiver = spf.receiver() == null ? null : spf.receiver().toLowerCase(Locale.ROOT);
        return new Authentication.Verdict(
                receiver, spf.hop(), List.of(result), spf.clientIp(), spf.envelopeFrom(), spf.helo(), null);
    }

    private static Authentication.Verdict verdict(
            AuthenticationResults newest, List<Result> results, @Nullable ReceivedSpf spf) {
        String clientIp = null;
        String mailFrom = null;
        String helo = null;
        String policy = null;
        String connected = null;
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            connected = first(connected, connectedIp(result));
            switch (result.method()) {
                case "spf" -> {
                    clientIp = first(clientIp, connectedIp(result));
                    clientIp = first(clientIp, ReceivedSpfParser.addressIn(result.comment()));
                    mailFrom = first(mailFrom, result.property("smtp.mailfrom"));
                    helo = first(helo, result.property("smtp.helo"));
                }
                case "dmarc" -> policy = first(policy, policy(result));
                default -> {}
            }
        }
        if (spf != null) {
            clientIp = first(clientIp, spf.clientIp());
            mailFrom = first(mailFrom, spf.envelopeFrom());
            helo = first(helo, spf.helo());
            if (!hasSpf(results)) {
                results.add(new Result("spf", spf.result(), null, spf.comment(), Map.of()));
            }
        }
        clientIp = first(clientIp, connected);
        return new Authentication.Verdict(
                newest.authservId(),
                newest.hop(),
                results,
                clientIp,
                mailFrom,
                helo == null || helo.isEmpty() ? null : helo,
                policy);
    }

    private static boolean hasSpf(List<Result> results) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).method().equals("spf")) {
                return true;
            }
        }
        return false;
    }

    /** The address of the sender's host, in whichever method's result it stands. */
    private static @Nullable String connectedIp(Result result) {
        String address = ReceivedSpfParser.address(result.property("smtp.client-ip"));
        return address == null ? ReceivedSpfParser.address(result.property("smtp.remote-ip")) : address;
    }

    /** The published policy: a property, or in a comment {@code (p=NONE sp=QUARANTINE)} or {@code (policy=none)}. */
    private static @Nullable String policy(Result dmarc) {
        String policy = known(dmarc.property("polrec.p"));
        policy = policy == null ? known(dmarc.property("policy.published-domain-policy")) : policy;
        String comment = dmarc.comment();
        if (policy != null || comment == null) {
            return policy;
        }
        policy = valueIn(comment, "p=");
        return policy == null ? valueIn(comment, "policy=") : policy;
    }

    private static @Nullable String valueIn(String comment, String key) {
        int blank = comment.startsWith(key) ? -1 : comment.indexOf(' ' + key);
        if (blank < 0 && !comment.startsWith(key)) {
            return null;
        }
        int start = blank + 1 + key.length();
        int end = start;
        while (end < comment.length() && Character.isLetter(comment.charAt(end))) {
            end++;
        }
        return known(comment.substring(start, end));
    }

    private static @Nullable String known(@Nullable String policy) {
        String lower = policy == null ? "" : policy.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "none", "quarantine", "reject" -> lower;
            default -> null;
        };
    }

    private static @Nullable String first(@Nullable String known, @Nullable String other) {
        return known == null ? other : known;
    }
}
