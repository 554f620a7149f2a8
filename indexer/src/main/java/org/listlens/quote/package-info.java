/**
 * Quotes: what in the text of a mail is new and what is repeated, and how deep. A text is cut into lines
 * ({@link org.listlens.quote.ClassifiedLines}); each rule looks at lines and gives them a
 * {@link org.listlens.quote.LineClass} and a depth: quote marks first, then the author's own patches, then in one walk
 * from top to bottom the attributions, the messages quoted without marks, signatures and footers. What attributions say is read
 * afterwards ({@link org.listlens.quote.Quotations}). Every rule costs time linear in the text.
 */
@NullMarked
package org.listlens.quote;

import org.jspecify.annotations.NullMarked;
