package org.listlens.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Stamp;

/**
 * When, and for which domain, a field that hosts add on the way was signed, and which host that was.
 *
 * <p>Fields are added on top, so a field between the lines of two hops was added by the older host before it gave the mail
 * away, or by the newer one while it took it: a milter's fields stand below the line of the server that runs it. The lines
 * say which:
 *
 * <ol>
 *   <li>The host that shares more labels of its name with the signature's {@code d=}, at least those that make an
 *       organisation, has signed. A list's server seals mail in its own name, whoever sent it.
 *   <li>Where both share as many, the newer one: an organisation signs at its border. Google's hosts are the exception, they
 *       write their lines above their signatures; there it is the older one.
 *   <li>Where neither does, the newer one if it took the mail from an authenticated user: a submission server signs for the
 *       domains of its users.
 *   <li>Else the older one, which had the field on its mail when it gave it away. Where there is none, because the trace
 *       begins later or the signer left no line, nobody is named.
 * </ol>
 *
 * <p>A time that is more than {@link #EARLY} before the stamp of that hop, or {@link #LATE} after it, is not by the clock
 * that made the stamp, and does not count either.
 *
 * @param kind what was signed
 * @param domain {@code d=} in lower case; {@code null} without one
 * @param time {@code t=} (RFC 6376 §3.5, RFC 8617 §4.1), precise to the second
 */
record Signature(Kind kind, @Nullable String domain, Instant time) {
    /** What a field signs. */
    enum Kind {
        ARC_SEAL,
        ARC_MESSAGE,
        DKIM
    }

    /** Lines are stamped before a mail is signed, or where a filter signs while the mail comes in, seconds after. */
    static final Duration EARLY = Duration.ofSeconds(5);

    /** Some sign when the mail leaves, at the end of the time that a queue keeps it. */
    static final Duration LATE = Duration.ofDays(7);

    private static final int MAX_DIGITS = 12;

    /** What is longer is no domain (RFC 1035 §2.3.4). */
    private static final int MAX_DOMAIN = 255;

    /** Reads a tag list (RFC 6376 §3.2); {@code null} without a time. */
    static @Nullable Signature parse(Kind kind, String value) {
        String domain = null;
        Instant time = null;
        int at = 0;
        while (at < value.length() && (domain == null || time == null)) {
            int end = value.indexOf(';', at);
            end = end < 0 ? value.length() : end;
            int name = skipBlanks(value, at, end);
            int equals = name < end ? skipBlanks(value, name + 1, end) : end;
            if (equals < end && value.charAt(equals) == '=') {
                int from = skipBlanks(value, equals + 1, end);
                int to = end;
                while (to > from && value.charAt(to - 1) <= ' ') {
                    to--;
                }
                char tag = value.charAt(name);
                if (tag == 't' && time == null) {
                    time = time(value, from, to);
                } else if (tag == 'd' && domain == null && to > from && to - from <= MAX_DOMAIN) {
                    domain = value.substring(from, to).toLowerCase(Locale.ROOT);
                }
            }
            at = end + 1;
        }
        return time == null ? null : new Signature(kind, domain, time);
    }

    private static @Nullable Instant time(String value, int from, int to) {
        boolean fits = to > from && to - from <= MAX_DIGITS;
        long seconds = fits ? IdDigits.number(value, from, to, IdDigits.DECIMAL) : -1;
        return IdDigits.epoch(seconds, 0);
    }

    private static int skipBlanks(String value, int from, int end) {
        int at = from;
        while (at < end && value.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    /**
     * Gives the time to the hop whose host has signed.
     *
     * @param older the newest hop below the field
     * @param newer the oldest hop above the field
     */
    void attribute(@Nullable HopDraft older, @Nullable HopDraft newer) {
        HopDraft signer = signer(older, newer);
        if (signer == null) {
            return;
        }
        Stamp stamp = signer.stamp();
        if (stamp == null
                || (!time.isBefore(stamp.instant().minus(EARLY))
                        && !time.isAfter(stamp.instant().plus(LATE)))) {
            signer.signed(kind, time);
        }
    }

    private @Nullable HopDraft signer(@Nullable HopDraft older, @Nullable HopDraft newer) {
        if (newer == null) {
            return older;
        }
        int byOlder = older == null ? 0 : sharedLabels(older);
        int byNewer = sharedLabels(newer);
        if (byOlder != byNewer) {
            return byOlder > byNewer ? older : newer;
        }
        if (byNewer > 0) {
            return newer.isGoogle() ? older : newer;
        }
        return newer.isSubmission() && !newer.isGoogle() ? newer : older;
    }

    private int sharedLabels(HopDraft hop) {
        String host = hop.host();
        return host == null || domain == null ? 0 : Organisation.sharedLabels(host, domain);
    }
}
