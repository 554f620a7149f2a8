/**
 * A plugin for OpenSearch: the ingest processor {@code mail}, with which a raw mail that is sent to a cluster becomes the
 * document that the indexer would have written.
 *
 * <p>{@link MailProcessorFactory} reads the options of a pipeline, {@link MailProcessor} takes the raw mail out of a
 * document and puts in what {@link MailDocument} makes of it, by the parser and the documents of the indexer. Its sources
 * compile against OpenSearch 2.19 and 3.
 */
@NullMarked
package org.listlens.plugin;

import org.jspecify.annotations.NullMarked;
