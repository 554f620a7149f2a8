package org.listlens.source;

/**
 * Tells the {@code From } lines that separate the mails of one mbox from those that somebody wrote; {@link MboxReader}
 * has the rules.
 */
final class Separators {
    /** What is looked at behind the first octet of a separator: its line and the next one. */
    static final int AHEAD = 2 * (FromLine.MAX_LENGTH + 2);

    private final Window window;
    private final boolean git;
    private final boolean undated;

    /** @param first the mbox's first line */
    Separators(Window window, FromLine first) {
        this.window = window;
        this.git = first.kind() == FromLine.Kind.GIT;
        this.undated = first.kind() == FromLine.Kind.UNDATED;
    }

    /**
     * Whether the line that begins with {@code From } at an offset separates mails.
     *
     * @param vouched whether a Content-Length says that a mail ends here, which is as good as a blank line
     * @param keep what is still needed of the window
     */
    boolean at(long offset, boolean vouched, long keep) {
        window.require(offset + AHEAD, keep);
        byte[] octets = window.octets();
        int from = window.index(offset);
        int limit = window.limit();
        int end = Scan.lineFeed(octets, from, Math.min(limit, from + FromLine.MAX_LENGTH + 2));
        if (end < 0) {
            return false;
        }
        boolean blank = vouched || Scan.skipBlankLineBack(octets, from) < from;
        int next = end + 1;
        return switch (new FromLine(octets, from, end).kind()) {
            case NONE -> false;
            case BARE -> blank && FieldLine.isKnown(octets, next, limit);
            case UNDATED -> undated && blank && FieldLine.isKnown(octets, next, limit);
            case GIT -> git && blank && FieldLine.isField(octets, next, limit);
            case DATED -> blank && headerBegins(octets, next, limit);
            case STRICT -> blank ? headerBegins(octets, next, limit) : FieldLine.isKnown(octets, next, limit);
        };
    }

    private boolean headerBegins(byte[] octets, int from, int limit) {
        if (FieldLine.isField(octets, from, limit)) {
            return true;
        }
        if (window.fault() != null && Scan.lineFeed(octets, from, limit) < 0) {
            return true; // The data breaks off in the first line of the header.
        }
        int line = from < limit && octets[from] == '>' ? from + 1 : from;
        int end = Scan.lineFeed(octets, line, Math.min(limit, line + FromLine.MAX_LENGTH + 2));
        return end >= 0 && new FromLine(octets, line, end).kind().compareTo(FromLine.Kind.DATED) >= 0;
    }
}
