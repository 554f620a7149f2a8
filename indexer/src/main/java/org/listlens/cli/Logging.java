package org.listlens.cli;

/** What the libraries may print on stderr: errors only, or with {@code --debug} what they have to say. */
final class Logging {
    private static final String SIMPLE = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** To be called before the first logger is made. What the command line of the Java machine says goes before. */
    static void configure(boolean debug) {
        // Named, because looking for it would open every jar.
        set("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        set("slf4j.internal.verbosity", "WARN");
        set(SIMPLE + "defaultLogLevel", debug ? "info" : "error");
        set(SIMPLE + "showShortLogName", "true");
        set(SIMPLE + "showThreadName", Boolean.toString(debug));
        if (debug) {
            // Without, no date format has to be loaded.
            set(SIMPLE + "showDateTime", "true");
            set(SIMPLE + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSX");
        }
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
