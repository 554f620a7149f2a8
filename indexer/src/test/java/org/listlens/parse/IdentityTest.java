package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final String RULE = "_".repeat(47);

    private final Identity identity = new Identity();

    @Test
    void aListsFooterIsNoPartOfTheText() {
        String text = "Hello,\nit works.\n";

        assertThat(identity.ofText(text + RULE + "\ntalk mailing list\nhttps://example.org/talk\n"))
                .isEqualTo(identity.ofText(text));
        assertThat(identity.ofText(text + RULE)).isEqualTo(identity.ofText(text));
    }

    @Test
    void theLastRuleCounts() {
        String text = "Above\n" + RULE + "\nBelow\n";

        assertThat(identity.ofText(text + RULE + "\nfooter\n")).isEqualTo(identity.ofText(text + RULE));
        assertThat(identity.ofText(text + RULE + "\nfooter\n")).isNotEqualTo(identity.ofText("Above\n"));
    }

    @Test
    void whatIsNoWholeRuleBelongsToTheText() {
        assertThat(identity.ofText("A\n__________\nB")).isEqualTo(identity.ofText("A"));
        assertThat(identity.ofText("A\n_________\nB")).isNotEqualTo(identity.ofText("A"));
        assertThat(identity.ofText("A\n" + RULE + " name\nB")).isNotEqualTo(identity.ofText("A"));
        assertThat(identity.ofText("A\n" + RULE + "\nB\n" + RULE + " name\n")).isEqualTo(identity.ofText("A"));
    }

    @Test
    void aRuleFurtherUpBelongsToTheAuthor() {
        // The line end before the rule is the first of the last 2,000 characters, then the one before them.
        String near = "A\n" + RULE + '\n' + "b".repeat(2_000 - 2 - RULE.length());
        String far = near + 'b';

        assertThat(identity.ofText(near)).isEqualTo(identity.ofText("A"));
        assertThat(identity.ofText(far)).isNotEqualTo(identity.ofText("A"));
    }

    @Test
    void blanksAndLineEndsDoNotCount() {
        assertThat(identity.ofText("It works,\n\tétoile \u00a0.\n"))
                .isEqualTo(identity.ofText("Itworks,étoile\u00a0."));
        assertThat(identity.ofText("It works")).isNotEqualTo(identity.ofText("It work"));
    }

    @Test
    void aCopyIsTheSameWithOtherLineEnds() {
        byte[] lf = "Subject: a\n\nb\r c\n".getBytes(StandardCharsets.US_ASCII);
        byte[] crlf = "Subject: a\r\n\r\nb\r c\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(identity.ofCopy(crlf, crlf.length)).isEqualTo(identity.ofCopy(lf, lf.length));
    }
}
