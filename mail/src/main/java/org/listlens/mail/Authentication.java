package org.listlens.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who vouches for a mail, as its header tells: what the hosts on the way found when they checked it, what was signed,
 * and what of it broke where. Nothing is verified here; a field below the newest trusted one can be forged.
 *
 * @param results Authentication-Results and ARC-Authentication-Results, oldest first
 * @param receivedSpf Received-SPF, oldest first
 * @param signatures DKIM-Signature, oldest first
 * @param arcSets the ARC chain, by instance
 * @param arcBreak where the ARC chain was found broken; {@code null} when no host says that it is
 * @param verdict the newest findings; {@code null} when no host noted any
 */
public record Authentication(
        List<AuthenticationResults> results,
        List<ReceivedSpf> receivedSpf,
        List<DkimSignature> signatures,
        List<ArcSet> arcSets,
        @Nullable SignatureBreak arcBreak,
        @Nullable Verdict verdict) {
    /** The header tells nothing. */
    public static final Authentication NONE =
            new Authentication(List.of(), List.of(), List.of(), List.of(), null, null);

    public Authentication {
        results = List.copyOf(results);
        receivedSpf = List.copyOf(receivedSpf);
        signatures = List.copyOf(signatures);
        arcSets = List.copyOf(arcSets);
    }

    /**
     * The newest findings: those of the host that checked the mail last, over all fields that it wrote. Where the site
     * that archived the mail checks nothing, this is what a host before it found.
     *
     * @param authservId who says so (RFC 8601 §2.5), in lower case; {@code null} where the field does not tell, as
     *     Exchange's do not
     * @param hop the position of the hop at which it was said; {@code null} when the trace does not show it
     * @param results the results, each method's from the newest field that has it
     * @param clientIp the address that SPF was checked for, in canonical text form
     * @param mailFrom the MAIL FROM address or domain that SPF was checked for; the null reverse-path is an empty string
     * @param helo the HELO name that SPF was checked for
     * @param dmarcPolicy the policy that the author's domain has published: {@code none}, {@code quarantine} or
     *     {@code reject}
     */
    public record Verdict(
            @Nullable String authservId,
            @Nullable Integer hop,
            List<AuthenticationResults.Result> results,
            @Nullable String clientIp,
            @Nullable String mailFrom,
            @Nullable String helo,
            @Nullable String dmarcPolicy) {
        public Verdict {
            results = List.copyOf(results);
        }
    }
}
