package org.listlens.document;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.HeaderField;

/** The fields of a header that documents tell of, or follow, by their names: of each the first; {@code null} if absent. */
final class NamedFields {
    private @Nullable HeaderField from;
    private @Nullable HeaderField contentType;
    private @Nullable HeaderField xMailer;
    private @Nullable HeaderField userAgent;
    private @Nullable HeaderField contentFilteredBy;
    private @Nullable HeaderField originalFrom;
    private @Nullable HeaderField mailFromOriginal;

    private NamedFields() {}

    /** Finds them in one pass; the length of a name rules out almost all others. */
    static NamedFields of(List<HeaderField> headers) {
        NamedFields found = new NamedFields();
        for (int i = 0; i < headers.size(); i++) {
            HeaderField field = headers.get(i);
            switch (field.name().length()) {
                case 4 -> found.from = first(found.from, field, "From");
                case 8 -> found.xMailer = first(found.xMailer, field, "X-Mailer");
                case 10 -> found.userAgent = first(found.userAgent, field, "User-Agent");
                case 12 -> found.contentType = first(found.contentType, field, "Content-Type");
                case 15 -> found.originalFrom = first(found.originalFrom, field, "X-Original-From");
                case 19 -> found.mailFromOriginal = first(found.mailFromOriginal, field, "X-MailFrom-Original");
                case 21 -> found.contentFilteredBy = first(found.contentFilteredBy, field, "X-Content-Filtered-By");
                default -> {}
            }
        }
        return found;
    }

    private static @Nullable HeaderField first(@Nullable HeaderField known, HeaderField field, String name) {
        return known == null && field.is(name) ? field : known;
    }

    @Nullable
    HeaderField from() {
        return from;
    }

    @Nullable
    HeaderField contentType() {
        return contentType;
    }

    /** The program that the mail was written with. */
    @Nullable
    HeaderField mailer() {
        return xMailer == null ? userAgent : xMailer;
    }

    /** Whether a list says that it took parts away. */
    boolean isFiltered() {
        return contentFilteredBy != null;
    }

    /** Whether a list says that it put another address into From. */
    boolean isFromReplaced() {
        return originalFrom != null || mailFromOriginal != null;
    }
}
