package org.listlens.cli;

import java.io.Serial;

/** The configuration is wrong; the message is one sentence for the user. */
final class ConfigurationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
