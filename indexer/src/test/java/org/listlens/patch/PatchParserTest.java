package org.listlens.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Patch;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/** Whole mails against what is said of their patches. */
class PatchParserTest {
    static List<Tables.Case> mails() {
        return Tables.cases("patches.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void reads(Tables.Case sample) {
        List<String> expected = new ArrayList<>();
        String mail = sample.text();
        while (!mail.startsWith("Subject: ")) {
            int end = mail.indexOf('\n');
            expected.add(mail.substring(0, end));
            mail = mail.substring(end + 1);
        }
        String whole = "From: Ada Example <ada@example.com>\nMessage-ID: <own@example.com>\n" + mail;
        for (String text : List.of(whole, whole.replace("\n", "\r\n"))) {
            ParsedMail parsed = parse(text);
            assertThat(described(parsed, parsed.patch())).isEqualTo(expected.get(0));
            if (expected.size() > 1) {
                assertThat("trailers " + parsed.trailers().size()).isEqualTo(expected.get(1));
            }
        }
    }

    private static ParsedMail parse(String mail) {
        byte[] octets = mail.getBytes(StandardCharsets.UTF_8);
        return new MailParser(Limits.DEFAULT).parse(new RawMail(new Origin("test", "0"), octets, octets.length));
    }

    private static String described(ParsedMail mail, @Nullable Patch patch) {
        if (patch == null) {
            return "none";
        }
        StringBuilder line = new StringBuilder(patch.kind().label());
        line.append(" v").append(patch.version()).append(' ');
        line.append(patch.number() == null ? "-" : patch.number()).append('/');
        line.append(patch.total() == null ? "-" : patch.total());
        line.append(' ').append(patch.title()).append(" | ");
        line.append(patch.files().isEmpty() ? "-" : String.join(", ", patch.files()))
                .append(" | ");
        line.append(patch.fileCount() == null ? "-" : patch.fileCount());
        if (patch.insertions() != null) {
            line.append(" +").append(patch.insertions()).append(" -").append(patch.deletions());
        }
        line.append(" | trailers ").append(mail.trailers().size());
        if (patch.baseCommit() != null) {
            line.append(" | base ").append(patch.baseCommit());
        }
        if (patch.changeId() != null) {
            line.append(" | change ").append(patch.changeId());
        }
        if (!patch.prerequisites().isEmpty()) {
            line.append(" | prerequisites ").append(patch.prerequisites().size());
        }
        List<String> earlier = new ArrayList<>();
        for (String key : patch.seriesKeys()) {
            if (key.startsWith("message-id:")) {
                earlier.add(key.substring("message-id:".length()));
            }
        }
        return line + (earlier.isEmpty() ? "" : " | earlier " + String.join(" ", earlier));
    }

    @Test
    void keysAreTheSameOverVersionsAndDifferByAuthorAndTree() {
        String first = title("ada@example.com", "[PATCH] foo: fix it");
        assertThat(title("Ada@Example.com", "[RFC PATCH v2 1/3] Foo: fix  it")).isEqualTo(first);
        assertThat(title("bob@example.com", "[PATCH] foo: fix it")).isNotEqualTo(first);
        assertThat(title("ada@example.com", "[PATCH 5.10] foo: fix it")).isNotEqualTo(first);
        assertThat(title("ada@example.com", "[PATCH AUTOSEL 5.10] foo: fix it"))
                .isNotEqualTo(title("ada@example.com", "[PATCH AUTOSEL 5.4] foo: fix it"));
        assertThat(title("ada@example.com", "[PATCH] foo: fix that")).isNotEqualTo(first);
    }

    private static String title(String author, String subject) {
        Patch patch =
                parse("From: " + author + "\nSubject: " + subject + "\n\n").patch();
        return Objects.requireNonNull(patch).seriesKeys().get(0);
    }

    @Test
    void hostilePatchesTakeNoTime() {
        String head = "From: ada@example.com\nSubject: [PATCH] foo\n\n";
        for (String part : List.of(
                "diff --git a/x b/y\n",
                "--- a\n+++ b\n",
                "@@ -1 +1 @@\n",
                "@@ -1,999999999 +1,999999999 @@\n",
                " a | 1 +\n",
                " 1 file changed, 1 insertion(+)\n",
                "v1: https://x/\n",
                "diff --git \"a\\",
                "--- a b c d e f ",
                "Index: x\n=======\n")) {
            assertThat(parse(head + part.repeat(20_000)).patch()).isNotNull();
        }
    }
}
