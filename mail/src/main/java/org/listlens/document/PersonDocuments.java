package org.listlens.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.listlens.people.Person;

/** Writes persons, and into messages who wrote them. */
public final class PersonDocuments {
    /** Engines refuse ids of more octets. */
    private static final int MAX_ID = 512;

    private PersonDocuments() {}

    /** A person's document, over what is there; its {@code _id} is {@link #id}. */
    public static HashedAction person(Person person) {
        return HashedAction.of(DocumentKind.PERSON, id(person.id()), writer -> {
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
        });
    }

    /** The {@code _id} of a person's document: the person's id, or of one that is too long for that a digest. */
    public static String id(String personId) {
        // An octet for each char at least, three at most.
        return personId.length() <= MAX_ID / 3 ? personId : Digests.of(Digests.sha256(), personId);
    }

    /**
     * The change of a message that says which person wrote it.
     *
     * @param id the message's {@code _id}
     * @param again whether another person was said to, so that the message's thread has to be counted anew
     */
    public static EncodedAction author(String id, String personId, boolean again) {
        return HashedAction.update(DocumentKind.MESSAGE, id, writer -> {
            writer.startObject("author");
            writer.string("id", personId);
            writer.endObject();
            if (again) {
                writer.startObject("thread");
                writer.bool("solved", false);
                writer.endObject();
            }
        });
    }

    private static @Nullable Instant instant(@Nullable Long ms) {
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }
}
