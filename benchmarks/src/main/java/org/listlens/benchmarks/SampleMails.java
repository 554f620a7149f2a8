package org.listlens.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.body.BodyParser;
import org.listlens.body.ReaderText;
import org.listlens.generate.Generator;
import org.listlens.generate.GeneratorOptions;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.mail.Defects;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The mails that are measured: the first {@value #COUNT} of the archive that the system property
 * {@code listlens.archive} names, or as many generated ones, the same on every run.
 */
@State(Scope.Benchmark)
public class SampleMails {
    static final int COUNT = 1000;

    private static final long SEED = 7;

    private final List<RawMail> mails = new ArrayList<>(COUNT);
    private final List<HeaderBlock> headers = new ArrayList<>(COUNT);
    private final List<String> texts = new ArrayList<>(COUNT);
    private String archive = "";
    private @Nullable Path generated;

    /** Ends reading after the last mail that is wanted. */
    private static final class Enough extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Takes {@value #COUNT} mails. */
    interface MailTaker {
        /** Takes one of them. */
        void take(RawMail mail);
    }

    @Setup(Level.Trial)
    public void load() throws IOException {
        archive = System.getProperty("listlens.archive", "");
        if (archive.isEmpty()) {
            generated = Files.createTempFile("listlens-benchmark", ".mbox");
            archive = generated.toString();
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(generated))) {
                Generator.generate(GeneratorOptions.of(SEED, COUNT), out);
            }
        }
        read(mails::add);
        if (mails.size() < COUNT) {
            throw new IOException(archive + " holds " + mails.size() + " mails, and " + COUNT
                    + " are measured: name a larger archive in listlens.archive.");
        }
        long octets = 0;
        for (RawMail mail : mails) {
            byte[] bytes = mail.bytes();
            HeaderBlock header = HeaderParser.parse(bytes, bytes.length, Limits.DEFAULT, defects());
            int bodyOffset = header.bodyOffset();
            ReaderText text = BodyParser.parse(
                            bytes, bodyOffset, bytes.length - bodyOffset, header.fields(), Limits.DEFAULT, defects())
                    .text();
            headers.add(header);
            texts.add(text == null ? "" : text.text());
            octets += bytes.length;
        }
        System.out.println("# " + COUNT + " mails of " + octets / COUNT + " octets on average");
    }

    /** Removes what was generated. */
    @TearDown(Level.Trial)
    public void clean() throws IOException {
        if (generated != null) {
            Files.delete(generated);
        }
    }

    /** Reads the mails from their archive once more. */
    void read(MailTaker taker) throws IOException {
        MailSource source = Sources.open(archive, SourceOptions.DEFAULT);
        try {
            source.read(new MailReceiver() {
                private int count;

                @Override
                public void mail(RawMail mail) throws IOException {
                    taker.take(mail);
                    if (++count == COUNT) {
                        throw new Enough();
                    }
                }

                @Override
                public void rejected(RejectedEntry entry) {
                    // Whatever cannot be read is not measured.
                }

                @Override
                public void progress(long octets) {
                    // Nobody watches.
                }
            });
        } catch (Enough enough) {
            return;
        }
    }

    /** A collection of defects as every mail gets one. */
    static Defects defects() {
        return new Defects(Limits.DEFAULT.defects());
    }

    List<RawMail> mails() {
        return mails;
    }

    /** The headers of the mails. */
    List<HeaderBlock> headers() {
        return headers;
    }

    /** The decoded texts of the mails; empty where a mail has none. */
    List<String> texts() {
        return texts;
    }
}
