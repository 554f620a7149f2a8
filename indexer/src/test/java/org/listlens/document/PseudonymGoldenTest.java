package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.pseudonym.PseudonymKey;
import org.listlens.pseudonym.Pseudonymizer;

/** No golden mail tells who takes part in it once it has pseudonyms. */
class PseudonymGoldenTest {
    static Set<Map.Entry<String, ParsedMail>> goldens() {
        return Mails.GOLDENS.entrySet();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void noParticipantIsInTheDocuments(Map.Entry<String, ParsedMail> golden) {
        ParsedMail mail = golden.getValue();
        Pseudonymizer pseudonymizer = new Pseudonymizer(new PseudonymKey("a key of enough characters"));
        EncodedMail encoded = new MailDocuments().encode(pseudonymizer.apply(mail));
        String octets =
                new String(encoded.body(), 0, encoded.length(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        List<String> lists = mail.lists().stream().map(MailingList::post).toList();
        for (Participant participant : mail.participants()) {
            String address = participant.address().toLowerCase(Locale.ROOT);
            if (lists.contains(address) || address.endsWith("@lists.example.org")) {
                continue;
            }
            assertThat(octets).doesNotContain('"' + address + '"').doesNotContain('<' + address);
            String local = address.substring(0, Math.max(0, address.indexOf('@')));
            if (local.length() >= 5) {
                assertThat(octets).doesNotContain(local);
            }
            if (participant.name() != null && participant.name().indexOf(' ') > 0) {
                assertThat(octets).doesNotContain(participant.name().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(encoded.documents())
                .hasSameSizeAs(new MailDocuments().encode(mail).documents());
        assertThat(encoded.copyId()).isNotEqualTo(mail.digest());
    }
}
