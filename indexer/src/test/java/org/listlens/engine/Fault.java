package org.listlens.engine;

/** What a {@link FaultProxy} does to a request. */
public enum Fault {
    /** The connection is reset before the engine has seen anything. */
    RESET_BEFORE,
    /** The connection is reset on both sides when a part of the request has gone to the engine. */
    RESET_WITHIN,
    /** The engine carries the request out, and the connection is reset instead of an answer. */
    RESET_AFTER,
    /** The engine sees nothing, and nothing more happens. */
    STALL_BEFORE,
    /** The engine carries the request out, and nothing more happens. */
    STALL_AFTER,
    /** Nothing more happens in the middle of the answer. */
    STALL_WITHIN,
    /** The connection ends in the middle of the answer. */
    CUT_OFF,
    /** Half of the answer comes as if it were the whole. */
    SHORTENED,
    /** Status 200 and no body, although the engine has given one. */
    EMPTY,
    /** Status 200 and octets that are no JSON, although the engine has given some. */
    GARBAGE,
    /** An answer of JSON that has nothing to do with the question. */
    FOREIGN_JSON,
    /** Octets that are no HTTP. */
    NO_HTTP,
    /** Status 429; the engine sees nothing. */
    BUSY,
    /** Status 503; the engine sees nothing. */
    UNAVAILABLE,
    /** The engine carries the request out, and a gateway says 504 in HTML. */
    GATEWAY_TIMEOUT,
    /** Status 413, if the request is a large one; the engine sees nothing. */
    TOO_LARGE,
    /** Status 413 as soon as the head of a large request is there; the rest of it is not read. */
    TOO_LARGE_UNREAD,
    /** Of a bulk request, some items are carried out and the others answered by 429. */
    ITEMS_BUSY,
    /** Of a bulk request, some items are carried out and the others answered by 503. */
    ITEMS_UNAVAILABLE,
    /** All items of a bulk request are carried out, and some are answered by 503 all the same. */
    ITEMS_UNSURE;

    /** Whether only bulk requests meet it; any other meets {@link #UNAVAILABLE} instead. */
    boolean isOfBulk() {
        return this == ITEMS_BUSY || this == ITEMS_UNAVAILABLE || this == ITEMS_UNSURE;
    }

    /** Whether only large requests meet it; any other meets {@link #UNAVAILABLE} instead. */
    boolean isOfLarge() {
        return this == TOO_LARGE || this == TOO_LARGE_UNREAD;
    }

    /** Whether only the client's own patience ends it. */
    public boolean stalls() {
        return this == STALL_BEFORE || this == STALL_AFTER || this == STALL_WITHIN;
    }
}
