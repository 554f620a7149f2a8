/**
 * Archives to raw mails: an mbox in any of its dialects and of any software, single mails (also as Apple Mail keeps them),
 * Maildirs, MH, MMDF, folders of Thunderbird, Pipermail and Takeout, folders of all of them, tar and zip, plain or
 * compressed, from disk, from a stream or from a web server. Everything is recognised by its content, never by its name; mails
 * are split on octets and handed to a {@link org.listlens.source.MailReceiver} in the archive's order, without any
 * knowledge of what they mean. What cannot be read is handed over as well, as a {@link
 * org.listlens.source.RejectedEntry} that says where and why, and never costs a mail that was read before it. {@link
 * org.listlens.source.Sources#open} is the way in.
 */
@NullMarked
package org.listlens.source;

import org.jspecify.annotations.NullMarked;
