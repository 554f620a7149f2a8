package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.listlens.document.PatchSeries;
import org.listlens.mail.Patch;
import org.listlens.mail.Trailer;

/** Small archives of patches; each is grouped in many orders, which must not matter. */
class SeriesGroupingTest {
    private static final Instant START = Instant.parse("2021-07-06T12:00:00Z");
    private static final String ADA = "ada@example.com";
    private static final String BOB = "bob@example.net";

    private final List<PostedPatch> mails = new ArrayList<>();
    private final List<PatchReply> replies = new ArrayList<>();

    /** Adds a mail {@code hours} after the start: {@code "v2 0/3 title"}, {@code "title"}, {@code "pull title"}. */
    private void mail(String id, String author, int hours, String subject, List<String> refers, String... keys) {
        PatchWords words = PatchWords.of(subject);
        List<String> all = new ArrayList<>(List.of(keys));
        all.add("title:" + author + ' ' + words.title());
        mails.add(new PostedPatch(
                id,
                id,
                START.plus(Duration.ofHours(hours)),
                author,
                null,
                List.of("list.example.org"),
                new Patch(
                        words.kind(),
                        words.version(),
                        words.number(),
                        words.total(),
                        List.of(),
                        words.title(),
                        all,
                        List.of(words.title() + ".c"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of()),
                refers));
    }

    /** A subject in short. */
    private record PatchWords(
            Patch.Kind kind,
            int version,
            @Nullable Integer number,
            @Nullable Integer total,
            String title) {
        static PatchWords of(String subject) {
            Patch.Kind kind = Patch.Kind.PATCH;
            int version = 1;
            Integer number = null;
            Integer total = null;
            String rest = subject;
            if (rest.startsWith("pull ")) {
                kind = Patch.Kind.PULL_REQUEST;
                rest = rest.substring(5);
            }
            if (rest.matches("v\\d+ .*")) {
                version = Integer.parseInt(rest.substring(1, rest.indexOf(' ')));
                rest = rest.substring(rest.indexOf(' ') + 1);
            }
            if (rest.matches("\\d+/\\d+ .*")) {
                int slash = rest.indexOf('/');
                number = Integer.valueOf(rest.substring(0, slash));
                total = Integer.valueOf(rest.substring(slash + 1, rest.indexOf(' ')));
                rest = rest.substring(rest.indexOf(' ') + 1);
                kind = number == 0 && kind == Patch.Kind.PATCH ? Patch.Kind.COVER_LETTER : kind;
            }
            return new PatchWords(kind, version, number, total, rest);
        }
    }

    private void reply(String id, String author, int hours, boolean robot, List<String> refers, String... trailers) {
        List<Trailer> given = new ArrayList<>();
        for (String trailer : trailers) {
            int colon = trailer.indexOf(": ");
            given.add(new Trailer(
                    trailer.substring(0, colon), trailer.substring(colon + 2), null, trailer.substring(colon + 2)));
        }
        replies.add(new PatchReply(id, id, START.plus(Duration.ofHours(hours)), author, robot, refers, given));
    }

    private List<PatchSeries> group() {
        List<PatchSeries> first = SeriesGrouping.group(mails, replies);
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(mails, random);
            Collections.shuffle(replies, random);
            assertThat(SeriesGrouping.group(mails, replies)).isEqualTo(first);
        }
        return first;
    }

    /** Each series on a line: its mails, then its versions as {@code number:posted/announced}. */
    private List<String> described() {
        List<String> lines = new ArrayList<>();
        for (PatchSeries series : group()) {
            StringBuilder line = new StringBuilder(String.join(" ", series.messageIds()));
            for (PatchSeries.Version version : series.versions()) {
                line.append(" v").append(version.version()).append(':').append(version.posted());
                line.append('/').append(version.announced() == null ? "?" : version.announced());
            }
            lines.add(line.toString());
        }
        return lines;
    }

    @Test
    void aPatchAloneIsASeries() {
        mail("a", ADA, 0, "foo: fix", List.of());
        assertThat(described()).containsExactly("a v1:1/1");
        PatchSeries series = group().get(0);
        assertThat(series.spanMs()).isNull();
        assertThat(series.last().complete()).isTrue();
    }

