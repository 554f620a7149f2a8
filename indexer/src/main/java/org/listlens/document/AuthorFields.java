package org.listlens.document;

import org.listlens.mail.Author;
import org.listlens.mail.ParsedMail;
import org.listlens.people.KnownPersons;
import org.listlens.people.PersonRules;

/** The fields {@code author.*} of a message. */
final class AuthorFields {
    private AuthorFields() {}

    /** What the digest of the message has to cover of them: everything but the person, whom other mails decide on. */
    static String digested(ParsedMail mail) {
        Author author = mail.author();
        return author == null ? "" : author + "\n" + PersonRules.key(mail);
    }

    static void write(DocumentWriter writer, ParsedMail mail, KnownPersons persons) {
        Author author = mail.author();
        if (author == null) {
            return;
        }
        String key = PersonRules.key(mail);
        writer.startObject("author");
        writer.string("id", persons.id(author.address(), author.robot(), key));
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
