package org.listlens.engine;

/** Why a request to an engine is made again. */
public enum RetryCause {
    /** No connection came about. */
    UNREACHABLE,
    /** The connection broke, or no answer came in time. */
    UNANSWERED,
    /** An answer came that makes no sense, or tells of some shards only. */
    MALFORMED,
    /** HTTP 429. */
    BUSY,
    /** HTTP 408, 500, 502, 503 or 504, or a shard that is about to come back. */
    UNAVAILABLE,
    /** Some items of a bulk request were put off. */
    ITEMS
}
