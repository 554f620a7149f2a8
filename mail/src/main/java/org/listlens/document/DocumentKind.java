package org.listlens.document;

import org.jspecify.annotations.Nullable;

/** The kinds of documents, each in an index, or several, behind the alias of its name. */
public enum DocumentKind {
    MESSAGE("mail-messages"),
    DELIVERY("mail-deliveries"),
    HOP("mail-hops"),
    HOST("mail-hosts"),
    PERSON("mail-people"),
    THREAD("mail-threads"),
    QUOTE("mail-quotes"),
    SERIES("mail-series"),
    IMPORT("mail-imports");

    private final String alias;

    DocumentKind(String alias) {
        this.alias = alias;
    }

    /** Whether there are about as many as mails, or more. */
    public boolean isLarge() {
        return switch (this) {
            case MESSAGE, DELIVERY, HOP, QUOTE -> true;
            case HOST, PERSON, THREAD, SERIES, IMPORT -> false;
        };
    }

    /** Whether its documents tell of one copy of a mail, and may lie in indices by {@link CopyYear}. */
    public boolean isOfCopy() {
        return this == DELIVERY || this == HOP;
    }

    /** The {@code _id} of the delivery of the copy that a document tells of. */
    public String copyId(String id) {
        int dash = this == HOP ? id.lastIndexOf('-') : -1;
        return dash < 0 ? id : id.substring(0, dash);
    }

    /**
     * The field that says what the {@code _id} of a document is; {@code null} where none does alone. Engines keep an
     * {@code _id} packed with the document: a field in columns is read some twenty times as fast.
     */
    public @Nullable String idField() {
        return switch (this) {
            case MESSAGE -> "message.id";
            case DELIVERY -> "delivery.id";
            case PERSON -> "person.id";
            case THREAD -> "thread.id";
            case SERIES -> "series.id";
            case HOP, HOST, QUOTE, IMPORT -> null;
        };
    }

    /** The alias that documents of this kind are searched under, and written to unless they lie in parts. */
    public String alias() {
        return alias;
    }
}
