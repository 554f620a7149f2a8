package org.listlens.people;

import java.net.IDN;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom people write, by the domains of their addresses. A line of a table is a domain and the organisation's name;
 * {@code -} for the name says that addresses there tell of no organisation, as those of mail providers. A line holds for
 * all hosts below its domain that have no line of their own. {@code organizations.txt} beside this class is the table that
 * comes with the program; a user's table goes before it line by line, and the line {@code * -} in it leaves the program's out.
 * Immutable.
 */
public final class Organizations {
    /** What a name under a country's domain stands for that is no organisation: {@code co.uk}, {@code com.br}. */
    private static final Set<String> SECOND_LEVEL =
            Set.of("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "ne", "net", "nom", "or", "org", "sch");

    private static final String NONE = "-";

    /** No domain is longer (RFC 1035 §3.1). */
    private static final int LONGEST_DOMAIN = 255;

    private final Map<String, String> names;

    private Organizations(Map<String, String> names) {
        this.names = names;
    }

    /** A line of a table that cannot be used; the message says which and why. */
    public static final class MalformedLineException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;

        MalformedLineException(int line, String message) {
            super(message);
            this.line = line;
        }

        /** Its number, from 1 on. */
        public int line() {
            return line;
        }
    }

    /** The table that comes with the program. */
    public static Organizations shipped() {
        try {
            return new Organizations(Map.of()).with(TableLines.resource("organizations.txt"));
        } catch (MalformedLineException e) {
            throw new IllegalStateException("line " + e.line() + " of organizations.txt: " + e.getMessage(), e);
        }
    }

    /** This table with the lines of a text before it. */
    public Organizations with(String text) throws MalformedLineException {
        List<TableLines.Line> lines = TableLines.read(text);
        Map<String, String> merged = new HashMap<>(names);
        for (TableLines.Line line : lines) {
            if (line.key().equals("*") && line.value().equals(NONE)) {
                merged.clear();
            }
        }
        for (TableLines.Line line : lines) {
            if (!line.key().equals("*") || !line.value().equals(NONE)) {
                merged.put(domain(line), line.value());
            }
        }
        return new Organizations(Map.copyOf(merged));
    }

    private static String domain(TableLines.Line line) throws MalformedLineException {
        String domain = unicode(line.key().toLowerCase(Locale.ROOT));
        if (domain.startsWith("@") || domain.startsWith(".")) {
            domain = domain.substring(1);
        }
        int dot = domain.indexOf('.');
        if (dot <= 0 || dot == domain.length() - 1 || domain.indexOf('@') >= 0 || domain.contains("..")) {
            throw new MalformedLineException(line.number(), "\"" + line.key() + "\" is no domain, such as example.com");
        }
        if (dot == domain.lastIndexOf('.')
                && domain.length() - dot == 3
                && SECOND_LEVEL.contains(domain.substring(0, dot))
                && !line.value().equals(NONE)) {
            throw new MalformedLineException(
                    line.number(), "below \"" + line.key() + "\" are the domains of many organisations; name theirs");
        }
        if (line.value().isEmpty()) {
            throw new MalformedLineException(
                    line.number(), "behind the domain " + line.key() + " stands no name; give one, or - for none");
        }
        return domain;
    }

    private static String unicode(String domain) {
        try {
            return domain.contains("xn--") ? IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED) : domain;
        } catch (RuntimeException invalid) {
            // Documented not to throw, it does on some labels.
            return domain;
        }
    }

    /**
     * The organisation of an address.
     *
     * @param address with its domain in lower case and in Unicode
     * @return {@code null} when it is unknown or the domain tells of none
     */
    public @Nullable String find(String address) {
        int start = address.lastIndexOf('@') + 1;
        if (address.length() - start > LONGEST_DOMAIN) {
            return null;
        }
        while (start > 0) {
            String name = names.get(address.substring(start));
            if (name != null) {
                return name.equals(NONE) ? null : name;
            }
            start = address.indexOf('.', start) + 1;
        }
        return null;
    }
}
