package org.listlens.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server on this machine that talks in lines, each connection on a thread of its own. */
abstract class LineServer implements Closeable {
    /** Every line that clients sent, in the order in which they came. */
    final List<String> received = Collections.synchronizedList(new ArrayList<>());
    /** Whether all is sent octet by octet. */
    volatile boolean slow;
    /** TLS from the beginning when it is set before the first connection. */
    volatile @Nullable SSLContext implicitTls;

    private final ServerSocket server;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    LineServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                if (server.isClosed()) {
                    // A thread that waits for a connection may still get one while the server is being closed.
                    cut();
                    return;
                }
                Thread.ofPlatform().daemon().start(() -> {
                    try (Talk talk = new Talk(socket)) {
                        if (implicitTls != null) {
                            talk.startTls(implicitTls);
                        }
                        talk(talk);
                    } catch (IOException e) {
                        // The client has gone, or the test ends the connection.
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    /** What is said on a connection. */
    abstract void talk(Talk talk) throws IOException;

    /** Breaks all connections off. */
    void cut() {
        synchronized (sockets) {
            sockets.forEach(LineServer::closeQuietly);
            sockets.clear();
        }
    }

    /** How many connections there were. */
    int connections() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** One connection. */
    final class Talk implements Closeable {
        private Socket socket;
        private InputStream in;
        private OutputStream out;

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        void startTls(SSLContext context) throws IOException {
            SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            socket = secure;
            in = secure.getInputStream();
            out = secure.getOutputStream();
        }

        boolean isSecure() {
            return socket instanceof SSLSocket;
        }

        /** The next line, without its end. */
        String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException();
                }
                line.write(c);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            received.add(text);
            return text;
        }

        String octets(int count) throws IOException {
            String text = new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
            received.add(text);
            return text;
        }

        void say(String line) throws IOException {
            send((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        void send(byte[] octets) throws IOException {
            if (!slow) {
                out.write(octets);
            } else {
                for (byte octet : octets) {
                    out.write(octet);
                    out.flush();
                }
            }
            out.flush();
        }

        @Override
        public void close() {
            closeQuietly(socket);
        }
    }
}
