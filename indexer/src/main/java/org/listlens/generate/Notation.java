package org.listlens.generate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.generate.Signature.Altered;

/** The ways in which mail software notes what it found of a mail; each sets in the {@link Verdict} what it writes. */
enum Notation {
    /** Milters of their own for DKIM and DMARC, and a policy server for SPF. */
    OPENDKIM {
        @Override
        void write(Seen seen, Verdict verdict) {
            String head = "Authentication-Results: " + host(seen, verdict);
            String dmarc = dmarc(seen, verdict);
            if (dmarc != null) {
                verdict.policy = seen.policy();
                line(
                        verdict,
                        head + ";\n\tdmarc=" + dmarc + " (p=" + seen.published() + " dis=none) header.from="
                                + seen.fromDomain());
            }
            StringBuilder dkim = new StringBuilder(head);
            for (Signature signature : seen.signatures()) {
                String key = " (" + signature.key.algorithm().bits() + "-bit key; unprotected)";
                String result = result(verdict, signature.whole() ? "pass" : "fail");
                dkim.append(";\n\tdkim=").append(result);
                dkim.append(signature.whole() ? "" : " reason=\"signature verification failed\"");
                dkim.append(key).append(signer(signature, true)).append("\n\theader.b=\"");
                dkim.append(signature.start).append('"');
            }
            if (seen.signatures().isEmpty()) {
                dkim.append("; dkim=").append(result(verdict, "none"));
            }
            line(verdict, dkim.toString());
            policyServer(seen, verdict);
        }
    },
    /** A milter for ARC beside those. */
    OPENARC {
        @Override
        void write(Seen seen, Verdict verdict) {
            String results = ";\n\tarc=none smtp.client-ip=" + seen.peer().ip();
            verdict.arc = "none";
            verdict.clientIp = seen.peer().ip();
            String dmarc = dmarc(seen, verdict);
            if (dmarc != null) {
                verdict.policy = seen.policy();
                results += ";\n\tdmarc=" + dmarc + " (p=" + seen.published() + " dis=none) header.from="
                        + seen.fromDomain();
            }
            results += ";\n\tspf=" + spf(seen, verdict) + " smtp.mailfrom=" + domain(seen, verdict);
            for (Signature signature : seen.signatures()) {
                results += ";\n\tdkim=" + result(verdict, signature.whole() ? "pass" : "fail") + " ("
                        + signature.key.algorithm().bits() + "-bit key)" + signer(signature, true) + "\n\theader.b=\""
                        + signature.start + '"';
            }
            results(seen, verdict, results);
        }
    },
    EXIM {
        @Override
        void write(Seen seen, Verdict verdict) {
            verdict.iprev = "pass";
            verdict.clientIp = seen.peer().ip();
            String results = ";\n\tiprev=pass (" + seen.peer().helo() + ") smtp.remote-ip="
                    + seen.peer().ip() + ";\n\tspf=" + spf(seen, verdict) + " smtp.mailfrom=" + domain(seen, verdict);
            for (Signature signature : seen.signatures()) {
                results += ";\n\tdkim=" + result(verdict, signature.whole() ? "pass" : "fail")
                        + (signature.whole() ? "" : failure(signature)) + signer(signature, false) + " header.s="
                        + signature.key.selector() + " header.a="
                        + signature.key.algorithm().label();
            }
            String dmarc = dmarc(seen, verdict);
            results(
                    seen,
                    verdict,
                    dmarc == null ? results : results + ";\n\tdmarc=" + dmarc + " header.from=" + seen.fromDomain());
        }
    },
    RSPAMD {
        @Override
        void write(Seen seen, Verdict verdict) {
            String host = host(seen, verdict);
            String results = "";
            for (Signature signature : seen.signatures()) {
                results += ";\n\tdkim=" + result(verdict, signature.whole() ? "pass" : "fail")
                        + (signature.whole()
                                ? ""
                                : signature.altered == Altered.BODY
                                        ? " (\"body hash did not verify\")"
                                        : " (\"headers rsa verify failed\")")
                        + signer(signature, false) + " header.s=" + signature.key.selector() + " header.b="
                        + signature.start;
            }
            if (seen.signatures().isEmpty()) {
                results = ";\n\tdkim=" + result(verdict, "none");
            }
            results += ";\n\tspf=" + spf(seen, verdict) + permitted(host, seen, verdict);
            String dmarc = dmarc(seen, verdict);
            if (dmarc != null && seen.policy() != null) {
                verdict.policy = seen.policy();
                results += ";\n\tdmarc=" + dmarc
                        + (dmarc.equals("pass")
                                ? ""
                                : " reason=\"SPF not aligned (relaxed), DKIM not aligned (relaxed)\"")
                        + " header.from=" + seen.fromDomain() + " (policy=" + seen.policy() + ')';
            } else if (dmarc != null) {
                results += ";\n\tdmarc=none";
            }
            if (seen.seal() != null) {
                verdict.arc = "pass";
                results += ";\n\tarc=pass (\"" + seen.seal().domain() + ":s=arc2020:i="
                        + seen.seal().instance() + "\")";
            }
            results(seen, verdict, results);
        }
    },
    /** DKIM and SPF only. */
    GROUPS_IO {
        @Override
        void write(Seen seen, Verdict verdict) {
            verdict.host = "groups.io";
            String results = "";
            for (Signature signature : seen.signatures()) {
                results += ";\n dkim=" + result(verdict, signature.whole() ? "pass" : "fail") + " header.i=@"
                        + signature.key.domain() + " header.s=" + signature.key.selector() + " header.b="
                        + signature.start;
            }
            if (seen.signatures().isEmpty()) {
                results = ";\n dkim=" + result(verdict, "missing");
            }
            verdict.clientIp = seen.peer().ip();
            results += ";\n spf=" + spf(seen, verdict) + " (domain: " + seen.senderDomain() + ", ip: "
                    + seen.peer().ip() + ", mailfrom: " + seen.sender() + ')';
            line(verdict, "Authentication-Results: groups.io" + results);
        }
    },
    /** A policy server for SPF, and nothing else. */
    SPF_ONLY {
        @Override
        void write(Seen seen, Verdict verdict) {
            verdict.host = seen.by().name();
            policyServer(seen, verdict);
        }
    },
    GOOGLE {
        @Override
        void write(Seen seen, Verdict verdict) {
            String results = "";
            for (Signature signature : seen.signatures()) {
                // A body that is not the one signed is neutral to them.
                String found = signature.whole() ? "pass" : signature.altered == Altered.BODY ? "neutral" : "fail";
                results += ";\n       dkim=" + result(verdict, found)
                        + (found.equals("neutral") ? failure(signature) : "") + " header.i=@" + signature.key.domain()
                        + " header.s=" + signature.key.selector() + " header.b=" + signature.start;
            }
            if (seen.seal() != null) {
                verdict.arc = "pass";
                results += ";\n       arc=pass (i=" + seen.seal().instance() + " spf=pass spfdomain="
                        + seen.senderDomain() + ')';
            }
            String permitted = permitted("google.com", seen, verdict);
            String found = spf(seen, verdict);
            results += ";\n       spf=" + found + permitted;
            String dmarc = dmarc(seen, verdict);
            if (seen.policy() == null) {
                verdict.dmarc = null;
            } else if (dmarc != null) {
                verdict.policy = seen.policy();
                String published = seen.policy().toUpperCase(Locale.ROOT);
                results += ";\n       dmarc=" + dmarc + " (p=" + published + " sp=" + published
                        + " dis=NONE) header.from=" + seen.fromDomain();
            }
            int comment = permitted.indexOf(" smtp.mailfrom=");
            line(
                    verdict,
                    "Received-SPF: " + found + permitted.substring(0, comment) + " client-ip="
                            + seen.peer().ip() + ';');
            results(seen, verdict, results);
        }
    },
    /** Names nobody in its results. */
    EXCHANGE {
        @Override
        void write(Seen seen, Verdict verdict) {
            String found = spf(seen, verdict);
            String results = "spf=" + found + " (sender IP is " + seen.peer().ip() + ")\n smtp.mailfrom="
                    + domain(seen, verdict);
            for (Signature signature : seen.signatures()) {
                results += "; dkim=" + result(verdict, signature.whole() ? "pass" : "fail")
                        + (signature.whole()
                                ? " (signature was verified)"
                                : signature.altered == Altered.BODY
                                        ? " (body hash did not verify)"
                                        : " (signature did not verify)")
                        + "\n header.d=" + signature.key.domain();
            }
            if (seen.signatures().isEmpty()) {
                results += "; dkim=" + result(verdict, "none") + " (message not signed)\n header.d=none";
            }
            String dmarc = dmarc(seen, verdict);
            if (dmarc != null) {
                results += ";dmarc=" + dmarc + " action=none\n header.from=" + seen.fromDomain();
            }
            String name = seen.by().name();
            line(verdict, "Authentication-Results: " + results + ';');
            verdict.clientIp = seen.peer().ip();
            verdict.helo = seen.peer().helo();
            line(
                    verdict,
                    "Received-SPF: " + found.substring(0, 1).toUpperCase(Locale.ROOT) + found.substring(1) + " ("
                            + name + ": domain of\n " + seen.senderDomain() + " designates "
                            + seen.peer().ip()
                            + " as permitted sender)\n receiver=" + name + "; client-ip="
                            + seen.peer().ip() + ";\n helo="
                            + seen.peer().helo() + "; pr=C");
        }
    };

