package org.listlens.index;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.Way;
import org.listlens.document.Revision;

/**
 * A delivery as far as clocks matter.
 *
 * @param id its {@code _id}
 * @param way its stamps
 * @param listIds the lists that it came by
 * @param originMs its raw {@code delivery.origin_ms}
 * @param hash the digest of its corrections; {@code null} when it has none
 * @param solved whether it had its say in the clocks of its days
 * @param seen the state of its document
 */
record TracedDelivery(
        String id,
        Way way,
        List<String> listIds,
        @Nullable Long originMs,
        @Nullable String hash,
        boolean solved,
        Revision seen) {
    TracedDelivery {
        Objects.requireNonNull(id);
        Objects.requireNonNull(way);
        listIds = List.copyOf(listIds);
    }
}
