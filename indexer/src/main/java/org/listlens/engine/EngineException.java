package org.listlens.engine;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An engine that cannot be used. The message is one sentence: what happened, where, and what to do. */
public class EngineException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is known of the request that failed. */
    public enum Kind {
        /** No connection came about: the engine has not seen the request. May be tried again. */
        UNREACHABLE,
        /** No usable answer came: the engine may have carried the request out, or not. May be tried again. */
        UNANSWERED,
        /** The engine, or what was found in its place, will not do it however often it is asked. */
        REFUSED
    }

    private final Kind kind;

    public EngineException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind);
    }

    public EngineException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }
}
