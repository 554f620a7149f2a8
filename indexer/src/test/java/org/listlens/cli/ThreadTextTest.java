package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Quotation;
import org.listlens.thread.Discussion;
import org.listlens.thread.ThreadMail;

class ThreadTextTest {
    private static ThreadMail mail(
            String id, @Nullable String writer, String time, String subject, String... references) {
        return new ThreadMail(
                "doc-" + id,
                id + "@example.org",
                List.of(references).stream()
                        .map(reference -> reference + "@example.org")
                        .toList(),
                List.of(),
                Instant.parse("2021-07-06T" + time + ":00Z"),
                Instant.parse("2021-07-06T" + time + ":10Z"),
                subject,
                writer == null
                        ? null
                        : new ThreadMail.Writer(writer, writer, "x@example.org", null, writer.contains("Robot")),
                List.of("can.example.org"),
                references.length,
                false,
                references.length == 0
                        ? List.of()
                        : List.of(new Quotation(1, "Jane Doe\u001b[31m", null, null, null, 1)),
                List.of());
    }

    private static final List<ThreadMail> MAILS = List.of(
            mail("a", "Jane Doe", "10:00", "Lost frames"),
            mail("b", "Robot", "10:01", "Re: Lost frames", "a"),
            mail("c", "John Roe", "11:30", "Re: Lost frames", "a"),
            mail("d", null, "11:31", "Found \u202Ethem", "a", "c", "lost"));

    private static String text(List<ThreadMail> mails) {
        Page page = new Page(100);
        new ThreadText(page, Discussion.of(mails).getFirst(), Map.of("doc-a", 95_000L)).write();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        page.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void showsTheTreeWithItsDelays() {
        assertThat(text(MAILS)).isEqualTo("""
                Thread      Lost frames
                List        can.example.org
                Mails       4 mails by 2 persons, 1 of them by programs; 1 mail that others refer to missing; 1 h 31
                            min from first to last; answers up to 3 levels deep, quotes up to 3
                Answer      by John Roe after 1 h 30 min, 1 h 29 min after the list had sent the mail on

                Written (UTC)      answer after    under way  Who
                2021-07-06 10:00                  1 min 35 s  Jane Doe: Lost frames
                2021-07-06 10:01      1 min 0 s               · Robot (a program), quotes Jane Doe[31m 1 deep
                2021-07-06 11:30     1 h 30 min               · John Roe, quotes Jane Doe[31m 1 deep
                2021-07-06 11:31      1 min 0 s               · · · (nobody named), quotes Jane Doe[31m 3 deep:
                                                                    Found them
                """);
    }

    @Test
    void saysWhatIsNotKnown() {
        assertThat(text(MAILS.subList(2, 3))).contains("Answer      unknown, because the first mail is missing\n");
        assertThat(text(MAILS.subList(0, 2))).contains("Answer      none by another person\n");
    }

    @Test
    void theSameAsJson() throws Exception {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            ThreadJson.write(json, Discussion.of(MAILS).getFirst(), Map.of("doc-a", 95_000L));
        }
        JsonNode thread = new ObjectMapper().readTree(out.toString());

        assertThat(thread.path("messages").asInt()).isEqualTo(4);
        assertThat(thread.path("first_response_ms").asLong()).isEqualTo(5_400_000);
        assertThat(thread.at("/mails/0/latency_ms").asLong()).isEqualTo(95_000);
        assertThat(thread.at("/mails/2/parent").asText()).isEqualTo("a@example.org");
        assertThat(thread.at("/mails/2/answer_ms").asLong()).isEqualTo(5_400_000);
        assertThat(thread.at("/mails/2/quotes/0/depth").asInt()).isEqualTo(1);
        assertThat(thread.at("/mails/3").has("author")).isFalse();
    }
}
