package org.listlens.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.listlens.mail.RawMail;
import org.listlens.source.DelegatingSource;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.RejectedEntry;

/** Gives the mails of a server that has them with CR LF with LF, as the contracts' mails are. */
final class LfSource extends DelegatingSource {
    LfSource(MailSource source) {
        super(source);
    }

    @Override
    public void read(Positions known, MailReceiver receiver) throws IOException {
        super.read(known, new MailReceiver() {
            @Override
            public void mail(RawMail mail) throws IOException {
                byte[] octets = new String(mail.bytes(), StandardCharsets.ISO_8859_1)
                        .replace("\r\n", "\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
                receiver.mail(new RawMail(mail.origin(), octets, octets.length));
            }

            @Override
            public void rejected(RejectedEntry entry) throws IOException {
                receiver.rejected(entry);
            }

            @Override
            public void progress(long octets) {
                receiver.progress(octets);
            }

            @Override
            public void reached(Position position) throws IOException {
                receiver.reached(position);
            }

            @Override
            public void shrunk() throws IOException {
                receiver.shrunk();
            }
        });
    }
}
