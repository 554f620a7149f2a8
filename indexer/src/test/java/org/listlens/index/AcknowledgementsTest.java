package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Origin;
import org.listlens.source.Position;

class AcknowledgementsTest {
    private final Acknowledgements acknowledgements = new Acknowledgements();

    private static Acknowledgements.Copy copy(String id) {
        return new Acknowledgements.Copy(id, new Origin("x", "1"));
    }

    private static Position position(String archive, int mails) {
        return new Position(archive, Map.of("offset", Integer.toString(mails)), mails);
    }

    @Test
    void aPositionWaitsForAllMailsBeforeIt() {
        acknowledgements.accepted(copy("a"));
        acknowledgements.accepted(copy("b"));
        acknowledgements.reached(position("x", 2));
        acknowledgements.accepted(copy("c"));
        acknowledgements.reached(position("x", 3));
        assertThat(acknowledgements.take()).isEmpty();
        acknowledgements.settled(copy("c"));
        acknowledgements.settled(copy("b"));
        assertThat(acknowledgements.take()).isEmpty();
        acknowledgements.settled(copy("a"));
        assertThat(acknowledgements.take()).containsExactly(position("x", 3));
        assertThat(acknowledgements.take()).isEmpty();
    }

    /** A copy that lies twice in an archive is under way twice. */
    @Test
    void oneCopyFromTwoPlacesIsTwoMails() {
        Acknowledgements.Copy other = new Acknowledgements.Copy("a", new Origin("x", "2"));
        acknowledgements.accepted(copy("a"));
        acknowledgements.accepted(other);
        acknowledgements.reached(position("x", 2));
        acknowledgements.settled(copy("a"));
        assertThat(acknowledgements.take()).isEmpty();
        acknowledgements.settled(other);
        assertThat(acknowledgements.take()).containsExactly(position("x", 2));
    }

    @Test
    void oneWithoutMailsBeforeItIsThereAtOnce() {
        acknowledgements.reached(position("x", 0));
        assertThat(acknowledgements.take()).containsExactly(position("x", 0));
        acknowledgements.accepted(copy("a"));
        acknowledgements.reached(position("x", 1));
        acknowledgements.settled(copy("unknown"));
        assertThat(acknowledgements.take()).isEmpty();
    }

    @Test
    void whatIsForgottenComesAfterWhatStandsForIt() {
        acknowledgements.reached(new Position("x", "1", Map.of("names", "1"), 1));
        acknowledgements.reached(new Position("x", "2", Map.of("names", "2"), 1));
        acknowledgements.reached(Position.forgotten("x", "1"));
        assertThat(acknowledgements.take())
                .containsExactly(new Position("x", "2", Map.of("names", "2"), 1), Position.forgotten("x", "1"));
    }

    /** Whatever the order of outcomes, no position comes before the last mail that lies before it. */
    @Test
    void holdsInAnyOrder() {
        Random random = new Random(1);
        List<String> open = new ArrayList<>();
        int accepted = 0;
        int reached = 0;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    String copy = Integer.toString(accepted++);
                    open.add(copy);
                    acknowledgements.accepted(copy(copy));
                }
                case 1 -> {
                    if (!open.isEmpty()) {
                        acknowledgements.settled(copy(open.remove(random.nextInt(open.size()))));
                    }
                }
                default -> acknowledgements.reached(position("x", accepted));
            }
            int oldest = open.stream().mapToInt(Integer::parseInt).min().orElse(accepted);
            for (Position position : acknowledgements.take()) {
                assertThat(position.mails()).isLessThanOrEqualTo(oldest).isGreaterThanOrEqualTo(reached);
                reached = (int) position.mails();
            }
        }
        assertThat(reached).isGreaterThan(1_000);
    }
}
