package org.listlens.index;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.Way;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Author;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.people.People;
import org.listlens.people.PersonRules;
import org.listlens.people.Persons;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.SourceException;
import org.listlens.thread.KnownThreads;

/** Reads only the headers of archives, which takes a fraction of the time of reading the mails. */
final class Survey {
    /** What the digest of a mail takes at most. */
    private static final int COPY_OCTETS = 49;

    /** What a Message-ID takes at most that mails have or refer to. */
    private static final int ID_OCTETS = 45;

    /** Ways beyond so many megabytes lie in a temporary file. */
    private static final int WAYS = Math.clamp(Runtime.getRuntime().maxMemory() >> 24, 4, 64);

    private final Pipeline<Surveyed> pipeline;
    /** Of more mails than there is room for, nothing is kept. Digests are needed until all was read, the rest longer. */
    private final long room = Runtime.getRuntime().maxMemory() / 8 * 5;

    private final long roomWhileWriting = Runtime.getRuntime().maxMemory() / 8 * 3;

    private final AtomicLong mails = new AtomicLong();
    private boolean tooMany;

    /**
     * @param parsers how many threads parse
     * @param people by which authors are found
     * @param pseudonyms the key of the pseudonyms in the place of persons; {@code null} leaves persons as they are
     */
    Survey(Limits limits, int parsers, People people, @Nullable PseudonymKey pseudonyms) {
        this.pipeline = new Pipeline<>(() -> tracing(limits, people, pseudonyms), parsers);
    }

    /**
     * What was found.
     *
     * @param ways the ways of all distinct mails
     * @param threads who refers to whom, to be solved
     * @param persons who wrote what
     */
    record Findings(SurveyedWays ways, KnownThreads threads, Persons persons) implements Closeable {
        @Override
        public void close() throws IOException {
            ways.close();
        }
    }

    /** What is kept of a mail. */
    private record Surveyed(
            String digest,
            ListedWay way,
            @Nullable String messageId,
            List<String> references,
            List<String> inReplyTo,
            @Nullable Instant at,
            @Nullable Author author,
            @Nullable String authorKey) {}

    private static Function<RawMail, Surveyed> tracing(
            Limits limits, People people, @Nullable PseudonymKey pseudonyms) {
        MailParser parser = new MailParser(limits, people);
        Pseudonymizer pseudonymizer = pseudonyms == null ? null : new Pseudonymizer(pseudonyms);
        return raw -> {
            MailParser.Traced traced = pseudonymizer == null ? parser.trace(raw) : traced(parser, pseudonymizer, raw);
            List<String> lists = new ArrayList<>();
            for (MailingList list : traced.lists()) {
                lists.add(list.id());
            }
            return new Surveyed(
                    traced.digest(),
                    new ListedWay(Way.of(traced.hops()), lists),
                    traced.messageId(),
                    traced.references(),
                    traced.inReplyTo(),
                    MailDocuments.timestamp(traced.date(), traced.hops()),
                    traced.author(),
                    PersonRules.key(traced.author(), traced.participants()));
        };
    }

    /** Persons and hosts must have the names that the documents will have, which takes the whole mail. */
    private static MailParser.Traced traced(MailParser parser, Pseudonymizer pseudonymizer, RawMail raw) {
        ParsedMail mail = pseudonymizer.apply(parser.parse(raw));
        return new MailParser.Traced(
                mail.digest(),
                mail.hops(),
                mail.lists(),
                mail.messageId(),
                mail.inReplyTo(),
                mail.references(),
                mail.date(),
                mail.participants(),
                mail.author());
    }

    private static void add(Persons persons, Surveyed mail) {
        Author author = mail.author();
        if (author != null) {
            Instant at = mail.at();
            Long ms = at == null ? null : at.toEpochMilli();
            persons.addMessages(
                    author.address(),
                    author.robot(),
                    mail.authorKey(),
                    author.name(),
                    author.organization(),
                    1,
                    ms,
                    ms);
            for (String list : mail.way().listIds()) {
                persons.addList(author.address(), author.robot(), mail.authorKey(), list);
            }
        }
    }

    /** Ends reading soon. May be called from any thread. */
    void stop() {
        pipeline.stop();
    }

    /** How many mails were read so far. */
    long mails() {
        return mails.get();
    }

    /**
     * Reads; {@code null} when a source can be read only once, is on another machine, or has more than there is room for.
     */
    @Nullable
    Findings read(List<? extends MailSource> sources) throws IOException, InterruptedException {
        for (MailSource source : sources) {
            if (!source.isRepeatable() || source.isRemote()) {
                return null;
            }
        }
        Findings findings = new Findings(new SurveyedWays(WAYS), new KnownThreads(), new Persons());
        try {
            read(sources, findings);
        } catch (Throwable e) {
            findings.close();
            throw e;
        }
        if (tooMany) {
            findings.close();
            return null;
        }
        return findings;
    }

    private void read(List<? extends MailSource> sources, Findings findings) throws IOException, InterruptedException {
        DigestSet copies = new DigestSet();
        pipeline.run(sources, null, new Pipeline.Output<>() {
            @Override
            public void mail(Surveyed mail) {
                mails.incrementAndGet();
                if (tooMany || !copies.add(mail.digest())) {
                    return;
                }
                findings.threads().add(mail.messageId(), mail.references(), mail.inReplyTo(), mail.digest());
                long taken = (long) ID_OCTETS * findings.threads().size()
                        + findings.ways().held();
                if (taken > roomWhileWriting
                        || taken + (long) COPY_OCTETS * copies.size() > room
                        || !kept(mail.way())) {
                    tooMany = true;
                    pipeline.stop();
                    return;
                }
                add(findings.persons(), mail);
            }

            private boolean kept(ListedWay way) {
                try {
                    return findings.ways().add(way);
                } catch (IOException e) {
                    // Nowhere to put them: as if there were too many.
                    return false;
                }
            }

            @Override
            public void rejected(Origin origin, String reason) {
                // Reading the mails will tell.
            }

            @Override
            public void reached(Position position) {
                // Nothing is written yet.
            }

            @Override
            public void shrunk() {
                // Nothing was read before.
            }

            @Override
            public void ended(MailSource source) {
                // There is nothing to be done at the end of one of them.
            }

            @Override
            public void failed(MailSource source, SourceException failure) {
                // Reading the mails will tell.
            }
        });
    }
}
