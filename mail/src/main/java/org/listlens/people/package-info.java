/**
 * Who wrote a mail, and which mails one person wrote. {@link org.listlens.people.People} finds the author of one mail: it
 * undoes what lists and mail programs make of the From field, applies a {@code .mailmap}, and tells robots and
 * organisations by tables. {@link org.listlens.people.PersonRules} and {@link org.listlens.people.Persons} say which
 * authors of many mails are one person; they rather leave one person with two addresses apart than join two people.
 */
@NullMarked
package org.listlens.people;

import org.jspecify.annotations.NullMarked;
