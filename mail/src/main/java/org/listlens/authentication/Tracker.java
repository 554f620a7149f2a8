package org.listlens.authentication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.ArcSet;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.AuthenticationResults.Result;
import org.listlens.mail.SignatureBreak;
import org.listlens.mail.SignatureBreak.Altered;
import org.listlens.mail.SignatureCheck;
import org.listlens.mail.SignatureCheck.Evidence;
import org.listlens.mail.SignatureCheck.Outcome;

/**
 * Follows signatures along a mail's way. A host that notes a result has checked the mail as it got it; a host that seals
 * it tells, by the body hash of its ARC-Message-Signature, which body it sent on. So a signature that passes in an ARC
 * set whose own body hash differs was broken by that very host.
 */
final class Tracker {
    /** What failures say that are not the mail's: the key, the DNS or the time. */
    private static final String[] NOT_THE_MAILS = {
        "no key",
        "no valid key",
        "key not found",
        "key not available",
        "public key",
        "key version",
        "key retrieval",
        "key type",
        "key revoked",
        "revoked key",
        "inapplicable key",
        "dns",
        "timeout",
        "timed out",
        "expired",
        "too old",
        "future"
    };

    private static final Comparator<Event> OLDEST_FIRST =
            Comparator.comparingInt(Event::index).reversed();

    private final Way way;
    private final @Nullable String listHost;
    private final List<Event> events;

    /** One thing that a host wrote; exactly one of the two is there. */
    private record Event(int index, @Nullable AuthenticationResults results, Arc.@Nullable Placed set) {}

    /**
     * A check.
     *
     * @param index the index in the header of the field that tells so
     */
    record Step(int index, SignatureCheck check) {}

    Tracker(Way way, @Nullable String listHost, List<Stated> stated, List<Arc.Placed> sets) {
        this.way = way;
        this.listHost = listHost;
        this.events = new ArrayList<>(stated.size() + sets.size());
        for (int i = 0; i < stated.size(); i++) {
            events.add(new Event(stated.get(i).index(), stated.get(i).results(), null));
        }
        for (int i = 0; i < sets.size(); i++) {
            events.add(new Event(sets.get(i).index(), null, sets.get(i)));
        }
        events.sort(OLDEST_FIRST);
    }

