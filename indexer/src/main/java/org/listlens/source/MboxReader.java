package org.listlens.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.RawMail;

/**
 * Splits an mbox into its mails, in one pass over its octets and in memory that does not depend on its size.
 *
 * <p>A line that begins with {@code From } separates mails when it stands behind the header of the mail before, and
 *
 * <ul>
 *   <li>a blank line precedes it, it has a sender and a date (see {@link FromLine}), and what follows looks like a
 *       header field, or like another {@code From } line that slipped into the header;
 *   <li>or no blank line precedes it, as where files were joined of which one ends without, but it has an address and a
 *       complete ctime date, and a header field that mails are known to have follows: whoever writes such lines into a
 *       body unescaped cannot be read by anybody;
 *   <li>or it is {@code From } alone between a blank line and a known header field, as some mail readers write it;
 *   <li>or the mbox's own first {@code From } line has no date that is known either, and it stands between a blank line
 *       and a known header field.
 * </ul>
 *
 * The line that {@code git format-patch} begins a mail with separates only in an mbox that begins with such a line;
 * elsewhere it is the head of an attached patch. A mail whose Content-Length ends on a separator or at the end of the
 * mbox goes as far as that, whatever its body looks like; a Content-Length that ends elsewhere is wrong and is ignored,
 * and so is one that ends more than {@link #MAX_AHEAD} octets behind something that looks like a separator.
 *
 * <p>The blank line in front of a separator and at the end of the mbox is not part of the mail, unless it is the one
 * that ends the header.
 */
final class MboxReader {
    /** How far behind an apparent separator the end of a body is looked for. */
    static final int MAX_AHEAD = 16 << 20;

    /** A header that is longer is read, but not looked into for Content-Length. */
    private static final int MAX_HEADER = 1 << 20;

    /** What is kept in front of the octet that is looked at: two line ends. */
    private static final int BEHIND = 8;

    /** What is looked at again when more octets come: the longest escape, with the line end before it. */
    private static final int TAIL = Scan.MAX_DEPTH + 8;

    /** What has to be read for the end of a body to be seen: the line ends behind it. */
    private static final int BLANK = 4;

    private static final MailReceiver NOBODY = new MailReceiver() {
        @Override
        public void mail(RawMail mail) {}

        @Override
        public void rejected(RejectedEntry entry) {}

        @Override
        public void progress(long octets) {}
    };

    private final Window window;
    private final Place place;
    private final MailReceiver receiver;
    private final MailCutter cutter;
    private final Separators separators;
    private final boolean detecting;
    private final boolean countsOctets;
    private MboxDialect dialect;
    private long mails;

    // The mail at hand.
    private boolean headerEnded;
    private long body;
    /** Where the body ends by Content-Length; -1 when it does not say, or what it says was found wrong. */
    private long bodyEnd;
    /** Whether the body was found to end at {@link #bodyEnd}, although there seems to be a separator in it. */
    private boolean held;
    /** Whether a line in the body begins with {@code From } and is no separator. */
    private boolean hasFromLine;

    // What the dialect is told by.
    private long mailsByLength;
    private boolean unescapedByLength;

    /**
     * @param window with the beginning of an mbox in it
     * @param mailBytes how many octets are kept of a mail
     * @param override the dialect that the user has set
     * @param detected the dialect to begin with
     */
    MboxReader(
            Window window,
            Place place,
            int mailBytes,
            @Nullable MboxDialect override,
            MboxDialect detected,
            MailReceiver receiver) {
        this.window = window;
        this.place = place;
        this.receiver = receiver;
        this.cutter = new MailCutter(window, mailBytes);
        this.separators = new Separators(window, firstLine(window));
        this.detecting = override == null;
        this.countsOctets = override == null || override.countsOctets();
        this.dialect = override == null ? detected : override;
    }

