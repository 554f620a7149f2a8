package org.listlens.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.listlens.mail.RawMail;

/**
 * Reads a mail as Apple Mail keeps it, {@code .emlx}: a line with the number of the mail's octets, the mail, and a
 * property list with its flags, of which the second bit says that it was deleted.
 */
final class EmlxReader {
    private static final int MAX_DIGITS = 12;

    /** How much of the property list is looked into. */
    private static final int MAX_LIST = 64 << 10;

    private static final byte[] FLAGS = "<key>flags</key>".getBytes(StandardCharsets.US_ASCII);
    private static final int DELETED = 2;

    private final Window window;
    private final Place place;
    private final MailCutter cutter;
    private final MailReceiver receiver;

    /** @param window with the beginning of the file in it */
    EmlxReader(Window window, Place place, int mailBytes, MailReceiver receiver) {
        this.window = window;
        this.place = place;
        this.cutter = new MailCutter(window, mailBytes);
        this.receiver = receiver;
    }

    /** Where the mail begins when octets begin with a line that counts it; else -1. */
    static int start(byte[] octets, int limit) {
        int at = digitsEnd(octets, limit);
        if (at == 0) {
            return -1;
        }
        while (at < limit && octets[at] == ' ') {
            at++;
        }
        int start = Scan.skipLineEnd(octets, at, limit);
        if (start == at) {
            return -1;
        }
        long end = start + length(octets, limit);
        // Where both ends can be seen, a list has to follow.
        return end < limit && octets[(int) end] != '<' && octets[(int) end] > ' ' ? -1 : start;
    }

    private static int digitsEnd(byte[] octets, int limit) {
        int at = 0;
        while (at < limit && at < MAX_DIGITS && octets[at] >= '0' && octets[at] <= '9') {
            at++;
        }
        return at;
    }

    private static long length(byte[] octets, int limit) {
        long length = 0;
        for (int i = 0; i < digitsEnd(octets, limit); i++) {
            length = length * 10 + octets[i] - '0';
        }
        return length;
    }

    /** Hands over the mail; it ends with the file where that is shorter than it says. */
    void read() throws IOException {
        int start = start(window.octets(), window.limit());
        long end = start + length(window.octets(), window.limit());
        cutter.begin(start);
        while (window.end() < end && window.require(window.end() + 1, cutter.kept())) {
            cutter.putAside(Math.min(window.end() - 1, end));
        }
        end = Math.min(end, window.end());
        window.require(end + MAX_LIST, cutter.kept());
        boolean deleted = (flags(window.octets(), window.index(end), window.limit()) & DELETED) != 0;
        RawMail mail = cutter.cut(end, place.whole());
        if (deleted) {
            receiver.leftOut(LeftOut.DELETED, mail.origin());
        } else {
            receiver.mail(mail);
        }
    }

    /** The flags of the property list; 0 when there are none. */
    private static long flags(byte[] octets, int from, int to) {
        for (int at = from; at + FLAGS.length < to; at++) {
            int matched = 0;
            while (matched < FLAGS.length && octets[at + matched] == FLAGS[matched]) {
                matched++;
            }
            if (matched == FLAGS.length) {
                return number(octets, at + matched, to);
            }
        }
        return 0;
    }

    /** The first number behind an element's end. */
    private static long number(byte[] octets, int from, int to) {
        int bound = Math.min(to, from + 100);
        int at = from;
        while (at < bound && (octets[at] < '0' || octets[at] > '9')) {
            at++;
        }
        long value = 0;
        for (; at < bound && octets[at] >= '0' && octets[at] <= '9'; at++) {
            value = value * 10 + octets[at] - '0';
        }
        return value;
    }
}
