package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** What the manifest of a generated archive says of who vouches for a mail, in the fields of a document. */
final class AuthenticationTruth {
    /** The result fields that the newest verdict fills. */
    private static final String[][] VERDICT = {
        {"authserv_id", "authserv_id"},
        {"spf", "spf/result"},
        {"client_ip", "spf/client_ip"},
        {"helo", "spf/helo"},
        {"mail_from", "spf/mail_from"},
        {"dkim", "dkim/result"},
        {"dmarc", "dmarc/result"},
        {"policy", "dmarc/policy"},
        {"arc", "arc/result"},
        {"iprev", "iprev/result"}
    };

    private AuthenticationTruth() {}

    /** Takes what is expected and what is there: values each once, as text; nothing when the field is absent. */
    @FunctionalInterface
    interface Comparison {
        void same(String field, Set<String> expected, Set<String> actual);
    }

    /**
     * Compares all fields.
     *
     * @param truth {@code authentication} of the manifest
     * @param document {@code authentication} of a document
     */
    static void compare(JsonNode truth, JsonNode document, Comparison comparison) {
        JsonNode verdicts = truth.path("verdicts");
        JsonNode newest = verdicts.path(verdicts.size() - 1);
        for (String[] field : VERDICT) {
            comparison.same(field[1], values(newest.path(field[0])), values(document.at('/' + field[1])));
        }
        JsonNode signatures = truth.path("signatures");
        comparison.same("dkim/signatures", count(signatures), values(document.at("/dkim/signatures")));
        for (String name : new String[] {"domain", "selector", "algorithm"}) {
            comparison.same("dkim/" + name, each(signatures, name), values(document.at("/dkim/" + name + 's')));
        }
        boolean broken = false;
        Set<String> domains = new TreeSet<>();
        for (JsonNode signature : signatures) {
            if (signature.path("broken").asBoolean()) {
                broken = true;
                domains.addAll(values(signature.path("domain")));
            }
        }
        // The archive's host checks all of them, so it is always known.
        Set<String> known = signatures.isEmpty() ? Set.of() : Set.of(Boolean.toString(broken));
        comparison.same("dkim/broken", known, values(document.at("/dkim/broken")));
        comparison.same("dkim/broken_domains", domains, values(document.at("/dkim/broken_domains")));
        for (String where : new String[] {"broken_after", "broken_at", "broken_by"}) {
            comparison.same("dkim/" + where, each(signatures, where), values(document.at("/dkim/" + where)));
        }
        JsonNode sets = truth.path("arc");
        comparison.same("arc/instances", count(sets), values(document.at("/arc/instances")));
        comparison.same("arc/domains", each(sets, "domain"), values(document.at("/arc/domains")));
        comparison.same("arc/cv", values(sets.path(sets.size() - 1).path("cv")), values(document.at("/arc/cv")));
        comparison.same("arc/broken_at", Set.of(), values(document.at("/arc/broken_at")));
    }

    private static Set<String> count(JsonNode array) {
        return array.isEmpty() ? Set.of() : Set.of(Integer.toString(array.size()));
    }

    private static Set<String> each(JsonNode array, String name) {
        Set<String> values = new TreeSet<>();
        for (JsonNode element : array) {
            values.addAll(values(element.path(name)));
        }
        return values;
    }

    private static Set<String> values(JsonNode node) {
        Set<String> values = new TreeSet<>();
        if (node.isArray()) {
            node.forEach(value -> values.add(value.asText()));
        } else if (!node.isMissingNode() && !node.isNull()) {
            values.add(node.asText());
        }
        return values;
    }
}
