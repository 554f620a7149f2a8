package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.document.CopyYear;

/** The names of indices that take one another's place. */
class IndexSeriesTest {
    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            things-v1,            1,  none
            things-v12,           12, none
            things-v2-2021,       2,  2021
            things-v3-undated,    3,  undated
            things-v3-a-b,        3,  a-b
            things-v123456789,    0,  none
            things-v-2021,        0,  none
            things-v2-,           0,  none
            things-v2x,           0,  none
            things-2021,          0,  none
            others-v1-2021,       0,  none
            """)
    void anIndexTellsItsNumberAndItsPart(String index, int number, @Nullable String part) {
        assertThat(IndexSeries.partOf("things", index)).isEqualTo(part);
        assertThat(new IndexSeries("things", part).number(index)).isEqualTo(number);
        if (number > 0) {
            assertThat(new IndexSeries("things", part).index(number)).isEqualTo(index);
            assertThat(new IndexSeries("things", "other").number(index)).isZero();
        }
    }

    @Test
    void thePartThatIsAlwaysThereHasOneName() {
        assertThat(IndexSeries.REST).isEqualTo(CopyYear.UNDATED);
        assertThat(new IndexSeries("things", CopyYear.UNDATED).isMain()).isTrue();
        assertThat(new IndexSeries("things", "2021").isMain()).isFalse();
        assertThat(new IndexSeries("things", null).isMain()).isTrue();
    }
}
