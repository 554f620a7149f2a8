package org.listlens.source;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;

/** Everything that a source hands over. */
public class Collected implements MailReceiver {
    public final List<RawMail> mails = new ArrayList<>();
    public final List<RejectedEntry> rejected = new ArrayList<>();
    public final List<Long> progress = new ArrayList<>();
    public final List<Position> reached = new ArrayList<>();
    public boolean shrunk;

    public static Collected of(MailSource source) throws IOException {
        Collected collected = new Collected();
        source.read(collected);
        return collected;
    }

    static Collected of(byte[] archive) throws IOException {
        return of(Sources.stream("-", new ByteArrayInputStream(archive), SourceOptions.DEFAULT));
    }

    static Collected of(String archive) throws IOException {
        return of(octets(archive));
    }

    static Collected of(String archive, MboxDialect dialect) throws IOException {
        return of(Sources.stream(
                "-", new ByteArrayInputStream(octets(archive)), new SourceOptions(Limits.DEFAULT, dialect)));
    }

    /** Each character an octet. */
    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static SourceOptions keeping(int mailBytes, @Nullable MboxDialect dialect) {
        Limits d = Limits.DEFAULT;
        return new SourceOptions(
                new Limits(
                        mailBytes,
                        d.fieldBytes(),
                        d.fields(),
                        d.addresses(),
                        d.references(),
                        d.hops(),
                        d.parts(),
                        d.nesting(),
                        d.textChars(),
                        d.defects()),
                dialect);
    }

    /** The mails as text. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (RawMail mail : mails) {
            texts.add(new String(mail.bytes(), StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    public List<String> positions() {
        List<String> positions = new ArrayList<>();
        for (RawMail mail : mails) {
            positions.add(mail.origin().position());
        }
        return positions;
    }

    /** A stream that gives one octet at a time. */
    static InputStream slow(byte[] octets) {
        return new FilterInputStream(new ByteArrayInputStream(octets)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1));
            }
        };
    }

    @Override
    public void mail(RawMail mail) {
        mails.add(mail);
    }

    @Override
    public void rejected(RejectedEntry entry) {
        rejected.add(entry);
    }

    @Override
    public void progress(long octets) {
        progress.add(octets);
    }

    /** What is known after this. */
    public Positions known(Positions before) {
        return before.with(reached);
    }

    @Override
    public boolean tracks() {
        return true;
    }

    @Override
    public void reached(Position position) {
        reached.add(position);
    }

    @Override
    public void shrunk() {
        shrunk = true;
    }
}
