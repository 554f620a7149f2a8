package org.listlens.source;

import java.io.IOException;

/** An archive that cannot be read at all. The message is one sentence for the user: what, where, and what to do. */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    SourceException(String message) {
        super(message);
    }

    SourceException(String message, IOException cause) {
        super(message, cause);
    }
}
