package org.listlens.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.generate.ThreadPlan.Partition;

/**
 * One distinct mail as its author sent it, before lists carried it.
 *
 * @param number counts the mails from 0
 * @param plan its discussion
 * @param node its place therein
 * @param author who wrote it
 * @param language what it is written in
 * @param id its Message-ID without brackets; {@code null} when it has none
 * @param inReplyTo what its In-Reply-To names
 * @param references what its References name, oldest first
 * @param partition the thread that it links to
 * @param parent the mail above it in that thread, in the archive or not
 * @param depth how many mails are above it
 * @param subject its subject without a list's tag
 * @param prefix the part of the subject that says that it is a reply
 * @param draft the text
 * @param format how the text is encoded
 * @param sentMs when it was truly sent
 * @param dateMs the time in its Date; {@code null} when there is none that can be read
 * @param asked whom it answers
 */
record Letter(
        long number,
        ThreadPlan plan,
        Node node,
        Person author,
        Language language,
        @Nullable String id,
        @Nullable String inReplyTo,
        List<String> references,
        Partition partition,
        @Nullable String parent,
        int depth,
        String subject,
        String prefix,
        Draft draft,
        Format format,
        long sentMs,
        @Nullable Long dateMs,
        @Nullable Person asked) {
    @Nullable
    Malformation malformation() {
        return node.malformation();
    }

    boolean is(Malformation malformation) {
        return node.malformation() == malformation;
    }
}
