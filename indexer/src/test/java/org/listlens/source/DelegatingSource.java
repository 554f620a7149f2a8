package org.listlens.source;

import java.io.IOException;

/** A source in front of another one, to be changed in some way. */
public abstract class DelegatingSource implements MailSource {
    private final MailSource source;

    protected DelegatingSource(MailSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public boolean isRepeatable() {
        return source.isRepeatable();
    }

    @Override
    public SourceWatch watch() throws IOException {
        return source.watch();
    }

    @Override
    public void read(Positions known, MailReceiver receiver) throws IOException {
        source.read(known, receiver);
    }
}
