package org.listlens.sink;

import java.io.IOException;
import java.io.OutputStream;
import org.listlens.document.EncodedMail;

/** Writes mails to a stream, as lines that are ready for {@code _bulk}. The stream is flushed, not closed. */
public final class NdjsonSink implements MailSink {
    private final OutputStream out;
    private final SinkListener listener;

    /** @param out should be buffered */
    public NdjsonSink(OutputStream out, SinkListener listener) {
        this.out = out;
        this.listener = listener;
    }

    @Override
    public synchronized void accept(EncodedMail mail) throws IOException {
        out.write(mail.body(), 0, mail.length());
        listener.indexed(mail);
    }

    /** Writes nothing: the document tells where the mail was met first. */
    @Override
    public void acceptAgain(EncodedMail mail) {
        synchronized (this) {
            listener.duplicate(mail);
        }
    }

    @Override
    public synchronized void finish() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        out.flush();
    }
}
