package org.listlens.dashboards;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Dashboards that could not be installed. The message is one sentence: what happened, where, and what to do. */
public final class DashboardsException extends IOException {
    private static final long serialVersionUID = 1L;

    DashboardsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    DashboardsException(String message) {
        this(message, null);
    }
}
