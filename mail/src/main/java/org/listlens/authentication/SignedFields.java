package org.listlens.authentication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.listlens.header.Repeats;

/** The fields that a signature covers, {@code h=} (RFC 6376 §3.5). A signer names the same ones in mail after mail. */
final class SignedFields {
    static final SignedFields NONE = new SignedFields(List.of());

    private static final int MAX_FIELDS = 200;
    private static final Repeats<SignedFields> KNOWN = new Repeats<>(1024, 1_000);

    private final List<String> names;

    /** How many times each name stands in the list. */
    private final Map<String, Integer> counts;

    private SignedFields(List<String> names) {
        Map<String, Integer> times = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            times.merge(names.get(i), 1, Integer::sum);
        }
        this.names = List.copyOf(names);
        this.counts = Map.copyOf(times);
    }

    /** Reads a list of names between colons. */
    static SignedFields of(String text) {
        SignedFields known = KNOWN.get(text);
        if (known == null) {
            known = read(text.toLowerCase(Locale.ROOT));
            KNOWN.put(text, known);
        }
        return known;
    }

    private static SignedFields read(String text) {
        List<String> names = new ArrayList<>(16);
        int at = 0;
        while (at <= text.length() && names.size() < MAX_FIELDS) {
            int end = text.indexOf(':', at);
            end = end < 0 ? text.length() : end;
            String name = text.substring(at, end).strip();
            if (!name.isEmpty()) {
                names.add(name);
            }
            at = end + 1;
        }
        return new SignedFields(names);
    }

    /** The names in lower case, in the order of the list. */
    List<String> names() {
        return names;
    }

    /**
     * The names that stand in the list more often than in the header, so that no such field may be added.
     *
     * @param fieldCounts how many fields of each name, in lower case, the header has
     */
    List<String> overSigned(Map<String, Integer> fieldCounts) {
        boolean isAny = false;
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            isAny |= count.getValue() > fieldCounts.getOrDefault(count.getKey(), 0);
        }
        if (!isAny) {
            return List.of();
        }
        Map<String, Integer> signed = new HashMap<>();
        Set<String> over = new HashSet<>();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (signed.merge(name, 1, Integer::sum) > fieldCounts.getOrDefault(name, 0) && over.add(name)) {
                found.add(name);
            }
        }
        return found;
    }
}
