package org.listlens.header;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.HeaderField;

/**
 * The header of a mail and where its body begins.
 *
 * @param fields every field in the order of the mail, repeats included
 * @param bodyOffset the octet at which the body begins; the mail's length when there is no body
 */
public record HeaderBlock(List<HeaderField> fields, int bodyOffset) {
    public HeaderBlock {
        fields = List.copyOf(fields);
    }

    /** The topmost field of that name, in whatever case; {@code null} when there is none. */
    public @Nullable HeaderField first(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).is(name)) {
                return fields.get(i);
            }
        }
        return null;
    }

    /** The value of the topmost field of that name, in whatever case; {@code null} when there is no such field. */
    public @Nullable String value(String name) {
        HeaderField field = first(name);
        return field == null ? null : field.value();
    }

    /** All fields of that name, in whatever case, in the order of the mail. */
    public List<HeaderField> all(String name) {
        List<HeaderField> found = List.of();
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            if (field.is(name)) {
                if (found.isEmpty()) {
                    found = new ArrayList<>(4);
                }
                found.add(field);
            }
        }
        return found;
    }
}
