package org.listlens.cli;

/** What {@code listlens} exits with. 130 after SIGINT and 143 after SIGTERM are the JVM's own. */
final class ExitCode {
    static final int OK = 0;
    /** A defect of Listlens itself. */
    static final int INTERNAL = 1;
    /** The command line is wrong: an unknown option, a source that is not there or holds no mail. */
    static final int USAGE = 2;
    /** The run came to its end, and some entries were rejected, are missing, or kept an archive from being pruned. */
    static final int REJECTED = 3;
    /** The engine cannot be reached, refuses, or cannot be started. */
    static final int ENGINE = 4;
    /** The configuration file or an environment variable is wrong (EX_CONFIG of sysexits.h). */
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}
