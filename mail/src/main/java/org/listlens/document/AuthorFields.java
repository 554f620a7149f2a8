package org.listlens.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Author;
import org.listlens.mail.ParsedMail;
import org.listlens.people.KnownPersons;
import org.listlens.people.PersonRules;

/**
 * The fields {@code author.*} of a message. A few authors write most mails of a list, so what follows from an author alone
 * is remembered. Not thread-safe.
 */
final class AuthorFields {
    /** How many authors are remembered at most, a power of two; of two for the same place the later one is. */
    private static final int REMEMBERED = 1 << 10;

    private final KnownPersons persons;
    private final @Nullable Written[] remembered = new Written[REMEMBERED];

    AuthorFields(KnownPersons persons) {
        this.persons = persons;
    }

    /**
     * What is written of an author.
     *
     * @param key by which the author's person is known
     * @param person the {@code _id} of the person; {@code null} when it is not known
     * @param digested what the digest of the message covers
     */
    record Written(
            Author author, @Nullable String key, @Nullable String person, byte[] digested) {
        /** What the digest of the message has to cover: everything but the person, whom other mails decide on. */
        void digest(DocumentWriter writer) {
            writer.digest(digested);
        }

        void write(DocumentWriter writer) {
            writer.startObject("author");
            writer.string("id", person);
            writer.string("name", author.name());
            writer.string("address", author.address());
            writer.string("organization", author.organization());
            writer.bool("robot", author.robot());
            if (author.rewritten()) {
                writer.bool("rewritten", true);
            }
            writer.string("key", key);
            writer.endObject();
        }
    }

    /** What is to be written of a mail's author; {@code null} when the mail has none. */
    @Nullable
    Written of(ParsedMail mail) {
        Author author = mail.author();
        if (author == null) {
            return null;
        }
        if (author.rewritten()) {
            // The key depends on the address in From as well.
            return written(author, mail);
        }
        int hash = author.hashCode();
        int place = (hash ^ (hash >>> 16)) & (REMEMBERED - 1);
        Written known = remembered[place];
        if (known == null || !known.author().equals(author)) {
            known = written(author, mail);
            remembered[place] = known;
        }
        return known;
    }

    private Written written(Author author, ParsedMail mail) {
        String key = PersonRules.key(mail);
        return new Written(
                author,
                key,
                persons.id(author.address(), author.robot(), key),
                (author + "\n" + key).getBytes(StandardCharsets.UTF_8));
    }
}
