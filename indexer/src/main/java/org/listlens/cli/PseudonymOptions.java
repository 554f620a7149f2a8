package org.listlens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.listlens.pseudonym.PseudonymKey;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that puts pseudonyms in the place of persons. */
final class PseudonymOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--pseudonymize",
            paramLabel = "KEY",
            description =
                    "Put pseudonyms, keyed hashes, in the place of all names and addresses of persons. The key has"
                            + " at least 16 characters; @FILE reads it from a file. Better given as LISTLENS_PSEUDONYMIZE, as a"
                            + " flag shows in the list of processes.")
    private @Nullable String pseudonymize;

    /** The key; {@code null} when persons are to be left readable. */
    @Nullable
    PseudonymKey key() {
        if (pseudonymize == null) {
            return null;
        }
        String key = pseudonymize;
        if (key.startsWith("@")) {
            try {
                key = Files.readString(Path.of(key.substring(1))).strip();
            } catch (IOException | InvalidPathException e) {
                throw new Ranges(spec)
                        .wrong(
                                "--pseudonymize",
                                "The key file " + key.substring(1) + " cannot be read ("
                                        + e.getClass().getSimpleName()
                                        + "): name one that holds the key and nothing else.");
            }
        }
        try {
            return new PseudonymKey(key);
        } catch (IllegalArgumentException e) {
            throw new Ranges(spec).wrong("--pseudonymize", String.valueOf(e.getMessage()));
        }
    }
}
