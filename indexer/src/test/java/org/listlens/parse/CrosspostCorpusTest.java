package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** How many messages the copies of real archives are. */
@Tag("corpus")
class CrosspostCorpusTest {
    /** What was read of archives. */
    private static final class Tally {
        final Set<String> copies = new TreeSet<>();
        final Set<String> messages = new TreeSet<>();
        final Map<String, Set<String>> byId = new HashMap<>();

        List<String> several() {
            return byId.entrySet().stream()
                    .filter(entry -> entry.getValue().size() > 1)
                    .map(entry -> entry.getValue().size() + " " + entry.getKey())
                    .sorted()
                    .toList();
        }
    }

    private static Tally read(String... folders) throws Exception {
        Tally tally = new Tally();
        MailParser parser = new MailParser(Limits.DEFAULT);
        MailDocuments documents = new MailDocuments();
        for (String folder : folders) {
            Path path = Path.of(String.valueOf(System.getProperty("listlens.corpora")), "corpora", folder);
            Assumptions.assumeTrue(Files.exists(path), () -> "skipped: there is no corpus " + path);
            Sources.open(path.toString(), new SourceOptions(Limits.DEFAULT, null))
                    .read(new MailReceiver() {
                        @Override
                        public void mail(RawMail raw) {
                            ParsedMail mail = parser.parse(raw);
                            String message =
                                    documents.encode(mail).documents().get(0).id();
                            tally.copies.add(mail.digest());
                            tally.messages.add(message);
                            if (mail.messageId() != null) {
                                tally.byId
                                        .computeIfAbsent(mail.messageId(), id -> new TreeSet<>())
                                        .add(message);
                            }
                        }

                        @Override
                        public void rejected(RejectedEntry entry) {
                            // Counted by others.
                        }

                        @Override
                        public void progress(long octets) {
                            // Nobody looks.
                        }
                    });
        }
        System.out.println(String.join(" + ", folders) + ": " + tally.copies.size() + " deliveries of "
                + tally.messages.size() + " messages; ids of several messages:");
        tally.several().forEach(System.out::println);
        return tally;
    }

    @Test
    void listsOfOneSite() throws Exception {
        Tally tally = read("linux-can/2021.mbox.zst", "linux-hwmon", "util-linux");
        assertThat(tally.several()).isEmpty();
        assertThat(tally.messages.size()).isBetween(tally.byId.size(), tally.copies.size() - 1);
    }

    @Test
    void manyLists() throws Exception {
        Tally tally = read("easy_ham");
        assertThat(tally.several()).isEmpty();
    }
}
