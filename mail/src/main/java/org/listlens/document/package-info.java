/**
 * Documents: the parsed mail as JSON, ready for {@code _bulk}. {@link org.listlens.document.MailDocuments} writes the
 * message, the delivery and the hops of a mail in one go, straight to octets; {@link
 * org.listlens.document.ImportDocuments} writes the ledger of the imports. Field names live here and in
 * {@code mappings/}, which also says what each field means, and nowhere else. No content can make a document that the
 * mappings refuse: strings are well-formed Unicode, dates lie in the years 1 to 9999, sizes are bounded.
 */
@NullMarked
package org.listlens.document;

import org.jspecify.annotations.NullMarked;
