/**
 * The embedded engine: one OpenSearch node on loopback, in a JVM and on a class path of its own.
 *
 * <p>{@link EmbeddedEngine} is started by the indexer's {@code org.listlens.node} with three arguments: the engine
 * folder, an id that the start chose, and the idle timeout in milliseconds (0: never). Both sides agree on nothing but
 * the engine folder:
 *
 * <table>
 * <caption>Files of the engine folder</caption>
 * <tr><td>{@code engine.lock}</td><td>locked by the engine for its whole life; holds its process id</td></tr>
 * <tr><td>{@code start.lock}</td><td>locked by the command that is starting an engine</td></tr>
 * <tr><td>{@code engine.properties}</td><td>{@code url}, {@code pid}, {@code started}, {@code id}, {@code version};
 * there while HTTP answers</td></tr>
 * <tr><td>{@code format.properties}</td><td>{@code version}: the newest engine that wrote here</td></tr>
 * <tr><td>{@code port}</td><td>the port of last time, taken again if it is still free</td></tr>
 * <tr><td>{@code data/}, {@code tmp/}</td><td>what OpenSearch keeps, and unpacks for a while</td></tr>
 * <tr><td>{@code logs/engine.log}</td><td>the log, rolling</td></tr>
 * <tr><td>{@code logs/console.log}</td><td>standard output and error of the last start; a refusal is the line that
 * begins with {@code listlens-engine:}</td></tr>
 * </table>
 *
 * Its exit codes: 0 stopped, 64 wrong arguments, 70 failed, 73 the folder cannot be used, 75 another engine holds the
 * folder.
 */
@NullMarked
package org.listlens.embedded;

import org.jspecify.annotations.NullMarked;
