/**
 * The header of a mail: fields, encoded words, addresses, ids, dates and list fields (RFC 5322, RFC 2047, RFC 2919), read
 * leniently and in linear time.
 */
@NullMarked
package org.listlens.header;

import org.jspecify.annotations.NullMarked;
