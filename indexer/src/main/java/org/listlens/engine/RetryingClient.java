package org.listlens.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an engine until it answers. Tries again when no connection comes about, when the answer stays out, is cut short
 * or makes no sense, and after the statuses 408, 429, 500, 502, 503 and 504; so a request must be one that may be
 * carried out twice. Thread-safe.
 */
public final class RetryingClient {
    private static final Logger log = LoggerFactory.getLogger(RetryingClient.class);

    private final EngineClient client;
    private final RetryPolicy policy;

    public RetryingClient(EngineClient client, RetryPolicy policy) {
        this.client = client;
        this.policy = policy;
    }

    /** The same with at most so much patience. */
    public RetryingClient lasting(Duration most) {
        return new RetryingClient(client, policy.lastingAtMost(most));
    }

    /** Understands an answer. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        /**
         * Reads an answer of any status that is not tried again.
         *
         * @throws EngineException when the answer is a refusal
         * @throws IOException when the answer makes no sense, which is then tried again
         */
        T read(EngineResponse response) throws IOException;
    }

    /** The addresses of the engine, as a sentence names them. */
    public String where() {
        return client.where();
    }

    /** What an alias is called for this client. */
    public String index(String alias) {
        return client.index(alias);
    }

    /** What is known of indices in parts. */
    Partitions.Known parts() {
        return client.parts();
    }

    /** Begins to count the failures of one piece of work. */
    public RetryPolicy.Attempts start() {
        return policy.start();
    }

    /** Sends one request that is a piece of work for itself. */
    public <T extends @Nullable Object> T send(
            String method, String path, Map<String, String> query, @Nullable RequestBody body, Reader<T> reader)
            throws EngineException, InterruptedException {
        return send(policy.start(), method, path, query, body, reader);
    }

    /**
     * Sends one request of several that belong to a piece of work.
     *
     * @param attempts counts the failures, and learns when the request may have been carried out unseen
     * @throws EngineException when the engine refuses, or patience is over
     */
    public <T extends @Nullable Object> T send(
            RetryPolicy.Attempts attempts,
            String method,
            String path,
            Map<String, String> query,
            @Nullable RequestBody body,
            Reader<T> reader)
            throws EngineException, InterruptedException {
        while (true) {
            EngineException failure;
            RetryCause cause;
            try {
                EngineResponse response = client.request(method, path, query, body);
                if (response.isBrokenError()) {
                    throw new IOException("an error that is cut short: " + response.errorReason());
                }
                if (!passing(response.status(), response.ok() ? "" : response.errorType())) {
                    return reader.read(response);
                }
                if (response.errorType().equals("cluster_block_exception") && response.status() == 429) {
                    throw client.blocked(response.errorReason());
                }
                failure = busy(response);
                cause = response.status() == 429 ? RetryCause.BUSY : RetryCause.UNAVAILABLE;
                if (response.status() != 429) {
                    attempts.doubt();
                }
            } catch (EngineException e) {
                if (e.kind() == Kind.REFUSED) {
                    throw e;
                }
                if (e.kind() == Kind.UNANSWERED) {
                    attempts.doubt();
                }
                failure = e;
                cause = e.kind() == Kind.UNANSWERED ? RetryCause.UNANSWERED : RetryCause.UNREACHABLE;
            } catch (IOException e) {
                attempts.doubt();
                failure = new EngineException(
                        Kind.UNANSWERED,
                        "The engine at " + where() + " gave an answer to " + method + ' ' + path
                                + " that makes no sense (" + Failures.reason(e)
                                + "): see whether something between here and there changes answers.",
                        e);
                cause = RetryCause.MALFORMED;
            }
            pause(attempts, failure);
            client.traffic().retried(cause);
        }
    }

    /** What has been sent so far. */
    public Traffic traffic() {
        return client.traffic();
    }

    /** Pauses before a piece of work goes on some items of which the engine has put off. */
    public void putOff(RetryPolicy.Attempts attempts, EngineException why)
            throws EngineException, InterruptedException {
        pause(attempts, why);
        client.traffic().retried(RetryCause.ITEMS);
    }

    /** Pauses before a piece of work goes on that the engine has put off in part. */
    public void pause(RetryPolicy.Attempts attempts, EngineException why) throws EngineException, InterruptedException {
        if (attempts.failures() == 0) {
            log.warn("{} Trying again.", why.getMessage());
        } else {
            log.debug("{} Trying again, failure {}.", why.getMessage(), attempts.failures() + 1);
        }
        attempts.pause(why);
    }

    /**
     * Whether an answer says that the same request may succeed later.
     *
     * @param type the type of its error; {@code shard_not_found_exception}, with status 404, is that of a shard which
     *     has failed and is about to come back
     */
    public static boolean passing(int status, String type) {
        return status == 408
                || type.equals("shard_not_found_exception")
                || status == 429
                || (status >= 500 && status <= 504 && status != 501);
    }

    /** Whether a refusal of a document is one that ends when an upgrade has changed to the next index. */
    public static boolean passingBlock(int status, String type, String reason) {
        return status == 403 && type.equals("cluster_block_exception") && Failures.isWriteBlock(reason);
    }

    /** The engine has answered, but with something that is not what was asked for. */
    public EngineException refused(String what, EngineResponse response) {
        return new EngineException(
                Kind.REFUSED,
                "The engine at " + where() + " refuses " + what + " (HTTP " + response.status() + ": "
                        + response.errorReason() + ").");
    }

    /** Writing is blocked, by the administrator or because the disk is full. */
    public EngineException blocked(String reason) {
        return client.blocked(reason);
    }

    private EngineException busy(EngineResponse response) {
        return new EngineException(
                Kind.UNANSWERED,
                "The engine at " + where() + " cannot answer now (HTTP " + response.status() + ": "
                        + response.errorReason() + "): see what its log says, then run this again.");
    }
}
