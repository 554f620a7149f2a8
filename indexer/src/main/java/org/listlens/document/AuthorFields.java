package org.listlens.document;

import java.io.IOException;
import org.listlens.mail.Author;
import org.listlens.mail.ParsedMail;
import org.listlens.people.PersonRules;

/** The fields {@code author.*} of a message, but for {@code author.id}, which needs more than one mail. */
final class AuthorFields {
    private AuthorFields() {}

    static void write(DocumentWriter writer, ParsedMail mail) throws IOException {
        Author author = mail.author();
        if (author == null) {
            return;
        }
        writer.startObject("author");
        writer.string("name", author.name());
        writer.string("address", author.address());
        writer.string("organization", author.organization());
        writer.bool("robot", author.robot());
        if (author.rewritten()) {
            writer.bool("rewritten", true);
        }
        writer.string("key", PersonRules.key(mail));
        writer.endObject();
    }
}
