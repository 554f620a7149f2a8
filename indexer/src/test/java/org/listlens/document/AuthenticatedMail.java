package org.listlens.document;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.ArcSet;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults.Result;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.SignatureBreak;
import org.listlens.mail.SignatureCheck;
import org.listlens.mail.SignatureCheck.Evidence;
import org.listlens.mail.SignatureCheck.Outcome;

/** A mail of a list that broke the author's signature and added its own, and whose ARC chain failed. */
final class AuthenticatedMail {
    private static final SignatureCheck LIST =
            new SignatureCheck(Evidence.RESULTS, "lists.example.org", 2, 1, Outcome.WHOLE, "pass", null);
    private static final SignatureCheck ARCHIVE = new SignatureCheck(
            Evidence.RESULTS, "mx.example.net", 3, null, Outcome.BROKEN, "fail", "body hash did not verify");

    private AuthenticatedMail() {}

    static ParsedMail mail() {
        Mails.Draft draft = new Mails.Draft();
        draft.messageId = "signed@example.com";
        draft.hop("mail.example.com", "2024-03-01T12:00:00Z", null, null)
                .hop("lists.example.org", "2024-03-01T12:00:01Z", 1000L, "mail.example.com")
                .hop("mx.example.net", "2024-03-01T12:00:02Z", 1000L, "lists.example.org");
        draft.authentication = new Authentication(
                List.of(),
                List.of(),
                List.of(
                        signature(
                                "example.com",
                                "s1",
                                List.of(LIST, ARCHIVE),
                                new SignatureBreak(LIST, ARCHIVE, "lists.example.org", SignatureBreak.Altered.BODY)),
                        signature("example.com", "s2", List.of(), null),
                        signature("lists.example.org", "list", List.of(), null)),
                List.of(set(1, "lists.example.org", "none"), set(2, "relay.example.net", "fail")),
                new SignatureBreak(
                        new SignatureCheck(Evidence.SEAL, "lists.example.org", 2, 1, Outcome.WHOLE, "none", null),
                        new SignatureCheck(Evidence.SEAL, "relay.example.net", 3, 2, Outcome.BROKEN, "fail", null),
                        null,
                        null),
                new Authentication.Verdict(
                        "mx.example.net",
                        3,
                        List.of(
                                result("dkim", "fail"),
                                result("dkim", "pass"),
                                result("dkim", "fail"),
                                result("spf", "pass"),
                                result("dmarc", "fail"),
                                result("arc", "fail"),
                                result("iprev", "pass")),
                        "192.0.2.9",
                        "",
                        "out.lists.example.org",
                        "reject"));
        return draft.mail();
    }

    private static Result result(String method, String result) {
        return new Result(method, result, null, null, Map.of());
    }

    private static DkimSignature signature(
            String domain, String selector, List<SignatureCheck> checks, @Nullable SignatureBreak broken) {
        return new DkimSignature(
                domain,
                selector,
                "rsa-sha256",
                "relaxed/relaxed",
                null,
                null,
                null,
                null,
                List.of("from"),
                List.of(),
                null,
                null,
                1,
                checks,
                broken);
    }

    private static ArcSet set(int instance, String domain, String cv) {
        return new ArcSet(
                instance, Set.of(), domain, null, domain, "arc", "rsa-sha256", cv, null, null, null, List.of(), null);
    }
}
