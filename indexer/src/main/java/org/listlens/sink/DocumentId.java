package org.listlens.sink;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;

/**
 * What a document is found by.
 *
 * @param kind tells the alias
 * @param id its {@code _id}
 * @param part where it lies if its kind is in parts; {@code null} for a kind that never is
 */
record DocumentId(DocumentKind kind, String id, @Nullable String part) {
    /** The {@code _id} of a copy's hop. */
    static String ofHop(String copyId, int position) {
        return String.format(Locale.ROOT, "%s-%04d", copyId, position);
    }
}
