package org.listlens.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A discussion, planned before its first mail, with what its later mails need of the earlier ones. Dropped when its last
 * mail is written.
 */
final class ThreadPlan {
    /** Numbers discussions from 1. */
    final int conversation;

    final MailList list;

    /** The other list of a crosspost. */
    final @Nullable MailList crosspost;

    final String subject;
    final @Nullable Series series;
    final List<Node> nodes;

    /** Whether its people quote all that was quoted before. */
    final boolean deep;

    /** What was written so far, by node. */
    final @Nullable Post[] posts;

    int unwritten;

    ThreadPlan(
            int conversation,
            MailList list,
            @Nullable MailList crosspost,
            String subject,
            @Nullable Series series,
            List<Node> nodes,
            boolean deep) {
        this.conversation = conversation;
        this.list = list;
        this.crosspost = crosspost;
        this.subject = subject;
        this.series = series;
        this.nodes = nodes;
        this.deep = deep;
        posts = new Post[nodes.size()];
        unwritten = nodes.size();
    }

    /** How many mails the archives get. */
    int copies() {
        int copies = 0;
        for (Node node : nodes) {
            if (!node.ghost()) {
                copies += node.copies() + (crosspost == null ? 0 : 1);
            }
        }
        return copies;
    }

    /**
     * A patch series.
     *
     * @param version counts from 1
     * @param total how many patches it has
     * @param rfc whether it is marked {@code RFC}
     * @param module what the patches change
     */
    record Series(int version, int total, boolean rfc, String module) {
        /** {@code [RFC PATCH v2 1/3] }. */
        String tag(int index) {
            String number = total > 1 ? " " + index + '/' + total : "";
            return '[' + (rfc ? "RFC " : "") + "PATCH" + (version > 1 ? " v" + version : "") + number + "] ";
        }
    }

    /** The mails that link to each other, directly or through mail that is not in the archive. */
    static final class Partition {
        /** Counts from 1. */
        final int number;

        /** The Message-ID of the first; {@code null} when it has none. */
        final @Nullable String root;

        /** How many distinct mails of it are written. */
        int mails;

        Partition(int number, @Nullable String root) {
            this.number = number;
            this.root = root;
        }
    }

    /**
     * A mail that was written, for those that answer it.
     *
     * @param id its Message-ID without brackets; {@code null} when it has none
     * @param author who wrote it
     * @param dateMs the time in its Date by its author's clock
     * @param subject without prefixes of replies and lists
     * @param lines its text without footers
     * @param references the Message-IDs that an answer lists before this one's
     * @param partition the thread it belongs to
     * @param depth how many mails are above it in that thread
     */
    record Post(
            @Nullable String id,
            Person author,
            long dateMs,
            String subject,
            List<Line> lines,
            List<String> references,
            Partition partition,
            int depth) {}
}
