package org.listlens.clock;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Segment;

/**
 * A host's stamp on a mail's way.
 *
 * @param position the hop's position, 1 for the oldest
 * @param host the host that stamped; {@code null} when its line does not name it
 * @param stampMs what the host's clock showed, in milliseconds since 1970
 * @param precisionMs how precise that is: the clock showed {@code stampMs} or up to this much more
 * @param segment the part of the way that the delay before this stamp belongs to; {@code null} when that is not known
 */
public record Passage(
        int position,
        @Nullable String host,
        long stampMs,
        int precisionMs,
        @Nullable Segment segment) {}
