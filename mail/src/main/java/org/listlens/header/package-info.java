/**
 * The header of a mail: octets become fields ({@link org.listlens.header.HeaderParser}), and single fields become what
 * they mean: encoded words, addresses, Message-IDs, mailing lists, dates, parameters. Every parser here is a hand-written
 * scanner that reads its input once, never throws on content, and says what it met as a
 * {@link org.listlens.mail.Defect}.
 */
@NullMarked
package org.listlens.header;

import org.jspecify.annotations.NullMarked;
