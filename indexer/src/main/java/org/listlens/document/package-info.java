/**
 * Documents: the parsed mail as JSON, ready for {@code _bulk}. Field names live here and in {@code mappings/}, and
 * nowhere else.
 */
@NullMarked
package org.listlens.document;

import org.jspecify.annotations.NullMarked;
