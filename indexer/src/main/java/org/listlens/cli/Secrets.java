package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Passwords, keys and tokens, none of which stand on the command line. */
final class Secrets {
    private Secrets() {}

    /**
     * One from the environment or the configuration file; {@code null} when it is in neither.
     *
     * @param spec of the command
     * @param name as in the configuration file
     */
    static @Nullable String find(@Nullable CommandSpec spec, String name) {
        Configuration.Value value =
                spec == null ? null : Main.of(spec).configuration().find(name);
        return value == null ? null : value.value();
    }

    /** One from a file if that is given, else as {@link #find} does. */
    static @Nullable String password(@Nullable CommandSpec spec, @Nullable Path file, String name) {
        if (file == null) {
            return find(spec, name);
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The password file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + "): name one that holds the password and nothing else.",
                    e);
        }
    }
}
