package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;

/**
 * What is to be updated, by marks and sums; found out by one request.
 *
 * @param deliveries how many deliveries had no say in the clocks yet
 * @param messages how many messages persons, series or threads do not take into account
 * @param stale how many threads are to be written anew
 * @param persons whether persons count as many messages as have an author
 * @param series whether series count as many messages as are patches
 * @param threads whether threads count as many messages as there are
 * @param copies how many deliveries there are
 * @param any whether there is any message at all
 * @param anyPersons whether there is any person
 * @param surveyed whether a run has written mails with what it knew of all its mails, and is not known to be done
 */
record Outstanding(
        long deliveries,
        long messages,
        long stale,
        boolean persons,
        boolean series,
        boolean threads,
        long copies,
        boolean any,
        boolean anyPersons,
        boolean surveyed) {
    /** What tells whether persons, series and threads are up to date; and what bringing them so reads. */
    static final List<DocumentKind> DISCUSSION =
            List.of(DocumentKind.MESSAGE, DocumentKind.PERSON, DocumentKind.SERIES, DocumentKind.THREAD);

    static final List<DocumentKind> READ_FOR_DISCUSSION = List.of(
            DocumentKind.MESSAGE, DocumentKind.PERSON, DocumentKind.SERIES, DocumentKind.THREAD, DocumentKind.QUOTE);

    /** What clocks are estimated from and written to. */
    static final List<DocumentKind> CLOCKS = List.of(DocumentKind.DELIVERY, DocumentKind.HOST);

    /**
     * Looks.
     *
     * @param refreshed what is made visible to searches before; the rest may be told as it was some seconds ago
     */
    static Outstanding look(EngineSearch search, List<DocumentKind> refreshed)
            throws EngineException, InterruptedException {
        search.refresh(refreshed);
        ObjectNode everything = JsonNodeFactory.instance.objectNode();
        everything.putObject("match_all");
        List<JsonNode> answers = search.searchAll(List.of(
                count(DocumentKind.DELIVERY, StoredWays.unsolved()),
                count(DocumentKind.DELIVERY, everything),
                count(DocumentKind.MESSAGE, everything),
                count(DocumentKind.MESSAGE, StoredAuthors.fresh()),
                count(DocumentKind.MESSAGE, StoredAuthors.authored()),
                count(DocumentKind.MESSAGE, StoredPatches.isPatch()),
                count(DocumentKind.THREAD, StoredThreads.isStale()),
                sum(DocumentKind.PERSON, "person.messages"),
                sum(DocumentKind.SERIES, "series.messages"),
                sum(DocumentKind.THREAD, "thread.messages"),
                count(DocumentKind.IMPORT, Lease.query(Updates.SURVEY))));
        long[] numbers = new long[answers.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode sum = answers.get(i).at("/aggregations/sum/value");
            numbers[i] =
                    sum.isMissingNode() ? answers.get(i).at("/hits/total/value").asLong() : Math.round(sum.asDouble());
        }
        return new Outstanding(
                numbers[0],
                numbers[3],
                numbers[6],
                numbers[7] == numbers[4],
                numbers[8] == numbers[5],
                numbers[9] == numbers[2],
                numbers[1],
                numbers[2] > 0,
                numbers[7] > 0,
                numbers[10] > 0);
    }

    private static EngineSearch.Asked count(DocumentKind kind, ObjectNode query) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", true);
        body.set("query", query);
        return new EngineSearch.Asked(kind, body);
    }

    private static EngineSearch.Asked sum(DocumentKind kind, String field) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", false);
        body.putObject("aggs").putObject("sum").putObject("sum").put("field", field);
        return new EngineSearch.Asked(kind, body);
    }

    /** Whether nothing is to be done for persons, series and threads. */
    boolean isDiscussed() {
        return messages == 0 && stale == 0 && persons && series && threads;
    }
}
