package org.listlens.pseudonym;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.ArcSet;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.AuthenticationResults.Result;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.ReceivedSpf;
import org.listlens.mail.SignatureBreak;
import org.listlens.mail.SignatureCheck;
import org.listlens.pseudonym.Scrubber.Kind;

/** Replaces persons, their domains and hosts in what hosts noted about the sender. */
final class AuthenticationPseudonyms {
    private final Scrubber scrubber;

    AuthenticationPseudonyms(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    Authentication apply(Authentication authentication) {
        if (authentication.equals(Authentication.NONE)) {
            return authentication;
        }
        return new Authentication(
                authentication.results().stream().map(this::results).toList(),
                authentication.receivedSpf().stream().map(this::spf).toList(),
                authentication.signatures().stream().map(this::signature).toList(),
                authentication.arcSets().stream().map(this::arc).toList(),
                breaks(authentication.arcBreak()),
                verdict(authentication.verdict()));
    }

    private @Nullable String text(@Nullable String text) {
        return text == null ? null : scrubber.scrub(text, Kind.AUTHENTICATION);
    }

    /** A host that carries mail, whatever its domain; with a person's name in its own it is that person's. */
    private @Nullable String host(@Nullable String host) {
        return host == null ? null : scrubber.scrub(host, Kind.TRACE);
    }

    private AuthenticationResults results(AuthenticationResults results) {
        return new AuthenticationResults(
                results.field(),
                results.instance(),
                host(results.authservId()),
                results.version(),
                results.hop(),
                results(results.results()));
    }

    private List<Result> results(List<Result> results) {
        return results.stream()
                .map(result -> new Result(
                        result.method(),
                        result.result(),
                        text(result.reason()),
                        text(result.comment()),
                        properties(result.properties())))
                .toList();
    }

    private Map<String, String> properties(Map<String, String> properties) {
        Map<String, String> replaced = new LinkedHashMap<>();
        properties.forEach((name, value) -> replaced.put(name, scrubber.scrub(value, Kind.AUTHENTICATION)));
        return replaced;
    }

    private ReceivedSpf spf(ReceivedSpf spf) {
        return new ReceivedSpf(
                spf.result(),
                text(spf.comment()),
                text(spf.clientIp()),
                text(spf.envelopeFrom()),
                text(spf.helo()),
                text(spf.receiver()),
                spf.identity(),
                text(spf.mechanism()),
                spf.hop());
    }

    private DkimSignature signature(DkimSignature signature) {
        return new DkimSignature(
                text(signature.domain()),
                text(signature.selector()),
                signature.algorithm(),
                signature.canonicalization(),
                text(signature.identity()),
                signature.signedAt(),
                signature.expiresAt(),
                signature.bodyLength(),
                signature.signedFields(),
                signature.overSigned(),
                signature.bodyHash(),
                signature.value(),
                signature.hop(),
                signature.checks().stream().map(this::check).toList(),
                breaks(signature.broken()));
    }

    private SignatureCheck check(SignatureCheck check) {
        return new SignatureCheck(
                check.evidence(),
                host(check.host()),
                check.hop(),
                check.instance(),
                check.outcome(),
                check.result(),
                text(check.reason()));
    }

    private @Nullable SignatureBreak breaks(@Nullable SignatureBreak broken) {
        return broken == null
                ? null
                : new SignatureBreak(
                        broken.after() == null ? null : check(broken.after()),
                        check(broken.at()),
                        host(broken.by()),
                        broken.altered());
    }

    private ArcSet arc(ArcSet set) {
        return new ArcSet(
                set.instance(),
                set.missing(),
                host(set.authservId()),
                set.hop(),
                text(set.domain()),
                text(set.selector()),
                set.algorithm(),
                set.cv(),
                set.sealedAt(),
                set.signedAt(),
                set.canonicalization(),
                set.signedFields(),
                set.bodyHash());
    }

    private Authentication.@Nullable Verdict verdict(Authentication.@Nullable Verdict verdict) {
        return verdict == null
                ? null
                : new Authentication.Verdict(
                        host(verdict.authservId()),
                        verdict.hop(),
                        results(verdict.results()),
                        text(verdict.clientIp()),
                        text(verdict.mailFrom()),
                        text(verdict.helo()),
                        verdict.dmarcPolicy());
    }
}
