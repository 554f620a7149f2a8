package org.listlens.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Hop;
import org.listlens.mail.MailingList;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Stamp;

/**
 * What the summary of a run needs of one mail; small, since the mail itself is gone when the summary is made.
 *
 * @param origin where the mail lies
 * @param messageId its Message-ID
 * @param subject its subject
 * @param idHash hash of the Message-ID, 0 without one
 * @param relatedHashes hashes of References and In-Reply-To
 * @param at when it was received: the newest stamp, else Date
 * @param lists ids of its lists
 * @param hops how many hops it has
 * @param latencyMs {@link ParsedMail#latencyMs()}
 * @param longestHold {@link ParsedMail#longestHold()}
 * @param skewed whether a hop's raw delay is negative
 * @param defects the codes of its defects, each once
 */
record MailFacts(
        Origin origin,
        @Nullable String messageId,
        @Nullable String subject,
        long idHash,
        long[] relatedHashes,
        @Nullable Instant at,
        List<String> lists,
        int hops,
        @Nullable Long latencyMs,
        ParsedMail.@Nullable Hold longestHold,
        boolean skewed,
        List<DefectCode> defects) {
    static MailFacts of(ParsedMail mail) {
        Stamp newest = null;
        for (Hop hop : mail.hops()) {
            newest = hop.stamp() == null ? newest : hop.stamp();
        }
        Stamp at = newest == null ? mail.date() : newest;
        List<String> lists = new ArrayList<>(mail.lists().size());
        for (MailingList list : mail.lists()) {
            lists.add(list.id());
        }
        List<DefectCode> defects = new ArrayList<>();
        for (Defect defect : mail.defects()) {
            if (!defects.contains(defect.code())) {
                defects.add(defect.code());
            }
        }
        long[] related = new long[mail.references().size() + mail.inReplyTo().size()];
        int filled = 0;
        for (String id : mail.references()) {
            related[filled++] = hash(id);
        }
        for (String id : mail.inReplyTo()) {
            related[filled++] = hash(id);
        }
        return new MailFacts(
                mail.origin(),
                mail.messageId(),
                mail.subject(),
                mail.messageId() == null ? 0 : hash(mail.messageId()),
                related,
                at == null ? null : at.instant(),
                lists,
                mail.hops().size(),
                mail.latencyMs(),
                mail.longestHold(),
                mail.skewed(),
                defects);
    }

    /** FNV-1a over the characters, with a final mix; never 0. */
    static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}
