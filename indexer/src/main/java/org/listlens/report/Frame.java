package org.listlens.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What a report covers.
 *
 * @param lists the lists that are told apart, those with the most mail first; more may be covered
 * @param only whether nothing but mail of these lists is covered
 * @param single whether all that is covered is mail of one list, or of none, so that a sum over all is all there is
 * @param more how many lists are covered and not told apart
 * @param from the beginning
 * @param to the end, exclusive
 * @param fine the periods that delays and mails are counted by
 * @param coarse longer ones, or the same, for what has many values
 * @param deliveries how many copies there are
 * @param outside how many copies have a time so far from the others that it is not believed
 */
record Frame(
        List<String> lists,
        boolean only,
        boolean single,
        int more,
        Instant from,
        Instant to,
        Periods fine,
        Periods coarse,
        long deliveries,
        long outside) {
    /** The time of most documents. */
    static final String TIME = "@timestamp";

    /**
     * When the first host took a mail: the time of deliveries where it is told how long they took, because what waits
     * arrives on another day.
     */
    static final String SENT = "delivery.first_stamp";

    Frame {
        lists = List.copyOf(lists);
    }

    /** How many rows there are to each sum: one over all lists, and where there are several, one for each. */
    int rows() {
        return single ? 1 : lists.size() + 1;
    }

    /** The row of a list's sums; -1 when it is not told apart. */
    int row(String list) {
        int place = lists.indexOf(list);
        return place < 0 ? -1 : single ? 0 : place + 1;
    }

    /** A query for the documents that are covered; conditions may be added under {@code bool}. */
    ObjectNode query() {
        return query(TIME);
    }

    /** The query for documents that are covered by another time than that which they are sorted by. */
    ObjectNode query(String time) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ArrayNode filter = query.putObject("bool").putArray("filter");
        filter.addObject()
                .putObject("range")
                .putObject(time)
                .put("gte", from.toEpochMilli())
                .put("lt", to.toEpochMilli())
                .put("format", "epoch_millis");
        if (only) {
            lists.forEach(filter.addObject().putObject("terms").putArray("list.id")::add);
        }
        return query;
    }

    /** The same query with one more condition. */
    ObjectNode query(ObjectNode condition) {
        return query(TIME, condition);
    }

    ObjectNode query(String time, ObjectNode condition) {
        ObjectNode query = query(time);
        query.withObject("/bool").withArray("/filter").add(condition);
        return query;
    }
}
