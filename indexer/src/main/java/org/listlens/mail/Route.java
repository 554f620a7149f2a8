package org.listlens.mail;

import org.jspecify.annotations.Nullable;

/**
 * What is understood of a mail's way as a whole.
 *
 * @param listHost the host that runs the list, as its trace line names it; {@code null} when the trace shows none
 * @param moderatedMs how long the mail waited for a moderator, in milliseconds, as the list software noted it;
 *     {@code null} when it noted nothing
 */
public record Route(@Nullable String listHost, @Nullable Long moderatedMs) {
    /** Nothing is understood. */
    public static final Route NONE = new Route(null, null);
}
