package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, as it comes. Unlike the JDK's own, it does not wait forever for a server that has gone silent,
 * and it asks for more only when what it has was taken.
 */
final class WebBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    private final Duration patience;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<InputStream> ready = new CompletableFuture<>();
    private final Queue<ByteBuffer> current = new ArrayDeque<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;
    private @Nullable Piece end;

    /** Some octets, or the end. */
    private record Piece(
            List<ByteBuffer> octets, boolean last, @Nullable Throwable fault) {}

    /** @param patience how long to wait for the next octets */
    WebBody(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return ready;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
        ready.complete(this);
    }

    @Override
    public void onNext(List<ByteBuffer> octets) {
        pieces.add(new Piece(octets, false, null));
    }

    @Override
    public void onError(Throwable fault) {
        pieces.add(new Piece(List.of(), true, fault));
        ready.complete(this);
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), true, null));
        ready.complete(this);
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            ByteBuffer buffer = current.peek();
            if (buffer != null && buffer.hasRemaining()) {
                int count = Math.min(length, buffer.remaining());
                buffer.get(into, offset, count);
                return count;
            }
            if (buffer != null) {
                current.remove();
            } else if (!next()) {
                return -1;
            }
        }
    }

    /** Takes the next piece; false at the end. */
    private boolean next() throws IOException {
        if (end == null) {
            Piece piece = take();
            if (!piece.last()) {
                current.addAll(piece.octets());
                Flow.Subscription from = subscription;
                if (from != null) {
                    from.request(1);
                }
                return true;
            }
            end = piece;
        }
        Throwable fault = end.fault();
        if (fault != null) {
            throw new IOException(fault.getMessage() == null ? "the connection broke" : fault.getMessage(), fault);
        }
        return false;
    }

    private Piece take() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        try {
            Piece piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (piece == null) {
                throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Ends the transfer. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription from = subscription;
        if (from != null) {
            from.cancel();
        }
    }
}
