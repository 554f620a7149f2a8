package org.listlens.document;

/** The kinds of documents, each in an index behind the alias of its name. */
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

    /** The alias that documents of this kind are written to and searched under. */
    public String alias() {
        return alias;
    }
}
