package org.listlens.index;

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
    /**
     * What is kept of a mail, with its place in a thread and its digest: usually some 180 octets. Of more mails than
     * there is room for, nothing is kept.
     */
    private static final int MAIL_OCTETS = 320;

    private final Pipeline<Surveyed> pipeline;
    private final KnownThreads threads;
    private final Persons persons;
    private final long mostMails = Runtime.getRuntime().maxMemory() / MAIL_OCTETS;
    private final AtomicLong mails = new AtomicLong();
    private boolean tooMany;

    /**
     * @param parsers how many threads parse
     * @param people by which authors are found
     * @param pseudonyms the key of the pseudonyms in the place of persons; {@code null} leaves persons as they are
     * @param threads takes who refers to whom
     * @param persons takes who wrote what
     */
    Survey(
            Limits limits,
            int parsers,
            People people,
            @Nullable PseudonymKey pseudonyms,
            KnownThreads threads,
            Persons persons) {
        this.pipeline = new Pipeline<>(() -> tracing(limits, people, pseudonyms), parsers);
        this.threads = threads;
        this.persons = persons;
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

    private void add(Surveyed mail) {
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

    /** The ways of all distinct mails; {@code null} when a source can be read only once, is on another machine, or has too many. */
    @Nullable
    SurveyedWays read(List<? extends MailSource> sources) throws IOException, InterruptedException {
        for (MailSource source : sources) {
            if (!source.isRepeatable() || source.isRemote()) {
                return null;
            }
        }
        SurveyedWays ways = new SurveyedWays();
        DigestSet copies = new DigestSet();
        pipeline.run(sources, null, new Pipeline.Output<>() {
            @Override
            public void mail(Surveyed mail) {
                mails.incrementAndGet();
                if (tooMany || !copies.add(mail.digest())) {
                    return;
                }
                if (copies.size() > mostMails || !ways.add(mail.way())) {
                    tooMany = true;
                    pipeline.stop();
                    return;
                }
                threads.add(mail.messageId(), mail.references(), mail.inReplyTo(), mail.digest());
                add(mail);
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
        return tooMany ? null : ways;
    }
}
