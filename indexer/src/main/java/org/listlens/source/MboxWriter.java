package org.listlens.source;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Software whose mboxes show by their beginning that it has written them. */
enum MboxWriter {
    /** {@code From mboxrd@z}. */
    PUBLIC_INBOX("public-inbox"),
    /** {@code From 1234567890123456789@xxx}. */
    GOOGLE_TAKEOUT("Google Takeout"),
    /** Notes of its own above all other fields. */
    THUNDERBIRD("Thunderbird"),
    /** {@code From jane at example.org} and {@code From: jane at example.org (Jane Doe)}: a month of Mailman 2. */
    PIPERMAIL("Pipermail"),
    /** {@code From jane at example.org} and {@code From: Jane Doe <jane at example.org>}: an export of Mailman 3. */
    HYPERKITTY("HyperKitty");

    private final String label;

    MboxWriter(String label) {
        this.label = label;
    }

    /** The software's name, as its makers write it. */
    String label() {
        return label;
    }

    /** Who wrote the mbox that begins with these octets; {@code null} when nothing tells. */
    static @Nullable MboxWriter of(byte[] octets, int limit) {
        FromLine first = Content.fromLine(octets, limit);
        if (first.isPublicInbox()) {
            return PUBLIC_INBOX;
        }
        if (first.isTakeout()) {
            return GOOGLE_TAKEOUT;
        }
        int start = Scan.lineFeed(octets, Content.start(octets, limit), limit) + 1;
        if (start == 0) {
            return null;
        }
        if (Expunged.mozillaStatus(octets, start, limit) >= 0) {
            return THUNDERBIRD;
        }
        return first.isObscured() ? ofObscured(octets, start, limit) : null;
    }

    /** Pipermail and HyperKitty begin a header with From, and keep no trace. */
    private static @Nullable MboxWriter ofObscured(byte[] octets, int start, int limit) {
        if (!FieldLine.isNamed("from", octets, start, limit)) {
            return null;
        }
        boolean angle = false;
        int end = Scan.lineFeed(octets, start, limit);
        for (int i = start; i < end; i++) {
            if (octets[i] == '@') {
                return null;
            }
            angle |= octets[i] == '<';
        }
        return angle ? HYPERKITTY : PIPERMAIL;
    }

    /** Whether the first mail of an mbox has a List-Id of groups.io, whose exports show nothing else. */
    static boolean isOfGroupsIo(byte[] octets, int limit) {
        int line = Scan.lineFeed(octets, Content.start(octets, limit), limit) + 1;
        int header = Content.headerEnd(octets, line, limit);
        int bound = header < 0 ? limit : header;
        while (line > 0 && line < bound) {
            int end = Scan.lineFeed(octets, line, bound);
            if (FieldLine.isNamed("list-id", octets, line, bound)) {
                String value = new String(octets, line, (end < 0 ? bound : end) - line, StandardCharsets.ISO_8859_1);
                return value.contains("groups.io");
            }
            line = end + 1;
        }
        return false;
    }
}
