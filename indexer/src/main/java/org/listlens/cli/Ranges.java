package org.listlens.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Says what is wrong with a value of an option, and where the value comes from.
 *
 * @param spec the command that has the option
 */
record Ranges(@Nullable CommandSpec spec) {
    /** Refuses a value that is out of range. */
    void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrong(
                    option,
                    "The value " + value + " of " + option + " is out of range: give one from " + least + " to " + most
                            + ".");
        }
    }

    /** The error for a wrong value, by where it comes from. */
    RuntimeException wrong(String option, String sentence) {
        Configuration.Value configured =
                spec == null || spec.commandLine().getParseResult().hasMatchedOption(option)
                        ? null
                        : Main.of(spec).configuration().find(option.substring(2));
        return configured == null
                ? new UsageException(sentence)
                : new ConfigurationException(sentence + " It comes from " + configured.place() + ".");
    }
}
