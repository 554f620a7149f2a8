package org.listlens.mailbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import java.util.logging.Level;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * What Angus Mail's protocol lacks: answers read one by one, so that a mail is handed over as soon as it has come, all in
 * one buffer; one method for all SASL mechanisms; an IDLE that takes no lock while it waits.
 */
final class ImapProtocol extends IMAPProtocol {
    private static final byte[] CRLF = {'\r', '\n'};

    /** Angus makes room for a line in smaller steps; what takes a larger one is a string that the server announces. */
    private static final int LINE_STEP = 256 << 10;

    /** What may be announced of other things than mails, and beside a mail. */
    private static final int ANNOUNCED = 1 << 20;

    /** Lines may hold the numbers of all mails. */
    private static final long LINE = Runtime.getRuntime().maxMemory() / 8;

    // Both are asked for while the super class reads the greeting.
    private @Nullable ByteArray buffer;
    private boolean streaming;
    private int mailBytes;

    ImapProtocol(String name, String host, int port, Properties properties, boolean tls)
            throws IOException, ProtocolException {
        super(name, host, port, properties, tls, new MailLogger("org.listlens.mailbox", null, false, System.err));
    }

    /** Expects mails of so many octets at most. */
    void expectMails(int most) {
        mailBytes = most;
    }

    /** An answer for which room is made as it comes, up to a bound. */
    private final class Answer extends ByteArray {
        Answer(int size) {
            super(size);
        }

        @Override
        public void grow(int more) {
            if (more > LINE_STEP ? more > ANNOUNCED + (long) mailBytes : getBytes().length + (long) more > LINE) {
                throw new OversizeException("the server announced " + more + " octets at once");
            }
            super.grow(more);
        }
    }

    /** Angus lets nothing else through. */
    private static final class OversizeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OversizeException(String message) {
            super(message);
        }
    }

    @Override
    public Response readResponse() throws IOException, ProtocolException {
        try {
            return super.readResponse();
        } catch (OversizeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Sends a command whose answers are then {@link #receive received} one by one. */
    String send(String command) throws IOException {
        if (buffer == null) {
            buffer = new Answer(64 << 10);
        }
        streaming = true;
        try {
            return writeCommand(command, null);
        } catch (ProtocolException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The next answer; valid until the next call.
     *
     * @throws IOException when the connection is lost, or the server says that it ends it
     */
    Response receive() throws IOException {
        while (true) {
            try {
                Response response = readResponse();
                if (response.isBYE()) {
                    throw new IOException(response.toString());
                }
                return response;
            } catch (ProtocolException e) {
                // An answer that cannot be parsed; it was read to its end.
                logger.log(Level.FINE, "bad response", e);
            } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
                throw new IOException("the server sent an answer that makes no sense", e);
            }
        }
    }

    /** To be called when the last answer to a command was received. */
    void received() {
        streaming = false;
    }

    @Override
    protected @Nullable ByteArray getResponseBuffer() {
        return streaming ? buffer : new Answer(128);
    }

    /**
     * Begins IDLE (RFC 2177).
     *
     * @return the tag of the answer that ends it
     */
    String idle() throws IOException {
        return send("IDLE");
    }

    /** Asks the server to end IDLE. */
    void done() throws IOException {
        OutputStream out = getOutputStream();
        out.write("DONE\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** LOGIN, with literals for what is not ASCII. */
    Response loginPlainly(String user, String password) throws ProtocolException {
        Argument arguments = new Argument();
        arguments.writeString(user, StandardCharsets.UTF_8);
        arguments.writeString(password, StandardCharsets.UTF_8);
        suspendTracing();
        try {
            Response[] answers = command("LOGIN", arguments);
            handleCapabilityResponse(answers);
            return loggedIn(answers[answers.length - 1]);
        } finally {
            resumeTracing();
        }
    }

    /**
     * AUTHENTICATE with a mechanism in which the client says all at once.
     *
     * @param giveUp what is sent when the server asks for more, which is how some tell why they refuse
     */
    Response authenticate(String mechanism, String initial, String giveUp) throws IOException, ProtocolException {
        byte[] response = Base64.getEncoder().encode(initial.getBytes(StandardCharsets.UTF_8));
        boolean atOnce = hasCapability("SASL-IR");
        suspendTracing();
        try {
            String command = "AUTHENTICATE " + mechanism;
            // An empty initial response is "=" (RFC 4959).
            String tag = writeCommand(
                    !atOnce
                            ? command
                            : command
                                    + ' '
                                    + (response.length == 0 ? "=" : new String(response, StandardCharsets.US_ASCII)),
                    null);
            boolean sent = atOnce;
            while (true) {
                Response answer = receive();
                if (answer.isContinuation()) {
                    OutputStream out = getOutputStream();
                    out.write(sent ? giveUp.getBytes(StandardCharsets.US_ASCII) : response);
                    out.write(CRLF);
                    out.flush();
                    sent = true;
                } else if (answer.isTagged() && answer.getTag().equals(tag)) {
                    return loggedIn(answer);
                } else {
                    handleCapabilityResponse(new Response[] {answer});
                }
            }
        } finally {
            resumeTracing();
        }
    }

    private Response loggedIn(Response answer) throws ProtocolException {
        if (answer.isOK()) {

            if (answer.toString().contains("[CAPABILITY ")) {
                setCapabilities(answer);
            } else {
                capability();
            }
        }
        return answer;
    }
}
