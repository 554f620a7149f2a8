package org.listlens.node;

/** The local engine cannot be started, reached or stopped; the message is one sentence or two for the user. */
public final class LocalEngineException extends Exception {
    private static final long serialVersionUID = 1L;

    public LocalEngineException(String message) {
        super(message);
    }

    public LocalEngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
