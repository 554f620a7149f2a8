package org.listlens.mailbox;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.listlens.source.MailSource;
import org.listlens.source.MailSourceContract;
import org.listlens.source.SourceOptions;

/** A mailbox on a server that gives the octets of its mails as they are. */
class ImapContractTest extends MailSourceContract {
    private FakeImap server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeImap();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Override
    protected MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options) throws IOException {
        server.slow = delivery == Delivery.OCTETS;
        FakeImap.Box box = new FakeImap.Box();
        mails.forEach(box::add);
        server.boxes.put("INBOX", box);
        return new ImapSource(Imap.url(server.port()), options);
    }
}
