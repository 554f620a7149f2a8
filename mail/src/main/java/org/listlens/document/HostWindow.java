package org.listlens.document;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.ClockWindow;

/**
 * One host in one window of time.
 *
 * @param clock what is known of its clock
 * @param listIds the lists whose mail it stamped in the window, sorted
 * @param holdMedianMs how long it held the mails that left it in the window, corrected: the median, in milliseconds;
 *     {@code null} when none is known to have left it
 * @param holdP95Ms the 95th percentile of the same
 */
public record HostWindow(
        ClockWindow clock,
        List<String> listIds,
        @Nullable Long holdMedianMs,
        @Nullable Long holdP95Ms) {
    public HostWindow {
        Objects.requireNonNull(clock);
        listIds = List.copyOf(listIds);
    }
}
