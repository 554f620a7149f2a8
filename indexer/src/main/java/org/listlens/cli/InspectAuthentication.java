package org.listlens.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.listlens.inspect.Document;
import org.listlens.inspect.Inspection;
import org.listlens.mail.ArcSet;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.SignatureBreak;
import org.listlens.mail.SignatureCheck;

/** Who vouches for a mail: the newest verdict, each signature with what became of it, and the ARC chain. */
final class InspectAuthentication {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A hostile mail may have as many as its header has room for. */
    private static final int SIGNATURES = 20;

    private final Page page;
    private final Document delivery;
    private final @Nullable Authentication mail;

    InspectAuthentication(Page page, Inspection inspection) {
        this.page = page;
        this.delivery = inspection.delivery();
        this.mail = inspection.authentication();
    }

    void write() {
        page.blank();
        page.line("Authentication, as the header tells it");
        boolean any = verdict();
        any |= mail == null ? signatures() : signatures(mail.signatures());
        any |= mail == null ? arc() : arc(mail);
        if (!any) {
            page.line("  nothing");
        }
    }

    private boolean verdict() {
        StringJoiner parts = new StringJoiner(", ");
        for (String method : List.of("spf", "dkim", "dmarc", "arc", "iprev")) {
            List<String> results = delivery.texts("authentication." + method + ".result");
            if (!results.isEmpty()) {
                parts.add(method + "=" + InspectText.safe(String.join("/", results)) + detail(method));
            }
        }
        if (parts.length() == 0) {
            return false;
        }
        String host = delivery.text("authentication.authserv_id");
        Integer hop =
                mail == null || mail.verdict() == null ? null : mail.verdict().hop();
        row("Verdict", parts + "; by " + InspectText.named(host) + (hop == null ? "" : " at hop " + hop));
        return true;
    }

    private String detail(String method) {
        StringJoiner detail = new StringJoiner(", ", " (", ")").setEmptyValue("");
        switch (method) {
            case "spf" -> {
                add(detail, "from ", delivery.text("authentication.spf.mail_from"));
                add(detail, "sent by ", delivery.text("authentication.spf.client_ip"));
            }
            case "dmarc" -> add(detail, "policy ", delivery.text("authentication.dmarc.policy"));
            default -> {}
        }
        return detail.toString();
    }

    /** From the documents, which have no more than sets of names. */
    private boolean signatures() {
        Long count = delivery.number("authentication.dkim.signatures");
        if (count == null) {
            return false;
        }
        StringJoiner text = new StringJoiner("; ");
        text.add(Units.count(count, "signature") + " of " + names("dkim.domains"));
        add(text, "selectors ", names("dkim.selectors"));
        if (delivery.isTrue("authentication.dkim.broken")) {
            text.add("broken: "
                    + broken(names("dkim.broken_after"), names("dkim.broken_at"), names("dkim.broken_by"), null));
        }
        row("DKIM", text.toString());
        return true;
    }

    private @Nullable String names(String field) {
        List<String> names = delivery.texts("authentication." + field);
        return names.isEmpty() ? null : String.join(", ", names);
    }

    private boolean signatures(List<DkimSignature> signatures) {
        for (int i = 0; i < Math.min(SIGNATURES, signatures.size()); i++) {
            DkimSignature signature = signatures.get(i);
            StringJoiner text = new StringJoiner(", ");
            text.add(signature.domain() == null ? "no domain" : InspectText.safe(signature.domain()));
            add(text, "selector ", signature.selector());
            add(text, "", signature.algorithm());
            add(text, "signed ", time(signature.signedAt()));
            add(
                    text,
                    "made at hop ",
                    signature.hop() == null ? null : signature.hop().toString());
            row("DKIM", text + "; " + state(signature));
        }
        if (signatures.size() > SIGNATURES) {
            row("", "and " + Units.count(signatures.size() - SIGNATURES, "more signature"));
        }
        return !signatures.isEmpty();
    }

    private static String state(DkimSignature signature) {
        SignatureBreak broken = signature.broken();
        if (broken != null) {
            return "broken: " + broken(broken);
        }
        SignatureCheck last = null;
        for (SignatureCheck check : signature.checks()) {
            last = check.outcome() == SignatureCheck.Outcome.WHOLE ? check : last;
        }
        return last == null
                ? "nobody on the way says whether it is whole"
                : "whole, says " + InspectText.named(last.host()) + (last.hop() == null ? "" : " at hop " + last.hop());
    }

    private static String broken(SignatureBreak broken) {
        return broken(
                broken.after() == null ? null : InspectText.named(broken.after().host()),
                InspectText.named(broken.at().host()),
                broken.by(),
                broken.altered());
    }

    private static String broken(
            @Nullable String after,
            @Nullable String at,
            @Nullable String by,
            SignatureBreak.@Nullable Altered altered) {
        StringJoiner text = new StringJoiner(", ");
        add(text, "found so at ", at);
        add(text, "still whole at ", after);
        add(text, "changed by ", by);
        if (altered != null) {
            text.add(altered == SignatureBreak.Altered.BODY ? "in the body" : "in the header");
        }
        return text.toString();
    }

    private boolean arc() {
        Long count = delivery.number("authentication.arc.instances");
        if (count == null) {
            return false;
        }
        StringJoiner text = new StringJoiner(", ");
        text.add(Units.count(count, "set") + " of " + names("arc.domains"));
        add(text, "cv=", delivery.text("authentication.arc.cv"));
        String at = delivery.text("authentication.arc.broken_at");
        row(
                "ARC",
                text
                        + (at == null
                                ? ""
                                : "; broken: "
                                        + broken(delivery.text("authentication.arc.broken_after"), at, null, null)));
        return true;
    }

    private boolean arc(Authentication authentication) {
        List<ArcSet> sets = authentication.arcSets();
        for (int i = 0; i < Math.min(SIGNATURES, sets.size()); i++) {
            ArcSet set = sets.get(i);
            StringJoiner text = new StringJoiner(", ");
            text.add(set.domain() == null ? "no domain" : InspectText.safe(set.domain()));
            add(text, "selector ", set.selector());
            add(text, "cv=", set.cv());
            add(text, "sealed ", time(set.sealedAt()));
            add(text, "at hop ", set.hop() == null ? null : set.hop().toString());
            if (!set.complete()) {
                text.add("incomplete");
            }
            found(text, authentication.results(), set.instance());
            row("ARC i=" + set.instance(), text.toString());
        }
        if (sets.size() > SIGNATURES) {
            row("", "and " + Units.count(sets.size() - SIGNATURES, "more set"));
        }
        SignatureBreak broken = authentication.arcBreak();
        if (broken != null) {
            row("ARC", "the chain is broken: " + broken(broken));
        }
        return !sets.isEmpty() || broken != null;
    }

    /** What the host of an ARC set found. */
    private static void found(StringJoiner text, List<AuthenticationResults> results, int instance) {
        for (AuthenticationResults field : results) {
            if (field.instance() != null && field.instance() == instance) {
                for (AuthenticationResults.Result result : field.results()) {
                    text.add(InspectText.safe(result.method() + "=" + result.result()));
                }
            }
        }
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : SECOND.format(time);
    }

    private static void add(StringJoiner parts, String name, @Nullable String value) {
        if (value != null) {
            parts.add(name + InspectText.safe(value));
        }
    }

    private void row(String name, String value) {
        page.wrapped("  " + Page.padded(name, 10), value);
    }
}
