package org.listlens.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report is asked for.
 *
 * @param lists ids of lists, or their addresses or first labels; all when empty
 * @param from the beginning; {@code null} for that of the mails
 * @param to the end, exclusive; {@code null} for that of the mails
 * @param thread a Message-ID or thread's id; {@code null} for no thread
 */
public record Scope(
        List<String> lists,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String thread) {
    public Scope {
        lists = List.copyOf(lists);
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("The period ends before it begins.");
        }
    }
}
