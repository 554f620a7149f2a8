package org.listlens.generate;

import org.jspecify.annotations.Nullable;

/**
 * What a host knows of a mail that it takes, and so writes into its trace line.
 *
 * @param by the host that takes the mail
 * @param from the host that hands it over
 * @param sender the envelope sender, without brackets
 * @param recipient the envelope recipient; {@code null} when the line shall not name it
 * @param clockMs the time by the clock of {@code by}
 * @param random for ids
 */
record Transfer(Host by, Peer from, String sender, @Nullable String recipient, long clockMs, Prng random) {
    /** The user part of the sender. */
    String user() {
        int at = sender.indexOf('@');
        return at < 0 ? sender : sender.substring(0, at);
    }

    /** {@code for <…>} after a separator; empty when the recipient is not named. */
    String forClause(String separator) {
        return recipient == null ? "" : separator + "for <" + recipient + '>';
    }

    /** The host's name by reverse DNS or {@code unknown}. */
    String rdnsOrUnknown() {
        String rdns = from.rdns();
        return rdns == null ? "unknown" : rdns;
    }

    /** The date to the second. */
    long secondMs() {
        return Math.floorDiv(clockMs, 1000L) * 1000;
    }
}
