package org.listlens.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where mails of lists can be read on the web, by a table. A line is a list's id, {@code *.domain} for all lists whose id
 * ends so, or {@code *} for all; and a URL with {@code {message_id}}, {@code {list_id}} and {@code {list}}, the id's first
 * label, or {@code -} for none. The first line that fits a list holds. {@code archive-links.txt} beside this class is the
 * table that comes with the program; a user's lines go before it. Immutable.
 *
 * @param rules the lines
 */
public record ArchiveLinks(List<Rule> rules) {
    public ArchiveLinks {
        rules = List.copyOf(rules);
    }

    /**
     * A line of the table.
     *
     * @param list a list's id in lower case, {@code *.domain} or {@code *}
     * @param template the URL; {@code null} where mails cannot be read
     */
    public record Rule(String list, @Nullable String template) {
        boolean fits(String id) {
            return list.equals("*") || (list.startsWith("*.") ? id.endsWith(list.substring(1)) : list.equals(id));
        }
    }

    /** A line of a table that cannot be used; the message says why. */
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
    public static ArchiveLinks shipped() {
        try (InputStream in = Objects.requireNonNull(
                ArchiveLinks.class.getResourceAsStream("archive-links.txt"), "archive-links.txt")) {
            return new ArchiveLinks(read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (MalformedLineException e) {
            throw new IllegalStateException("line " + e.line() + " of archive-links.txt: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This table with the lines of a text before it. */
    public ArchiveLinks with(String text) throws MalformedLineException {
        List<Rule> merged = read(text);
        merged.addAll(rules);
        return new ArchiveLinks(merged);
    }

    /** Where a mail can be read that came by some lists; {@code null} when it is not known of any. */
    public @Nullable String url(List<String> lists, String messageId) {
        for (String list : lists) {
            String template = template(list);
            if (template != null) {
                return template.replace("{list_id}", encoded(list))
                        .replace("{list}", encoded(first(list)))
                        .replace("{message_id}", encoded(messageId));
            }
        }
        return null;
    }

    /** The URL of a list's mails with its placeholders; {@code null} when it is not known. */
    public @Nullable String template(String list) {
        String id = list.toLowerCase(Locale.ROOT);
        for (Rule rule : rules) {
            if (rule.fits(id)) {
                return rule.template();
            }
        }
        return null;
    }

    private static String first(String list) {
        int dot = list.indexOf('.');
        return dot < 0 ? list : list.substring(0, dot);
    }

    /** A segment of a URL's path (RFC 3986 §3.3), in which {@code @} and {@code $} may stand as they are. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~@$".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static List<Rule> read(String text) throws MalformedLineException {
        List<Rule> rules = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            int space = 0;
            while (space < stripped.length() && !Character.isWhitespace(stripped.charAt(space))) {
                space++;
            }
            rules.add(rule(
                    number,
                    stripped.substring(0, space),
                    stripped.substring(space).strip()));
        }
        return rules;
    }

    private static Rule rule(int number, String list, String template) throws MalformedLineException {
        if (list.indexOf('*') > 0 || (list.length() > 1 && list.startsWith("*") && !list.startsWith("*."))) {
            throw new MalformedLineException(
                    number, "\"" + list + "\" is neither a list's id, nor *.domain, nor * for all lists");
        }
        if (template.equals("-")) {
            return new Rule(list.toLowerCase(Locale.ROOT), null);
        }
        if (!template.contains("{message_id}")) {
            throw new MalformedLineException(number, "there is no URL with {message_id} behind \"" + list + "\"");
        }
        try {
            URI url = new URI(template.replace('{', 'x').replace('}', 'x'));
            if (url.getHost() == null || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                throw new URISyntaxException(template, "no http URL");
            }
        } catch (URISyntaxException e) {
            throw new MalformedLineException(number, "\"" + template + "\" is no http:// or https:// URL");
        }
        return new Rule(list.toLowerCase(Locale.ROOT), template);
    }
}
