package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.Participant;

@Tag("corpus")
class HeaderCorpusTest {
    private static Path folder(String name) {
        Path folder = Path.of(System.getProperty("listlens.corpora", "")).resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: no real mails at " + folder);
        return folder;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void recoversTheMailWhoseLineBreaksWereLost() throws IOException {
        byte[] octets = Files.readAllBytes(files(folder("seed")).get(0));
        Defects defects = new Defects(100);

        HeaderBlock header = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);

        assertThat(defects.toList()).containsExactly(new Defect(DefectCode.LINE_BREAKS_LOST, 0));
        assertThat(header.fields())
                .extracting(HeaderField::name)
                .containsExactly(
                        "Received",
                        "X-Google-Smtp-Source",
                        "X-Received",
                        "ARC-Seal",
                        "ARC-Message-Signature",
                        "ARC-Authentication-Results",
                        "Return-Path",
                        "Received",
                        "Received-SPF",
                        "Authentication-Results",
                        "Received",
                        "Received",
                        "Received",
                        "Received",
                        "DKIM-Signature",
                        "X-Google-DKIM-Signature",
                        "X-Gm-Message-State",
                        "X-Received",
                        "MIME-Version",
                        "References",
                        "In-Reply-To",
                        "From",
                        "Date",
                        "Message-ID",
                        "Subject",
                        "To",
                        "Cc",
                        "Content-Type",
                        "Precedence",
                        "List-ID",
                        "X-Mailing-List");
        assertThat(header.all("Received"))
                .allMatch(field -> field.value().matches("(?s).*; Tue, 0?6 Jul 2021 [0-9:]{8} -0[47]00( \\(PDT\\))?"));
        assertThat(header.value("Return-Path")).isEmpty();
        assertThat(header.value("Date")).isEqualTo("Tue, 6 Jul 2021 16:45:36 +0300");
        assertThat(header.value("Content-Type")).isEqualTo("text/plain; charset=\"UTF-8\"");
        String text = new String(octets, StandardCharsets.UTF_8);
        assertThat(header.value("Subject")).startsWith("Re: ").contains("[PATCH v4 0/2] ");
        assertThat(text).contains(" Subject: " + header.value("Subject") + " To: " + header.value("To") + " Cc: ");
        assertThat(text).contains(" From: " + header.value("From") + " Date: ");
        List<String> references = MessageIds.parse(String.valueOf(header.value("References")), 10, defects, 0);
        assertThat(references).hasSize(2);
        assertThat(text).contains(" References: <" + String.join("> <", references) + "> In-Reply-To: ");
        assertThat(text.substring(header.bodyOffset())).startsWith("On Tue, Jul 6, 2021 at 4:17 PM");
        assertThat(Addresses.parseAll(header, Limits.DEFAULT, new Defects(100))).hasSize(20);
        assertThat(MailingLists.find(header))
                .extracting(list -> list.id())
                .containsExactly("linux-kernel.vger.kernel.org");
    }

    @Test
    void everyOddityParses() throws IOException {
        List<Path> files = files(folder("corpora/oddities"));
        assertThat(files).hasSizeGreaterThan(600);

        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            Defects defects = new Defects(Limits.DEFAULT.defects());

            HeaderBlock header = HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects);

            assertThat(header.bodyOffset()).as(file.toString()).isBetween(0, octets.length);
            for (HeaderField field : header.fields()) {
                EncodedWords.decode(field.value(), defects, field.offset());
                MessageIds.parse(field.value(), Limits.DEFAULT.references(), defects, field.offset());
            }
            for (Participant participant : Addresses.parseAll(header, Limits.DEFAULT, defects)) {
                assertThat(participant.address()).as(file.toString()).isNotBlank();
            }
            MailingLists.find(header);
        }
    }
}
