/**
 * A mail's octets become a {@link org.listlens.mail.ParsedMail}: composes header, trace, authentication, quote and body, and gives the
 * mail its two identities.
 */
@NullMarked
package org.listlens.parse;

import org.jspecify.annotations.NullMarked;
