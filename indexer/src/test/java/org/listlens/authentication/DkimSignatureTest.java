package org.listlens.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Authentication;
import org.listlens.mail.Defect;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Route;

class DkimSignatureTest {
    static List<Tables.Sample> samples() throws IOException {
        return Tables.read("tags.txt");
    }

    @Test
    void theTableIsThere() throws IOException {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAField(Tables.Sample sample) {
        assertThat(told(sample.value())).isEqualTo(sample.expected().get(0));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAFieldFoldedWithCrLf(Tables.Sample sample) {
        assertThat(told(Tables.folded(sample.value(), "\r\n\t")))
                .isEqualTo(sample.expected().get(0));
    }

    @Test
    void namesFieldsSignedMoreOftenThanTheyStand() {
        DkimSignature signature = parse(List.of(
                        signature("From:from:To:to:Subject:Cc:List-Id:list-id:List-Id:Reply-To"),
                        new HeaderField("From", "ada@example.com", 1),
                        new HeaderField("TO", "bob@example.net", 2),
                        new HeaderField("To", "eve@example.net", 3),
                        new HeaderField("Subject", "Hello", 4),
                        new HeaderField("List-ID", "<list.example.org>", 5)))
                .signatures()
                .get(0);

        assertThat(signature.overSigned()).containsExactly("from", "cc", "list-id", "reply-to");
        assertThat(signature.signedListFields()).containsExactly("to", "subject", "cc", "list-id", "reply-to");
    }

    /** It is Google's own, for mail between its hosts. */
    @Test
    void leavesOutWhatIsNoneByName() {
        HeaderField own =
                new HeaderField("X-Google-DKIM-Signature", signature("from").value(), 0);

        assertThat(parse(List.of(own))).isSameAs(Authentication.NONE);
    }

    private static HeaderField signature(String fields) {
        return new HeaderField("DKIM-Signature", "v=1; a=rsa-sha256; d=example.com; s=k1; bh=A; b=B; h=" + fields, 0);
    }

    private static Authentication parse(List<HeaderField> fields) {
        return AuthenticationParser.parse(fields, List.of(), Route.NONE, new Defects(10));
    }

    private static String told(String value) {
        Defects defects = new Defects(10);
        HeaderField field = new HeaderField("dkim-signature", value, 7);
        DkimSignature signature = AuthenticationParser.parse(List.of(field), List.of(), Route.NONE, defects)
                .signatures()
                .get(0);
        String prefix = "";
        if (!defects.toList().isEmpty()) {
            assertThat(defects.toList()).containsExactly(new Defect(DefectCode.INVALID_DKIM_SIGNATURE, 7));
            prefix = "invalid ";
        }
        String fields = String.join(":", signature.signedFields());
        return prefix
                + (signature.domain() == null ? "-" : signature.domain())
                + (signature.selector() == null ? " -" : " " + signature.selector())
                + (signature.algorithm() == null ? " -" : " " + signature.algorithm())
                + " "
                + signature.canonicalization()
                + told("i", signature.identity())
                + told("t", signature.signedAt())
                + told("x", signature.expiresAt())
                + told("l", signature.bodyLength())
                + (fields.isEmpty() ? "" : " " + fields)
                + told("bh", signature.bodyHash())
                + told("b", signature.value());
    }

    private static String told(String key, @Nullable Object value) {
        return value == null ? "" : " " + key + "=" + value;
    }
}
