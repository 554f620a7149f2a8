package org.listlens.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Limits;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** The threads of real lists beside those that another program found; not part of the project. */
@Tag("corpus")
class ThreadCorpusTest {
    private static @Nullable Path corpora;

    @BeforeAll
    static void find() {
        Path folder = Path.of(System.getProperty("listlens.corpora", "missing"), "corpora")
                .toAbsolutePath()
                .normalize();
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "skipped: there are no corpora in " + folder);
        corpora = folder;
    }

    private static Path corpus(String name) {
        if (corpora == null) {
            throw new AssertionError("not found");
        }
        return corpora.resolve(name);
    }

    private static List<MailParser.Traced> mails(String archive) throws IOException {
        List<MailParser.Traced> mails = new ArrayList<>();
        MailParser parser = new MailParser(Limits.DEFAULT);
        Sources.open(corpus(archive).toString(), SourceOptions.DEFAULT).read(new MailReceiver() {
            @Override
            public void mail(RawMail mail) {
                mails.add(parser.trace(mail));
            }

            @Override
            public void rejected(RejectedEntry entry) {
                throw new AssertionError(entry);
            }

            @Override
            public void progress(long octets) {}
        });
        return mails;
    }

    /** The threads, each as its Message-IDs. */
    private static Set<Set<String>> threads(List<MailParser.Traced> mails) {
        ThreadIds ids = new ThreadIds();
        ThreadGraph graph = new ThreadGraph();
        for (MailParser.Traced mail : mails) {
            if (mail.messageId() != null) {
                ThreadIds.References references = ids.references(mail.references(), mail.inReplyTo());
                graph.add(ids.hash(mail.messageId()), references.references(), references.related());
            }
        }
        Map<Long, Set<String>> threads = new HashMap<>();
        for (MailParser.Traced mail : mails) {
            if (mail.messageId() != null) {
                threads.computeIfAbsent(graph.thread(ids.hash(mail.messageId())), thread -> new TreeSet<>())
                        .add(mail.messageId());
            }
        }
        return new HashSet<>(threads.values());
    }

    private static Map<String, String> oracle(String name) throws IOException {
        Map<String, String> threads = new HashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus("oracles/" + name + ".threads.tsv.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split("\t", -1);
                threads.put(fields[1], fields[0]);
            }
        }
        return threads;
    }

    @Test
    void linuxCanHasTheThreadsThatAreKnownInAnyOrder() throws IOException {
        Map<String, Set<String>> known = new HashMap<>();
        oracle("linux-can")
                .forEach((id, thread) ->
                        known.computeIfAbsent(thread, t -> new TreeSet<>()).add(id));
        List<MailParser.Traced> mails = new ArrayList<>(mails("linux-can"));

        Set<Set<String>> threads = threads(mails);

        assertThat(threads).hasSize(3_655);
        assertThat(threads.equals(new HashSet<>(known.values()))).isTrue();
        Collections.shuffle(mails, new Random(7));
        assertThat(threads(mails).equals(threads)).isTrue();
    }

    @Test
    void linuxHwmonJoinsNothingThatIsApart() throws IOException {
        Map<String, String> known = oracle("linux-hwmon");
        List<MailParser.Traced> mails = mails("linux-hwmon");

        assertThat(mails).hasSizeGreaterThan(3_000);
        for (Set<String> thread : threads(mails)) {
            Set<String> numbers = new HashSet<>();
            for (String id : thread) {
                String number = known.get(id);
                assertThat(number).as(id).isNotNull();
                numbers.add(number);
            }
            assertThat(numbers).as(String.valueOf(thread)).hasSize(1);
        }
    }
}
