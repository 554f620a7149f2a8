package org.listlens.mail;

import org.jspecify.annotations.Nullable;

/**
 * What is understood of a mail's way as a whole.
 *
 * @param listHost the host that runs the list, the one that expands or re-injects the mail, as a trace line names it: of
 *     the list that the copy came by last. It held the mail for all of {@link Segment#LIST}. {@code null} when the trace
 *     shows no list or does not name its host
 * @param moderatedMs how long the mail waited for a moderator, in milliseconds: from the last stamp before the list sent
 *     the mail on to the time of approval that the list software noted (Mailman's {@code X-Mailman-Approved-At});
 *     {@code null} when it noted none, as most software does, or one that is before that stamp
 */
public record Route(@Nullable String listHost, @Nullable Long moderatedMs) {
    /** Nothing is understood. */
    public static final Route NONE = new Route(null, null);
}
