package org.listlens.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.Part;

/** Reads the body of a mail. Stateless. */
public final class BodyParser {
    private BodyParser() {}

    /**
     * Reads the octets from {@code bodyOffset} on, as the fields say that they are to be read.
     *
     * @param bytes the mail; not changed
     * @param bodyOffset the first octet of the body
     * @param length the octets of the body
     * @param headers the mail's header; the first of each Content field counts
     * @param limits the bounds on parts, nesting and text
     * @param defects takes what is wrong with the body, at offsets in {@code bytes}; at the offset of the part for what
     *     lies inside of an encoded message
     * @throws IndexOutOfBoundsException when the body is not inside of {@code bytes}
     */
    public static Body parse(
            byte[] bytes, int bodyOffset, int length, List<HeaderField> headers, Limits limits, Defects defects) {
        Objects.checkFromIndexSize(bodyOffset, length, bytes.length);
        EntityReader reader = new EntityReader(limits, defects);
        Entity root = reader.read(bytes, bodyOffset, length, ContentFields.of(headers));
        List<Part> parts = new ArrayList<>();
        addParts(root, parts);
        return new Body(parts, new TextSelector(root, limits, defects).text());
    }

    /** Depth is bounded by the reader. */
    private static void addParts(Entity entity, List<Part> parts) {
        if (entity.isLeaf()) {
            parts.add(entity.toPart());
        }
        for (Entity child : entity.children()) {
            addParts(child, parts);
        }
    }
}
