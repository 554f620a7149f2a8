package org.listlens.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.listlens.people.Person;

/** Writes persons, and into messages who wrote them. */
public final class PersonDocuments {
    /** How often the engine tries a change again when others change the same document. */
    private static final int RETRIES = 5;

    /** Engines refuse ids of more octets. */
    private static final int MAX_ID = 512;

    private PersonDocuments() {}

    /** The document of a person and the digest of its content. */
    public record Encoded(EncodedAction action, String hash) {}

    /** A person's document, over what is there; its {@code _id} is {@link #id}. */
    public static Encoded person(Person person) {
        String[] hash = new String[1];
        EncodedAction action = action("index", DocumentKind.PERSON, id(person.id()), writer -> {
            Long firstMs = person.firstMs();
            writer.time("@timestamp", instant(firstMs));
            writer.startObject("person");
            writer.string("id", person.id());
            writer.string("name", person.name());
            writer.strings("names", person.names());
            writer.strings("addresses", person.addresses());
            writer.string("organization", person.organization());
            writer.strings("organizations", person.organizations());
            writer.bool("robot", person.robot());
            writer.number("messages", person.messages());
            writer.time("first_seen", instant(firstMs));
            writer.time("last_seen", instant(person.lastMs()));
            writer.strings("keys", person.keys());
            writer.endObject();
            writer.startObject("list");
            writer.strings("id", person.listIds());
            writer.endObject();
            hash[0] = writer.hash();
        });
        return new Encoded(action, hash[0]);
    }

    /** The {@code _id} of a person's document: the person's id, or of one that is too long for that a digest. */
    public static String id(String personId) {
        // An octet for each char at least, three at most.
        return personId.length() <= MAX_ID / 3 ? personId : Digests.of(Digests.sha256(), personId);
    }

    /** The action that deletes a document by its {@code _id}. */
    public static EncodedAction delete(String id) {
        try {
            DocumentWriter writer = new DocumentWriter(new DocumentWriter.Octets(256), Digests.sha256());
            writer.action("delete", DocumentKind.PERSON, id, 0);
            return new EncodedAction(DocumentKind.PERSON, id, writer.finish());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /**
     * The change of a message that says which person wrote it.
     *
     * @param id the message's {@code _id}
     * @param again whether another person was said to, so that the message's thread has to be counted anew
     */
    public static EncodedAction author(String id, String personId, boolean again) {
        return action("update", DocumentKind.MESSAGE, id, writer -> {
            writer.startObject("doc");
            writer.startObject("author");
            writer.string("id", personId);
            writer.endObject();
            if (again) {
                writer.startObject("thread");
                writer.bool("solved", false);
                writer.endObject();
            }
            writer.endObject();
        });
    }

    private static @Nullable Instant instant(@Nullable Long ms) {
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }

    @FunctionalInterface
    private interface Content {
        void write(DocumentWriter writer) throws IOException;
    }

    private static EncodedAction action(String action, DocumentKind kind, String id, Content content) {
        try {
            DocumentWriter writer = new DocumentWriter(new DocumentWriter.Octets(512), Digests.sha256());
            writer.action(action, kind, id, action.equals("update") ? RETRIES : 0);
            writer.beginSource();
            content.write(writer);
            writer.end();
            return new EncodedAction(kind, id, writer.finish());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }
}
