/**
 * Quotes: what in the text of a mail is new and what is repeated, and how deep. A text is cut into lines
 * ({@link org.listlens.quote.ClassifiedLines}); each rule looks at lines and gives them a
 * {@link org.listlens.quote.LineClass} and a depth: quote marks first, then the author's own patches, then the rests of
 * quoted lines that a mailer broke, then in one walk from top to bottom the attributions, the messages quoted without
 * marks, signatures and footers. What attributions say is read afterwards
 * ({@link org.listlens.quote.Quotations}). Every rule costs time linear in the text. {@link org.listlens.quote.OriginalLines} leads
 * from the lines of a text with {@code format=flowed} as it stood to those that were classified.
 */
@NullMarked
package org.listlens.quote;

import org.jspecify.annotations.NullMarked;
