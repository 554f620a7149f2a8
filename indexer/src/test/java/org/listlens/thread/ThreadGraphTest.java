package org.listlens.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadGraphTest {
    private final ThreadIds ids = new ThreadIds();

    /**
     * The threads of some mails, one a line: its id, and what it refers to; after a bar what belongs to the thread
     * besides. Each mail as {@code id=thread/parent/depth}, ids that are missing as threads' names in brackets.
     */
    private String solve(List<String> mails) {
        ThreadGraph graph = new ThreadGraph();
        Map<Long, String> names = new TreeMap<>();
        TreeSet<String> known = new TreeSet<>();
        for (String mail : mails) {
            String[] sides = mail.split("\\|", -1);
            String[] words = sides[0].strip().split(" +", -1);
            String[] related =
                    sides.length == 1 ? new String[0] : sides[1].strip().split(" +", -1);
            known.add(words[0]);
            long[] references = new long[words.length - 1];
            for (int i = 0; i < words.length; i++) {
                names.put(ids.hash(words[i]), words[i]);
                if (i > 0) {
                    references[i - 1] = ids.hash(words[i]);
                }
            }
            long[] others = new long[related.length];
            for (int i = 0; i < others.length; i++) {
                others[i] = ids.hash(related[i]);
            }
            graph.add(ids.hash(words[0]), references, others);
        }
        List<String> out = new ArrayList<>();
        for (String id : known) {
            long hash = ids.hash(id);
            String thread = names.get(graph.thread(hash));
            out.add(id + "=" + (graph.has(graph.thread(hash)) ? thread : "[" + thread + "]") + "/"
                    + names.get(graph.parent(hash)) + "/" + graph.depth(hash));
        }
        return String.join(" ", out);
    }

    /** The same for every order; all orders of up to six mails, else many by chance. */
    private String solveInAnyOrder(String... mails) {
        List<String> order = new ArrayList<>(List.of(mails));
        String first = solve(order);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            Collections.shuffle(order, random);
            assertThat(solve(order)).as(String.valueOf(order)).isEqualTo(first);
        }
        return first;
    }

    @Test
    void answersHangBelowWhatTheyAnswer() {
        assertThat(solveInAnyOrder("a", "b a", "c a b", "d a b", "e"))
                .isEqualTo("a=a/a/0 b=a/a/1 c=a/b/2 d=a/b/2 e=e/e/0");
    }

    @Test
    void whatIsMissingJoinsAndCounts() {
        assertThat(solveInAnyOrder("c a b", "d a b")).isEqualTo("c=[a]/c/2 d=[a]/d/2");
        assertThat(solveInAnyOrder("a", "c a b", "e a b c d")).isEqualTo("a=a/a/0 c=a/a/2 e=a/c/4");
    }

    @Test
    void aMailSaysItselfWhatItAnswers() {
        // z believes that b answers x; b knows better.
        assertThat(solveInAnyOrder("a", "b a", "z x b")).isEqualTo("a=a/a/0 b=a/a/1 z=a/b/2");
    }

    @Test
    void whereItSaysNothingTheLongestLineOfOthersDoes() {
        assertThat(solveInAnyOrder("a", "b", "c", "d b c", "e a b c"))
                .isEqualTo("a=a/a/0 b=a/a/1 c=a/b/2 d=a/c/3 e=a/c/3");
    }

    @Test
    void twoLinesOfReferencesThatMeetAreOneThread() {
        assertThat(solveInAnyOrder("a", "b a", "x", "y x", "z y b"))
                .isEqualTo("a=a/a/0 b=a/a/1 x=a/x/0 y=a/x/1 z=a/b/2");
    }

    @Test
    void whatBelongsToTheThreadBesidesJoinsItOnly() {
        assertThat(solveInAnyOrder("a", "b", "c a | b")).isEqualTo("a=a/a/0 b=a/b/0 c=a/a/1");
    }

    @Test
    void circlesAreOpened() {
        assertThat(solveInAnyOrder("a b", "b a")).matches("a=(.)/.*");
        String three = solveInAnyOrder("a c", "b a", "c b", "d c");
        assertThat(three).contains("/0", "/1", "/2").doesNotContain("/4");
        assertThat(solveInAnyOrder("a a", "b a b")).isEqualTo("a=a/a/0 b=a/a/1");
    }

    @Test
    void aCircleIsOpenedAtAGuessRatherThanAtAMailsOwnWord() {
        // q claims that a answers b; b answers a by its own word.
        assertThat(solveInAnyOrder("a", "b a", "q b a")).isEqualTo("a=a/a/0 b=a/a/1 q=a/a/1");
    }

    @Test
    void aMailThatAnswersAnAnswerToItselfHasAnothersId() {
        assertThat(solveInAnyOrder("a", "b a", "c a b", "a a b c")).isEqualTo("a=a/a/0 b=a/a/1 c=a/b/2");
    }

    @Test
    void secondMailWithTheSameIdTakesTheSamePlace() {
        // Only the second knows of x, which is missing.
        assertThat(solveInAnyOrder("a", "b a", "b x a", "c b")).isEqualTo("a=[x]/a/1 b=[x]/a/2 c=[x]/b/3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void anyOrderOfAnythingGivesTheSame(int seed) {
        Random random = new Random(seed);
        List<String> mails = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StringBuilder mail = new StringBuilder("m" + i);
            for (int references = random.nextInt(5); references > 0; references--) {
                mail.append(" m").append(random.nextInt(80));
            }
            mails.add(mail.toString());
        }
        solveInAnyOrder(mails.toArray(String[]::new));
    }

    @Test
    void aLineOfAnyLengthIsWalked() {
        ThreadGraph graph = new ThreadGraph();
        int mails = 300_000;
        for (int i = 0; i < mails; i++) {
            graph.add(i + 1, i == 0 ? new long[0] : new long[] {i}, new long[0]);
        }

        assertThat(graph.depth(mails)).isEqualTo(mails - 1);
        assertThat(graph.thread(mails)).isEqualTo(1);
        assertThat(graph.parent(mails)).isEqualTo(mails - 1);
    }

    @Test
    void whatIsKnownCannotBeAddedTo() {
        ThreadGraph graph = new ThreadGraph();
        graph.add(1, new long[0], new long[0]);
        assertThat(graph.thread(1)).isEqualTo(1);

        assertThatThrownBy(() -> graph.add(2, new long[0], new long[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> graph.thread(3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(graph.has(3)).isFalse();
    }
}
