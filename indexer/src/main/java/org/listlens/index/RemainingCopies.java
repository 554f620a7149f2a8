package org.listlens.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.engine.EngineException;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.people.People;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;
import org.listlens.sink.DocumentEditor;
import org.listlens.sink.DocumentEditor.Verdict;
import org.listlens.sink.MailSink;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.SourceException;

/**
 * Reads archives once more for some of their copies: those that are to speak for a message whose copy is gone, and those
 * that lie elsewhere than before. Not thread-safe, but for {@link #stop}.
 */
final class RemainingCopies {
    private static final int AT_ONCE = 1_000;

    private final Limits limits;
    private final People people;
    private final @Nullable PseudonymKey pseudonyms;
    private final DocumentEditor editor;
    private final PruneScope scope;
    private final Pipeline<Found> pipeline;
    private final DigestSet speakers = new DigestSet();
    private final DigestSet moved = new DigestSet();

    RemainingCopies(
            Limits limits,
            People people,
            @Nullable PseudonymKey pseudonyms,
            int threads,
            DocumentEditor editor,
            PruneScope scope) {
        this.limits = limits;
        this.people = people;
        this.pseudonyms = pseudonyms;
        this.editor = editor;
        this.scope = scope;
        this.pipeline = new Pipeline<>(this::reader, threads);
    }

    /** What was read of a mail; {@code mail} is there if it is to be written. */
    private record Found(ArchivedCopy copy, @Nullable EncodedMail mail) {}

    /** A copy that is to be written, so that its message can be made from it. */
    void speaks(String copy) {
        speakers.add(copy);
    }

    /** A copy that is not where its delivery says. */
    void moved(String copy) {
        moved.add(copy);
    }

    private Function<RawMail, Found> reader() {
        Function<RawMail, ArchivedCopy> copies =
                ArchivedCopy.readers(limits, pseudonyms).get();
        MailParser parser = new MailParser(limits, people);
        MailDocuments documents = new MailDocuments();
        Pseudonymizer pseudonymizer = pseudonyms == null ? null : new Pseudonymizer(pseudonyms);
        return raw -> {
            ArchivedCopy copy = copies.apply(raw);
            if (!speakers.contains(copy.id())) {
                return new Found(copy, null);
            }
            ParsedMail mail = parser.parse(raw);
            return new Found(copy, documents.encode(pseudonymizer == null ? mail : pseudonymizer.apply(mail)));
        };
    }

    /** Reads the sources and writes what is wanted of them; to be called when all copies are named. */
    void write(List<? extends MailSource> sources, MailSink sink) throws IOException, InterruptedException {
        if (speakers.size() == 0 && moved.size() == 0) {
            return;
        }
        Writing writing = new Writing(sink);
        pipeline.run(sources, null, writing);
        sink.finish();
        writing.move();
    }

    /** Ends reading soon. May be called from any thread. */
    void stop() {
        pipeline.stop();
    }

    private final class Writing implements Pipeline.Output<Found> {
        private final MailSink sink;
        private final DigestSet written = new DigestSet();
        private final Map<String, List<Origin>> origins = new HashMap<>();
        private int waiting;

        Writing(MailSink sink) {
            this.sink = sink;
        }

        @Override
        public void mail(Found found) throws IOException, InterruptedException {
            ArchivedCopy copy = found.copy();
            if (found.mail() != null && written.add(copy.id())) {
                sink.accept(found.mail());
            }
            if (moved.contains(copy.id())) {
                origins.computeIfAbsent(copy.id(), id -> new ArrayList<>()).add(copy.origin());
                waiting++;
                if (waiting == AT_ONCE) {
                    move();
                }
            }
        }

        /** Writes where copies lie that lay elsewhere. */
        void move() throws EngineException, InterruptedException {
            editor.edit(
                    DocumentKind.DELIVERY,
                    origins.keySet(),
                    (id, source) -> move(id, source, origins.getOrDefault(id, List.of())));
            origins.clear();
            waiting = 0;
        }

        private Verdict move(String id, ObjectNode delivery, List<Origin> places) {
            TreeSet<String> archives = new TreeSet<>(scope.remaining(id, StoredDeliveries.archives(delivery)));
            for (Origin place : places) {
                archives.add(place.source());
            }
            ObjectNode archive = delivery.withObjectProperty("archive");
            if (scope.isGone(id, archive.path("source").asText())) {
                archive.put("source", places.getFirst().source());
                archive.put("position", places.getFirst().position());
            }
            ArrayNode sources = archive.putArray("sources");
            archives.forEach(sources::add);
            return Verdict.WRITE;
        }

        @Override
        public void rejected(Origin origin, String reason) {
            // It was read before without that; what is not found keeps what it has.
        }

        @Override
        public void reached(Position position) {
            // Everything is read.
        }

        @Override
        public void shrunk() {
            // What is not found keeps what it has.
        }

        @Override
        public void ended(MailSource source) {
            // There is nothing to be done at the end of one of them.
        }

        @Override
        public void failed(MailSource source, SourceException failure) {
            // What is not found keeps what it has.
        }
    }
}
