package org.listlens.inspect;

import java.util.List;
import java.util.Objects;
import org.listlens.clock.HostClocks;

/**
 * What is known of the clocks on a mail's way.
 *
 * @param clocks by which its delays are corrected
 * @param documents the windows of them that the mail fell in, as {@code mail-hosts} has them
 */
public record KnownClocks(HostClocks clocks, List<Document> documents) {
    public KnownClocks {
        Objects.requireNonNull(clocks);
        documents = List.copyOf(documents);
    }
}
