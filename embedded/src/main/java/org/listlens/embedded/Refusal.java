package org.listlens.embedded;

/** Why the engine does not start: one sentence for the user, and the exit code that the command understands. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** The arguments are wrong (EX_USAGE). */
    static final int USAGE = 64;
    /** The engine failed by itself (EX_SOFTWARE). */
    static final int FAILED = 70;
    /** The folder cannot be used as it is (EX_CANTCREAT). */
    static final int FOLDER = 73;
    /** Another engine holds the folder: use that one (EX_TEMPFAIL). */
    static final int HELD = 75;

    private final int exitCode;

    Refusal(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
