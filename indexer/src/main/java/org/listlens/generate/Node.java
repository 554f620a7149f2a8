package org.listlens.generate;

import org.jspecify.annotations.Nullable;

/**
 * One mail of a thread, before it is written.
 *
 * @param parent the number of the mail that it answers within the thread; -1 for the first
 * @param person who writes it
 * @param part what it is in the thread
 * @param patch the patch's number in its series, 0 for a cover letter; {@code null} for other mail
 * @param ghost whether it never reaches the archive, though others answer it
 * @param linkage how it names what it answers
 * @param malformation what is wrong with it
 * @param copies how often its list archives it: 2 for an exact duplicate
 */
record Node(
        int parent,
        int person,
        Part part,
        @Nullable Integer patch,
        boolean ghost,
        Linkage linkage,
        @Nullable Malformation malformation,
        int copies) {
    /** The same mail with another malformation or none. */
    Node with(@Nullable Malformation other) {
        return new Node(parent, person, part, patch, ghost, linkage, other, copies);
    }

    /** What a mail is in its thread. */
    enum Part {
        STARTER,
        REPLY,
        COVER,
        PATCH,
        REVIEW
    }

    /** How a mail names what it answers. */
    enum Linkage {
        PROPER,
        ONLY_IN_REPLY_TO,
        ONLY_REFERENCES,
        /** Not at all, so that it begins a thread of its own. */
        NONE
    }
}
