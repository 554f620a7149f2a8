package org.listlens.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Quotation;
import org.listlens.mail.QuoteSketch;

/**
 * One mail quotes another person: at one depth of its text stand lines of one mail, or an attribution names somebody
 * there.
 *
 * @param mail the mail that quotes
 * @param depth how many times the lines are quoted there
 * @param source the mail of the thread that the lines come from, told by the text; {@code null} when none has them
 * @param quotation the attribution that names who is quoted; {@code null} when there is none
 * @param writer who is quoted, where a mail of the thread tells more of them than the attribution
 * @param number counts what one mail quotes, from 0
 */
public record Quoting(
        ThreadMail mail,
        int depth,
        @Nullable ThreadMail source,
        @Nullable Quotation quotation,
        ThreadMail.@Nullable Writer writer,
        int number) {
    /** One distinctive line is enough where a depth has few, else so many of them must be found. */
    private static final int LEAST_SHARE = 4;

    /** Mails that have the same line, of which one is looked for. */
    private static final int SAME_LINE = 16;

    /** How old the quoted mail is when it is quoted, with its sign; {@code null} when unknown. */
    public @Nullable Duration age() {
        return source == null || source.at() == null || mail.at() == null
                ? null
                : Duration.between(source.at(), mail.at());
    }

    /** Everything that the mails of a discussion quote. */
    public static List<Quoting> of(Discussion discussion) {
        return new Search(discussion).all();
    }

    /** The lines of a discussion's mails and who wrote them. */
    private static final class Search {
        private final Discussion discussion;
        private final Map<String, Discussion.Place> places = new HashMap<>();
        private final Map<Integer, List<ThreadMail>> writtenIn = new HashMap<>();
        private final Map<String, ThreadMail.Writer> writers = new HashMap<>();

        Search(Discussion discussion) {
            this.discussion = discussion;
            for (Discussion.Place place : discussion.mails()) {
                ThreadMail mail = place.mail();
                places.put(mail.id(), place);
                if (mail.writer() != null) {
                    writers.putIfAbsent(mail.writer().address(), mail.writer());
                }
                for (int hash : QuoteSketch.parse(mail.sketch()).hashes(0)) {
                    List<ThreadMail> mails = writtenIn.computeIfAbsent(hash, unused -> new ArrayList<>(1));
                    if (mails.size() < SAME_LINE) {
                        mails.add(mail);
                    }
                }
            }
        }

        List<Quoting> all() {
            List<Quoting> all = new ArrayList<>();
            for (Discussion.Place place : discussion.mails()) {
                quoted(place, all);
            }
            return all;
        }

        private void quoted(Discussion.Place place, List<Quoting> all) {
            ThreadMail mail = place.mail();
            List<Quotation> open = new ArrayList<>(mail.quotations());
            int number = 0;
            QuoteSketch sketch = QuoteSketch.parse(mail.sketch());
            for (int depth = 1; depth <= QuoteSketch.MAX_DEPTH; depth++) {
                for (ThreadMail source : sources(place, sketch.hashes(depth))) {
                    Quotation named = take(open, depth, source.writer());
                    all.add(new Quoting(mail, depth, source, named, source.writer(), number++));
                }
            }
            for (Quotation named : open) {
                ThreadMail.Writer writer = named.address() == null
                        ? null
                        : writers.get(named.address().toLowerCase(Locale.ROOT));
                all.add(new Quoting(mail, named.depth(), null, named, writer, number++));
            }
        }

        /** The mails that the lines of a depth come from, those with the most of them first. */
        private List<ThreadMail> sources(Discussion.Place place, int[] hashes) {
            Map<ThreadMail, Integer> found = new LinkedHashMap<>();
            for (int hash : hashes) {
                ThreadMail source = source(place, writtenIn.getOrDefault(hash, List.of()));
                if (source != null) {
                    found.merge(source, 1, Integer::sum);
                }
            }
            List<ThreadMail> sources = new ArrayList<>();
            found.forEach((source, lines) -> {
                if (lines * LEAST_SHARE >= hashes.length) {
                    sources.add(source);
                }
            });
            sources.sort((one, other) -> {
                int more = Integer.compare(found.getOrDefault(other, 0), found.getOrDefault(one, 0));
                return more != 0 ? more : one.id().compareTo(other.id());
            });
            return sources;
        }

        /** Of the mails that have a line the nearest that this one answers, directly or not; else the first. */
        private @Nullable ThreadMail source(Discussion.Place place, List<ThreadMail> mails) {
            if (mails.size() > 1) {
                int steps = 0;
                for (ThreadMail above = place.parent(); above != null && steps < 1_000; steps++) {
                    if (mails.contains(above)) {
                        return above;
                    }
                    Discussion.Place next = places.get(above.id());
                    above = next == null ? null : next.parent();
                }
            }
            for (ThreadMail mail : mails) {
                if (!mail.id().equals(place.mail().id())) {
                    return mail;
                }
            }
            return null;
        }

        /** Takes the attribution of a depth that names the writer, or that is the only one there, out of the list. */
        private static @Nullable Quotation take(List<Quotation> open, int depth, ThreadMail.@Nullable Writer writer) {
            Quotation only = null;
            int here = 0;
            for (Quotation quotation : open) {
                if (quotation.depth() != depth) {
                    continue;
                }
                here++;
                only = quotation;
                if (writer != null
                        && (writer.address().equalsIgnoreCase(quotation.address())
                                || (writer.name() != null && writer.name().equalsIgnoreCase(quotation.name())))) {
                    open.remove(quotation);
                    return quotation;
                }
            }
            // An attribution that names somebody else is one for other lines.
            if (here == 1 && only != null && (only.address() == null || writer == null)) {
                open.remove(only);
                return only;
            }
            return null;
        }
    }
}
