package org.listlens.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.Passage;
import org.listlens.clock.Way;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;
import org.listlens.source.MailSource;
import org.listlens.source.SourceException;

/** Reads only the traces of archives, which takes a fraction of the time of reading the mails. */
final class Survey {
    /** What is kept of a mail is some hundred octets; of more mails than this nothing is. */
    private static final int MAILS = 200_000;

    private final Pipeline<TracedDelivery> pipeline;
    private final DigestSet copies = new DigestSet();
    private final AtomicLong mails = new AtomicLong();
    private boolean tooMany;

    Survey(Limits limits, int threads, @Nullable PseudonymKey pseudonyms) {
        pipeline = new Pipeline<>(() -> tracing(limits, pseudonyms), threads);
    }

    private static Function<RawMail, TracedDelivery> tracing(Limits limits, @Nullable PseudonymKey pseudonyms) {
        MailParser parser = new MailParser(limits);
        Pseudonymizer pseudonymizer = pseudonyms == null ? null : new Pseudonymizer(pseudonyms);
        Map<String, String> names = new HashMap<>();
        return raw -> {
            MailParser.Traced traced = pseudonymizer == null ? parser.trace(raw) : traced(parser, pseudonymizer, raw);
            List<String> lists = new ArrayList<>();
            for (MailingList list : traced.lists()) {
                lists.add(shared(list.id(), names));
            }
            List<Passage> passages = new ArrayList<>();
            for (Passage passage : Way.of(traced.hops()).passages()) {
                passages.add(new Passage(
                        passage.position(),
                        passage.host() == null ? null : shared(passage.host(), names),
                        passage.stampMs(),
                        passage.precisionMs(),
                        passage.segment()));
            }
            return new TracedDelivery(traced.digest(), new Way(passages), lists, null, null, false);
        };
    }

    /** The hosts must have the names that the deliveries will have, which takes the whole mail. */
    private static MailParser.Traced traced(MailParser parser, Pseudonymizer pseudonymizer, RawMail raw) {
        ParsedMail mail = pseudonymizer.apply(parser.parse(raw));
        return new MailParser.Traced(mail.digest(), mail.hops(), mail.lists());
    }

    /** The same string for equal ones: a few hosts carry most mails. */
    private static String shared(String name, Map<String, String> names) {
        if (names.size() > 100_000) {
            names.clear();
        }
        String known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    /** Ends reading soon. May be called from any thread. */
    void stop() {
        pipeline.stop();
    }

    /** How many mails were read so far. */
    long mails() {
        return mails.get();
    }

    /** The ways of all distinct mails; {@code null} when a source can be read only once, or has too many. */
    @Nullable
    List<TracedDelivery> read(List<? extends MailSource> sources) throws IOException, InterruptedException {
        for (MailSource source : sources) {
            if (!source.isRepeatable()) {
                return null;
            }
        }
        List<TracedDelivery> deliveries = new ArrayList<>();
        pipeline.run(sources, new Pipeline.Output<>() {
            @Override
            public void mail(TracedDelivery delivery) {
                mails.incrementAndGet();
                if (copies.add(delivery.id()) && !tooMany) {
                    deliveries.add(delivery);
                    if (deliveries.size() > MAILS) {
                        tooMany = true;
                        deliveries.clear();
                        pipeline.stop();
                    }
                }
            }

            @Override
            public void rejected(Origin origin, String reason) {
                // Reading the mails will tell.
            }

            @Override
            public void failed(SourceException failure) {
                // Reading the mails will tell.
            }
        });
        return tooMany ? null : deliveries;
    }
}
