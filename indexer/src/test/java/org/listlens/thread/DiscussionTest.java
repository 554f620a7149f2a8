package org.listlens.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Quotation;

class DiscussionTest {
    private static ThreadMail mail(String id, @Nullable String writer, @Nullable String time, String... references) {
        return new ThreadMail(
                "doc-" + id,
                id,
                List.of(references),
                List.of(),
                time == null ? null : Instant.parse("2021-07-06T" + time + ":00Z"),
                time == null ? null : Instant.parse("2021-07-06T" + time + ":30Z"),
                (references.length == 0 ? "" : "Re: ") + "Lost frames",
                writer == null
                        ? null
                        : new ThreadMail.Writer(
                                writer, writer, writer + "@example.org", null, writer.startsWith("robot")),
                List.of("can.example.org"),
                references.length,
                false,
                List.of(),
                List.of());
    }

    /** The only discussion of some mails, the same in any order. */
    private static Discussion discussion(ThreadMail... mails) {
        List<Discussion> first = Discussion.of(List.of(mails));
        List<ThreadMail> order = new ArrayList<>(List.of(mails));
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(order, random);
            assertThat(Discussion.of(order)).isEqualTo(first);
        }
        assertThat(first).hasSize(1);
        return first.getFirst();
    }

    @Test
    void whatWentOnIsCounted() {
        Discussion thread = discussion(
                mail("a", "jane", "10:00"),
                mail("b", "robot", "10:01", "a"),
                mail("c", "jane", "10:05", "a"),
                mail("d", "john", "11:00", "a", "c"),
                mail("e", "jane", "11:10", "a", "c", "d"));

        assertThat(thread.mails())
                .extracting(place -> place.mail().messageId())
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(thread.mails()).extracting(Discussion.Place::depth).containsExactly(0, 1, 1, 2, 3);
        assertThat(thread.persons()).containsExactly("jane", "john");
        assertThat(thread.robots()).isEqualTo(1);
        assertThat(thread.responseTime()).isEqualTo(Duration.ofHours(1));
        assertThat(thread.responseTimeAfterList())
                .isEqualTo(Duration.ofMinutes(59).plusSeconds(30));
        assertThat(thread.unanswered()).isFalse();
        assertThat(thread.longestGap()).isEqualTo(Duration.ofMinutes(55));
        assertThat(thread.medianGap()).isEqualTo(Duration.ofMinutes(4));
        assertThat(thread.depth()).isEqualTo(3);
        assertThat(thread.quoteDepth()).isEqualTo(3);
        assertThat(thread.missing()).isZero();
        assertThat(thread.subject()).isEqualTo("Lost frames");
        assertThat(thread.id()).isEqualTo(ThreadIds.name(new ThreadIds().hash("a")));
    }

    @Test
    void whoAnswersOnlyToThemselvesIsUnanswered() {
        Discussion thread = discussion(
                mail("a", "jane", "10:00"), mail("b", "jane", "10:05", "a"), mail("c", "robot", "10:06", "a"));

        assertThat(thread.unanswered()).isTrue();
        assertThat(thread.response()).isNull();
        assertThat(thread.responseTime()).isNull();
    }

    @Test
    void answersToWhatIsMissingAreNoResponse() {
        Discussion thread = discussion(mail("b", "jane", "10:05", "a"), mail("c", "john", "10:06", "a", "b"));

        assertThat(thread.starter()).isNull();
        assertThat(thread.unanswered()).isNull();
        assertThat(thread.response()).isNull();
        assertThat(thread.missing()).isEqualTo(1);
        assertThat(thread.subject()).isEqualTo("Re: Lost frames");
    }

    @Test
    void aClockThatIsWrongShowsAsNegativeTime() {
        assertThat(discussion(mail("a", "jane", "10:00"), mail("b", "john", "09:58", "a"))
                        .responseTime())
                .isEqualTo(Duration.ofMinutes(-2));
    }

    @Test
    void unknownTimesAndWritersAreNothing() {
        Discussion thread = discussion(mail("a", null, null), mail("b", "john", null, "a"));

        assertThat(thread.first()).isNull();
        assertThat(thread.longestGap()).isNull();
        assertThat(thread.unanswered()).isNull();
    }

    @Test
    void mailsWithoutAnIdAreThreadsOfTheirOwnUnlessTheyAnswer() {
        ThreadMail a = mail("a", "jane", "10:00");
        ThreadMail lost = new ThreadMail(
                "x",
                null,
                List.of("a"),
                List.of(),
                a.at(),
                null,
                null,
                null,
                List.of(),
                null,
                false,
                List.of(),
                List.of());
        ThreadMail alone = new ThreadMail(
                "y", null, List.of(), List.of(), a.at(), null, null, null, List.of(), null, false, List.of(),
                List.of());

        assertThat(Discussion.of(List.of(a, lost, alone)))
                .extracting(thread -> thread.mails().size())
                .containsExactlyInAnyOrder(2, 1);
    }

    private static ThreadMail quoting(ThreadMail mail, List<Quotation> quotations, String... sketch) {
        return new ThreadMail(
                mail.id(),
                mail.messageId(),
                mail.references(),
                mail.inReplyTo(),
                mail.at(),
                mail.listExit(),
                mail.subject(),
                mail.writer(),
                mail.lists(),
                mail.quoteDepth(),
                mail.patch(),
                quotations,
                List.of(sketch));
    }

    private static String sketch(int depth, int... hashes) {
        ByteBuffer octets = ByteBuffer.allocate(4 * hashes.length);
        for (int hash : hashes) {
            octets.putInt(hash);
        }
        return depth + " " + Base64.getEncoder().encodeToString(octets.array());
    }

    @Test
    void linesFindTheMailThatTheyComeFrom() {
        Quotation named = new Quotation(1, "John", "john@example.org", null, null, 2);
        Quotation stranger = new Quotation(2, "Somebody Else", null, null, null, 1);
        Discussion thread = discussion(
                quoting(mail("a", "jane", "10:00"), List.of(), sketch(0, 1, 2, 3)),
                quoting(mail("b", "john", "10:10", "a"), List.of(), sketch(0, 4, -5), sketch(1, 1, 2)),
                // Quotes b, and a through b; the line of the stranger nobody has.
                quoting(
                        mail("c", "jane", "10:20", "a", "b"),
                        List.of(named, stranger),
                        sketch(0, 6),
                        sketch(1, 4, -5),
                        sketch(2, 1)));

        assertThat(Quoting.of(thread))
                .extracting(quoting -> quoting.mail().messageId() + " " + quoting.depth() + " "
                        + (quoting.source() == null ? "-" : quoting.source().messageId())
                        + (quoting.quotation() == null
                                ? ""
                                : " " + quoting.quotation().name()))
                .containsExactly("b 1 a", "c 1 b John", "c 2 a Somebody Else");
        assertThat(Quoting.of(thread).get(1).age()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void ofMailsWithTheSameLineTheOneThatIsAnsweredIsQuoted() {
        Discussion thread = discussion(
                quoting(mail("v1", "jane", "10:00"), List.of(), sketch(0, 1, 2)),
                quoting(mail("v2", "jane", "10:10", "v1"), List.of(), sketch(0, 1, 2)),
                quoting(mail("c", "john", "10:20", "v1", "v2"), List.of(), sketch(1, 1, 2)));

        assertThat(Quoting.of(thread))
                .extracting(quoting ->
                        quoting.source() == null ? null : quoting.source().messageId())
                .containsExactly("v2");
    }

    @Test
    void whoIsNamedAndHasNoMailHereIsQuotedAllTheSame() {
        Quotation named = new Quotation(1, "John Doe", "John@Example.org", null, null, 2);
        Discussion thread =
                discussion(mail("a", "john", "10:00"), quoting(mail("b", "jane", "10:10", "a"), List.of(named)));

        assertThat(Quoting.of(thread)).singleElement().satisfies(quoting -> {
            assertThat(quoting.source()).isNull();
            assertThat(quoting.writer()).isNotNull();
        });
    }
}
