package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.document.Revision;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineResponse;
import org.listlens.engine.RequestBody;
import org.listlens.engine.RetryingClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a piece of work on an index is done by one process at a time: a document in {@code mail-imports} that
 * its holder creates, renews while it lives, and deletes. A document that is not renewed is another's for the taking, so
 * that a killed holder is in nobody's way for long. Whether it is renewed is seen by looking at it for a while and not by
 * its time, because clocks differ; only one of long ago counts as given up at once, and one of a process on the same
 * system that is no more.
 */
final class Lease implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lease.class);

    /** A holder that does not renew for so long is gone. */
    private static final Duration LIFE = Duration.ofSeconds(30);

    private static final Duration RENEWAL = Duration.ofSeconds(8);

    /** No two clocks of machines that work together are so far apart. */
    private static final Duration LONG_AGO = Duration.ofMinutes(15);

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final RetryingClient client;
    /** For what makes no sense any more when the lease has run out meanwhile. */
    private final RetryingClient brief;

    private final String work;
    private final Holder holder = Holder.create();
    private @Nullable Revision held;
    private boolean ending;
    private @Nullable Thread renewing;

    private Lease(RetryingClient client, String work) {
        this.client = client;
        this.brief = client.lasting(LIFE);
        this.work = work;
    }

    /** Tells that somebody else has taken the lease, because it was not renewed in time. */
    static final class LostException extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        LostException(String work) {
            super(
                    Kind.UNANSWERED,
                    "Another indexer has taken over bringing " + work
                            + " up to date, as this one did not answer for a while: run this again.");
        }
    }

    /**
     * A lease as it was seen.
     *
     * @param renewed when its holder last said that it lives; {@link Instant#EPOCH} when it does no more
     */
    private record Seen(Holder holder, Revision revision, Instant renewed) {
        boolean isGivenUp() {
            return holder.life() == Holder.Life.GONE || Instant.now().isAfter(renewed.plus(LONG_AGO));
        }
    }

    /** Takes a lease; waits as long as another holds it. */
    static Lease take(RetryingClient client, String work) throws EngineException, InterruptedException {
        Lease lease = new Lease(client, work);
        try {
            Watch watch = new Watch();
            while (!lease.create()) {
                Seen seen = lease.look();
                if (seen != null && watch.isDead(seen) && lease.replace(seen.revision())) {
                    break;
                }
                watch.pause();
            }
            lease.keep();
            return lease;
        } finally {
            lease.endUnlessKept();
        }
    }

    /** Takes a lease unless another holds it, or may; {@code null} then. */
    static @Nullable Lease takeIfFree(RetryingClient client, String work) throws EngineException, InterruptedException {
        Lease lease = new Lease(client, work);
        try {
            if (!lease.create()) {
                Seen seen = lease.look();
                if (seen == null || !seen.isGivenUp() || !lease.replace(seen.revision())) {
                    return null;
                }
            }
            lease.keep();
            return lease;
        } finally {
            lease.endUnlessKept();
        }
    }

    /** Takes a lease over whose holder is gone; {@code null} when there is none, or its holder lives. */
    static @Nullable Lease takeOver(RetryingClient client, String work) throws EngineException, InterruptedException {
        Lease lease = new Lease(client, work);
        try {
            Watch watch = new Watch();
            for (Seen seen = lease.look(); seen != null; seen = lease.look()) {
                if (watch.isDead(seen)) {
                    if (!lease.replace(seen.revision())) {
                        return null;
                    }
                    lease.keep();
                    return lease;
                }
                if (watch.isAlive() || seen.holder().life() == Holder.Life.ALIVE) {
                    return null;
                }
                watch.pause();
            }
            return null;
        } finally {
            lease.endUnlessKept();
        }
    }

    private void endUnlessKept() {
        if (renewing == null) {
            holder.end();
        }
    }

    /** Looks at a lease again and again to find out whether its holder lives. */
    private static final class Watch {
        private @Nullable Revision last;
        private boolean renewed;
        private long lastNanos;
        private long unchangedNanos;
        private long pauseMillis = FIRST_PAUSE_MILLIS;

        boolean isDead(Seen seen) {
            long now = System.nanoTime();
            if (seen.revision().equals(last)) {
                // While an engine does not answer, nobody can renew anything.
                unchangedNanos += Math.min(
                        now - lastNanos,
                        Duration.ofMillis(2 * LONGEST_PAUSE_MILLIS).toNanos());
            } else {
                renewed = last != null;
                unchangedNanos = 0;
            }
            last = seen.revision();
            lastNanos = now;
            return seen.isGivenUp() || unchangedNanos >= LIFE.toNanos();
        }

        boolean isAlive() {
            return renewed;
        }

        void pause() throws InterruptedException {
            Thread.sleep(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Finds the lease of some work. */
    static ObjectNode query(String work) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.putObject("ids").putArray("values").add(id(work));
        return query;
    }

    private static String id(String work) {
        return "lease-" + work;
    }

    /** Goes on only while the lease is ours. */
    synchronized void check() throws LostException {
        if (held == null) {
            throw new LostException(work);
        }
    }

    /** Leaves the work undone, for whoever comes next. */
    void giveUp() throws EngineException, InterruptedException {
        Revision ours = end();
        if (ours != null) {
            write(brief, "/_doc/", ours, Instant.EPOCH);
        }
    }

    @Override
    public void close() throws EngineException, InterruptedException {
        Revision ours = end();
        if (ours != null) {
            brief.send("DELETE", path("/_doc/"), condition(ours), null, EngineResponse::status);
        }
    }

    private synchronized boolean awaitRenewal() throws InterruptedException {
        long end = System.nanoTime() + RENEWAL.toNanos();
        for (long left = RENEWAL.toMillis(); left > 0 && !ending; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !ending;
    }

    /** Ends renewing; what is held still, or {@code null}. */
    private @Nullable Revision end() throws InterruptedException {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        if (renewing != null) {
            renewing.join();
        }
        synchronized (this) {
            Revision ours = held;
            held = null;
            holder.end();
            return ours;
        }
    }

    private void keep() {
        renewing = Thread.ofPlatform().daemon().name("lease " + work).start(() -> {
            try {
                while (awaitRenewal()) {
                    renew();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void renew() throws InterruptedException {
        Revision ours;
        synchronized (this) {
            ours = held;
        }
        if (ours == null) {
            return;
        }
        try {
            Revision renewed = orOurs(write(brief, "/_doc/", ours, Instant.now()));
            synchronized (this) {
                held = renewed;
            }
        } catch (EngineException e) {
            log.debug("The lease for {} could not be renewed: {}", work, e.getMessage());
        }
    }

    private boolean create() throws EngineException, InterruptedException {
        return hold(orOurs(write(client, "/_create/", null, Instant.now())));
    }

    private boolean replace(Revision seen) throws EngineException, InterruptedException {
        return hold(orOurs(write(client, "/_doc/", seen, Instant.now())));
    }

    /** What was written; when nothing was, what is there if it is ours: the answer to an earlier try may have been lost. */
    private @Nullable Revision orOurs(@Nullable Revision written) throws EngineException, InterruptedException {
        if (written != null) {
            return written;
        }
        Seen seen = look();
        return seen != null && seen.holder().equals(holder) ? seen.revision() : null;
    }

    private synchronized boolean hold(@Nullable Revision revision) {
        held = revision;
        return revision != null;
    }

    /** Writes the document; {@code null} when it is not as it was to be. */
    private @Nullable Revision write(RetryingClient by, String how, @Nullable Revision seen, Instant renewed)
            throws EngineException, InterruptedException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("@timestamp", renewed.toString());
        document.putObject("import").put("kind", "lease").put("run", holder.name());
        Map<String, String> query = new LinkedHashMap<>(seen == null ? Map.of() : condition(seen));
        query.put("require_alias", "true");
        return by.<@Nullable Revision>send("PUT", path(how), query, RequestBody.json(document.toString()), response -> {
            if (response.status() == 409) {
                return null;
            }
            if (!response.ok()) {
                throw client.refused("to take a lease", response);
            }
            return EngineSearch.revision(response.json());
        });
    }

    private @Nullable Seen look() throws EngineException, InterruptedException {
        return client.<@Nullable Seen>send("GET", path("/_doc/"), Map.of(), null, response -> {
            if (response.status() == 404) {
                return null;
            }
            if (!response.ok()) {
                throw client.refused("to show a lease", response);
            }
            JsonNode json = response.json();
            return new Seen(
                    new Holder(json.at("/_source/import/run").asText()),
                    EngineSearch.revision(json),
                    time(json.at("/_source/@timestamp").asText()));
        });
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private String path(String how) {
        return '/' + client.index(DocumentKind.IMPORT.alias()) + how + id(work);
    }

    private static Map<String, String> condition(Revision seen) {
        return Map.of("if_seq_no", Long.toString(seen.seqNo()), "if_primary_term", Long.toString(seen.primaryTerm()));
    }
}
