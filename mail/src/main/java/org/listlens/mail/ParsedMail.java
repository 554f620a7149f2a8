package org.listlens.mail;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mail, parsed. Of a mail that a list has wrapped into one of its own, as for DMARC, author, date, subject, ids,
 * participants and text are those of the inner mail. Two copies of one mail that came by different lists share {@code contentDigest} and
 * {@code messageId} and differ in {@code digest}.
 *
 * @param origin where the mail lies
 * @param size octets of the mail in its archive
 * @param digest identity of this copy: lower-case hex of the first 16 octets of SHA-256 over the mail's octets with
 *     line ends as LF and without trailing line ends
 * @param contentDigest what the author wrote: lower-case hex of the first 16 octets of SHA-256 over what lists leave as it
 *     is of the text: its letters and digits, without list footers and signature; with the bare subject where there is
 *     hardly any text or no Message-ID
 * @param headers every field in the order of the mail, repeats included
 * @param messageId the Message-ID without brackets (RFC 5322 §3.6.4)
 * @param subject the decoded subject
 * @param date the Date field
 * @param participants every address of the address fields, in the order of the mail
 * @param author who wrote it; {@code null} without any address
 * @param inReplyTo Message-IDs without brackets
 * @param references Message-IDs without brackets, oldest first
 * @param lists the lists this copy says it went through
 * @param hops oldest first
 * @param route what is understood of the way as a whole
 * @param authentication what hosts on the way found out about the sender, and what was signed
 * @param parts the leaves of the MIME tree in their order
 * @param text the text a reader sees; {@code null} when the mail has none
 * @param patch what it says of a patch; {@code null} when it is none
 * @param trailers the trailers that its author gives, in their order
 * @param defects what is wrong with the mail, bounded, each code at most once per place
 */
public record ParsedMail(
        Origin origin,
        long size,
        String digest,
        String contentDigest,
        List<HeaderField> headers,
        @Nullable String messageId,
        @Nullable String subject,
        @Nullable Stamp date,
        List<Participant> participants,
        @Nullable Author author,
        List<String> inReplyTo,
        List<String> references,
        List<MailingList> lists,
        List<Hop> hops,
        Route route,
        Authentication authentication,
        List<Part> parts,
        @Nullable BodyText text,
        @Nullable Patch patch,
        List<Trailer> trailers,
        List<Defect> defects) {
    public ParsedMail {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(contentDigest);
        headers = List.copyOf(headers);
        participants = List.copyOf(participants);
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
        lists = List.copyOf(lists);
        hops = List.copyOf(hops);
        Objects.requireNonNull(route);
        Objects.requireNonNull(authentication);
        parts = List.copyOf(parts);
        trailers = List.copyOf(trailers);
        defects = List.copyOf(defects);
    }

    /**
     * Milliseconds from the oldest to the newest stamp of the trace, both from hosts that carried the mail; negative
     * when their clocks disagree so much. {@code null} with fewer than two stamps. The time between {@link #date} and
     * the oldest stamp is not in it, because Date is whatever the author's machine says.
     */
    public @Nullable Long latencyMs() {
        Stamp oldest = null;
        Stamp newest = null;
        int stamps = 0;
        for (Hop hop : hops) {
            if (hop.stamp() != null) {
                oldest = oldest == null ? hop.stamp() : oldest;
                newest = hop.stamp();
                stamps++;
            }
        }
        return oldest == null || newest == null || stamps < 2
                ? null
                : newest.instant().toEpochMilli() - oldest.instant().toEpochMilli();
    }

    /** How long hosts had the mail wait by greylisting, in milliseconds; {@code null} when none noted that it did. */
    public @Nullable Long greylistedMs() {
        long sum = 0;
        boolean noted = false;
        for (Hop hop : hops) {
            if (hop.greylistedMs() != null) {
                sum += hop.greylistedMs();
                noted = true;
            }
        }
        return noted ? sum : null;
    }

    /**
     * The longest that a host had the mail by one delay.
     *
     * @param host the host; {@code null} when the trace does not name it
     * @param ms how long it had the mail by the raw delays, in milliseconds, above 0
     */
    public record Hold(@Nullable String host, long ms) {}

    /**
     * The longest of the hops' delays, the older of equals, with whom {@link Hop#heldBy} tells to have had the mail;
     * {@code null} when no delay is above 0.
     */
    public @Nullable Hold longestHold() {
        Hop longest = null;
        long ms = 0;
        for (Hop hop : hops) {
            Long delay = hop.delayMs();
            if (delay != null && delay > ms) {
                ms = delay;
                longest = hop;
            }
        }
        return longest == null ? null : new Hold(longest.heldBy(), ms);
    }

    /** Whether some hop's raw delay is negative, so that two clocks on the way disagree. */
    public boolean skewed() {
        for (Hop hop : hops) {
            if (hop.delayMs() != null && hop.delayMs() < 0) {
                return true;
            }
        }
        return false;
    }
}