    @Test
    void patchesAnswerTheirCoverLetter() {
        mail("c", ADA, 0, "0/2 foo", List.of());
        mail("p1", ADA, 0, "1/2 foo: a", List.of("c"));
        mail("p2", ADA, 0, "2/2 foo: b", List.of("c"));
        assertThat(described()).containsExactly("c p1 p2 v1:2/2");
        assertThat(group().get(0).title()).isEqualTo("foo");
        assertThat(group().get(0).files()).containsExactly("foo.c", "foo: a.c", "foo: b.c");
    }

    @Test
    void patchesAnswerTheOneBefore() {
        mail("p1", ADA, 0, "1/3 a", List.of());
        mail("p2", ADA, 0, "2/3 b", List.of("p1"));
        mail("p3", ADA, 0, "3/3 c", List.of("p2", "p1"));
        assertThat(described()).containsExactly("p1 p2 p3 v1:3/3");
    }

    @Test
    void patchesOfAMissingCoverLetterComeTogether() {
        mail("p2", ADA, 0, "2/5 a", List.of("c"));
        mail("p4", ADA, 0, "4/5 b", List.of("c"));
        assertThat(described()).containsExactly("p2 p4 v1:2/5");
        assertThat(group().get(0).last().complete()).isFalse();
    }

    @Test
    void patchesThatAnswerNothingComeTogetherByTheIdsThatGitGives() {
        mail("20210706120000.4711-2-ada@example.com", ADA, 0, "1/2 a", List.of());
        mail("20210706120000.4711-3-ada@example.com", ADA, 0, "2/2 b", List.of());
        mail("20210706120001.4711-3-ada@example.com", ADA, 0, "2/2 c", List.of());
        assertThat(described()).hasSize(2).first().asString().endsWith("v1:2/2");
    }

    @Test
    void versionsComeTogetherByTheTitleOfTheirCoverLetter() {
        mail("c1", ADA, 0, "0/1 foo", List.of());
        mail("p1", ADA, 0, "1/1 a", List.of("c1"));
        mail("c2", ADA, 48, "v2 0/1 foo", List.of());
        mail("p2", ADA, 48, "v2 1/1 b", List.of("c2"));
        assertThat(described()).containsExactly("c1 c2 p1 p2 v1:1/1 v2:1/1");
        PatchSeries series = group().get(0);
        assertThat(series.spanMs()).isEqualTo(Duration.ofDays(2).toMillis());
        assertThat(series.key()).isEqualTo("c1");
    }

    @Test
    void aVersionThatAnswersTheOneBeforeIsOneOfItsOwn() {
        mail("c1", ADA, 0, "0/2 foo", List.of());
        mail("a1", ADA, 0, "1/2 a", List.of("c1"));
        mail("b1", ADA, 0, "2/2 b", List.of("c1"));
        mail("c2", ADA, 24, "v2 0/2 bar", List.of("c1"));
        mail("a2", ADA, 24, "v2 1/2 x", List.of("c2", "c1"));
        mail("b2", ADA, 24, "v2 2/2 y", List.of("c2", "c1"));
        assertThat(described()).containsExactly("a1 a2 b1 b2 c1 c2 v1:2/2 v2:2/2");
    }

    @Test
    void aVersionMayAnswerAReviewOfTheOneBefore() {
        mail("a1", ADA, 0, "foo: fix", List.of());
        mail("a2", ADA, 24, "v2 foo: fix it well", List.of("review", "a1"));
        assertThat(described()).containsExactly("a1 a2 v1:1/1 v2:1/1");
    }

    @Test
    void aChangeIdJoinsWhateverTheTitle() {
        mail("c1", ADA, 0, "0/1 foo", List.of(), "change-id:x");
        mail("c2", ADA, 24, "v2 0/1 bar", List.of(), "change-id:x");
        mail("c3", BOB, 48, "v3 0/1 baz", List.of(), "change-id:x");
        assertThat(described()).containsExactly("c1 c2 c3 v1:0/1 v2:0/1 v3:0/1");
    }

