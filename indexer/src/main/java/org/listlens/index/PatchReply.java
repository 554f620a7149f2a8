package org.listlens.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Trailer;

/**
 * An answer to a patch, as the engine has it.
 *
 * @param id the {@code _id} of its message
 * @param messageId its Message-ID; {@code null} when it has none
 * @param time its {@code @timestamp}
 * @param author the address of who wrote it, in lower case; {@code null} when unknown
 * @param robot whether a program wrote it
 * @param refers the Message-IDs that it answers, the nearest first
 * @param trailers those that its author gives
 */
record PatchReply(
        String id,
        @Nullable String messageId,
        @Nullable Instant time,
        @Nullable String author,
        boolean robot,
        List<String> refers,
        List<Trailer> trailers) {
    PatchReply {
        refers = List.copyOf(refers);
        trailers = List.copyOf(trailers);
    }
}
