package org.listlens.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host wrote that it found of a mail. A {@link Notation} fills it while it writes the fields, so that the two
 * cannot differ. {@code null} and absent in the manifest: what the fields do not say.
 */
final class Verdict {
    /** The position of the hop with which the host took the mail. */
    final int position;

    /** The name in the fields (RFC 8601, authserv-id). */
    @Nullable
    String host;

    @Nullable
    String spf;

    @Nullable
    String mailFrom;

    @Nullable
    String helo;

    @Nullable
    String clientIp;

    @Nullable
    String iprev;

    /** The results of DKIM, one a signature, or none. */
    final List<String> dkim = new ArrayList<>();

    @Nullable
    String dmarc;

    /** The author's domain's, as the fields tell it. */
    @Nullable
    String policy;

    @Nullable
    String arc;

    /** The fields, each with its line end. */
    String text = "";

    /** The results alone, which a seal repeats. */
    String results = "";

    Verdict(int position) {
        this.position = position;
    }
}
