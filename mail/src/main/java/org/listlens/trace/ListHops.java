package org.listlens.trace;

import org.jspecify.annotations.Nullable;

/**
 * The hops of the list that a copy came by last, by their places among the hops.
 *
 * @param ingress the first hop by a host of the list's site
 * @param exit the hop with which the list sends the mail on; {@code ingress} where the trace shows only one
 * @param host the host that runs the list; {@code null} when no line names it
 */
record ListHops(int ingress, int exit, @Nullable String host) {}
