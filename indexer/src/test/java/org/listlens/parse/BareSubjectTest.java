package org.listlens.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BareSubjectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Weekly call                      | Weeklycall",
                "[dev] Weekly call                | Weeklycall",
                "Re: [dev] Weekly call            | Weeklycall",
                "[dev] Re: [dev 17] Weekly  call  | Weeklycall",
                "AW: Antw: Fwd: Weekly call       | Weeklycall",
                "Re[2]: RE : Weekly call          | Weeklycall",
                "***SPAM*** Weekly call           | Weeklycall",
                "{Spam?} Weekly call              | Weeklycall",
                "[PATCH 2/5] Weekly call          | PATCH2/5Weeklycall",
                "Regarding: Weekly call           | RegardingWeeklycall",
                "Re Weekly call                   | ReWeeklycall",
                "[dev                             | dev",
                "*                                | ''",
                "Re:                              | ''",
            })
    void bare(String subject, String bare) {
        assertThat(BareSubject.of(subject)).isEqualTo(bare);
    }

    @Test
    void noSubjectIsAnEmptyOne() {
        assertThat(BareSubject.of(null)).isEmpty();
    }
}
