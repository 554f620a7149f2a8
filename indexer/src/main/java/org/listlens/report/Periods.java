package org.listlens.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * A span of time cut into periods.
 *
 * @param interval how long each is
 * @param starts their first days, since 1970, and that of the one after the last
 */
record Periods(Interval interval, List<Long> starts) {
    private static final long DAY_MS = 86_400_000L;

    Periods {
        starts = List.copyOf(starts);
    }

    static Periods of(Interval interval, Instant from, Instant to) {
        return new Periods(interval, interval.starts(from, to));
    }

    /** How many periods there are. */
    int size() {
        return starts.size() - 1;
    }

    /** The number of the period that a time in milliseconds since 1970 lies in; -1 when none. */
    int at(long millis) {
        long day = Math.floorDiv(millis, DAY_MS);
        int found = Collections.binarySearch(starts, day);
        int period = found >= 0 ? found : -found - 2;
        return period >= size() ? -1 : period;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("interval", interval.calendar());
        ArrayNode days = json.putArray("starts");
        starts.forEach(days::add);
        return json;
    }
}
