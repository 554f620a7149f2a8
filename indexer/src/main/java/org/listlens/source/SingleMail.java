package org.listlens.source;

/** What stands before a mail that is alone in its file, or in what an archive keeps in the place of one. */
public final class SingleMail {
    private SingleMail() {}

    /**
     * Where the mail begins: behind a {@code From } line that an mbox would have in front of it, else with the first
     * octet.
     *
     * @param limit how many octets there are
     */
    public static int start(byte[] octets, int limit) {
        if (Content.fromLine(octets, limit).kind().compareTo(FromLine.Kind.DATED) < 0) {
            return 0;
        }
        int lineFeed = Scan.lineFeed(octets, Content.start(octets, limit), limit);
        return lineFeed < 0 ? limit : lineFeed + 1;
    }
}
