/**
 * One mail with all that is known of it: its documents, the windows of the clocks on its way, and the mail itself where it
 * is at hand. {@link org.listlens.inspect.MailPicker} takes a mail out of an archive, {@link
 * org.listlens.inspect.StoredMails} finds one in the engine; both end in an {@link org.listlens.inspect.Inspection}.
 */
@NullMarked
package org.listlens.inspect;

import org.jspecify.annotations.NullMarked;
