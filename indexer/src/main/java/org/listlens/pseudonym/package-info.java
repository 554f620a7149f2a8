/**
 * Pseudonyms for research: between parsing and documents, every name and address of a person in a {@link
 * org.listlens.mail.ParsedMail} is replaced by a keyed hash ({@link org.listlens.pseudonym.Pseudonymizer}), in every field
 * and wherever it occurs in header and text, so that the same person has the same pseudonym in all mails, runs and
 * archives with that key, and nobody without it can tell who it is. Classes, depths, delays and threads stay as they are.
 * Lists are no persons: their ids and addresses stay readable. What people say of themselves and how they write is not
 * hidden.
 */
@NullMarked
package org.listlens.pseudonym;

import org.jspecify.annotations.NullMarked;
