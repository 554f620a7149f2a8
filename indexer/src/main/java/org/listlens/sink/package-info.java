/**
 * Sinks: where encoded mails go. {@link org.listlens.sink.BulkSink} writes them into an engine, so that any number of
 * indexers in any order, killed anywhere and run again, end in the same documents: ids are deterministic, a document is
 * only ever created, and what exists already is compared and merged under the engine's sequence numbers.
 * {@link org.listlens.sink.NdjsonSink} writes them out as they are. Each mail that a sink has accepted has exactly one
 * outcome, told to a {@link org.listlens.sink.SinkListener}.
 */
@NullMarked
package org.listlens.sink;

import org.jspecify.annotations.NullMarked;