    @Test
    void aLinkToAnEarlierVersionJoins() {
        mail("c1", ADA, 0, "0/1 foo", List.of());
        mail("c2", ADA, 24, "v2 0/1 bar", List.of(), "message-id:c1", "message-id:missing");
        assertThat(described()).containsExactly("c1 c2 v1:0/1 v2:0/1");
    }

    @Test
    void patchesOfTheSameTitleByTwoPeopleAreTwoSeries() {
        mail("a", ADA, 0, "foo: fix", List.of());
        mail("b", BOB, 1, "foo: fix", List.of());
        assertThat(described()).containsExactly("a v1:1/1", "b v1:1/1");
    }

    @Test
    void anotherPersonsPatchInTheThreadIsAnotherSeries() {
        mail("c1", ADA, 0, "0/1 foo", List.of());
        mail("p1", ADA, 0, "1/1 a", List.of("c1"));
        mail("b", BOB, 1, "v2 1/1 better", List.of("p1", "c1"));
        assertThat(described()).containsExactly("c1 p1 v1:1/1", "b v2:1/1");
    }

    @Test
    void aPatchThatGrowsIntoASeriesIsItsFirstVersion() {
        mail("a1", ADA, 0, "a", List.of());
        mail("a2", ADA, 24, "v2 1/3 a", List.of());
        mail("b2", ADA, 24, "v2 2/3 b", List.of("a2"));
        mail("c2", ADA, 24, "v2 3/3 c", List.of("a2"));
        assertThat(described()).containsExactly("a1 a2 b2 c2 v1:1/1 v2:3/3");
    }

    @Test
    void oneCommonPatchOfManyDoesNotJoin() {
        mail("a1", ADA, 0, "1/3 a", List.of());
        mail("b1", ADA, 0, "2/3 b", List.of("a1"));
        mail("c1", ADA, 0, "3/3 c", List.of("a1"));
        mail("c2", ADA, 24, "1/4 c", List.of());
        mail("d2", ADA, 24, "2/4 d", List.of("c2"));
        mail("e2", ADA, 24, "3/4 e", List.of("c2"));
        mail("f2", ADA, 24, "4/4 f", List.of("c2"));
        assertThat(described()).containsExactly("a1 b1 c1 v1:3/3", "c2 d2 e2 f2 v1:4/4");
    }

    @Test
    void patchesThatComeWithARequestToPullStayThere() {
        mail("a", ADA, 0, "a", List.of());
        mail("b", ADA, 0, "b", List.of());
        mail("pull", ADA, 24, "pull for next", List.of());
        mail("a2", ADA, 24, "1/2 a", List.of("pull"));
        mail("b2", ADA, 24, "2/2 b", List.of("pull"));
        assertThat(described()).containsExactly("a v1:1/1", "b v1:1/1", "a2 b2 pull v1:2/2");
        assertThat(group().get(2).kind()).isEqualTo(Patch.Kind.PULL_REQUEST);
    }

    @Test
    void aCommitMessageThatKeptItsLinksDoesNotJoinARequestToPull() {
        mail("a", ADA, 0, "a", List.of());
        mail("pull", BOB, 24, "pull for next", List.of());
        mail("a2", BOB, 24, "1/1 a", List.of("pull"), "message-id:a");
        assertThat(described()).containsExactly("a v1:1/1", "a2 pull v1:1/1");
    }

    @Test
    void aTitleThatItsAuthorUsesAgainAfterYearsIsAnotherSeries() {
        mail("a", ADA, 0, "foo: fixes", List.of());
        mail("b", ADA, 24 * 800, "foo: fixes", List.of());
        mail("c", ADA, 24 * 1600, "v2 foo: fixes", List.of());
        assertThat(described()).containsExactly("a v1:1/1", "b c v1:1/1 v2:1/1");
    }

    @Test
    void patchesWithoutTheVersionOfTheirCoverLetterHaveIt() {
        mail("c", ADA, 0, "v5 0/2 foo", List.of());
        mail("a", ADA, 0, "1/2 a", List.of("c"));
        mail("b", ADA, 0, "2/2 b", List.of("c"));
        assertThat(described()).containsExactly("a b c v5:2/2");
    }

