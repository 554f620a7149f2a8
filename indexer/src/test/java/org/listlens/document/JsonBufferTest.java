package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBufferTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes into a buffer that has to grow for everything. */
    private static String written(Consumer<JsonBuffer> what) {
        JsonBuffer buffer = new JsonBuffer(1);
        what.accept(buffer);
        assertThat(buffer.toByteArray()).hasSize(buffer.size());
        assertThat(buffer.capacity()).isGreaterThanOrEqualTo(buffer.size());
        return new String(buffer.toByteArray(), StandardCharsets.UTF_8);
    }

    /** A general generator writes the same, wherever in a string a character stands. */
    @Test
    void everyCharacterIsWrittenAsAnyGeneratorDoes() throws IOException {
        String[] others = {"é", "߿", "ࠀ", "漢", "\uFFFF", "\uD83D\uDE00", "\uDBFF\uDFFF"};
        for (int before = 0; before < 40; before++) {
            for (int c = 0; c < 128 + others.length; c++) {
                String one = c < 128 ? String.valueOf((char) c) : others[c - 128];
                String text = "x".repeat(before) + one + "y".repeat(before % 11);
                assertThat(written(buffer -> buffer.string(text))).isEqualTo(JSON.writeValueAsString(text));
            }
        }
    }

    @Test
    void anyMixtureIsWrittenAsAnyGeneratorDoes() throws IOException {
        Random random = new Random(1);
        String characters = "aaaaaaaaaaaaaaaaaaaa?\"\\\n\r\t\u0000\u001F\u007Fé漢";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int kinds = random.nextInt(2) == 0 ? characters.length() - 2 : characters.length();
            for (int length = random.nextInt(100); length > 0; length--) {
                text.append(characters.charAt(random.nextInt(kinds)));
            }
            assertThat(written(buffer -> buffer.string(text.toString())))
                    .isEqualTo(JSON.writeValueAsString(text.toString()));
        }
    }

    /** Halves stand for one octet each in the platform's UTF-8, as ASCII does, and look like question marks. */
    @Test
    void halvesOfSurrogatePairsBecomeReplacementCharacters() {
        for (String rest : new String[] {"", "what?", "a long text, which is not looked at char by char?", "漢?"}) {
            for (String half : new String[] {"\uD83D", "\uDE00", "\uDE00\uD83D", "?\uD83D?"}) {
                String expected = half.replace('\uD83D', '\uFFFD').replace('\uDE00', '\uFFFD');
                assertThat(written(buffer -> buffer.string(rest + half + rest)))
                        .isEqualTo('"' + rest + expected + rest + '"');
            }
        }
        assertThat(written(buffer -> buffer.string("a\uD83D\uD83D\uDE00\uDE00b")))
                .isEqualTo("\"a\uFFFD\uD83D\uDE00\uFFFDb\"");
    }

    @Test
    void textIsOneStringInParts() {
        assertThat(written(buffer -> {
                    buffer.put('"');
                    buffer.text("Subject");
                    buffer.put(": ");
                    buffer.text("");
                    buffer.text("\"");
                    buffer.number(-7);
                    buffer.put('"');
                }))
                .isEqualTo("\"Subject: \\\"-7\"");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                9,
                10,
                99,
                100,
                -1,
                -10,
                1_000_000_007L,
                999_999_999_999_999_999L,
                1_000_000_000_000_000_000L,
                Long.MAX_VALUE,
                -Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void numbersAreDecimal(long number) {
        assertThat(written(buffer -> buffer.number(number))).isEqualTo(Long.toString(number));
    }

    @Test
    void digitsAreFilledUpWithZeros() {
        assertThat(written(buffer -> {
                    buffer.digits(7, 2);
                    buffer.digits(0, 3);
                    buffer.digits(2024, 4);
                }))
                .isEqualTo("070002024");
    }

    @Test
    void commasStandBetweenMembersAndElements() {
        assertThat(written(buffer -> {
                    buffer.put('{');
                    buffer.name("a");
                    buffer.put('[');
                    buffer.comma();
                    buffer.number(1);
                    buffer.comma();
                    buffer.string("[");
                    buffer.comma();
                    buffer.string("");
                    buffer.put(']');
                    buffer.name("b");
                    buffer.put("{}");
                    buffer.name("c");
                    buffer.put("true}");
                }))
                .isEqualTo("{\"a\":[1,\"[\",\"\"],\"b\":{},\"c\":true}");
    }

    @Test
    void whatIsTakenBackIsGone() {
        assertThat(written(buffer -> {
                    buffer.put("[1");
                    int size = buffer.size();
                    buffer.put(",2");
                    buffer.truncate(size);
                    buffer.put(']');
                }))
                .isEqualTo("[1]");
    }

    /** First there and later here, and the other way round. */
    @Test
    void membersAreWrittenAgainWithTheCommaThatTheyNeed() {
        assertThat(written(buffer -> {
                    buffer.put("{\"a\":1,\"b\":2,\"c\":{");
                    buffer.membersAgain(6, 12);
                    buffer.membersAgain(1, 12);
                    buffer.membersAgain(6, 6);
                    buffer.put("}}");
                }))
                .isEqualTo("{\"a\":1,\"b\":2,\"c\":{\"b\":2,\"a\":1,\"b\":2}}");
    }

    @Test
    void sizeHasAnEnd() {
        JsonBuffer buffer = new JsonBuffer(1 << 10);
        buffer.put("{".repeat(1 << 10));
        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> buffer.membersAgain(0, Integer.MAX_VALUE - 8))
                .withMessageContaining("documents");
    }
}
