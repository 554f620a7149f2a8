package org.listlens.cli;

import java.io.PrintStream;
import org.listlens.engine.IndexUpgrade;

/** Shows how far indices are copied: a line for each that begins and ends, and one every ten seconds in between. */
final class CopyProgress implements IndexUpgrade.Listener {
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private String current = "";
    private long lastDone = -1;
    private long printedNanos;

    CopyProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void copying(String from, String to, long documents, long total) {
        boolean begins = !to.equals(current);
        boolean ends = documents == total && documents != lastDone;
        long now = System.nanoTime();
        if (begins || ends || now - printedNanos >= LINE_NANOS) {
            out.println("Copying " + from + " to " + to + ": " + Units.count(documents) + " of "
                    + Units.count(total, "document"));
            printedNanos = now;
        }
        current = to;
        lastDone = documents;
    }
}
