package org.listlens.document;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.ArcSet;
import org.listlens.mail.Authentication;
import org.listlens.mail.AuthenticationResults.Result;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.SignatureBreak;
import org.listlens.mail.SignatureCheck;

/** The fields {@code authentication.*}: the newest verdict, and what was signed and broke. */
final class AuthenticationFields {
    private AuthenticationFields() {}

    static void write(DocumentWriter writer, Authentication authentication) {
        Authentication.Verdict verdict = authentication.verdict();
        writer.startObject("authentication");
        writer.string("authserv_id", verdict == null ? null : verdict.authservId());
        writeSpf(writer, verdict);
        writeDkim(writer, verdict, authentication.signatures());
        writer.startObject("dmarc");
        writeResults(writer, verdict, "dmarc");
        writer.string("policy", verdict == null ? null : verdict.dmarcPolicy());
        writer.endObject();
        writeArc(writer, verdict, authentication);
        writer.startObject("iprev");
        writeResults(writer, verdict, "iprev");
        writer.endObject();
        writer.endObject();
    }

    private static void writeSpf(DocumentWriter writer, Authentication.@Nullable Verdict verdict) {
        writer.startObject("spf");
        writeResults(writer, verdict, "spf");
        if (verdict != null) {
            writer.string("client_ip", verdict.clientIp());
            writer.string("helo", verdict.helo());
            if (verdict.mailFrom() != null) {
                writer.string("mail_from", verdict.mailFrom().isEmpty() ? "<>" : verdict.mailFrom());
            }
        }
        writer.endObject();
    }

    private static void writeDkim(
            DocumentWriter writer, Authentication.@Nullable Verdict verdict, List<DkimSignature> signatures) {
        writer.startObject("dkim");
        writeResults(writer, verdict, "dkim");
        if (!signatures.isEmpty()) {
            writer.number("signatures", signatures.size());
            Distinct domains = new Distinct();
            Distinct selectors = new Distinct();
            Distinct algorithms = new Distinct();
            for (int i = 0; i < signatures.size(); i++) {
                domains.add(signatures.get(i).domain());
                selectors.add(signatures.get(i).selector());
                algorithms.add(signatures.get(i).algorithm());
            }
            domains.write(writer, "domains");
            selectors.write(writer, "selectors");
            algorithms.write(writer, "algorithms");
            writeBroken(writer, signatures);
        }
        writer.endObject();
    }

    private static void writeBroken(DocumentWriter writer, List<DkimSignature> signatures) {
        boolean known = false;
        boolean broken = false;
        Distinct domains = new Distinct();
        Distinct after = new Distinct();
        Distinct at = new Distinct();
        Distinct by = new Distinct();
        for (int i = 0; i < signatures.size(); i++) {
            DkimSignature signature = signatures.get(i);
            known |= signature.whole() != null;
            SignatureBreak where = signature.broken();
            if (where != null) {
                broken = true;
                domains.add(signature.domain());
                after.add(host(where.after()));
                at.add(host(where.at()));
                by.add(where.by());
            }
        }
        if (known) {
            writer.bool("broken", broken);
            domains.write(writer, "broken_domains");
            after.write(writer, "broken_after");
            at.write(writer, "broken_at");
            by.write(writer, "broken_by");
        }
    }

    private static void writeArc(
            DocumentWriter writer, Authentication.@Nullable Verdict verdict, Authentication authentication) {
        List<ArcSet> sets = authentication.arcSets();
        SignatureBreak broken = authentication.arcBreak();
        writer.startObject("arc");
        writeResults(writer, verdict, "arc");
        if (!sets.isEmpty()) {
            writer.number("instances", sets.size());
            writer.string("cv", sets.getLast().cv());
            Distinct domains = new Distinct();
            for (int i = 0; i < sets.size(); i++) {
                domains.add(sets.get(i).domain());
            }
            domains.write(writer, "domains");
        }
        if (broken != null) {
            writer.string("broken_after", host(broken.after()));
            writer.string("broken_at", host(broken.at()));
        }
        writer.endObject();
    }

    private static void writeResults(DocumentWriter writer, Authentication.@Nullable Verdict verdict, String method) {
        if (verdict == null) {
            return;
        }
        Distinct results = new Distinct();
        for (int i = 0; i < verdict.results().size(); i++) {
            Result result = verdict.results().get(i);
            results.add(result.method().equals(method) ? result.result() : null);
        }
        results.write(writer, "result");
    }

    private static @Nullable String host(@Nullable SignatureCheck check) {
        return check == null ? null : check.host();
    }

    /** Values each once, in the order in which they came; most mails have one. */
    private static final class Distinct {
        private @Nullable String first;
        private @Nullable Set<String> all;

        void add(@Nullable String value) {
            if (value == null || value.equals(first)) {
                return;
            }
            if (first == null) {
                first = value;
                return;
            }
            if (all == null) {
                all = new LinkedHashSet<>();
                all.add(first);
            }
            all.add(value);
        }

        void write(DocumentWriter writer, String name) {
            writer.startArray(name);
            if (all != null) {
                for (String value : all) {
                    if (!writer.full()) {
                        writer.element(value);
                    }
                }
            } else {
                writer.element(first);
            }
            writer.endArray();
        }
    }
}
