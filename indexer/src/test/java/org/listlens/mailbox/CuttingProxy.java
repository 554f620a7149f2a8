package org.listlens.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/** Stands between a client and a server, and cuts connections off after some octets from the server. */
final class CuttingProxy implements Closeable {
    private final ServerSocket server;
    private final int port;
    private final Deque<Integer> cuts = new ArrayDeque<>();

    /** @param port where the server listens on this machine */
    CuttingProxy(int port) throws IOException {
        this.port = port;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Cuts the next connections, each after so many octets; those behind them live. */
    synchronized void cut(int... octets) {
        cuts.clear();
        for (int count : octets) {
            cuts.add(count);
        }
    }

    private synchronized int nextCut() {
        Integer next = cuts.poll();
        return next == null ? Integer.MAX_VALUE : next;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port);
                upstream.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                int most = nextCut();
                Thread.ofPlatform().daemon().start(() -> copy(client, upstream, Integer.MAX_VALUE));
                Thread.ofPlatform().daemon().start(() -> copy(upstream, client, most));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void copy(Socket from, Socket to, int most) {
        byte[] buffer = new byte[4_096];
        int left = most;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (left > 0) {
                int count = in.read(buffer, 0, Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                out.write(buffer, 0, count);
                out.flush();
                left -= count;
            }
        } catch (IOException e) {
            // One end has gone, so the other goes.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
