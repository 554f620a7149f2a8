package org.listlens.benchmarks;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.listlens.body.BodyParser;
import org.listlens.document.MailDocuments;
import org.listlens.header.HeaderBlock;
import org.listlens.header.HeaderParser;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.quote.QuoteParser;
import org.listlens.trace.TraceParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Mails per second on one thread: each stage alone, and all of them. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(SampleMails.COUNT)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Thread)
public class StageBenchmark {
    private final MessageDigest sha256 = sha256();
    private final MailParser parser = new MailParser(Limits.DEFAULT);
    private final MailDocuments documents = new MailDocuments();

    /** What the stages are compared with: a copy of the octets and their SHA-256. */
    @Benchmark
    public void baseline(SampleMails sample, Blackhole hole) {
        for (RawMail mail : sample.mails()) {
            hole.consume(sha256.digest(mail.bytes().clone()));
        }
    }

    /** From a file to the octets of its mails. */
    @Benchmark
    public void read(SampleMails sample, Blackhole hole) throws IOException {
        sample.read(hole::consume);
    }

    /** Octets to fields. */
    @Benchmark
    public void header(SampleMails sample, Blackhole hole) {
        for (RawMail mail : sample.mails()) {
            byte[] bytes = mail.bytes();
            hole.consume(HeaderParser.parse(bytes, bytes.length, Limits.DEFAULT, SampleMails.defects()));
        }
    }

    /** Fields to hops. */
    @Benchmark
    public void trace(SampleMails sample, Blackhole hole) {
        for (HeaderBlock header : sample.headers()) {
            hole.consume(TraceParser.parse(header.fields(), Limits.DEFAULT, SampleMails.defects()));
        }
    }

    /** Octets of bodies to parts and text, quotes included. */
    @Benchmark
    public void body(SampleMails sample, Blackhole hole) {
        for (int i = 0; i < SampleMails.COUNT; i++) {
            byte[] bytes = sample.mails().get(i).bytes();
            HeaderBlock header = sample.headers().get(i);
            hole.consume(BodyParser.parse(
                    bytes,
                    header.bodyOffset(),
                    bytes.length - header.bodyOffset(),
                    header.fields(),
                    Limits.DEFAULT,
                    SampleMails.defects()));
        }
    }

    /** Decoded texts to quotes. */
    @Benchmark
    public void quotes(SampleMails sample, Blackhole hole) {
        for (String text : sample.texts()) {
            hole.consume(QuoteParser.parse(text));
        }
    }

    /** Octets to mails, with all of the stages above but reading, and addresses, ids, dates, lists and digests. */
    @Benchmark
    public void parse(SampleMails sample, Blackhole hole) {
        for (RawMail mail : sample.mails()) {
            hole.consume(parser.parse(mail));
        }
    }

    /** Octets to documents. */
    @Benchmark
    public void parseAndEncode(SampleMails sample, Blackhole hole) {
        for (RawMail mail : sample.mails()) {
            hole.consume(documents.encode(parser.parse(mail)));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
