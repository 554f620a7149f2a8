package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/**
 * The octets of a file on a web server, from one of them on. A transfer that breaks off is taken up where it broke off, as
 * long as the file is the same; the user's bound of octets is an end with a fault.
 */
final class Download extends InputStream {
    private final WebClient client;
    private final long bound;
    private final WebState state;
    private InputStream in;
    private long offset;
    private long taken;
    /** What the server sends again and has to be skipped. */
    private long unwanted;

    private int failures;

    /**
     * @param answer to a request for the octets from {@code offset} on
     * @param bound octets that are taken at most
     */
    Download(WebClient client, HttpResponse<InputStream> answer, long offset, long bound) {
        this.client = client;
        this.bound = bound;
        this.state = WebState.of(answer);
        this.in = answer.body();
        this.offset = offset;
    }

    /** The file as it was when the download began. */
    WebState state() {
        return state;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (true) {
            try {
                in.skipNBytes(unwanted);
                unwanted = 0;
                int read = in.read(into, from, length);
                if (read < 0 && state.length() > offset) {
                    throw new IOException("the server ended the transfer early");
                }
                if (read > 0) {
                    failures = 0;
                    offset += read;
                    taken += read;
                    if (taken > bound) {
                        throw new FinalFault("the download is larger than the bound of " + bound / 1_000_000
                                + " MB, which --max-download sets");
                    }
                }
                return read;
            } catch (FinalFault | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                resume(e);
            }
        }
    }

    /** Goes on where a transfer broke off. */
    private void resume(IOException fault) throws IOException {
        in.close();
        if (++failures >= WebClient.ATTEMPTS) {
            throw new IOException(
                    "the transfer broke off " + failures + " times (" + Unpacked.detail(fault) + ")", fault);
        }
        client.rest(failures, "");
        Map<String, String> fields = new TreeMap<>();
        fields.put("Range", "bytes=" + offset + '-');
        if (!state.validator().isEmpty()) {
            fields.put("If-Range", state.validator());
        }
        HttpResponse<InputStream> answer = client.ask("GET", fields);
        WebState now = WebState.of(answer);
        long start = answer.statusCode() == 206 ? WebState.start(answer) : answer.statusCode() == 200 ? 0 : -1;
        // Without anything to tell it by, the length has to do.
        boolean same = state.isSame(now)
                || (state.validator().isEmpty() && now.validator().isEmpty() && state.length() == now.length());
        if (start < 0 || start > offset || !same) {
            WebClient.close(answer);
            throw new FinalFault("the file was changed on the server while it was read");
        }
        in = answer.body();
        unwanted = offset - start;
    }

    /** What no attempt mends. */
    private static final class FinalFault extends IOException {
        private static final long serialVersionUID = 1L;

        FinalFault(String message) {
            super(message);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
