package org.listlens.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Patch;

/**
 * A patch, cover letter or request to pull as the engine has it.
 *
 * @param id the {@code _id} of its message
 * @param messageId its Message-ID; {@code null} when it has none
 * @param time its {@code @timestamp}
 * @param author the address of who sent it, in lower case; {@code null} when unknown
 * @param name the name beside that address
 * @param listIds the lists that carried it
 * @param patch what it says of the patch
 * @param refers the Message-IDs that it answers, the nearest first
 */
record PostedPatch(
        String id,
        @Nullable String messageId,
        @Nullable Instant time,
        @Nullable String author,
        @Nullable String name,
        List<String> listIds,
        Patch patch,
        List<String> refers) {
    PostedPatch {
        listIds = List.copyOf(listIds);
        refers = List.copyOf(refers);
    }

    /** The Message-ID; of a mail without one, the {@code _id}. */
    String key() {
        return messageId == null ? id : messageId;
    }

    /** Whether it brings changes, and does not only introduce those of other mails. */
    boolean isPatch() {
        return patch.kind() == Patch.Kind.PATCH;
    }

    /** The key of author and title; {@code null} when the title is too short to be one. */
    @Nullable
    String titleKey() {
        for (String key : patch.seriesKeys()) {
            if (key.startsWith("title:")) {
                return key;
            }
        }
        return null;
    }
}