    /**
     * What a host looks at.
     *
     * @param by the host
     * @param peer who hands the mail over
     * @param sender the envelope sender
     * @param spf what SPF says of the two
     * @param signatures oldest first
     * @param fromDomain the author's domain; {@code null} when the mail has no From
     * @param policy the DMARC policy of that domain; {@code null} when it publishes none
     * @param seal the newest ARC set
     */
    record Seen(
            Host by,
            Peer peer,
            String sender,
            String spf,
            List<Signature> signatures,
            @Nullable String fromDomain,
            @Nullable String policy,
            @Nullable Seal seal) {
        String senderDomain() {
            return sender.substring(sender.indexOf('@') + 1);
        }

        private String published() {
            return policy == null ? "none" : policy;
        }
    }

    /** Writes the fields and notes in {@code verdict} what they say. */
    abstract void write(Seen seen, Verdict verdict);

    /** DMARC (RFC 7489): whether what passed is of the author's domain; {@code null} without an author. */
    private static @Nullable String dmarc(Seen seen, Verdict verdict) {
        String domain = seen.fromDomain();
        if (domain == null) {
            return null;
        }
        boolean passes = seen.spf().equals("pass") && seen.senderDomain().equals(domain);
        for (Signature signature : seen.signatures()) {
            passes |= signature.whole() && signature.key.domain().equals(domain);
        }
        verdict.dmarc = seen.policy() == null ? "none" : passes ? "pass" : "fail";
        return verdict.dmarc;
    }

