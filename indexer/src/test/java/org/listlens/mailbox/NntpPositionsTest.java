package org.listlens.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.listlens.source.MailSource;
import org.listlens.source.PositionsContract;

/** How a newsgroup is gone on with. */
class NntpPositionsTest extends PositionsContract {
    private FakeNntp server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeNntp();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Override
    protected void add(byte[] mail) {
        String text = new String(mail, StandardCharsets.ISO_8859_1).replace("\n", "\r\n");
        server.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    protected MailSource open() throws IOException {
        return new LfSource(new NntpSource("nntp://127.0.0.1:" + server.port() + '/' + FakeNntp.GROUP, Imap.options()));
    }
}
