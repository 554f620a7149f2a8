package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One mailing list that a copy says it went through.
 *
 * @param id the List-Id without brackets, in lower case (RFC 2919), e.g. {@code linux-can.vger.kernel.org}; where a mail
 *     has no List-Id, the id is made of the list's address, {@code list@host} giving {@code list.host}
 * @param name the phrase before the List-Id, decoded; {@code null} when there is none
 * @param post the address that mail for the list goes to (RFC 2369 List-Post, X-Mailing-List, Mailing-List,
 *     X-BeenThere); {@code null} when unknown
 */
public record MailingList(
        String id, @Nullable String name, @Nullable String post) {
    public MailingList {
        Objects.requireNonNull(id);
    }
}
