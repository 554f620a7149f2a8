package org.listlens.index;

import java.io.IOException;
import java.util.List;
import org.listlens.source.Position;

/** Keeps what a run has to remember beside its documents, where the next run and the user find it. */
public interface RunRecorder {
    /** Records entries that were rejected. */
    void rejected(List<Summary.Rejection> rejections) throws IOException, InterruptedException;

    /** Notes how far the run has come; all that lies before is acknowledged, or recorded as rejected. */
    void reached(List<Position> positions) throws IOException, InterruptedException;
}
