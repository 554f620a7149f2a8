package org.listlens.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A stream that can be read once, as standard input. */
final class StreamSource implements MailSource {
    private final String name;
    private final CountingStream in;
    private final Archive archive;
    private boolean read;

    /** @throws SourceException when there is no mail in the stream */
    StreamSource(String name, InputStream stream, SourceOptions options) throws IOException {
        this.name = name;
        this.in = new CountingStream(stream);
        this.archive = new Archive(in, new Window(), options, false);
        if (!archive.content().isMail()) {
            String subject = name.equals("-") ? "Standard input" : name;
            throw new SourceException(
                    archive.isEmpty()
                            ? subject + " is empty: there is no mail in it; check the command that writes it."
                            : subject + " holds no mail, as it is " + archive.refusal()
                                    + "; give an mbox or a mail, plain, compressed or packed in a tar or zip.");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return archive.description();
    }

    @Override
    public List<String> evidence() {
        return archive.evidence();
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void read(Positions known, MailReceiver receiver) throws IOException {
        if (read) {
            throw new IllegalStateException(name + " was read already");
        }
        read = true;
        archive.read(new Place(name, null), receiver, () -> receiver.progress(in.octets()), null);
        archive.close();
        receiver.progress(in.octets());
    }

    @Override
    public SourceWatch watch() throws SourceException {
        throw new SourceException((name.equals("-") ? "Standard input" : name)
                + " cannot be followed, as it can be read but once: name a file, a folder or a mailbox.");
    }
}
