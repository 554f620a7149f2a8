package org.listlens.index;

import java.util.List;
import java.util.Objects;
import org.listlens.clock.Way;

/**
 * The way of one copy of a mail.
 *
 * @param way its stamps
 * @param listIds the lists that it came by
 */
record ListedWay(Way way, List<String> listIds) {
    ListedWay {
        Objects.requireNonNull(way);
        listIds = List.copyOf(listIds);
    }
}
