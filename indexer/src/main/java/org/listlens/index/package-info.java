/**
 * The job: reads sources, has every mail parsed and encoded on all cores, writes the documents in the order of the
 * archive, and keeps the ledger.
 */
@NullMarked
package org.listlens.index;

import org.jspecify.annotations.NullMarked;
