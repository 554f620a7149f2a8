package org.listlens.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One archived copy, in flight or arrived.
 *
 * @param letter the mail
 * @param list the list that carried this copy
 * @param subject the subject that this copy has; {@code null} when it cannot be read
 * @param lines the text with the list's footer
 * @param hops the trace, oldest first
 * @param authentication who vouches for it, and what hosts noted of that
 * @param octets the mail as archived, unescaped
 * @param arrivedMs when it truly arrived at the archive
 * @param greylistedMs how long it was greylisted, 0 when not
 * @param moderatedMs how long it waited for a moderator, 0 when not
 * @param notedModerationMs how long that was by what the list software noted; {@code null} when it noted nothing
 * @param blockedMs how long it stuck in a blocked queue, 0 when not
 * @param duplicate whether this is the same copy archived once more
 */
record Copy(
        Letter letter,
        MailList list,
        @Nullable String subject,
        List<Line> lines,
        List<Hop> hops,
        Authentication authentication,
        String octets,
        long arrivedMs,
        long greylistedMs,
        long moderatedMs,
        @Nullable Long notedModerationMs,
        long blockedMs,
        boolean duplicate) {
    Copy again() {
        return new Copy(
                letter,
                list,
                subject,
                lines,
                hops,
                authentication,
                octets,
                arrivedMs,
                greylistedMs,
                moderatedMs,
                notedModerationMs,
                blockedMs,
                true);
    }

    /** How many lines stand at each depth: unquoted ones that are not blank, then quoted ones, blank or not. */
    int[] linesByDepth() {
        int deepest = 0;
        for (Line line : lines) {
            deepest = Math.max(deepest, line.depth());
        }
        int[] counts = new int[deepest + 1];
        for (Line line : lines) {
            if (line.depth() > 0 || !line.blank()) {
                counts[line.depth()]++;
            }
        }
        return counts;
    }

    /** How many unquoted lines that are not blank are for that. */
    int count(Line.Kind kind) {
        int count = 0;
        for (Line line : lines) {
            if (line.depth() == 0 && !line.blank() && line.kind() == kind) {
                count++;
            }
        }
        return count;
    }
}
