/**
 * Archives that a server keeps: mailboxes by IMAP (RFC 3501) and newsgroups by NNTP (RFC 3977), read as {@link
 * org.listlens.source.MailSource}s. Nothing is ever changed on the server. A mail is fetched with its octets as they
 * are, in the order of UIDs or article numbers, by which a later run goes on; a connection that breaks is made anew, and
 * a mail that came in part is fetched again, never handed over. Passwords are sent by TLS only, unless the server is on
 * this machine or the user asks for it, and never appear in names or messages.
 */
@NullMarked
package org.listlens.mailbox;

import org.jspecify.annotations.NullMarked;