    /**
     * What the hosts found of a signature, oldest first.
     *
     * @param alone whether the mail has no other signature
     */
    List<Step> steps(Signed signature, boolean alone) {
        List<Step> steps = new ArrayList<>(2);
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            boolean later = event.index < signature.index();
            if (event.results != null) {
                Result result = find(event.results.results(), signature, later, alone);
                if (result != null) {
                    add(steps, event.index, check(event.results, result, outcome(result)));
                }
            } else if (later && event.set != null && Boolean.FALSE.equals(hasBody(signature, event.set))) {
                ArcSet set = event.set.set();
                add(steps, event.index, check(Evidence.BODY_HASH, set, Outcome.BROKEN, null));
            }
        }
        return steps;
    }

    private static @Nullable Boolean hasBody(Signed signature, Arc.Placed set) {
        return set.tags() == null ? null : signature.hasBodyOf(set.tags());
    }

    /** Where a signature broke; {@code null} unless the last host that could tell found it broken. */
    @Nullable
    SignatureBreak broken(Signed signature, List<Step> steps) {
        Step first = firstBroken(steps);
        if (first == null) {
            return null;
        }
        SignatureCheck after = lastWhole(steps);
        SignatureCheck at = first.check;
        return new SignatureBreak(after, at, changedBy(signature, after, at), altered(signature, first));
    }

    /** Where the ARC chain broke; {@code null} unless the last host that could tell found it broken. */
    @Nullable
    SignatureBreak arcBreak() {
        List<Step> steps = new ArrayList<>(4);
        boolean failed = false;
        for (int i = 0; i < events.size() && !failed; i++) {
            Event event = events.get(i);
            if (event.set != null) {
                ArcSet set = event.set.set();
                if (set.cv() != null) {
                    boolean whole = set.cv().equals(set.instance() == 1 ? "none" : "pass");
                    // A chain that was sealed as failed stays so (RFC 8617 §5.1.1).
                    failed = !whole;
                    Outcome outcome = whole ? Outcome.WHOLE : Outcome.BROKEN;
                    steps.add(new Step(event.index, check(Evidence.SEAL, set, outcome, set.cv())));
                }
            } else if (event.results != null
                    && event.results.field() == AuthenticationResults.Field.AUTHENTICATION_RESULTS) {
                addArcResults(event.results, event.index, steps);
            }
        }
        Step first = firstBroken(steps);
        return first == null ? null : arcBreak(lastWhole(steps), first.check);
    }

    private void addArcResults(AuthenticationResults field, int index, List<Step> steps) {
        for (int i = 0; i < field.results().size(); i++) {
            Result result = field.results().get(i);
            if (result.method().equals("arc")) {
                Outcome outcome = switch (result.result()) {
                    case "pass" -> Outcome.WHOLE;
                    // What rspamd calls a chain that failed.
                    case "fail", "reject" -> Outcome.BROKEN;
                    default -> Outcome.UNDECIDED;
                };
                add(steps, index, check(field, result, outcome));
            }
        }
    }

    private SignatureBreak arcBreak(@Nullable SignatureCheck after, SignatureCheck at) {
        String by = after == null || after.hop() == null || at.hop() == null
                ? null
                : way.changedBy(after.hop(), at.hop() - 1, listHost, false);
        return new SignatureBreak(after, at, by, null);
    }

    /** The result of a field that is about a signature; {@code null} when there is none or they contradict each other. */
    private static @Nullable Result find(List<Result> results, Signed signature, boolean later, boolean alone) {
        Result found = null;
        Signed.Match best = Signed.Match.NOT;
        boolean contradicted = false;
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            if (!result.method().equals("dkim")) {
                continue;
            }
            Signed.Match match = signature.match(result, alone);
            if (match == Signed.Match.NOT || (match == Signed.Match.NAME && !later) || match.compareTo(best) < 0) {
                continue;
            }
            if (match != best || found == null) {
                best = match;
                found = result;
                contradicted = false;
            } else {
                contradicted |= outcome(found) != outcome(result);
            }
        }
        return contradicted ? null : found;
    }

    /** What a result of DKIM means: a signature that fails for want of its key is not known to be broken. */
    private static Outcome outcome(Result result) {
        return switch (result.result()) {
            case "pass" -> Outcome.WHOLE;
            case "fail", "hardfail", "permfail", "perm_fail" -> {
                String text = text(result);
                if (isOfBody(text)) {
                    yield Outcome.BROKEN;
                }
                for (String reason : NOT_THE_MAILS) {
                    if (text.contains(reason)) {
                        yield Outcome.UNDECIDED;
                    }
                }
                yield Outcome.BROKEN;
            }
            // Google's word for a body that is not the one signed.
            default -> isOfBody(text(result)) ? Outcome.BROKEN : Outcome.UNDECIDED;
        };
    }

    private static String text(Result result) {
        return (orEmpty(result.reason()) + ' ' + orEmpty(result.comment())).toLowerCase(Locale.ROOT);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean isOfBody(String text) {
        return text.contains("body hash") || text.contains("bodyhash");
    }

    /** The first broken one after the last whole one; {@code null} when none is after it. */
    private static @Nullable Step firstBroken(List<Step> steps) {
        Step first = null;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.check.outcome() == Outcome.WHOLE) {
                break;
            }
            first = step.check.outcome() == Outcome.BROKEN ? step : first;
        }
        return first;
    }

    private static @Nullable SignatureCheck lastWhole(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).check.outcome() == Outcome.WHOLE) {
                return steps.get(i).check;
            }
        }
        return null;
    }

    private @Nullable String changedBy(Signed signature, @Nullable SignatureCheck after, SignatureCheck at) {
        boolean sealed = at.evidence() == Evidence.BODY_HASH;
        if (after != null
                && after.host() != null
                && after.host().equals(at.host())
                && (sealed || Objects.equals(after.hop(), at.hop()))) {
            String host = way.host(after.hop());
            return host == null || !way.isAt(after.hop(), after.host()) ? after.host() : host;
        }
        // A signature below all trace fields was there before the first hop.
        Integer from = after != null ? after.hop() : signature.hop() == null ? Integer.valueOf(1) : signature.hop();
        if (from == null || at.hop() == null) {
            return null;
        }
        boolean had = sealed || at.host() == null || !way.isAt(at.hop(), at.host());
        return way.changedBy(from, had ? at.hop() : at.hop() - 1, listHost, after != null);
    }

    /** The body, if a host says so or sealed another one; the header, if the body was the same later on. */
    private @Nullable Altered altered(Signed signature, Step at) {
        SignatureCheck check = at.check;
        if (check.evidence() == Evidence.BODY_HASH
                || isOfBody(orEmpty(check.reason()).toLowerCase(Locale.ROOT))) {
            return Altered.BODY;
        }
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (event.set != null && event.index < at.index && Boolean.TRUE.equals(hasBody(signature, event.set))) {
                return Altered.HEADER;
            }
        }
        return null;
    }

    private SignatureCheck check(AuthenticationResults field, Result result, Outcome outcome) {
        String host = field.authservId() == null ? way.host(field.hop()) : field.authservId();
        String reason = result.reason() == null ? result.comment() : result.reason();
        return new SignatureCheck(
                Evidence.RESULTS, host, field.hop(), field.instance(), outcome, result.result(), reason);
    }

    private SignatureCheck check(Evidence evidence, ArcSet set, Outcome outcome, @Nullable String result) {
        return new SignatureCheck(evidence, sealer(set), set.hop(), set.instance(), outcome, result, null);
    }

    private @Nullable String sealer(ArcSet set) {
        String domain = set.domain();
        if (set.authservId() != null) {
            return set.authservId();
        }
        return domain == null || way.isAt(set.hop(), domain) ? way.host(set.hop()) : domain;
    }

    /** Adds a check, unless it says the same as the last: servers write their results into the ARC set as well. */
    private static void add(List<Step> steps, int index, SignatureCheck check) {
        Step last = steps.isEmpty() ? null : steps.getLast();
        if (last == null
                || last.check.host() == null
                || !last.check.host().equals(check.host())
                || last.check.evidence() != check.evidence()
                || last.check.outcome() != check.outcome()) {
            steps.add(new Step(index, check));
        } else if (last.check.instance() == null && check.instance() != null) {
            steps.set(steps.size() - 1, new Step(last.index, check));
        }
    }
}
