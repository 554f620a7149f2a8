package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.listlens.mail.RawMail;

/** What every source does, whatever the archive is. Each kind of archive runs these tests over its own mails. */
public abstract class MailSourceContract {
    /** Some mails, with LF, in an order of no sort; the second has a body of more than 1,000 octets. */
    protected static final List<String> MAILS = List.of(
            "From: c@example.org\nSubject: c\n\nthird\n",
            "From: a@example.org\nSubject: a\n\nfirst\n" + ">From the file\n\n  text\n".repeat(100),
            "X: y\u00ef\nFrom: b@example.org\nMessage-ID: <b@example.org>\n\n",
            "From: d@example.org\nX-Empty:\n\n\n\n> From here\n");

    /** How an archive is given to its source. */
    protected enum Delivery {
        /** As it is on disk, or in one piece. */
        WHOLE,
        /** Where it can be read from a stream, one octet at a time. */
        OCTETS
    }

    /** A source of an archive that holds these mails, in this order. */
    protected abstract MailSource source(List<byte[]> mails, Delivery delivery, SourceOptions options)
            throws IOException;

    @Test
    void givesEveryMailInOrderAsItWas() throws IOException {
        Collected read = Collected.of(source(octets(MAILS), Delivery.WHOLE, options()));
        assertThat(read.texts()).isEqualTo(MAILS);
        assertThat(read.rejected).isEmpty();
        assertThat(read.mails).noneMatch(RawMail::truncated);
    }

    @Test
    void givesTheSameOctetByOctet() throws IOException {
        Collected whole = Collected.of(source(octets(MAILS), Delivery.WHOLE, options()));
        Collected octets = Collected.of(source(octets(MAILS), Delivery.OCTETS, options()));
        assertThat(octets.texts()).isEqualTo(whole.texts());
        assertThat(octets.positions()).isEqualTo(whole.positions());
    }

    @Test
    void keepsCrLf() throws IOException {
        List<String> mails = new ArrayList<>();
        for (String mail : MAILS) {
            mails.add(mail.replace("\n", "\r\n"));
        }
        assertThat(Collected.of(source(octets(mails), Delivery.WHOLE, options()))
                        .texts())
                .isEqualTo(mails);
        assertThat(Collected.of(source(octets(mails), Delivery.OCTETS, options()))
                        .texts())
                .isEqualTo(mails);
    }

    @Test
    void givesEachMailAPlaceOfItsOwn() throws IOException {
        Collected read = Collected.of(source(octets(MAILS), Delivery.WHOLE, options()));
        assertThat(read.mails).extracting(RawMail::origin).doesNotHaveDuplicates();
    }

    @Test
    void cutsAMailAtTheLimitAndSaysHowLargeItIs() throws IOException {
        SourceOptions options = new SourceOptions(
                Collected.keeping(1_000, null).limits(), options().dialect());
        Collected read = Collected.of(source(octets(MAILS), Delivery.WHOLE, options));
        assertThat(read.mails).extracting(RawMail::truncated).containsExactly(false, true, false, false);
        RawMail cut = read.mails.get(1);
        assertThat(cut.size()).isEqualTo(MAILS.get(1).length());
        assertThat(read.texts().get(1)).isEqualTo(MAILS.get(1).substring(0, 1_000));
    }

    @Test
    void tellsHowFarItHasCome() throws IOException {
        MailSource source = source(octets(MAILS), Delivery.WHOLE, options());
        Collected read = Collected.of(source);
        assertThat(read.progress).isNotEmpty().isSorted();
        if (source.size() >= 0) {
            assertThat(read.progress.getLast()).isEqualTo(source.size());
        }
        assertThat(source.description()).isNotBlank();
    }

    /** How the archive is read; a subclass names its dialect. */
    protected SourceOptions options() {
        return SourceOptions.DEFAULT;
    }

    protected static List<byte[]> octets(List<String> mails) {
        List<byte[]> octets = new ArrayList<>();
        for (String mail : mails) {
            octets.add(Collected.octets(mail));
        }
        return octets;
    }
}
