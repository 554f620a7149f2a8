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

    /** The alias that documents of this kind are written to and searched under. */
    public String alias() {
        return alias;
    }
}