    private static String host(Seen seen, Verdict verdict) {
        verdict.host = seen.by().name();
        return seen.by().name();
    }

    private static String spf(Seen seen, Verdict verdict) {
        verdict.spf = seen.spf();
        return seen.spf();
    }

    private static String domain(Seen seen, Verdict verdict) {
        verdict.mailFrom = seen.senderDomain();
        return seen.senderDomain();
    }

    private static String result(Verdict verdict, String result) {
        verdict.dkim.add(result);
        return result;
    }

    private static String signer(Signature signature, boolean identity) {
        String domain = signature.key.domain();
        return " header.d=" + domain + (identity ? " header.i=@" + domain : "");
    }

    private static String failure(Signature signature) {
        return signature.altered == Altered.BODY
                ? " (body hash did not verify)"
                : " (signature did not verify; headers probably modified in transit)";
    }

    private static String permitted(String who, Seen seen, Verdict verdict) {
        verdict.mailFrom = seen.sender();
        verdict.clientIp = seen.peer().ip();
        boolean passes = seen.spf().equals("pass");
        return " (" + who + ": "
                + (passes
                        ? "domain of " + seen.sender() + " designates "
                                + seen.peer().ip() + " as permitted sender"
                        : seen.peer().ip() + " is neither permitted nor denied by domain of " + seen.sender())
                + ") smtp.mailfrom=" + seen.sender();
    }

    private static void policyServer(Seen seen, Verdict verdict) {
        String found = spf(seen, verdict);
        verdict.clientIp = seen.peer().ip();
        verdict.helo = seen.peer().helo();
        verdict.mailFrom = seen.sender();
        line(
                verdict,
                "Received-SPF: " + found.substring(0, 1).toUpperCase(Locale.ROOT) + found.substring(1)
                        + " (mailfrom) identity=mailfrom; client-ip="
                        + seen.peer().ip() + ";\n helo=" + seen.peer().helo()
                        + "; envelope-from=" + seen.sender() + ";\n receiver="
                        + seen.by().name());
    }

    private static void results(Seen seen, Verdict verdict, String results) {
        verdict.results = results;
        line(verdict, "Authentication-Results: " + host(seen, verdict) + results);
    }

    private static void line(Verdict verdict, String field) {
        verdict.text += field + '\n';
    }
}
