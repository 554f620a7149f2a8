package org.listlens.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/**
 * Mails that are made to cost much cost no more than in proportion to their octets. Octets allocated are compared, since
 * they are the same on any machine; what needs more time than that without memory does not end within the patience of a
 * build. {@link GrowthTable} prints times.
 */
class GrowthTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What every mail takes, in octets. */
    private static final double BASE = 1 << 20;

    static Collection<HostileMail> mails() {
        return HostileMail.all();
    }

    /** The growth is taken over two doublings, because arrays that double make one of them cost more than the other. */
    @ParameterizedTest
    @MethodSource("mails")
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void costsGrowNoFasterThanTheMail(HostileMail mail) throws IOException {
        byte[] quarter = mail.of().apply(Math.max(1, mail.most() / 16));
        byte[] whole = mail.of().apply(mail.most() / 4);
        GrowthTable.Cost.of(quarter, Limits.DEFAULT);

        double small = GrowthTable.Cost.of(quarter, Limits.DEFAULT).allocated() + BASE;
        double large = GrowthTable.Cost.of(whole, Limits.DEFAULT).allocated() + BASE;

        double doublings = Math.log((double) whole.length / quarter.length) / Math.log(2);
        assertThat(Math.pow(large / small, 1 / doublings)).isLessThan(2.3);
        documentsAreNotMuchLarger(whole);
    }

    /** However large, a mail of some megabytes becomes documents of some megabytes. */
    private static void documentsAreNotMuchLarger(byte[] octets) throws IOException {
        EncodedMail encoded = new MailDocuments()
                .encode(new MailParser(Limits.DEFAULT)
                        .parse(new RawMail(new Origin("hostile", "0"), octets, octets.length)));

        assertThat(encoded.length()).isLessThan(8 * octets.length + (2 << 20));
        for (EncodedDocument document : encoded.documents()) {
            assertThat(JSON.readTree(encoded.body(), document.sourceStart(), document.end() - document.sourceStart()))
                    .isNotNull();
        }
    }
}
