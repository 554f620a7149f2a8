package org.listlens.document;

/**
 * Which state of a document was seen, as the engine tells them apart.
 *
 * @param seqNo its {@code _seq_no}
 * @param primaryTerm its {@code _primary_term}
 */
public record Revision(long seqNo, long primaryTerm) {}
