package org.listlens.engine;

/** By what documents of a kind are put into several indices behind one alias. */
public enum Partition {
    /** Not at all: one index has all of them. */
    NONE,
    /** By years, and one index for what has none. */
    YEAR
}
