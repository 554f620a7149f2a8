package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.generate.Generator;
import org.listlens.generate.GeneratorOptions;
import org.listlens.mail.Limits;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.sink.MailSink;
import org.listlens.sink.NdjsonSink;
import org.listlens.sink.SinkListener;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.Position;
import org.listlens.source.Positions;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

@Timeout(60)
class IndexRunTest {
    private static final int MAILS = 300;
    /** More than the pipeline holds at a time. */
    private static final int MANY = 3_000;

    private static final OneByOne SMALL = new OneByOne();
    private static final OneByOne LARGE = new OneByOne();

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void generate() throws IOException {
        Generator.generate(GeneratorOptions.of(8, MAILS), folder.resolve("small"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("many.mbox"))) {
            Generator.generate(GeneratorOptions.of(6, MANY), out);
        }
        open(folder.resolve("small")).read(SMALL);
        open(folder.resolve("many.mbox")).read(LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theOutputIsThatOfReadingOneMailAfterTheOther(int threads) throws Exception {
        theOutputIsThat(folder.resolve("small"), SMALL, threads);
        theOutputIsThat(folder.resolve("many.mbox"), LARGE, threads);
    }

    private static void theOutputIsThat(Path archive, OneByOne expected, int threads) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IndexRun run = new IndexRun(List.of(open(archive)), Limits.DEFAULT, threads);

        run.run(listener -> new NdjsonSink(out, listener), Positions.NONE, null);

        int distinct = expected.copies.size();
        assertThat(Arrays.equals(out.toByteArray(), expected.out.toByteArray()))
                .as("octets of %s", archive)
                .isTrue();
        assertThat(run.counts())
                .isEqualTo(new Ledger.Counts(expected.mails, distinct, 0, expected.mails - distinct, 0));
        assertThat(run.mailOctets()).isEqualTo(expected.octets);
        assertThat(run.progress().octets()).isEqualTo(run.progress().total()).isPositive();
    }

    @Test
    void theSummaryDoesNotDependOnTheNumberOfThreads() throws Exception {
        Summary one = summary(1);
        assertThat(one.counts().read()).isEqualTo(MAILS);
        assertThat(one.hops()).isGreaterThan(MAILS);
        assertThat(one.slowest()).hasSize(10);
        assertThat(one.busiest()).isNotEmpty();
        assertThat(one.interrupted()).isFalse();
        for (int threads : new int[] {2, 8}) {
            assertThat(summary(threads))
                    .usingRecursiveComparison()
                    .ignoringFields("elapsed")
                    .isEqualTo(one);
        }
    }

    @Test
    void duplicatesWithinAnArchiveAreThoseOfItsManifest() throws Exception {
        int duplicates = 0;
        for (String line : Files.readAllLines(folder.resolve("small/manifest.ndjson"))) {
            duplicates += new ObjectMapper().readTree(line).path("duplicate").asBoolean() ? 1 : 0;
        }
        assertThat(duplicates).isPositive();

        assertThat(summary(2).counts()).isEqualTo(new Ledger.Counts(MAILS, MAILS - duplicates, 0, duplicates, 0));
    }

    @Test
    void theSameMailsInASecondSourceAreDuplicates() throws Exception {
        Summary once = summary(2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path small = folder.resolve("small");
        IndexRun run = new IndexRun(List.of(open(small), open(small)), Limits.DEFAULT, 2);

        run.run(listener -> new NdjsonSink(out, listener), Positions.NONE, null);

        Ledger.Counts counts = run.counts();
        assertThat(counts.read()).isEqualTo(2L * MAILS);
        assertThat(counts.indexed()).isEqualTo(once.counts().indexed());
        assertThat(counts.duplicate()).isEqualTo(MAILS + once.counts().duplicate());
        assertThat(run.summary())
                .usingRecursiveComparison()
                .ignoringFields("elapsed", "counts", "octets", "mailOctets")
                .as("duplicates count in the ledger only")
                .isEqualTo(once);
        assertThat(run.progress().total()).isEqualTo(2 * open(small).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aFailureOfTheSinkEndsTheRun(int threads) throws Exception {
        for (int good : new int[] {0, 1, 700}) {
            IndexRun run = new IndexRun(List.of(open(folder.resolve("many.mbox"))), Limits.DEFAULT, threads);
            IOException failure = new IOException("no space left");
            TestSink sink = new TestSink(good, failure, null);

            assertThatThrownBy(() -> run.run(sink::listening, Positions.NONE, null))
                    .isSameAs(failure);

            assertThat(sink.closed).isTrue();
            assertThat(sink.accepted).isEqualTo(LARGE.ids.subList(0, good));
            assertThat(run.counts().indexed()).isEqualTo(good);
            assertThat(run.counts().open())
                    .as("the mail that the sink did not take")
                    .isEqualTo(1);
            assertThat(run.summary().counts()).isEqualTo(run.counts());
            awaitEndOfThreads();
        }
    }

    @Test
    void theReadingThreadEndsInSilenceWhenTheRunHasFailedMeanwhile() throws Exception {
        ConcurrentLinkedQueue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try (Halting in = new Halting(Files.readAllBytes(folder.resolve("many.mbox")))) {
            MailSource source = Sources.stream("-", in, SourceOptions.DEFAULT);
            IndexRun run = new IndexRun(List.of(source), Limits.DEFAULT, 8);
            IOException failure = new IOException("no space left");
            TestSink sink = new TestSink(0, failure, null);

            assertThatThrownBy(() -> run.run(sink::listening, Positions.NONE, null))
                    .isSameAs(failure);

            assertThat(in.halted).as("the archive was being read").isTrue();
            in.goOn.countDown();
            awaitEndOfThreads();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).isEmpty();
    }

    @Test
    void whatTheSinkAbandonsStaysOpen() throws Exception {
        IndexRun run = new IndexRun(List.of(open(folder.resolve("small"))), Limits.DEFAULT, 2);
        IOException failure = new IOException("gone");

        assertThatThrownBy(() -> run.run(
                        listener -> new MailSink() {
                            @Override
                            public void accept(EncodedMail mail) {}

                            @Override
                            public void acceptAgain(EncodedMail mail) {}

                            @Override
                            public void finish() throws IOException {
                                throw failure;
                            }

                            @Override
                            public void close() {}
                        },
                        Positions.NONE,
                        null))
                .isSameAs(failure);

        Ledger.Counts counts = run.counts();
        assertThat(counts.read()).isEqualTo(MAILS);
        assertThat(counts.open()).isEqualTo(MAILS);
    }

    @Test
    void aSinkThatForgetsMailsIsFoundOut() throws Exception {
        IndexRun run = new IndexRun(List.of(open(folder.resolve("small"))), Limits.DEFAULT, 2);

        assertThatThrownBy(() -> run.run(
                        listener -> new NdjsonSink(OutputStream.nullOutputStream(), new TestSink(0, null, null)),
                        Positions.NONE,
                        null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not add up");
    }

    @Test
    void rejectionsOfSourceAndSinkAreRecorded(@TempDir Path mixed) throws Exception {
        Files.write(mixed.resolve("a.mbox"), mbox("a@example.com"));
        Files.write(mixed.resolve("b.mbox.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2});
        Files.write(mixed.resolve("c.mbox"), mbox("c@example.com"));
        List<Summary.Rejection> recorded = new ArrayList<>();
        IndexRun run = new IndexRun(List.of(open(mixed)), Limits.DEFAULT, 2);

        run.run(
                listener -> new NdjsonSink(OutputStream.nullOutputStream(), new Refusing(listener, "c.mbox")),
                Positions.NONE,
                recording(recorded::addAll));

        assertThat(run.counts()).isEqualTo(new Ledger.Counts(3, 1, 0, 0, 2));
        assertThat(recorded)
                .extracting(rejection ->
                        Path.of(rejection.origin().source()).getFileName().toString())
                .containsExactly("b.mbox.gz", "c.mbox");
        assertThat(recorded).extracting(Summary.Rejection::reason).last().isEqualTo("refused");
        assertThat(run.summary().rejections()).isEqualTo(recorded);
    }

    @Test
    void aFailureToRecordEndsTheRun(@TempDir Path mixed) throws Exception {
        Files.write(mixed.resolve("a.mbox"), mbox("a@example.com"));
        IndexRun run = new IndexRun(List.of(open(mixed)), Limits.DEFAULT, 2);
        IOException failure = new IOException("not recorded");

        assertThatThrownBy(() -> run.run(
                        listener -> new NdjsonSink(OutputStream.nullOutputStream(), new Refusing(listener, "a.mbox")),
                        Positions.NONE,
                        recording(rejections -> {
                            throw failure;
                        })))
                .isSameAs(failure);
        awaitEndOfThreads();
    }

    @Test
    void aSourceThatIsGoneDoesNotKeepTheOthersFromBeingRead(@TempDir Path gone) throws Exception {
        Path first = Files.write(gone.resolve("first.mbox"), mbox("1@example.com"));
        Path lost = Files.write(gone.resolve("lost.mbox"), mbox("2@example.com"));
        Path last = Files.write(gone.resolve("last.mbox"), mbox("3@example.com"));
        IndexRun run = new IndexRun(List.of(open(first), open(lost), open(last)), Limits.DEFAULT, 2);
        Files.delete(lost);
        TestSink sink = new TestSink(Integer.MAX_VALUE, null, null);

        run.run(sink::listening, Positions.NONE, null);

        assertThat(sink.accepted).hasSize(2);
        assertThat(run.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining(lost.toString()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStoppedRunWritesWhatItRead(int threads) throws Exception {
        IndexRun run = new IndexRun(List.of(open(folder.resolve("many.mbox"))), Limits.DEFAULT, threads);
        TestSink sink = new TestSink(Integer.MAX_VALUE, null, run);

        run.run(sink::listening, Positions.NONE, null);

        Ledger.Counts counts = run.counts();
        assertThat(counts.open()).isZero();
        assertThat(counts.read()).isBetween(1L, MANY - 1L);
        assertThat(sink.finished).isTrue();
        assertThat(sink.accepted).hasSize((int) counts.indexed());
        assertThat(run.summary().interrupted()).isTrue();
        awaitEndOfThreads();

        assertThat(LARGE.ids.subList(0, sink.accepted.size()))
                .as("the beginning of the archive, without gaps")
                .isEqualTo(sink.accepted);
    }

    @Test
    void aRunStoppedBeforeItBeganEndsAtTheFirstMail() throws Exception {
        IndexRun run = new IndexRun(List.of(open(folder.resolve("small"))), Limits.DEFAULT, 2);
        run.stop();

        run.run(listener -> new NdjsonSink(OutputStream.nullOutputStream(), listener), Positions.NONE, null);

        assertThat(run.counts()).isEqualTo(new Ledger.Counts(1, 1, 0, 0, 0));
    }

    @Test
    void aRunIsStoppedAmongRejectedEntriesToo(@TempDir Path broken) throws Exception {
        Files.write(broken.resolve("0.mbox"), mbox("0@example.com"));
        for (int i = 1; i <= 50; i++) {
            Files.write(broken.resolve(i + ".mbox.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2});
        }
        IndexRun all = new IndexRun(List.of(open(broken)), Limits.DEFAULT, 1);
        all.run(listener -> new NdjsonSink(OutputStream.nullOutputStream(), listener), Positions.NONE, null);
        assertThat(all.counts().rejected()).isEqualTo(50);
        Files.move(broken.resolve("0.mbox"), broken.resolve("9.mbox"));
        IndexRun run = new IndexRun(List.of(open(broken)), Limits.DEFAULT, 1);
        run.stop();

        run.run(listener -> new NdjsonSink(OutputStream.nullOutputStream(), listener), Positions.NONE, null);

        assertThat(run.counts()).isEqualTo(new Ledger.Counts(1, 0, 0, 0, 1));
    }

    private static Summary summary(int threads) throws Exception {
        IndexRun run = new IndexRun(List.of(open(folder.resolve("small"))), Limits.DEFAULT, threads);
        run.run(listener -> new NdjsonSink(OutputStream.nullOutputStream(), listener), Positions.NONE, null);
        return run.summary();
    }

    private static MailSource open(Path archive) throws IOException {
        return Sources.open(archive.toString(), SourceOptions.DEFAULT);
    }

    private static byte[] mbox(String id) {
        return """
                From a@example.com Fri Mar  1 12:00:00 2024
                From: a@example.com
                Date: Fri, 1 Mar 2024 12:00:00 +0000
                Message-ID: <%s>
                Subject: One

                Text.

                """.formatted(id).getBytes(StandardCharsets.US_ASCII);
    }

    /** The threads of a run end soon after it. */
    private static void awaitEndOfThreads() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("read") || thread.getName().startsWith("parse-")) {
                assertThat(thread.join(Duration.ofSeconds(20)))
                        .as("end of %s", thread)
                        .isTrue();
            }
        }
    }

    /** Halts half way until it is told to go on, whether its reader is interrupted or not. */
    private static final class Halting extends ByteArrayInputStream {
        final CountDownLatch goOn = new CountDownLatch(1);
        volatile boolean halted;

        Halting(byte[] octets) {
            super(octets);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            if (pos > count / 2 && !halted) {
                halted = true;
                boolean interrupted = false;
                while (goOn.getCount() > 0) {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.read(into, offset, length);
        }
    }

    /** Reads, parses and encodes on one thread, and leaves out what was there before. */
    private static final class OneByOne implements MailReceiver {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Set<String> copies = new HashSet<>();
        final List<String> ids = new ArrayList<>();
        private final MailParser parser = new MailParser(Limits.DEFAULT);
        private final MailDocuments documents = new MailDocuments();
        int mails;
        long octets;

        @Override
        public void mail(RawMail raw) {
            ParsedMail mail = parser.parse(raw);
            mails++;
            octets += raw.size();
            if (copies.add(mail.digest())) {
                ids.add(mail.digest());
                EncodedMail encoded = documents.encode(mail);
                out.write(encoded.body(), 0, encoded.length());
            }
        }

        @Override
        public void rejected(RejectedEntry entry) {
            throw new AssertionError(entry.toString());
        }

        @Override
        public void progress(long octets) {}
    }

    /** Tells the run that the mails of one archive were refused, and everything else as it is. */
    private record Refusing(SinkListener listener, String archive) implements SinkListener {
        @Override
        public void indexed(EncodedMail mail) {
            if (mail.origin().source().endsWith(archive)) {
                listener.rejected(mail, "refused");
            } else {
                listener.indexed(mail);
            }
        }

        @Override
        public void unchanged(EncodedMail mail) {
            listener.unchanged(mail);
        }

        @Override
        public void duplicate(EncodedMail mail) {
            listener.duplicate(mail);
        }

        @Override
        public void rejected(EncodedMail mail, String reason) {
            listener.rejected(mail, reason);
        }

        @Override
        public void abandoned(EncodedMail mail) {
            listener.abandoned(mail);
        }
    }

    /** Takes so many mails and fails then, or stops the run at the fifth; as a listener it tells nobody. */
    private static final class TestSink implements MailSink, SinkListener {
        final List<String> accepted = new ArrayList<>();
        private final int good;
        private final @Nullable IOException failure;
        private final @Nullable IndexRun stopped;
        private SinkListener listener = this;
        boolean finished;
        boolean closed;

        TestSink(int good, @Nullable IOException failure, @Nullable IndexRun stopped) {
            this.good = good;
            this.failure = failure;
            this.stopped = stopped;
        }

        MailSink listening(SinkListener told) {
            listener = told;
            return this;
        }

        @Override
        public void accept(EncodedMail mail) throws IOException {
            if (accepted.size() == good && failure != null) {
                throw failure;
            }
            accepted.add(mail.copyId());
            listener.indexed(mail);
            if (stopped != null && accepted.size() == 5) {
                stopped.stop();
            }
        }

        @Override
        public void acceptAgain(EncodedMail mail) {
            listener.duplicate(mail);
        }

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void indexed(EncodedMail mail) {}

        @Override
        public void unchanged(EncodedMail mail) {}

        @Override
        public void duplicate(EncodedMail mail) {}

        @Override
        public void rejected(EncodedMail mail, String reason) {}

        @Override
        public void abandoned(EncodedMail mail) {}
    }

    /** Takes rejections. */
    @FunctionalInterface
    private interface Recording {
        void rejected(List<Summary.Rejection> rejections) throws IOException;
    }

    private static RunRecorder recording(Recording recording) {
        return new RunRecorder() {
            @Override
            public void rejected(List<Summary.Rejection> rejections) throws IOException {
                recording.rejected(rejections);
            }

            @Override
            public void reached(List<Position> positions) {}
        };
    }
}
