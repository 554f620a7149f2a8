package org.listlens.tls;

import java.io.IOException;

/** A file of certificates that cannot be used. The message is a sentence for the user. */
public final class CaFileException extends IOException {
    private static final long serialVersionUID = 1L;

    CaFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
