package org.listlens.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code git check-mailmap} says of the same lines. */
class MailmapTest {
    private static final String FORMS = """
            # the four forms
            Jane Doe <jane@example.com>
            <john@example.com> <john@laptop.example.net>
            Ann Loe <ann@example.com> <ann@desktop.example.net>
            Ann Loe <ann@example.com> ann <bugs@example.com>
            John Roe <john@example.com> John <bugs@example.com>
            Santa Example <santa@northpole.example.org> <me@company.example.net> # and why

            \t
            Spaced   Name   <spaced@example.com>\t<old-spaced@example.net>   trailing words
            Upper Case <UPPER@Example.COM> <uPpEr@old.example.net>
            <only@example.com>
            Two Words<glued@example.com><old-glued@example.net>
            Empty Old <empty@example.com> <>
            Nobody Now <both@example.com> # old <commented@example.net>
              # indented <indented@example.com>
            Blank < blank@example.com >
            Jöhn Röe <johann@example.com> JÖHN <umlaut@example.net>
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Anybody | jane@example.com | Jane Doe | jane@example.com",
                " | jane@example.com | Jane Doe | jane@example.com",
                "Anybody | JANE@EXAMPLE.COM | Jane Doe | JANE@EXAMPLE.COM",
                "Anybody | jane@example.org | - | -",
                "Jane Doe | other@example.com | - | -",
                "John | john@laptop.example.net | John | john@example.com",
                " | john@laptop.example.net | | john@example.com",
                "John | John@Laptop.Example.Net | John | john@example.com",
                "ann | ann@desktop.example.net | Ann Loe | ann@example.com",
                "ann | ann@example.com | - | -",
                "ann | bugs@example.com | Ann Loe | ann@example.com",
                "ANN | Bugs@Example.com | Ann Loe | ann@example.com",
                "John | bugs@example.com | John Roe | john@example.com",
                "Jane | bugs@example.com | - | -",
                " | bugs@example.com | - | -",
                "Ann Loe | bugs@example.com | - | -",
                "Me | me@company.example.net | Santa Example | santa@northpole.example.org",
                "x | old-spaced@example.net | Spaced   Name | spaced@example.com",
                "x | upper@OLD.example.net | Upper Case | UPPER@Example.COM",
                "x | only@example.com | - | -",
                "x | old-glued@example.net | Two Words | glued@example.com",
                "x | glued@example.com | - | -",
                "# old | commented@example.net | Nobody Now | both@example.com",
                "x | commented@example.net | - | -",
                "x | both@example.com | - | -",
                "x | indented@example.com | # indented | indented@example.com",
                "x | blank@example.com | - | -",
                "JÖHN | umlaut@example.net | Jöhn Röe | johann@example.com",
                "jÖhn | umlaut@example.net | Jöhn Röe | johann@example.com",
                "jöhn | umlaut@example.net | - | -",
            })
    void fourForms(@Nullable String name, String address, @Nullable String properName, @Nullable String properAddress) {
        for (String text : new String[] {FORMS, FORMS.replace("\n", "\r\n"), '\uFEFF' + FORMS}) {
            assertFound(new Mailmap(text), name, address, properName, properAddress);
        }
    }

    @Test
    void anEmptyAddressMayBeMapped() {
        assertFound(new Mailmap(FORMS), "x", "", "Empty Old", "empty@example.com");
        assertThat(new Mailmap(FORMS).find("x", " blank@example.com ")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // later lines complete and replace
                "A <a@x>;B <a@x> | n | a@x | B | a@x",
                "A <a@x>;<p@x> <a@x> | n | a@x | A | p@x",
                "<p@x> <a@x>;A <a@x> | n | a@x | A | p@x",
                "<p@x> <a@x>;<q@x> <a@x> | n | a@x | n | q@x",
                "A <p@x> <a@x>;B <q@x> <a@x> | n | a@x | B | q@x",
                "A <p@x> <A@X>;B <a@x> | n | a@x | B | p@x",
                // a line with a name goes before one without, and hides it
                "A <a@x>;P <p@x> n <a@x> | n | a@x | P | p@x",
                "P <p@x> n <a@x>;A <a@x> | n | a@x | P | p@x",
                "P <p@x> n <a@x>;A <a@x> | m | a@x | A | a@x",
                "A <a@x>;<p@x> n <a@x> | n | a@x | n | p@x",
                "P <p@x> n <a@x>;Q <q@x> N <a@x> | n | a@x | Q | q@x",
                "P <p@x> n <a@x>;<q@x> n <a@x> | n | a@x | n | q@x",
                // one step only
                "<b@x> <a@x>;<c@x> <b@x> | n | a@x | n | b@x",
                "<b@x> <a@x>;<a@x> <b@x> | n | a@x | n | b@x",
                // lines without an address say nothing
                "A <>;B a@x;C <a@x | n | a@x | - | -",
                "A > <a@x> | n | a@x | A > | a@x",
                "A <<a@x>> | n | <a@x | A | <a@x",
            })
    void laterLinesAndNames(
            String lines, @Nullable String name, String address, @Nullable String properName, String properAddress) {
        assertFound(new Mailmap(lines.replace(';', '\n')), name, address, properName, properAddress);
    }

    @Test
    void linesWithoutAnAddressAreNamed() {
        Mailmap mailmap = new Mailmap("# fine\nJane Doe\n\nJane <jane@example.com>\n<>\nx <open\n");
        assertThat(mailmap.unreadableLines()).containsExactly(2, 5, 6);
        assertThat(new Mailmap(FORMS).unreadableLines()).isEmpty();
        assertThat(new Mailmap("").unreadableLines()).isEmpty();
    }

    private static void assertFound(
            Mailmap mailmap,
            @Nullable String name,
            String address,
            @Nullable String properName,
            @Nullable String properAddress) {
        Mailmap.Identity found = mailmap.find(name, address);
        if (found == null || "-".equals(properAddress)) {
            assertThat(found).isNull();
            assertThat(properAddress).isEqualTo("-");
        } else {
            assertThat(found.name() == null ? name : found.name()).isEqualTo(properName);
            assertThat(found.address() == null ? address : found.address()).isEqualTo(properAddress);
        }
    }
}
