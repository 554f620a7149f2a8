/**
 * The model: what a mail is once it has been read and parsed, what can be wrong with it, and the bounds within which it
 * is read. On the JDK alone. Everything that is unknown is {@code null} or an empty list, never 0 and never an empty
 * string.
 */
@NullMarked
package org.listlens.mail;

import org.jspecify.annotations.NullMarked;
