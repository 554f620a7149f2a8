package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.index.EngineSearch;
import org.listlens.index.StoredDiscussions;
import org.listlens.index.StoredStatus;
import org.listlens.link.ArchiveLinks;
import org.listlens.thread.Discussion;

/** Makes the data of a report from what is in the engine. An index that is not there is an empty one. */
public final class Report {
    /** How long the data may be in characters, so that a page stays below three megabytes. */
    private static final int LARGEST = 2_700_000;

    private final EngineClient client;
    private final RetryPolicy retry;
    private final ArchiveLinks links;
    private final EngineSearch engine;

    public Report(EngineClient client, RetryPolicy retry, ArchiveLinks links) {
        this.client = client;
        this.retry = retry;
        this.links = links;
        this.engine = new EngineSearch(new RetryingClient(client, retry));
    }

    /**
     * The data of a report: all that its page shows.
     *
     * @param now when it is made
     * @return {@code null} when a thread is asked for that is not there
     * @throws UnknownListException when a list is asked for that is not there
     */
    public @Nullable ObjectNode data(Scope scope, Instant now)
            throws EngineException, InterruptedException, UnknownListException {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("made", now.toEpochMilli());
        if (scope.thread() != null) {
            return thread(scope.thread(), data);
        }
        for (long counts = Resolution.COUNTS; ; counts /= 4) {
            Frame frame = new FrameFinder(engine).find(scope, counts);
            if (frame == null) {
                return data;
            }
            sums(frame, data);
            if (frame.fine().interval() == Interval.YEAR || data.toString().length() <= LARGEST) {
                return data;
            }
        }
    }

    private @Nullable ObjectNode thread(String id, ObjectNode data) throws EngineException, InterruptedException {
        List<Discussion> found = new StoredDiscussions(client, retry).find(id);
        if (found.isEmpty()) {
            return null;
        }
        Instant any = Instant.EPOCH;
        Periods none = Periods.of(Interval.YEAR, any, any.plusSeconds(1));
        ArrayNode threads = data.putArray("threads");
        for (Discussion discussion : found) {
            Frame frame = new Frame(
                    discussion.lists(),
                    false,
                    false,
                    0,
                    any,
                    any,
                    none,
                    none,
                    discussion.mails().size(),
                    0);
            Hits hits = new Hits(engine, frame, links);
            Delays delays = new Delays(new Sums(engine, frame), hits, new Clocked(true));
            threads.add(new OneThread(engine, hits, delays).json(discussion));
        }
        return data;
    }

    private void sums(Frame frame, ObjectNode data) throws EngineException, InterruptedException {
        Sums sums = new Sums(engine, frame);
        Hits hits = new Hits(engine, frame, links);
        Clocked clocked = Clocked.of(engine, frame);
        Delays delays = new Delays(sums, hits, clocked);
        data.put("from", frame.from().toEpochMilli())
                .put("to", frame.to().toEpochMilli())
                .put("corrected", clocked.corrected())
                .put("deliveries", frame.deliveries())
                .put("single", frame.single())
                .put("more", frame.more());
        List<String> names = names(frame);
        names.forEach(data.putArray("names")::add);
        data.set("fine", frame.fine().json());
        data.set("coarse", frame.coarse().json());
        data.set("parts", delays.durations());
        DwellDays days = new DwellDays(engine, sums, delays, clocked);
        days.read();
        data.set("days", days.json());
        data.put("thinned", days.thinned());
        data.set("hours", days.hours());
        data.set("worst", days.worst());
        data.set("holders", delays.holders());
        data.set("hops", delays.hops());
        data.set("slowest", delays.slowest());
        Transport transport = new Transport(engine, sums);
        data.set("clocks", transport.clocks());
        data.set("negative", transport.negative());
        data.set("tls", transport.tls());
        data.set("protocols", transport.protocols());
        data.set("authentication", transport.authentication());
        data.set("broken", transport.broken());
        Talk talk = new Talk(engine, sums);
        data.set("mails", talk.mails());
        data.set("participants", talk.participants());
        data.set("people", talk.people());
        data.set("organizations", talk.organizations());
        data.set("answers", talk.answers());
        data.set("zones", talk.zones());
        data.set("styles", talk.styles());
        data.set("depths", talk.depths());
        data.set("threadSizes", talk.threads());
        data.set("versions", talk.versions());
        data.set("responses", talk.responses());
        Discussions discussions = new Discussions(hits);
        data.set("busiest", discussions.busiest());
        data.set("unanswered", discussions.unanswered());
        data.set("series", discussions.series());
        data.set("imports", Imports.json(new StoredStatus(client, retry).read()));
        ObjectNode count = JsonNodeFactory.instance.objectNode();
        count.put("size", 0).put("track_total_hits", true);
        count.set("query", frame.query());
        count.putObject("aggs")
                .putObject("people")
                .putObject("cardinality")
                .put("field", "author.id")
                .put("precision_threshold", 40_000);
        JsonNode messages = engine.search(DocumentKind.MESSAGE, count);
        long mails = messages.at("/hits/total/value").asLong();
        data.put("messages", mails);
        ArrayNode sentences = data.putArray("sentences");
        new KeyFigures(frame, names)
                .sentences(
                        mails,
                        messages.at("/aggregations/people/value").asLong(),
                        delays.latencies(),
                        data.path("worst"),
                        data)
                .forEach(sentences::add);
    }

    /** What the rows are called. */
    private static List<String> names(Frame frame) {
        List<String> names = new ArrayList<>();
        if (frame.single()) {
            names.add(
                    frame.lists().isEmpty()
                            ? "mails without a list"
                            : SafeText.line(frame.lists().getFirst(), Hits.NAME));
            return names;
        }
        names.add("All lists");
        frame.lists().forEach(list -> names.add(SafeText.line(list, Hits.NAME)));
        return names;
    }
}
