package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.listlens.mail.RawMail;

/** What every source does that goes on where an earlier run ended. Each kind of archive runs these tests. */
public abstract class PositionsContract {
    private static final int MAILS = 12;

    /** Adds a mail to the archive, and makes the archive with the first one. */
    protected abstract void add(byte[] mail) throws IOException;

    /** Opens the archive anew, as a later run does. */
    protected abstract MailSource open() throws IOException;

    /** A mail of its own, with LF. */
    protected static byte[] mail(int number) {
        return Collected.octets("From: a@example.org\nMessage-ID: <" + number + "@example.org>\nSubject: " + number
                + "\n\n" + "body\n".repeat(number * 50 + 1));
    }

    protected static String text(int number) {
        return new String(mail(number), StandardCharsets.ISO_8859_1);
    }

    private void addAll(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            add(mail(i));
        }
    }

    private static Collected read(MailSource source, Positions known) throws IOException {
        Collected read = new Collected();
        source.read(known, read);
        return read;
    }

    @Test
    void readsNothingAgainThatWasRead() throws IOException {
        addAll(0, 3);
        Positions known = Collected.of(open()).known(Positions.NONE);
        assertThat(known.isEmpty()).isFalse();
        assertThat(known.all().stream().mapToLong(Position::mails).sum()).isEqualTo(3);
        Collected again = read(open(), known);
        assertThat(again.texts()).isEmpty();
        assertThat(again.rejected).isEmpty();
        assertThat(again.shrunk).isFalse();
    }

    @Test
    void readsWhatWasAdded() throws IOException {
        addAll(0, 3);
        MailSource followed = open();
        Positions known = Collected.of(followed).known(Positions.NONE);
        for (int i = 3; i < MAILS; i += 3) {
            addAll(i, i + 3);
            Collected later = read(i == 6 ? followed : open(), known);
            assertThat(later.texts()).containsExactlyInAnyOrder(text(i), text(i + 1), text(i + 2));
            assertThat(later.shrunk).isFalse();
            known = later.known(known);
            assertThat(known.all().stream().mapToLong(Position::mails).sum()).isEqualTo(i + 3);
        }
    }

    @Test
    void losesNothingWhenItIsCutOffAnywhere() throws IOException {
        addAll(0, MAILS);
        List<String> whole = Collected.of(open()).texts();
        for (int cut = 0; cut <= MAILS; cut++) {
            CutOff first = new CutOff(cut);
            MailSource source = open();
            if (cut < MAILS) {
                assertThatThrownBy(() -> source.read(Positions.NONE, first)).isSameAs(first.end);
            } else {
                source.read(Positions.NONE, first);
            }
            // Of what was reached, a run that is killed has noted a part.
            for (int noted = 0; noted <= first.reached.size(); noted++) {
                Positions known = new Positions(first.reached.subList(0, noted));
                int before = noted == 0 ? 0 : first.mailsBefore.get(noted - 1);
                Collected second = read(open(), known);
                List<String> all = new ArrayList<>(first.texts().subList(0, before));
                all.addAll(second.texts());
                assertThat(all).containsAll(whole);
                Positions end = second.known(known);
                assertThat(read(open(), end).texts()).isEmpty();
            }
        }
    }

    /** Ends reading after some mails. */
    private static final class CutOff extends Collected {
        private final UncheckedIOException end = new UncheckedIOException(new IOException("cut off"));
        private final int after;
        private final List<Integer> mailsBefore = new ArrayList<>();

        CutOff(int after) {
            this.after = after;
        }

        @Override
        public void mail(RawMail mail) {
            if (mails.size() == after) {
                throw end;
            }
            super.mail(mail);
        }

        @Override
        public void reached(Position position) {
            super.reached(position);
            mailsBefore.add(mails.size());
        }
    }
}
