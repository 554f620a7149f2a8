package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote a mail, after what lists and mail programs made of the From field has been undone.
 *
 * @param name the name without {@code via LIST}, comments and spam marks; {@code null} when there is none
 * @param address the author's own address in lower case, also where a list has put its own into From; as a
 *     {@code .mailmap} has it, if one was given
 * @param organization by the address's domain; {@code null} when unknown
 * @param robot whether a program wrote it: a CI, a patch tracker, a bug tracker …
 * @param rewritten whether a list had put its own address into From (for DMARC's sake)
 */
public record Author(
        @Nullable String name, String address, @Nullable String organization, boolean robot, boolean rewritten) {
    public Author {
        Objects.requireNonNull(address);
    }
}