    @Test
    void whatIsSentAgainIsTheSameVersion() {
        mail("c1", ADA, 0, "0/2 foo", List.of());
        mail("a1", ADA, 0, "1/2 a", List.of("c1"));
        mail("c2", ADA, 24, "0/2 foo", List.of());
        mail("a2", ADA, 24, "1/2 a", List.of("c2"));
        mail("b2", ADA, 24, "2/2 b", List.of("c2"));
        assertThat(described()).containsExactly("a1 a2 b2 c1 c2 v1:2/2");
        assertThat(group().get(0).last().time()).isEqualTo(START);
    }

    @Test
    void aSinglePatchSentAnewInItsThread() {
        mail("c1", ADA, 0, "0/2 foo", List.of());
        mail("a1", ADA, 0, "1/2 a", List.of("c1"));
        mail("b1", ADA, 0, "2/2 b", List.of("c1"));
        mail("b2", ADA, 24, "v2 2/2 b", List.of("b1", "c1"));
        assertThat(described()).containsExactly("a1 b1 b2 c1 v1:2/2 v2:1/2");
    }

    @Test
    void withoutTheFirstVersionNobodyKnowsHowLongItTook() {
        mail("a2", ADA, 0, "v2 a", List.of());
        mail("a3", ADA, 24, "v3 a", List.of());
        assertThat(group())
                .singleElement()
                .satisfies(series -> assertThat(series.spanMs()).isNull());
    }

    @Test
    void aMessageIdThatTwoMailsHaveCountsOnce() {
        mail("a", ADA, 0, "a", List.of());
        PostedPatch other = mails.get(0);
        mails.add(new PostedPatch(
                "z",
                other.messageId(),
                other.time(),
                other.author(),
                null,
                List.of("another.example.org"),
                other.patch(),
                List.of()));
        assertThat(described()).containsExactly("a v1:1/1");
        assertThat(group().get(0).listIds()).containsExactly("another.example.org", "list.example.org");
    }

    @Test
    void referencesMayGoInCircles() {
        mail("a", ADA, 0, "1/2 a", List.of("b"));
        mail("b", ADA, 0, "2/2 b", List.of("a"));
        assertThat(described()).containsExactly("a b v1:2/2");
    }

    @Test
    void answersCountForTheNearestMailTheyAnswer() {
        mail("c1", ADA, 0, "0/1 foo", List.of());
        mail("p1", ADA, 0, "1/1 a", List.of("c1"));
        mail("b", BOB, 1, "better", List.of("p1", "c1"));
        reply("r1", "eve@example.org", 3, false, List.of("p1", "c1"), "Reviewed-by: Eve@example.org");
        reply("r2", "eve@example.org", 2, false, List.of("c1"), "Acked-by: eve@example.org", "Fixes: 0123456789ab");
        reply("r3", "eve@example.org", 4, false, List.of("r2", "c1"), "Reviewed-by: eve@example.org");
        reply("r4", ADA, 1, false, List.of("c1"), "Reviewed-by: " + ADA);
        reply("r5", "lkp@example.org", 1, true, List.of("p1"), "Reported-by: lkp@example.org");
        reply("r6", "eve@example.org", 4, false, List.of("b", "p1", "c1"), "Tested-by: eve@example.org");
        reply("r7", "eve@example.org", 4, false, List.of("elsewhere"), "Tested-by: eve@example.org");
        List<PatchSeries> series = group();
        assertThat(series.get(0).reviews())
                .containsExactly(
                        new PatchSeries.Review("Acked-by", null, "eve@example.org", 1),
                        new PatchSeries.Review("Reviewed-by", null, "eve@example.org", 2));
        assertThat(series.get(0).firstReviewMs()).isEqualTo(Duration.ofHours(2).toMillis());
        assertThat(series.get(0).replies()).isEqualTo(4);
        assertThat(series.get(0).robotReplies()).isEqualTo(1);
        assertThat(series.get(0).robotTrailers()).isEqualTo(1);
        assertThat(series.get(1).reviews()).hasSize(1);
        assertThat(Objects.requireNonNull(series.get(1).firstReviewMs()))
                .isEqualTo(Duration.ofHours(3).toMillis());
    }
}
