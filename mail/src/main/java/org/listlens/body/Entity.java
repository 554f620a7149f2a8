package org.listlens.body;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.header.ParameterizedValue;
import org.listlens.mail.Part;

/**
 * A node of the MIME tree, over octets that it does not own.
 *
 * @param octets what holds its body: the mail, or an attached message that was decoded
 * @param offset where its body begins in {@code octets}
 * @param length the octets of its body, still in their transfer encoding
 * @param path where it stands in the tree, as {@link Part#path} has it
 * @param type its media type, as it is read
 * @param fields what its header says
 * @param children the parts of a multipart, or the one entity of an attached message
 * @param kind what its children are
 */
record Entity(
        Octets octets,
        int offset,
        int length,
        String path,
        String type,
        ContentFields fields,
        List<Entity> children,
        Kind kind) {
    /** What an entity is made of. */
    enum Kind {
        LEAF,
        /** An attached message; a leaf to those who count parts. */
        MESSAGE,
        MULTIPART,
        /** Declared as a multipart, and nothing in it to tell one part from the next: read as plain text. */
        UNDIVIDED
    }

    /** Where its body stands in the mail, for defects. */
    int place() {
        return octets.place(offset);
    }

    boolean isLeaf() {
        return kind != Kind.MULTIPART;
    }

    boolean isAttachment() {
        ParameterizedValue disposition = fields.disposition();
        return disposition != null && disposition.value().equals("attachment");
    }

    @Nullable
    String disposition() {
        ParameterizedValue disposition = fields.disposition();
        return disposition == null || disposition.value().isEmpty() ? null : disposition.value();
    }

    /** The name that the sender gave it as a file. */
    @Nullable
    String filename() {
        ParameterizedValue disposition = fields.disposition();
        String name = disposition == null ? null : disposition.parameter("filename");
        name = name == null || name.isBlank() ? parameter("name") : name;
        return name == null || name.isBlank() ? null : name;
    }

    /** A parameter of Content-Type. */
    @Nullable
    String parameter(String name) {
        ParameterizedValue declared = fields.type();
        return declared == null ? null : declared.parameter(name);
    }

    Part toPart() {
        String charset = parameter("charset");
        return new Part(
                path,
                type,
                charset == null || charset.isBlank() ? null : charset,
                fields.encoding(),
                disposition(),
                filename(),
                length);
    }
}
