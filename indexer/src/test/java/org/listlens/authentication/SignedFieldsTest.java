package org.listlens.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedFieldsTest {
    @Test
    void namesAreInLowerCaseAndInTheirOrder() {
        SignedFields fields = SignedFields.of("From : To:Subject:\tto::DATE");

        assertThat(fields.names()).containsExactly("from", "to", "subject", "to", "date");
        assertThat(SignedFields.of(new String("From : To:Subject:\tto::DATE")).names())
                .isEqualTo(fields.names());
    }

    @Test
    void overSignedIsWhatStandsThereMoreOftenThanInTheHeaderOfEachMail() {
        SignedFields fields = SignedFields.of("to:from:to:from:cc:reply-to");

        assertThat(fields.overSigned(Map.of("from", 1, "to", 1, "cc", 1))).containsExactly("to", "from", "reply-to");
        assertThat(fields.overSigned(Map.of("from", 2, "to", 2, "cc", 1, "reply-to", 1)))
                .isEmpty();
        assertThat(fields.overSigned(Map.of("from", 2, "to", 1, "cc", 3, "reply-to", 1)))
                .containsExactly("to");
    }
}