    /** Finds out the dialect of the mbox whose beginning lies in a window. */
    static MboxDialect detect(Window window) throws IOException {
        window.require(Window.SIZE, 0);
        FromLine first = firstLine(window);
        if (first.isPublicInbox()) {
            return MboxDialect.MBOXRD;
        }
        Window beginning = new Window();
        byte[] octets = window.octets();
        beginning.open(new FaultStream(new ByteArrayInputStream(octets, 0, window.limit()), Window.SIZE, () -> {}));
        beginning.require(Window.SIZE, 0);
        MboxReader reader = new MboxReader(beginning, new Place("", null), 1, null, MboxDialect.MBOXRD, NOBODY);
        reader.read();
        if (reader.mailsByLength > 0 && reader.mailsByLength * 2 >= reader.mails) {
            return reader.unescapedByLength ? MboxDialect.MBOXCL2 : MboxDialect.MBOXCL;
        }
        return first.isObscured() ? MboxDialect.MBOXO : MboxDialect.MBOXRD;
    }

    private static FromLine firstLine(Window window) {
        return Content.fromLine(window.octets(), window.limit());
    }

    /**
     * Hands over every mail. When a fault ended the data, the last mail is what there was of it, and is left out when
     * its header was not complete.
     *
     * @return {@code true}
     */
    boolean read() throws IOException {
        long from = window.offset(Content.start(window.octets(), window.limit()));
        do {
            from = mail(from);
        } while (from >= 0);
        return true;
    }

    /**
     * Hands over the mails from where an earlier run came to.
     *
     * @return whether the mbox is what it was then; otherwise nothing was handed over
     */
    boolean read(FileProgress progress) throws IOException {
        long start = window.offset(Content.start(window.octets(), window.limit()));
        long begin = progress.begin(window, separators);
        if (begin < 0) {
            return false;
        }
        long from = Math.max(start, begin);
        long last = begin == 0 ? start : progress.last();
        while (from >= 0 && from < window.end()) {
            last = from;
            long next = mail(from);
            if (next >= 0) {
                progress.passed(window, from, next, dialect);
            } else {
                progress.mail();
            }
            from = next;
        }
        progress.ended(window, last, dialect);
        return true;
    }

    /** Hands over the mail whose {@code From } line is at an offset; returns the offset of the next one, or -1. */
    private long mail(long from) throws IOException {
        window.require(from + FromLine.MAX_LENGTH + 2, from);
        int lineFeed = Scan.lineFeed(window.octets(), window.index(from), window.limit());
        cutter.begin(lineFeed < 0 ? window.end() : window.offset(lineFeed + 1));
        header();
        long next = body();
        boolean broken = next < 0 && window.fault() != null;
        if (!broken || headerEnded) {
            long end = end(next < 0 ? window.end() : next, broken);
            mails++;
            Expunged.hand(cutter.cut(end, place.at(from)), receiver);
        }
        return next;
    }

    /** Goes over the header: where does the body begin, and where does it end? */
    private void header() {
        long begin = cutter.kept();
        long line = begin;
        bodyEnd = -1;
        held = false;
        hasFromLine = false;
        headerEnded = false;
        long length = -1;
        long bound = begin + MAX_HEADER;
        while (!headerEnded) {
            long lineFeed = lineFeed(line, bound);
            if (lineFeed < 0) {
                headerEnded = window.end() >= bound;
                body = Math.min(window.end(), bound);
                return;
            }
            byte[] octets = window.octets();
            int index = window.index(line);
            int end = window.index(lineFeed);
            if (Scan.skipLineEnd(octets, index, end + 1) > index) {
                headerEnded = true;
            } else if (octets[index] == '>') {
                int depth = Scan.escapes(octets, index, end);
                if (depth > 0 && dialect.unescapes(depth)) {
                    cutter.drop(line);
                }
            } else if (countsOctets && length < 0 && (octets[index] | 0x20) == 'c') {
                length = FieldLine.contentLength(octets, index, end);
            }
            line = lineFeed + 1;
        }
        body = line;
        bodyEnd = length < 0 ? -1 : body + length;
    }

