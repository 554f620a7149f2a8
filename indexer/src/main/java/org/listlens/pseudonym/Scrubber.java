package org.listlens.pseudonym;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what identifies persons in the texts of one mail: every {@code local@domain} but those of lists, the names and
 * words that {@link KnownWords} has, and single names in the lines in which people are addressed or sign
 * ({@link AddressingLines}). Takes time linear in the text, and keeps its lines.
 */
final class Scrubber {
    private final Pseudonyms pseudonyms;
    private final ListAddresses lists;
    private final Known known;

    /**
     * What is known of the persons of a mail.
     *
     * @param everywhere names, user names, the author's own host, domains with the name of their owner
     * @param trace hosts of one word and users, replaced in trace and authentication fields only
     * @param domains the participants' domains, replaced in authentication fields where they stand by themselves
     */
    record Known(KnownWords everywhere, KnownWords trace, KnownWords domains) {
        Known() {
            this(new KnownWords(), new KnownWords(), new KnownWords());
        }
    }

    Scrubber(Pseudonyms pseudonyms, ListAddresses lists, Known known) {
        this.pseudonyms = pseudonyms;
        this.lists = lists;
        this.known = known;
    }

    /** Replaces only addresses, every one of them: what no mail is needed for to know it. */
    static Scrubber ofAddresses(Pseudonyms pseudonyms) {
        return new Scrubber(pseudonyms, new ListAddresses(List.of()), new Known());
    }

    /** Where a text comes from. */
    enum Kind {
        TEXT,
        /** Names and addresses only: every single name is one. */
        ADDRESSES,
        TRACE,
        AUTHENTICATION
    }

    /** An address or Message-ID; a list's stays. */
    String address(String address) {
        String normal = AddressToken.normalize(address);
        return lists.contains(normal) ? address : pseudonyms.address(normal);
    }

    String text(String text) {
        return scrub(text, Kind.TEXT);
    }

    @Nullable
    String nullable(@Nullable String text) {
        return text == null ? null : scrub(text, Kind.TEXT);
    }

    String scrub(String text, Kind kind) {
        return new Pass(text, kind).run();
    }

    List<String> all(List<String> texts) {
        return texts.isEmpty() ? texts : texts.stream().map(this::text).toList();
    }

    /** One text on its way. */
    private final class Pass {
        private final String text;
        private final Kind kind;
        private final AddressingLines lines;
        private @Nullable StringBuilder out;
        /** How far the text has been taken over. */
        private int done;

        Pass(String text, Kind kind) {
            this.text = text;
            this.kind = kind;
            this.lines = new AddressingLines(text, known.everywhere());
        }

        String run() {
            int at = 0;
            int from = 0;
            for (int sign = AddressToken.nextSign(text, 0); sign >= 0; sign = AddressToken.nextSign(text, from)) {
                AddressToken token = AddressToken.around(text, from, sign);
                if (token == null) {
                    from = sign + 1;
                    continue;
                }
                words(at, token.start());
                if (!lists.contains(token.text())) {
                    replace(token.start(), token.end(), pseudonyms.address(token.text()));
                }
                at = token.end();
                from = at;
            }
            words(at, text.length());
            return out == null ? text : out.append(text, done, text.length()).toString();
        }

        private void words(int from, int to) {
            int at = Words.next(text, from, to);
            while (at < to) {
                KnownWords.Found found = find(at, to);
                int end;
                if (found != null) {
                    end = found.end();
                    replace(at, end, broken(found, at));
                } else {
                    end = Words.end(text, at, to);
                    String word = Words.lower(text, at, end);
                    if (known.everywhere().isSingle(word) && (kind == Kind.ADDRESSES || lines.addresses(at))) {
                        String person = known.everywhere().single(word);
                        replace(at, end, person == null ? pseudonyms.person(word) : person);
                    }
                }
                at = Words.next(text, end, to);
            }
        }

        private KnownWords.@Nullable Found find(int at, int to) {
            KnownWords.Found found = known.everywhere().find(text, at, to);
            if (found != null) {
                return found;
            }
            if (kind != Kind.TRACE && kind != Kind.AUTHENTICATION) {
                return null;
            }
            found = kind == Kind.AUTHENTICATION ? known.domains().find(text, at, to) : null;
            return found != null && isByItself(at, found.end())
                    ? found
                    : known.trace().find(text, at, to);
        }

        private boolean isByItself(int start, int end) {
            boolean open = start == 0 || (text.charAt(start - 1) != '.' && text.charAt(start - 1) != '-');
            boolean close = end >= text.length() || (text.charAt(end) != '-' && !isInnerDot(end));
            return open && close;
        }

        private boolean isInnerDot(int at) {
            return text.charAt(at) == '.' && at + 1 < text.length() && text.charAt(at + 1) > ' ';
        }

        /** The replacement with the line breaks, and the quote marks after them, that the original has. */
        private String broken(KnownWords.Found found, int start) {
            int newline = text.indexOf('\n', start);
            if (newline < 0 || newline >= found.end()) {
                return found.replacement();
            }
            StringBuilder broken = new StringBuilder();
            int blank = found.replacement().indexOf(' ');
            String last = blank < 0 ? found.replacement() : found.replacement().substring(blank + 1);
            broken.append(blank < 0 ? "" : found.replacement().substring(0, blank));
            for (int at = newline; at >= 0 && at < found.end(); at = text.indexOf('\n', at + 1)) {
                broken.append(text, at, Words.next(text, at, found.end()));
            }
            return broken.append(last).toString();
        }

        private void replace(int start, int end, String replacement) {
            if (out == null) {
                out = new StringBuilder(text.length() + 64);
            }
            out.append(text, done, start).append(replacement);
            done = end;
        }
    }
}
