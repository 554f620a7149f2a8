package org.listlens.index;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.document.EncodedAction;
import org.listlens.engine.EngineException;
import org.listlens.sink.ActionWriter;

/** Writes what an update has found out, as long as it holds its lease. */
final class UpdateWriter {
    private final ActionWriter writer;
    private final @Nullable Lease lease;

    /** @param lease {@code null} where nobody else can be at work */
    UpdateWriter(ActionWriter writer, @Nullable Lease lease) {
        this.writer = writer;
        this.lease = lease;
    }

    /** Carries out actions and waits until they are done. */
    void write(List<EncodedAction> actions) throws EngineException, InterruptedException {
        if (lease != null) {
            lease.check();
        }
        writer.write(actions);
    }
}
