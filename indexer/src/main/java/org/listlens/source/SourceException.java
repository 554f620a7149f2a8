package org.listlens.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An archive that cannot be read at all. The message is one sentence for the user: what, where, and what to do. */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
