package org.listlens.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.sink.ActionWriter;

/**
 * Brings everything up to date that more than one mail decides on: clocks; and persons, series and threads, which are the
 * discussion. Any number of processes may do so on one index: for each of the two one does at a time, and another waits
 * for it. Mails may be written meanwhile; what they change is new, and for whoever wrote them to take into account. What
 * a killed process left undone is done by the next.
 */
public final class Updates implements AutoCloseable {
    /** The lease of a run that writes mails with what it knows of all of them. */
    static final String SURVEY = "survey";

    /** The lease of whoever changes what clocks are estimated from, other than by adding to it, or what follows. */
    static final String CLOCKS = "clocks";

    private static final String DISCUSSION = "discussion";

    /** How often the discussion is looked at again for what has come meanwhile, or was not to be found before. */
    private static final int ROUNDS = 6;

    private final RetryingClient client;
    private final ActionWriter writer;
    private final EngineSearch search;
    private @Nullable Lease survey;

    public Updates(EngineClient client, RetryPolicy retry) {
        this.client = new RetryingClient(client, retry);
        this.writer = new ActionWriter(client, retry);
        this.search = new EngineSearch(this.client);
    }

    /**
     * Whether there is no mail yet, and the caller is the only one who may write mails with what it knows from having
     * read all of its own before. Then {@link #run(long)} is to be called when these are written.
     */
    public boolean isFirst() throws EngineException, InterruptedException {
        if (survey != null || !isEmpty()) {
            return false;
        }
        survey = Lease.takeIfFree(client, SURVEY);
        if (survey != null && !isEmpty()) {
            survey.close();
            survey = null;
        }
        return survey != null;
    }

    private Outstanding look() throws EngineException, InterruptedException {
        List<DocumentKind> all = new ArrayList<>(Outstanding.DISCUSSION);
        all.addAll(Outstanding.CLOCKS);
        return Outstanding.look(search, all);
    }

    private boolean isEmpty() throws EngineException, InterruptedException {
        Outstanding outstanding = look();
        return !outstanding.any() && outstanding.copies() == 0;
    }

    /**
     * Updates all.
     *
     * @param copies how many copies of mails the caller has written since {@link #isFirst}, without those that another
     *     had written before it; without meaning where this was false
     * @return how long it took
     */
    public Duration run(long copies) throws EngineException, InterruptedException {
        long began = System.nanoTime();
        Outstanding outstanding = look();
        Lease left = survey != null || !outstanding.surveyed() ? null : Lease.takeOver(client, SURVEY);
        // What was written with the knowledge of some mails is right only where there are no others, and where nobody
        // else has updated anything, who knew less.
        boolean all = left != null || (survey != null && outstanding.copies() != copies);
        if (all || outstanding.deliveries() > 0) {
            clocks(all);
        }
        if (all || !outstanding.isDiscussed()) {
            discussion(all, outstanding);
        }
        if (left != null) {
            left.close();
        }
        if (survey != null) {
            survey.close();
            survey = null;
        }
        return since(began);
    }

    /** Updates clocks; how long it took. */
    public Duration clocks() throws EngineException, InterruptedException {
        long began = System.nanoTime();
        if (Outstanding.look(search, Outstanding.CLOCKS).deliveries() > 0) {
            clocks(false);
        }
        return since(began);
    }

    /** Updates persons, series and threads; how long it took. */
    public Duration discussion() throws EngineException, InterruptedException {
        long began = System.nanoTime();
        Outstanding outstanding = Outstanding.look(search, Outstanding.DISCUSSION);
        if (!outstanding.isDiscussed()) {
            discussion(false, outstanding);
        }
        return since(began);
    }

    /** Which clocks were wrong when mails of some lists passed. */
    public Summary.WrongClocks wrong(List<String> lists) throws EngineException, InterruptedException {
        search.refresh(List.of(DocumentKind.HOST));
        return new StoredWays(search).wrong(lists);
    }

    /** Ends; a run that was the first and did not come to {@link #run} leaves it to the next to do so. */
    @Override
    public void close() throws EngineException, InterruptedException {
        if (survey != null) {
            survey.giveUp();
            survey = null;
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void clocks(boolean all) throws EngineException, InterruptedException {
        try (Lease lease = Lease.take(client, CLOCKS)) {
            // Another may have updated meanwhile.
            search.refresh(Outstanding.CLOCKS);
            new ClockUpdate(search, new UpdateWriter(writer, lease)).run(all);
        }
    }

    private void discussion(boolean all, Outstanding seen) throws EngineException, InterruptedException {
        try (Lease lease = Lease.take(client, DISCUSSION)) {
            UpdateWriter leased = new UpdateWriter(writer, lease);
            // Another may have updated since the engine was asked.
            search.refresh(Outstanding.READ_FOR_DISCUSSION);
            Outstanding outstanding = seen;
            if (all) {
                DiscussionRound round = DiscussionRound.begin(search);
                new PeopleUpdate(search, leased).all();
                new SeriesUpdate(search, leased).all();
                search.refresh(List.of(DocumentKind.MESSAGE));
                new ThreadUpdate(search, leased).all(round);
                outstanding = Outstanding.look(search, Outstanding.DISCUSSION);
            }
            for (int round = 0; round < ROUNDS && !outstanding.isDiscussed(); round++) {
                if (outstanding.messages() > 0 || outstanding.stale() > 0) {
                    round(outstanding.stale() > 0, leased);
                } else {
                    heal(outstanding, leased);
                }
                outstanding = Outstanding.look(search, Outstanding.DISCUSSION);
            }
        }
    }

    /** Takes the new messages into account. */
    private void round(boolean stale, UpdateWriter leased) throws EngineException, InterruptedException {
        DiscussionRound round = DiscussionRound.begin(search);
        new PeopleUpdate(search, leased).run(round);
        new SeriesUpdate(search, leased).run();
        if (round.messages() > DiscussionRound.MANY) {
            search.refresh(List.of(DocumentKind.MESSAGE));
        }
        new ThreadUpdate(search, leased).run(round, stale);
    }

    /**
     * Looks for what marks do not tell of: messages that were written with their persons and places, that were taken
     * away, or that were replaced.
     */
    private void heal(Outstanding outstanding, UpdateWriter leased) throws EngineException, InterruptedException {
        DiscussionRound round = DiscussionRound.begin(search);
        StoredThreads.Deviating deviating =
                outstanding.threads() ? StoredThreads.Deviating.NONE : new StoredThreads(search).deviating();
        if (!outstanding.persons() && outstanding.anyPersons()) {
            new PeopleUpdate(search, leased).heal();
        } else if (!outstanding.persons()) {
            new PeopleUpdate(search, leased).all();
        }
        search.refresh(List.of(DocumentKind.MESSAGE));
        if (deviating.lost().isEmpty() && deviating.most()) {
            SeriesUpdate series = outstanding.series() ? null : new SeriesUpdate(search, leased);
            new DiscussionScan(search, deviating, series, new ThreadUpdate(search, leased), round).run();
            return;
        }
        // No mark of a message changes here, so series and threads ask nothing of one another.
        SideBySide.run(
                () -> {
                    SeriesUpdate series = new SeriesUpdate(search, leased);
                    if (!deviating.lost().isEmpty()) {
                        series.heal(deviating.lost());
                    } else if (!outstanding.series()) {
                        series.all();
                    }
                },
                () -> new ThreadUpdate(search, leased).heal(deviating.threads(), round));
    }
}
