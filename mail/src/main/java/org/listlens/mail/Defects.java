package org.listlens.mail;

import java.util.LinkedHashSet;
import java.util.List;

/** Collects the defects of one mail while it is parsed; bounded, in the order in which they were met. Not thread-safe. */
public final class Defects {
    private final LinkedHashSet<Defect> found = new LinkedHashSet<>();
    private final int limit;
    private int noted;

    /** @param limit how many defects are kept; the rest is dropped */
    public Defects(int limit) {
        this.limit = limit;
    }

    /** Notes a defect at an offset in octets; a repeat of the same code at the same offset counts once. */
    public void add(DefectCode code, int offset) {
        noted++;
        if (found.size() < limit) {
            found.add(new Defect(code, offset));
        }
    }

    /** Notes a defect that has no one place. */
    public void add(DefectCode code) {
        add(code, -1);
    }

    /** How many times a defect was noted so far, whether or not it was kept: unchanged where there was nothing wrong. */
    public int noted() {
        return noted;
    }

    /** What was found so far. */
    public List<Defect> toList() {
        return List.copyOf(found);
    }
}
