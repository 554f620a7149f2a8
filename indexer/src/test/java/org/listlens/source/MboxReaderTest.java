package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MboxReaderTest {
    private static final String FROM = "From jane@example.org Fri Jul  8 12:08:34 2011\n";

    @Test
    void leavesOutTheBlankLineBehindEachMailButNoOther() throws IOException {
        Collected read = Collected.of(FROM + "Subject: a\n\none\n\n\n" + FROM + "Subject: b\n\n\ntwo\n\n");
        assertThat(read.texts()).containsExactly("Subject: a\n\none\n\n", "Subject: b\n\n\ntwo\n");
        assertThat(read.positions()).containsExactly("0", "65");
        assertThat(read.rejected).isEmpty();
    }

    @Test
    void keepsTheBlankLineThatEndsAHeaderWithoutBody() throws IOException {
        Collected read = Collected.of(FROM + "Subject: a\n\n" + FROM + "Subject: b\n\n");
        assertThat(read.texts()).containsExactly("Subject: a\n\n", "Subject: b\n\n");
    }

    @Test
    void endsAtTheEndOfTheFileWithOrWithoutALineEnd() throws IOException {
        assertThat(Collected.of(FROM + "Subject: a\n\none").texts()).containsExactly("Subject: a\n\none");
        assertThat(Collected.of(FROM + "Subject: a").texts()).containsExactly("Subject: a");
        assertThat(Collected.of(FROM).texts()).containsExactly("");
        assertThat(Collected.of(FROM.strip()).texts()).containsExactly("");
    }

    @Test
    void readsPastBlankLinesAndAByteOrderMarkAtTheBeginning() throws IOException {
        assertThat(Collected.of("\n\r\n" + FROM + "Subject: a\n\none\n").positions())
                .containsExactly("3");
        assertThat(Collected.of("\u00ef\u00bb\u00bf" + FROM + "Subject: a\n\none\n")
                        .positions())
                .containsExactly("3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From here on Tue we are away.\nNote: nobody reads mail",
                "From here on Tue Jul  5 12:08:34 2011\nNote: nobody reads mail",
                "From jane@example.org\nSubject: forwarded by hand",
                "From jane@example.org Fri Jul  8 12:08:34 2011\nand what follows is no header",
                "From jane@example.org Fri Jul  8 12:08:34 2011\n\nSubject: too late",
                "From jane@example.org Fri Jul  8 12:08:34 2011 she wrote:\nSubject: x",
                "From fc88cba7f1f37b9cf3b296eace2422dd0e173502 Mon Sep 17 00:00:00 2001\nFrom: Jane <jane@example.org>",
                "From \nsome: thing",
                " From jane@example.org Fri Jul  8 12:08:34 2011\nSubject: x",
                "> From jane@example.org Fri Jul  8 12:08:34 2011\nSubject: x",
                "From the RFC:\nhttp://example.org/",
            })
    void isNotSplitBySomethingThatSomebodyWrote(String lines) throws IOException {
        String mail = "Subject: a\n\none\n\n" + lines + "\n";
        for (String archive : List.of(FROM + mail + "\n", FROM + mail + "\n" + FROM + "Subject: b\n\n")) {
            assertThat(Collected.of(archive).texts().getFirst()).isEqualTo(mail);
            assertThat(Collected.of(archive.replace("\n", "\r\n")).texts().getFirst())
                    .isEqualTo(mail.replace("\n", "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From jane Fri Jul  8 12:08 2011\nX-Whatever: x",
                "From jane at example.org  Fri Jul  8 12:08:34 2011\nFrom: jane at example.org (Jane)",
                "From jane@example.org Fri, 8 Jul 2011 12:08:34 +0200\nSubject: x",
                "From jane@example.org Fri Jul  8 12:08:34 2011\n>From joe@example.org Fri Jul  8 12:08:34 2011\nA: b",
                "From jane@example.org Fri Jul  8 12:08:34 2011\nFrom joe@example.org Fri Jul  8 12:08:34 2011\nA: b",
                "From jane@example.org Fri Jul  8 12:08:34 2011\nSubject : obsolete",
                "From \nReceived: from a.example.org",
            })
    void isSplitByWhatASeparatorMayLookLike(String lines) throws IOException {
        String second = lines.substring(lines.indexOf('\n') + 1).replace(">From", "From") + "\n\ntwo\n";
        assertThat(Collected.of(FROM + "Subject: a\n\none\n\n" + lines + "\n\ntwo\n\n")
                        .texts())
                .containsExactly("Subject: a\n\none\n", second);
    }

    @Test
    void isSplitWithoutABlankLineOnlyWhereBothLinesLeaveNoDoubt() throws IOException {
        String start = FROM + "Subject: a\n\none\n";
        assertThat(Collected.of(start + FROM + "Received: x\n\ntwo\n").texts())
                .containsExactly("Subject: a\n\none\n", "Received: x\n\ntwo\n");
        assertThat(Collected.of(start + FROM + "Note: x\n\ntwo\n").mails).hasSize(1);
        assertThat(Collected.of(start + "From jane Fri Jul  8 12:08:34 2011\nReceived: x\n\ntwo\n").mails)
                .hasSize(1);
        assertThat(Collected.of(start + "From jane@example.org Fri Jul  8 12:08 2011\nReceived: x\n\n").mails)
                .hasSize(1);
    }

    @Test
    void keepsAFromLineThatSlippedIntoAHeader() throws IOException {
        String mail = "Return-Path: <a@example.org>\n" + FROM + "Received: x\n>From joe\nSubject: a\n\none\n";
        assertThat(Collected.of(FROM + mail + "\n" + FROM + "Subject: b\n\n").texts())
                .containsExactly(mail.replace(">From joe", "From joe"), "Subject: b\n\n");
    }

    @Test
    void unescapesTheHeaderAsTheBody() throws IOException {
        assertThat(Collected.of(FROM + "Received: x\n>>From joe\n>Fromage: y\nSubject: a\n\n>From one\n")
                        .texts())
                .containsExactly("Received: x\n>From joe\n>Fromage: y\nSubject: a\n\nFrom one\n");
    }

    @Test
    void splitsWhatGitWrote() throws IOException {
        String from = "From fc88cba7f1f37b9cf3b296eace2422dd0e173502 Mon Sep 17 00:00:00 2001\n";
        assertThat(Collected.of(from + "From: a\n\none\n\n" + from + "From: b\n\ntwo\n")
                        .texts())
                .containsExactly("From: a\n\none\n", "From: b\n\ntwo\n");
    }

    @Test
    void splitsAnMboxWhoseWriterKnowsNoDates() throws IOException {
        String from = "From jane@example.org\n";
        assertThat(Collected.of(from + "Subject: a\n\none\n\nFrom now on\nNote: x\n\n" + from + "Subject: b\n\n")
                        .texts())
                .containsExactly("Subject: a\n\none\n\nFrom now on\nNote: x\n", "Subject: b\n\n");
    }

    @Nested
    class Dialects {
        private static final String BODY = "\n>From a\n>>From b\n> From c\n>>> From d\n";
        private static final String MAIL = "Subject: a\n" + BODY;

        private static String with(String body) {
            return "Subject: a\n" + body;
        }

        @ParameterizedTest
        @EnumSource
        void isWhatTheUserSays(MboxDialect dialect) throws IOException {
            String expected = switch (dialect) {
                case MBOXO, MBOXCL -> with("\nFrom a\n>>From b\n> From c\n>>> From d\n");
                case MBOXRD -> with("\nFrom a\n>From b\n> From c\n>>> From d\n");
                case MBOXCL2 -> MAIL;
            };
            Collected read = Collected.of(FROM + MAIL + "\n", dialect);
            assertThat(read.texts()).containsExactly(expected);
            assertThat(read.mails.getFirst().size()).isEqualTo(expected.length());
        }

        @Test
        void isMboxrdInDoubt() throws IOException {
            assertThat(detected(FROM + MAIL + "\n")).isEqualTo("mbox (mboxrd)");
            assertThat(Collected.of(FROM + MAIL).texts())
                    .containsExactly(with("\nFrom a\n>From b\n> From c\n>>> From d\n"));
        }

        @Test
        void isMboxoWherePipermailWroteIt() throws IOException {
            String archive = "From jane at example.org  Fri Jul  8 12:08:34 2011\n" + MAIL + "\n";
            assertThat(detected(archive)).isEqualTo("mbox (mboxo)");
            assertThat(Collected.of(archive).texts())
                    .containsExactly(with("\nFrom a\n>>From b\n> From c\n>>> From d\n"));
        }

        @Test
        void isMboxclWhereLengthsFitAndLinesAreEscaped() throws IOException {
            String body = ">From a\n>>From b\n";
            String archive = FROM + "Content-Length: " + body.length() + "\n\n" + body + "\n" + FROM
                    + "Subject: b\ncontent-length:4\n\ntwo\n";
            assertThat(detected(archive)).isEqualTo("mbox (mboxcl)");
            assertThat(Collected.of(archive).texts())
                    .containsExactly(
                            "Content-Length: 17\n\nFrom a\n>>From b\n", "Subject: b\ncontent-length:4\n\ntwo\n");
        }

        @Test
        void isMboxcl2WhereLengthsFitAndLinesAreNotEscaped() throws IOException {
            String inner = FROM + "Subject: inner\n\nattached\n\n>From x\n";
            String first = "Content-Length: 12\n\n>From there\n";
            String second = "Subject: b\nContent-Length: " + inner.length() + "\n\n" + inner;
            String archive = FROM + first + "\n" + FROM + second + "\n" + FROM + "Content-Length: 1\n\n\n";
            assertThat(detected(archive)).isEqualTo("mbox (mboxcl2)");
            assertThat(Collected.of(archive).texts()).containsExactly(first, second, "Content-Length: 1\n\n\n");
        }

        @Test
        void splitsByLengthWithoutABlankLine() throws IOException {
            String first = "Content-Length: 3\n\none";
            String second = "Content-Length: 4\n\ntwo\n";
            String from = "From jane Fri Jul  8 12:08 2011\n";
            assertThat(Collected.of(from + first + "\n" + from + second + from + "A: b\n\n")
                            .texts())
                    .containsExactly(first, second, "A: b\n\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"0", "2", "6", "40", "99999", "999999999999999", "-1", "4x", "", "99999999999999999999"})
        void ignoresALengthThatIsWrong(String length) throws IOException {
            String first = "Content-Length: " + length + "\n\none\n";
            assertThat(Collected.of(FROM + first + "\n" + FROM + "Subject: b\n\ntwo\n")
                            .texts())
                    .containsExactly(first, "Subject: b\n\ntwo\n");
        }

        /** A body may lack its last line end, and a length may count the blank line: what it says is taken. */
        @ParameterizedTest
        @ValueSource(ints = {3, 4, 5})
        void takesALengthThatEndsAtALineEndInFrontOfASeparator(int length) throws IOException {
            String header = "Content-Length: " + length + "\n\n";
            assertThat(Collected.of(FROM + header + "one\n\n" + FROM + "Subject: b\n\ntwo\n")
                            .texts())
                    .containsExactly(header + "one\n\n".substring(0, length), "Subject: b\n\ntwo\n");
        }

        @Test
        void ignoresALengthWhereTheUserSaysThatThereIsNone() throws IOException {
            String inner = "one\n\n" + FROM + "Subject: b\n\ntwo\n";
            String archive = FROM + "Content-Length: " + inner.length() + "\n\n" + inner;
            assertThat(Collected.of(archive).mails).hasSize(1);
            assertThat(Collected.of(archive, MboxDialect.MBOXRD).mails).hasSize(2);
        }

        @Test
        void followsALengthOverMoreThanTheWindow() throws IOException {
            String inner = (FROM + "Subject: inner\n\nattached\n\n").repeat(Window.SIZE / 20);
            String second = "Content-Length: " + inner.length() + "\n\n" + inner;
            String archive = FROM + "Subject: a\n\none\n\n" + FROM + second + "\n" + FROM + "Subject: c\n\n";
            assertThat(Collected.of(archive).texts()).containsExactly("Subject: a\n\none\n", second, "Subject: c\n\n");
        }

        private static String detected(String archive) throws IOException {
            return Sources.stream("-", new ByteArrayInputStream(Collected.octets(archive)), SourceOptions.DEFAULT)
                    .description();
        }
    }

    /** Bodies of every length around the size of the window, so that its end falls on each octet of what matters. */
    @Test
    void splitsAndUnescapesWhereverTheWindowEnds() throws IOException {
        String tail = "\n>>From x\n\n" + FROM + "Subject: b\n\ntwo\n\n";
        for (int short_ = 0; short_ < 2 * tail.length(); short_++) {
            String head = FROM + "Subject: a\n\n";
            String body = "x".repeat(Window.SIZE - head.length() - short_);
            Collected read = Collected.of(head + body + tail);
            assertThat(read.mails).hasSize(2);
            assertThat(read.texts().get(0)).endsWith("x\n>From x\n").hasSize(12 + body.length() + 9);
            assertThat(read.texts().get(1)).isEqualTo("Subject: b\n\ntwo\n");
        }
    }

    @Test
    void keepsTheBeginningOfAMailThatIsTooLargeAndCountsTheRest() throws IOException {
        String body = ">From x\n".repeat(Window.SIZE / 2);
        byte[] archive = Collected.octets(FROM + "Subject: a\n\n" + body + "\n" + FROM + "Subject: b\n\n");
        Collected read = Collected.of(
                Sources.stream("-", new ByteArrayInputStream(archive), Collected.keeping(3 * Window.SIZE, null)));
        assertThat(read.mails).hasSize(2);
        assertThat(read.mails.get(0).truncated()).isTrue();
        assertThat(read.mails.get(0).size()).isEqualTo(12 + body.length() / 8 * 7);
        assertThat(read.texts().get(0))
                .hasSize(3 * Window.SIZE)
                .isEqualTo(("Subject: a\n\n" + body.replace(">", "")).substring(0, 3 * Window.SIZE));
        assertThat(read.mails.get(1).truncated()).isFalse();
    }

    @Test
    void readsAHeaderWithoutEnd() throws IOException {
        String mail = "X: " + "y".repeat(3 * Window.SIZE) + "\nZ: z\n\none\n";
        assertThat(Collected.of(FROM + mail + "\n" + FROM + "Subject: b\n\n").texts())
                .containsExactly(mail, "Subject: b\n\n");
    }

    /** Any mails, written as each dialect is, come back as they were, in whatever pieces they are read. */
    @ParameterizedTest
    @EnumSource
    void givesBackWhatWasWritten(MboxDialect dialect) throws IOException {
        Random random = new Random(dialect.label().hashCode());
        String[] lines = {"text", "", ">From a", ">>From b", "From c", "> From d", "From: e", FROM.strip(), "Subject: f"
        };
        for (int round = 0; round < 300; round++) {
            List<String> mails = new ArrayList<>();
            StringBuilder archive = new StringBuilder();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                StringBuilder body = new StringBuilder();
                int length = random.nextInt(8);
                for (int j = 0; j < length; j++) {
                    String line = lines[random.nextInt(lines.length)];
                    // mboxo and mboxcl cannot tell a line that had a mark from one that they gave it.
                    boolean lossy = dialect == MboxDialect.MBOXO || dialect == MboxDialect.MBOXCL;
                    body.append(lossy && line.startsWith(">From") ? "text" : line)
                            .append('\n');
                }
                String text = body.toString();
                String escaped = switch (dialect) {
                    case MBOXO, MBOXCL -> text.replaceAll("(?m)^From ", ">From ");
                    case MBOXRD -> text.replaceAll("(?m)^(>*From )", ">$1");
                    case MBOXCL2 -> text;
                };
                String header = "Subject: " + i + "\n"
                        + (dialect.countsOctets() ? "Content-Length: " + escaped.length() + "\n" : "") + "\n";
                mails.add(header + text);
                archive.append(FROM).append(header).append(escaped).append('\n');
            }
            byte[] octets = Collected.octets(archive.toString());
            SourceOptions options = new SourceOptions(org.listlens.mail.Limits.DEFAULT, dialect);
            assertThat(Collected.of(Sources.stream("-", new ByteArrayInputStream(octets), options))
                            .texts())
                    .isEqualTo(mails);
            assertThat(Collected.of(Sources.stream("-", Collected.slow(octets), options))
                            .texts())
                    .isEqualTo(mails);
        }
    }
}
