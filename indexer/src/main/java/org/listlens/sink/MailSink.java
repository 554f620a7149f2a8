package org.listlens.sink;

import java.io.IOException;
import org.listlens.document.EncodedMail;

/**
 * Takes encoded mails. Each mail for which {@link #accept} or {@link #acceptAgain} returned has exactly one outcome, told to the sink's
 * {@link SinkListener} at the latest when {@link #finish} or {@link #close} returns; a mail for which it threw has
 * none. Thread-safe.
 */
public interface MailSink extends AutoCloseable {
    /**
     * Takes a mail; blocks while the sink is busy.
     *
     * @throws org.listlens.engine.EngineException when the engine is gone for good, now or since an earlier mail
     * @throws IOException when the mail cannot be written
     * @throws InterruptedException when the thread is interrupted while it waits; the sink can still be finished
     */
    void accept(EncodedMail mail) throws IOException, InterruptedException;

    /**
     * Takes a mail of which the same copy was accepted before, to note that it lies in this archive, too.
     *
     * @throws org.listlens.engine.EngineException as {@link #accept}
     * @throws IOException as {@link #accept}
     * @throws InterruptedException as {@link #accept}
     */
    void acceptAgain(EncodedMail mail) throws IOException, InterruptedException;

    /**
     * Writes what has been accepted and waits until all of it has its outcome. More mails may be accepted after.
     *
     * @throws org.listlens.engine.EngineException when the engine is gone for good
     * @throws IOException when something cannot be written
     * @throws InterruptedException when the thread is interrupted while it waits; may be called again
     */
    void finish() throws IOException, InterruptedException;

    /** Stops without finishing: what has been accepted and not written is abandoned. After {@link #finish} nothing is. */
    @Override
    void close() throws IOException;
}
