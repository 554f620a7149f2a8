package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/** The year of a copy. */
class CopyYearTest {
    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            2021-07-01T12:00:00Z,       2021
            2021-01-01T00:00:00Z,       2021
            2020-12-31T23:59:59.999Z,   2020
            1971-01-01T00:00:00Z,       1971
            1970-12-31T23:59:59.999Z,   undated
            1970-01-01T00:00:00Z,       undated
            2069-12-31T23:59:59.999Z,   2069
            2070-01-01T00:00:00Z,       undated
            -0044-03-15T00:00:00Z,      undated
            +1000000000-12-31T23:59:59Z,undated
            -1000000000-01-01T00:00:00Z,undated
            none,                       undated
            """)
    void aYearInUtcOrNone(@Nullable Instant timestamp, String part) {
        assertThat(CopyYear.of(timestamp)).isEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            # the last stamp counts, by its own zone, whatever the others and Date say
            Fri, 31 Dec 2021 22:00:00 -0500 | Thu, 30 Dec 2021 12:00:00 +0000 | Wed, 29 Dec 1999 12:00:00 +0000 | 2022
            Sat, 1 Jan 2022 00:30:00 +0100  | Thu, 30 Dec 2021 12:00:00 +0000 | Thu, 30 Dec 2021 12:00:00 +0000 | 2021
            nonsense                        | Thu, 30 Dec 2021 12:00:00 +0000 | Sat, 1 Jan 2000 12:00:00 +0000  | 2021
            none                            | none                            | Sat, 1 Jan 2000 12:00:00 +0000  | 2000
            none                            | none                            | none                            | undated
            """)
    void aCopyLiesInTheYearOfItsTimestamp(
            @Nullable String last, @Nullable String first, @Nullable String date, String part) {
        StringBuilder mail = new StringBuilder();
        if (last != null) {
            mail.append("Received: from b.example.com by a.example.com; ")
                    .append(last)
                    .append('\n');
        }
        if (first != null) {
            mail.append("Received: from c.example.com by b.example.com; ")
                    .append(first)
                    .append('\n');
        }
        if (date != null) {
            mail.append("Date: ").append(date).append('\n');
        }
        mail.append("From: jane@example.com\nMessage-ID: <1@example.com>\n\nText\n");
        byte[] octets = mail.toString().getBytes(StandardCharsets.US_ASCII);
        for (String archive : List.of("one.mbox", "two.mbox")) {
            RawMail raw = new RawMail(new Origin(archive, "7"), octets, octets.length);
            EncodedMail encoded = new MailDocuments().encode(new MailParser(Limits.DEFAULT).parse(raw));
            assertThat(encoded.part()).isEqualTo(part);
            assertThat(encoded.deliveryOnly().part()).isEqualTo(part);
        }
    }

    @Test
    void aHopIsOfTheCopyInItsId() {
        assertThat(DocumentKind.HOP.copyId("0af3-0001")).isEqualTo("0af3");
        assertThat(DocumentKind.HOP.copyId("0af3-12345")).isEqualTo("0af3");
        assertThat(DocumentKind.DELIVERY.copyId("0af3")).isEqualTo("0af3");
    }
}
