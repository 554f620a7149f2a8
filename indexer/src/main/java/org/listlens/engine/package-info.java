/**
 * The way to an engine: one HTTP client for OpenSearch and Elasticsearch, what the engine is and can, the templates,
 * indices and aliases that documents are written to, and the patience with an engine that is busy or away. Knows
 * nothing of mail.
 *
 * <p>Whatever goes wrong between here and the engine is an {@link org.listlens.engine.EngineException} whose message is
 * one sentence for the user.
 */
@NullMarked
package org.listlens.engine;

import org.jspecify.annotations.NullMarked;
