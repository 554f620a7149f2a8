package org.listlens.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Author;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/** Whole headers, also with CRLF, against the author that they must give: {@code authors.txt}. */
class PeopleTest {
    private static final String MAILMAP = """
            Jane Proper <proper@example.com> <old@example.net>
            Janet Proper <janet@example.com> Doe, Janet (Example) <shared@example.net>
            Richard Proper <richard@example.com> Richard Roe <shared@example.net>
            """;

    record Case(String title, String header, String expected) {
        @Override
        public String toString() {
            return title;
        }
    }

    static List<Case> cases() throws IOException {
        String text;
        try (InputStream in = PeopleTest.class.getResourceAsStream("authors.txt")) {
            text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Case> cases = new ArrayList<>();
        String title = "";
        StringBuilder header = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#")) {
                title = line.substring(1).strip();
            } else if (line.startsWith("=> ")) {
                cases.add(new Case(title, header.toString(), line.substring(3)));
                header.setLength(0);
            } else if (!line.isEmpty()) {
                header.append(line).append('\n');
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheAuthor(Case sample) throws Exception {
        People people = new People(
                new Mailmap(MAILMAP), Organizations.shipped().with("example.com Example Company"), Robots.shipped());
        for (String end : new String[] {"\n", "\r\n"}) {
            byte[] bytes = (sample.header() + "\nText\n").replace("\n", end).getBytes(StandardCharsets.UTF_8);
            ParsedMail mail =
                    new MailParser(Limits.DEFAULT, people).parse(new RawMail(new Origin("", ""), bytes, bytes.length));
            assertThat(line(mail)).isEqualTo(sample.expected());
        }
    }

    private static String line(ParsedMail mail) {
        Author author = mail.author();
        if (author == null) {
            return "nobody";
        }
        return (author.name() == null ? "-" : author.name()) + " <" + author.address() + '>'
                + (author.rewritten() ? " rewritten" : "")
                + (author.robot() ? " robot" : "")
                + part(author.organization() == null ? null : '[' + author.organization() + ']')
                + part(PersonRules.key(mail));
    }

    private static String part(@Nullable String text) {
        return text == null ? "" : ' ' + text;
    }
}
