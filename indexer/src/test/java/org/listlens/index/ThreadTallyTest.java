package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreadTallyTest {
    private final ThreadTally tally = new ThreadTally();

    @Test
    void repliesBelongToTheirThread() {
        tally.add(1, refs(), "Question", 100);
        tally.add(2, refs(1), "Re: Question", 200);
        tally.add(3, refs(1, 2), "Re: Question", 300);
        tally.add(9, refs(), "Other", 50);

        assertThat(tally.threads()).isEqualTo(2);
        assertThat(tally.busiest(10))
                .containsExactly(new ThreadTally.Tally("Question", 3), new ThreadTally.Tally("Other", 1));
        assertThat(tally.busiest(1)).containsExactly(new ThreadTally.Tally("Question", 3));
        assertThat(tally.busiest(0)).isEmpty();
    }

    @Test
    void aMailThatIsNotThereHoldsItsRepliesTogether() {
        tally.add(2, refs(1), "Re: One", 200);
        tally.add(3, refs(1), "Re: Two", 100);

        assertThat(tally.threads()).isEqualTo(1);
        assertThat(tally.busiest(1)).containsExactly(new ThreadTally.Tally("Re: Two", 2));
    }

    @Test
    void aLateMailJoinsThreads() {
        tally.add(1, refs(), "A", 200);
        tally.add(2, refs(), "B", 100);
        assertThat(tally.threads()).isEqualTo(2);

        tally.add(3, refs(1, 2), "C", 300);

        assertThat(tally.busiest(5)).containsExactly(new ThreadTally.Tally("B", 3));
    }

    @Test
    void aMailWithoutIdBelongsWhereItRefersTo() {
        tally.add(1, refs(), "A", 100);
        tally.add(0, refs(1), "Re: A", 200);
        tally.add(0, refs(), "alone", 50);

        assertThat(tally.threads()).isEqualTo(1);
        assertThat(tally.busiest(5)).containsExactly(new ThreadTally.Tally("A", 2));
    }

    @Test
    void theSubjectIsThatOfTheOldestWhoseTimeIsKnown() {
        tally.add(2, refs(1), "without a time", Long.MAX_VALUE);
        tally.add(3, refs(1), "later", 300);
        tally.add(1, refs(), "first", -5);
        tally.add(4, refs(1), "last", 400);

        assertThat(tally.busiest(1)).containsExactly(new ThreadTally.Tally("first", 4));
    }

    @Test
    void theOldestMailMayHaveNoSubject() {
        tally.add(1, refs(), null, 1);
        tally.add(2, refs(1), "Re:", 2);

        assertThat(tally.busiest(1)).containsExactly(new ThreadTally.Tally(null, 2));
    }

    /** A mail of a random forest: its id, its references, a subject and a time of its own. */
    private record Mail(long id, long[] refs, String subject, long at) {}

    @Test
    void anyOrderGivesTheSamePartition() {
        Random random = new Random(11);
        List<Mail> mails = new ArrayList<>();
        // Beyond the first size of every table, so that they grow.
        for (int i = 1; i <= 6_000; i++) {
            long id = MailFacts.hash("id" + i);
            List<Long> refs = new ArrayList<>();
            for (int r = random.nextInt(3); r > 0 && random.nextInt(5) > 0; r--) {
                refs.add(MailFacts.hash("id" + (1 + random.nextInt(9_000))));
            }
            mails.add(new Mail(
                    id,
                    refs.stream().mapToLong(Long::longValue).toArray(),
                    "subject " + i,
                    random.nextInt() * 8_192L + i));
        }
        List<ThreadTally.Tally> expected = naive(mails);
        assertThat(expected).hasSizeGreaterThan(100);

        for (int round = 0; round < 5; round++) {
            ThreadTally shuffled = new ThreadTally();
            for (Mail mail : mails) {
                shuffled.add(mail.id(), mail.refs(), mail.subject(), mail.at());
            }
            assertThat(shuffled.threads()).isEqualTo(expected.size());
            assertThat(shuffled.busiest(Integer.MAX_VALUE)).containsExactlyInAnyOrderElementsOf(expected);
            Collections.shuffle(mails, random);
        }
    }

    /** Components by search through the graph of ids. */
    private static List<ThreadTally.Tally> naive(List<Mail> mails) {
        Map<Long, Set<Long>> edges = new HashMap<>();
        Map<Long, Mail> byId = new HashMap<>();
        for (Mail mail : mails) {
            byId.put(mail.id(), mail);
            edges.computeIfAbsent(mail.id(), unused -> new HashSet<>());
            for (long ref : mail.refs()) {
                edges.computeIfAbsent(mail.id(), unused -> new HashSet<>()).add(ref);
                edges.computeIfAbsent(ref, unused -> new HashSet<>()).add(mail.id());
            }
        }
        Set<Long> seen = new HashSet<>();
        List<ThreadTally.Tally> tallies = new ArrayList<>();
        for (Mail start : mails) {
            List<Long> waiting = new ArrayList<>(List.of(start.id()));
            Mail oldest = start;
            int count = 0;
            while (!waiting.isEmpty()) {
                Long id = waiting.removeLast();
                if (seen.add(id)) {
                    Mail mail = byId.get(id);
                    if (mail != null) {
                        count++;
                        oldest = mail.at() < oldest.at() ? mail : oldest;
                    }
                    waiting.addAll(edges.getOrDefault(id, Set.of()));
                }
            }
            if (count > 0) {
                tallies.add(new ThreadTally.Tally(oldest.subject(), count));
            }
        }
        return tallies;
    }

    private static long[] refs(long... ids) {
        return ids;
    }
}
