package org.listlens.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.source.MailReceiver;
import org.listlens.source.RejectedEntry;
import org.listlens.source.SourceOptions;
import org.listlens.source.Sources;

/** Nobody who takes part in a real mail can be read in its documents, and the mails are otherwise what they were. */
@Tag("corpus")
class PseudonymCorpusTest {
    private final MailParser parser = new MailParser(Limits.DEFAULT);
    private final Pseudonymizer pseudonymizer = new Pseudonymizer(new PseudonymKey("a key of enough characters"));
    private final MailDocuments documents = new MailDocuments();
    private final Map<String, String> ids = new HashMap<>();
    private final List<String> leaks = new ArrayList<>();
    private int mails;

    @ParameterizedTest
    @ValueSource(strings = {"easy_ham", "linux-can/2021.mbox.zst"})
    void noParticipantCanBeRead(String archive) throws Exception {
        Path path = Path.of(String.valueOf(System.getProperty("listlens.corpora")), "corpora", archive);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: there is no corpus " + path);
        Sources.open(path.toString(), new SourceOptions(Limits.DEFAULT, null)).read(new MailReceiver() {
            @Override
            public void mail(RawMail raw) {
                check(parser.parse(raw));
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
        assertThat(mails).isGreaterThan(1_000);
        assertThat(leaks).isEmpty();
        assertThat(ids.values()).as("as many pseudonyms as Message-IDs").doesNotHaveDuplicates();
    }

    private void check(ParsedMail plain) {
        mails++;
        ParsedMail mail = pseudonymizer.apply(plain);
        EncodedMail encoded = documents.encode(mail);
        String octets =
                new String(encoded.body(), 0, encoded.length(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        ListAddresses lists = new ListAddresses(plain.lists());
        octets = withoutLists(octets, lists, plain);
        for (Participant participant : plain.participants()) {
            if (!lists.contains(participant.address()) && !AddressToken.isGenerated(participant.address())) {
                leak(plain, octets, participant.address());
                leak(plain, octets, local(participant.address(), lists));
                PersonName name = PersonName.of(participant.name());
                leak(
                        plain,
                        octets,
                        name == null || !name.isFull()
                                ? null
                                : String.join(
                                        " ", Words.of(PersonName.cleaned(Objects.requireNonNull(participant.name())))));
            }
        }
        if (plain.messageId() != null) {
            ids.put(plain.messageId().toLowerCase(Locale.ROOT), Objects.requireNonNull(mail.messageId()));
        }
        if (plain.text() != null && mail.text() != null) {
            assertThat(mail.text().quote().linesByDepth())
                    .isEqualTo(plain.text().quote().linesByDepth());
            assertThat(mail.text().text().chars().filter(c -> c == '\n').count())
                    .as(plain.messageId())
                    .isEqualTo(
                            plain.text().text().chars().filter(c -> c == '\n').count());
        }
        assertThat(mail.latencyMs()).isEqualTo(plain.latencyMs());
        assertThat(mail.longestHold() == null).isEqualTo(plain.longestHold() == null);
        assertThat(encoded.documents()).hasSameSizeAs(documents.encode(plain).documents());
        String references = field(mail, "References");
        if (references != null) {
            mail.references().forEach(id -> assertThat(references).contains(id));
        }
    }

    /** Lists stay readable. */
    private static String withoutLists(String octets, ListAddresses lists, ParsedMail mail) {
        StringBuilder out = new StringBuilder(octets.length());
        int done = 0;
        int from = 0;
        for (int sign = AddressToken.nextSign(octets, 0); sign >= 0; sign = AddressToken.nextSign(octets, from)) {
            AddressToken token = AddressToken.around(octets, from, sign);
            from = token == null ? sign + 1 : token.end();
            if (token != null && lists.contains(token.text())) {
                out.append(octets, done, token.start());
                done = token.end();
            }
        }
        String without = out.append(octets, done, octets.length()).toString();
        for (MailingList list : mail.lists()) {
            without = without.replace(list.id(), "");
            if (list.name() != null) {
                without = without.replace(list.name().toLowerCase(Locale.ROOT), "");
            }
        }
        return without;
    }

    private static @Nullable String field(ParsedMail mail, String name) {
        return mail.headers().stream()
                .filter(header -> header.is(name))
                .map(header -> header.value())
                .findFirst()
                .orElse(null);
    }

    /** A local part that says who somebody is. */
    private static @Nullable String local(String address, ListAddresses lists) {
        int at = address.lastIndexOf('@');
        String local = at < 0 ? address : address.substring(0, at);
        int plus = local.indexOf('+');
        local = plus > 0 ? local.substring(0, plus) : local;
        boolean telling = Words.of(local).stream().mapToInt(String::length).sum() >= 5
                && Words.of(local).stream().noneMatch(word -> lists.hasWord(word) || Identities.isOffice(word));
        return telling ? local : null;
    }

    /** Notes where a word stands in documents. */
    private void leak(ParsedMail mail, String octets, @Nullable String word) {
        if (word == null || word.isBlank() || leaks.size() > 40) {
            return;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        for (int at = octets.indexOf(lower); at >= 0; at = octets.indexOf(lower, at + 1)) {
            int end = at + lower.length();
            if (!Character.isLetterOrDigit(octets.charAt(at - 1)) && !Character.isLetterOrDigit(octets.charAt(end))) {
                leaks.add(word + " in " + mail.origin() + ": …"
                        + octets.substring(Math.max(0, at - 60), Math.min(octets.length(), end + 40)));
                return;
            }
        }
    }
}
