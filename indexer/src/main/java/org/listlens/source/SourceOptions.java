package org.listlens.source;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;

/**
 * How archives are read.
 *
 * @param limits {@link Limits#mailBytes()} is what is kept of a mail
 * @param dialect the dialect of every mbox; {@code null} to find it out for each
 * @param remote how archives are reached that are not on this machine
 * @param awaited whether mail is expected to come, so that an archive may be empty now
 */
public record SourceOptions(Limits limits, @Nullable MboxDialect dialect, RemoteOptions remote, boolean awaited) {
    /** The default limits; dialects are found out. */
    public static final SourceOptions DEFAULT = new SourceOptions(Limits.DEFAULT, null);

    public SourceOptions {
        Objects.requireNonNull(limits);
        Objects.requireNonNull(remote);
    }

    /** Options for archives that have to hold mail now. */
    public SourceOptions(Limits limits, @Nullable MboxDialect dialect, RemoteOptions remote) {
        this(limits, dialect, remote, false);
    }

    /** Options for archives on this machine. */
    public SourceOptions(Limits limits, @Nullable MboxDialect dialect) {
        this(limits, dialect, RemoteOptions.DEFAULT, false);
    }
}
