package org.listlens.authentication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.header.Repeats;
import org.listlens.mail.AuthenticationResults.Result;

/**
 * Reads Authentication-Results (RFC 8601 §2.2) and ARC-Authentication-Results (RFC 8617 §4.1.1).
 *
 * <p>Beyond the grammar it takes what servers write: a field that begins with a result instead of an authserv-id, domains
 * of recipients between the results (both Exchange), properties without a type ({@code action=none}), values with
 * characters that ought to be quoted, a reason behind the properties, semicolons at the end. Whatever else cannot be
 * read is left out and makes the field malformed.
 */
final class ResultsParser {
    private static final int MAX_RESULTS = 50;
    private static final int MAX_PROPERTIES = 30;

    /** How many pieces a property's name may be in, with blanks between them. */
    private static final int MAX_PIECES = 3;

    private static final int FIELDS = 1024;
    private static final int MAX_CHARS = 1_000;

    /** What such fields hold, for hosts write the same of the mails of one sender. */
    private static final Repeats<Payload> KNOWN = new Repeats<>(FIELDS, MAX_CHARS);

    private static final Repeats<Payload> KNOWN_ARC = new Repeats<>(FIELDS, MAX_CHARS);

    private final FieldScanner scanner;
    private final List<Result> results = new ArrayList<>(4);
    private @Nullable Integer instance;
    private @Nullable String authservId;
    private @Nullable Integer version;
    private boolean none;
    private boolean tooMany;

    private ResultsParser(String value) {
        scanner = new FieldScanner(value);
    }

    /**
     * What such a field holds.
     *
     * @param malformed whether something in it could not be read
     * @param tooMany whether it has more results than are read
     */
    record Payload(
            @Nullable Integer instance,
            @Nullable String authservId,
            @Nullable Integer version,
            List<Result> results,
            boolean malformed,
            boolean tooMany) {
        Payload {
            results = List.copyOf(results);
        }
    }

    /** @param arc whether the field begins with an ARC instance */
    static Payload parse(String value, boolean arc) {
        Repeats<Payload> memory = arc ? KNOWN_ARC : KNOWN;
        Payload known = memory.get(value);
        if (known == null) {
            known = new ResultsParser(value).parse(arc);
            memory.put(value, known);
        }
        return known;
    }

    private Payload parse(boolean arc) {
        if (arc) {
            instance();
        }
        head();
        while (!scanner.atEnd() && !tooMany) {
            part();
        }
        boolean malformed = scanner.malformed() || (results.isEmpty() && !none);
        return new Payload(instance, authservId, version, results, malformed, tooMany);
    }

    /** {@code i=1;} */
    private void instance() {
        scanner.skip();
        int start = scanner.position();
        if (scanner.name().equalsIgnoreCase("i")) {
            scanner.skip();
            if (scanner.take('=')) {
                scanner.skip();
                instance = Arc.instance(scanner.name());
                scanner.skip();
                scanner.take(';');
                return;
            }
        }
        scanner.moveTo(start);
    }

    /** The authserv-id and its version, unless the field begins with a result. */
    private void head() {
        scanner.skip();
        int start = scanner.position();
        String id = scanner.isNext('"') ? scanner.value() : scanner.name();
        scanner.skip();
        if (id.isEmpty() || scanner.isNext('=') || scanner.isNext('/')) {
            scanner.moveTo(start);
            return;
        }
        authservId = id.toLowerCase(Locale.ROOT);
        int versionStart = scanner.position();
        version = Tags.number(scanner.name());
        if (version == null) {
            scanner.moveTo(versionStart);
        }
        scanner.skip();
        if (!scanner.atEndOfPart()) {
            scanner.noteMalformed();
        }
        scanner.skipPart();
    }

    /** One result, with the semicolon before it. */
    private void part() {
        scanner.take(';');
        scanner.takeComments();
        scanner.skip();
        if (scanner.atEndOfPart()) {
            return;
        }
        String method = scanner.lowerName();
        scanner.skip();
        if (scanner.take('/')) {
            scanner.skip();
            scanner.name();
            scanner.skip();
        }
        if (!scanner.take('=')) {
            if (!scanner.atEndOfPart() || !passes(method)) {
                scanner.noteMalformed();
            }
            scanner.skipPart();
            return;
        }
        scanner.skip();
        String result = scanner.lowerName();
        if (!FieldScanner.isKeyword(method) || !FieldScanner.isKeyword(result)) {
            scanner.noteMalformed();
            scanner.skipPart();
        } else if (results.size() == MAX_RESULTS) {
            tooMany = true;
        } else {
            results.add(result(method, result));
        }
    }

    /** Whether a word alone between semicolons is one that stands there: {@code none}, or a domain of Exchange's. */
    private boolean passes(String word) {
        none |= word.equals("none");
        return word.equals("none") || word.indexOf('.') > 0;
    }

    private Result result(String method, String result) {
        String reason = null;
        Map<String, String> properties = new LinkedHashMap<>();
        scanner.skip();
        while (!scanner.atEndOfPart()) {
            String name = propertyName();
            if (!scanner.take('=')) {
                scanner.noteMalformed();
                if (name.isEmpty()) {
                    scanner.passOver();
                }
            } else {
                String value = scanner.valueOfPair(true);
                if (name.equals("reason")) {
                    reason = value.isEmpty() ? reason : value;
                } else if (name.isEmpty()) {
                    scanner.noteMalformed();
                } else if (properties.size() < MAX_PROPERTIES) {
                    properties.putIfAbsent(name, value);
                }
            }
            scanner.skip();
        }
        return new Result(method, result, reason, scanner.takeComments(), properties);
    }

    /** {@code ptype.property} in lower case; blanks and comments may stand around the dot. */
    private String propertyName() {
        String name = scanner.lowerName();
        scanner.skip();
        for (int pieces = 1; pieces < MAX_PIECES && (scanner.isNext('.') || name.endsWith(".")); pieces++) {
            name += scanner.lowerName();
            scanner.skip();
        }
        return name;
    }
}