    /** The first LF at or behind an offset; -1 when there is none in front of the bound. */
    private long lineFeed(long from, long bound) {
        long searched = from;
        while (searched < bound) {
            int to = (int) Math.min(window.limit(), bound - window.offset(0));
            int found = Scan.lineFeed(window.octets(), window.index(searched), to);
            if (found >= 0) {
                return window.offset(found);
            }
            searched = window.offset(to);
            if (searched < bound && !window.require(searched + 1, cutter.kept())) {
                break;
            }
        }
        return -1;
    }

    /** Goes over the body, noting its escapes; returns the offset of the separator behind it, or -1. */
    private long body() {
        // A line is found by the line end before it.
        long at = body - 1;
        while (true) {
            int line = Scan.fromLine(window.octets(), window.index(at), window.limit());
            if (line < 0) {
                at = Math.max(at, window.end() - TAIL);
                if (window.isCrowded(cutter.kept())) {
                    cutter.putAside(at - BEHIND);
                }
                if (!window.require(window.end() + 1, cutter.kept())) {
                    return -1;
                }
                continue;
            }
            at = window.offset(line);
            int depth = Scan.depth(window.octets(), line, window.limit());
            if (depth > 0) {
                if (dialect.unescapes(depth)) {
                    cutter.drop(at);
                }
            } else if (separates(at)) {
                return at;
            } else {
                hasFromLine = true;
            }
        }
    }

    private boolean separates(long hit) {
        if (held && hit < bodyEnd) {
            return false;
        }
        if (window.end() < hit + Separators.AHEAD) {
            // So that looking ahead never makes the window grow.
            cutter.putAside(hit - BEHIND);
        }
        if (!separators.at(hit, isEnd(hit), cutter.kept())) {
            return false;
        }
        if (hit >= bodyEnd) {
            return true;
        }
        if (bodyEnd - hit <= MAX_AHEAD) {
            // Only what lies behind the apparent separator has to stay, to be split there if need be.
            cutter.putAside(hit - BEHIND);
            if (isFollowedBySeparator()) {
                held = true;
                if (detecting) {
                    dialect = MboxDialect.MBOXCL2;
                }
                return false;
            }
        }
        bodyEnd = -1;
        return true;
    }

    /** Whether the mbox ends behind {@link #bodyEnd}, or a separator follows, a blank line or two line ends apart. */
    private boolean isFollowedBySeparator() {
        window.require(bodyEnd + BLANK + 1, cutter.kept());
        if (window.end() < bodyEnd) {
            return false;
        }
        long at = bodyEnd;
        for (int lines = 0; lines <= 2; lines++) {
            if (at == window.end()) {
                return window.fault() == null;
            }
            byte[] octets = window.octets();
            int index = window.index(at);
            if (octets[index] == 'F') {
                return octets[index - 1] == '\n' && separators.at(at, true, cutter.kept());
            }
            int next = Scan.skipLineEnd(octets, index, window.limit());
            if (next == index) {
                return false;
            }
            at = window.offset(next);
        }
        return false;
    }

    /** Whether the body ends at an offset by its Content-Length, line ends aside. */
    private boolean isEnd(long offset) {
        return bodyEnd >= 0
                && offset >= bodyEnd
                && offset - bodyEnd <= BLANK
                && Scan.isBlankBetween(window.octets(), window.index(bodyEnd), window.index(offset));
    }

    /** Where the mail ends that is followed by a separator or the end of the data at an offset. */
    private long end(long offset, boolean broken) {
        if (isEnd(offset)) {
            mailsByLength++;
            unescapedByLength |= hasFromLine;
            return bodyEnd;
        }
        int blank = Scan.skipBlankLineBack(window.octets(), window.index(offset));
        return broken ? offset : Math.max(window.offset(blank), Math.min(body, offset));
    }
}
