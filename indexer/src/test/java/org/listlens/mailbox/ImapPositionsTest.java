package org.listlens.mailbox;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.listlens.source.MailSource;
import org.listlens.source.PositionsContract;
import org.listlens.source.SourceOptions;

/** How a mailbox is gone on with. */
class ImapPositionsTest extends PositionsContract {
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
    protected void add(byte[] mail) {
        server.inbox().add(mail);
    }

    @Override
    protected MailSource open() throws IOException {
        return new ImapSource(Imap.url(server.port()), SourceOptions.DEFAULT);
    }
}
