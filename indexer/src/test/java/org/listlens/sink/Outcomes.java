package org.listlens.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.listlens.document.EncodedMail;

/** Keeps what a sink tells, and holds it to its word that it tells one thing at a time. */
final class Outcomes implements SinkListener {
    private final Map<String, List<String>> told = new TreeMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();

    @Override
    public void indexed(EncodedMail mail) {
        tell(mail, "indexed");
    }

    @Override
    public void unchanged(EncodedMail mail) {
        tell(mail, "unchanged");
    }

    @Override
    public void duplicate(EncodedMail mail) {
        tell(mail, "duplicate");
    }

    @Override
    public void rejected(EncodedMail mail, String reason) {
        tell(mail, "rejected " + reason);
    }

    @Override
    public void abandoned(EncodedMail mail) {
        tell(mail, "abandoned");
    }

    private void tell(EncodedMail mail, String outcome) {
        if (!telling.compareAndSet(false, true)) {
            throw new IllegalStateException("two outcomes at the same time");
        }
        synchronized (told) {
            told.computeIfAbsent(mail.origin().toString(), origin -> new ArrayList<>())
                    .add(outcome);
        }
        telling.set(false);
    }

    /** What was told of each mail, by its origin. */
    Map<String, List<String>> all() {
        synchronized (told) {
            Map<String, List<String>> copy = new TreeMap<>();
            told.forEach((origin, outcomes) -> copy.put(origin, List.copyOf(outcomes)));
            return copy;
        }
    }

    int count() {
        synchronized (told) {
            return told.values().stream().mapToInt(List::size).sum();
        }
    }
}
