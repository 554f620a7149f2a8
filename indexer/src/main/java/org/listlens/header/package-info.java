/** Header fields: their charsets and structured values. */
@NullMarked
package org.listlens.header;

import org.jspecify.annotations.NullMarked;
