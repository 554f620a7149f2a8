package org.listlens.source;

/** What octets hold, once their compression is off. */
enum Content {
    /** Nothing but blank lines. */
    EMPTY,
    MBOX,
    /** One mail. */
    MAIL,
    /** One mail as Apple Mail keeps it. */
    EMLX,
    MMDF,
    TAR,
    ZIP,
    /** Text that is neither a mail nor an mbox. */
    TEXT,
    /** Other octets. */
    BINARY;

    /** How many octets have to be there for {@link #of} to tell. */
    static final int HEAD = 64 << 10;

    /** How many lines that are no fields may stand before a mail. */
    private static final int MAX_STRAY_LINES = 5;

    /** Whether these contain mails. */
    boolean isMail() {
        return switch (this) {
            case MBOX, MAIL, EMLX, MMDF, TAR, ZIP -> true;
            case EMPTY, TEXT, BINARY -> false;
        };
    }

    String label() {
        return switch (this) {
            case EMPTY -> "empty";
            case MBOX -> "mbox";
            case MAIL -> "mail";
            case EMLX -> "mail (emlx)";
            case MMDF -> "MMDF mailbox";
            case TAR -> "tar";
            case ZIP -> "zip";
            case TEXT -> "text";
            case BINARY -> "binary data";
        };
    }

    /**
     * Recognises what begins with these octets; not {@link #TAR} and {@link #ZIP}.
     *
     * <p>A mail begins with a header field. As other text may as well, one of its fields has to be one that mails are
     * known to have; and when other lines stand before the first field, one that only mail software writes.
     */
    static Content of(byte[] octets, int limit) {
        int start = start(octets, limit);
        if (start == limit) {
            return EMPTY;
        }
        FromLine first = fromLine(octets, limit);
        if (first.kind() != FromLine.Kind.NONE) {
            int lineFeed = Scan.lineFeed(octets, start, limit);
            boolean dated = first.kind().compareTo(FromLine.Kind.DATED) >= 0;
            if (dated || (lineFeed >= 0 && FieldLine.isKnown(octets, lineFeed + 1, limit))) {
                return MBOX;
            }
        }
        if (MmdfReader.isDelimiter(octets, 0, limit)) {
            return MMDF;
        }
        int behindLength = EmlxReader.start(octets, limit);
        if (behindLength > 0 && isMail(octets, behindLength, limit)) {
            return EMLX;
        }
        if (isMail(octets, start, limit)) {
            return MAIL;
        }
        return isText(octets, limit) ? TEXT : BINARY;
    }

    /** Where the first line begins that is not blank, behind a byte order mark; {@code limit} when there is none. */
    static int start(byte[] octets, int limit) {
        int at = limit >= 3 && octets[0] == (byte) 0xef && octets[1] == (byte) 0xbb && octets[2] == (byte) 0xbf ? 3 : 0;
        int line = at;
        while (at < limit && (octets[at] == ' ' || octets[at] == '\t' || octets[at] == '\r' || octets[at] == '\n')) {
            at++;
            if (octets[at - 1] == '\n') {
                line = at;
            }
        }
        return at == limit ? limit : line;
    }

    /** The first line that is not blank, read as a {@code From } line. */
    static FromLine fromLine(byte[] octets, int limit) {
        int start = start(octets, limit);
        int lineFeed = Scan.lineFeed(octets, start, limit);
        return new FromLine(octets, start, lineFeed < 0 ? limit : lineFeed);
    }

    /** Where the header ends, blank line included; -1 when it does not. */
    static int headerEnd(byte[] octets, int from, int limit) {
        int line = from;
        while (true) {
            int lineFeed = Scan.lineFeed(octets, line, limit);
            if (lineFeed < 0) {
                return -1;
            }
            if (Scan.skipLineEnd(octets, line, limit) > line) {
                return lineFeed + 1;
            }
            line = lineFeed + 1;
        }
    }

    private static boolean isMail(byte[] octets, int start, int limit) {
        int stray = 0;
        boolean fields = false;
        int line = start;
        while (line < limit) {
            int lineFeed = Scan.lineFeed(octets, line, limit);
            int end = lineFeed < 0 ? limit : lineFeed;
            if (Scan.skipLineEnd(octets, line, limit) > line) {
                return false;
            }
            if (FieldLine.isField(octets, line, end)) {
                if (stray == 0 ? FieldLine.isKnown(octets, line, end) : FieldLine.isBySoftware(octets, line, end)) {
                    return true;
                }
                fields = true;
            } else if (octets[line] != ' ' && octets[line] != '\t') {
                if ((fields && stray == 0) || ++stray > MAX_STRAY_LINES) {
                    return false;
                }
            }
            line = end + 1;
        }
        return false;
    }

    private static boolean isText(byte[] octets, int limit) {
        int bound = Math.min(limit, 8 << 10);
        int odd = 0;
        for (int i = 0; i < bound; i++) {
            int octet = octets[i];
            if (octet == 0) {
                return false;
            }
            if (octet > 0 && octet < ' ' && octet != '\t' && octet != '\n' && octet != '\r' && octet != '\f') {
                odd++;
            }
        }
        return odd * 20 <= bound;
    }
}
