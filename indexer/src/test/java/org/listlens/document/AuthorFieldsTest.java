package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Author;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;
import org.listlens.people.KnownPersons;
import org.listlens.people.Persons;

class AuthorFieldsTest {
    private static ParsedMail mail(Author author, String from) {
        Mails.Draft draft = new Mails.Draft();
        draft.author = author;
        draft.participants.add(new Participant(Role.FROM, author.name(), from, null));
        return draft.mail();
    }

    private static AuthorFields.Written written(AuthorFields fields, ParsedMail mail) {
        AuthorFields.Written written = fields.of(mail);
        if (written == null) {
            throw new AssertionError("nothing is written of the author");
        }
        return written;
    }

    /** More authors than there are places: each is as if nobody had come before. */
    @Test
    void authorsInOnePlaceAreToldApart() {
        Persons persons = new Persons();
        for (int i = 0; i < 5_000; i += 2) {
            persons.addMessages("a" + i + "@example.org", false, null, null, null, 1, 0L, 0L);
        }
        KnownPersons known = persons.known();
        AuthorFields fields = new AuthorFields(known);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                String address = "a" + i + "@example.org";
                String name = i % 3 == 0 ? null : "Jane Doe " + i;
                ParsedMail mail = mail(new Author(name, address, null, i % 5 == 0, false), address);
                AuthorFields.Written written = written(fields, mail);
                AuthorFields.Written alone = written(new AuthorFields(known), mail);
                assertThat(written.author()).isEqualTo(mail.author());
                assertThat(written.key()).isEqualTo(alone.key());
                assertThat(written.person()).isEqualTo(i % 2 == 0 && i % 5 != 0 ? address : null);
                assertThat(written.digested()).isEqualTo(alone.digested());
            }
        }
    }

    /** Where the list's address stands in From for that of an author whom nobody knows, the key has to tell who it is. */
    @Test
    void theKeyOfARewrittenAuthorDependsOnTheMail() {
        AuthorFields fields = new AuthorFields(KnownPersons.NONE);
        Author author = new Author("Jane Doe", "list@example.org", null, false, true);
        assertThat(written(fields, mail(author, "list@example.org")).key()).isEqualTo("doe jane|list");
        assertThat(written(fields, mail(author, "other@example.org")).key()).isNotEqualTo("doe jane|list");
        assertThat(written(fields, mail(author, "list@example.org")).key()).isEqualTo("doe jane|list");
    }

    @Test
    void theDigestCoversAllButThePerson() {
        Author author = new Author("Jane Doe", "jane.doe@example.org", "Example", false, false);
        assertThat(new String(
                        written(new AuthorFields(KnownPersons.NONE), mail(author, author.address()))
                                .digested(),
                        StandardCharsets.UTF_8))
                .isEqualTo("Author[name=Jane Doe, address=jane.doe@example.org, organization=Example, robot=false,"
                        + " rewritten=false]\ndoe jane|name");
        assertThat(new AuthorFields(KnownPersons.NONE).of(new Mails.Draft().mail()))
                .isNull();
    }
}
