package org.listlens.document;

import java.util.Objects;
import org.listlens.clock.HostClocks;
import org.listlens.people.KnownPersons;
import org.listlens.thread.KnownThreads;

/**
 * What is known from many mails before one of them is written. It must not change as long as it is used.
 *
 * @param clocks by which delays are corrected
 * @param solved whether the mails to write had their say when the clocks were estimated
 * @param threads which mails have their places in threads
 * @param persons which authors are known
 */
public record Knowledge(HostClocks clocks, boolean solved, KnownThreads threads, KnownPersons persons) {
    public Knowledge {
        Objects.requireNonNull(clocks);
        Objects.requireNonNull(threads);
        Objects.requireNonNull(persons);
    }

    /** Nothing is known. */
    public static Knowledge none() {
        return of(new HostClocks());
    }

    /** Something is known of clocks in which the mails to write had no say, and nothing else. */
    public static Knowledge of(HostClocks clocks) {
        return new Knowledge(clocks, false, new KnownThreads(), KnownPersons.NONE);
    }
}
