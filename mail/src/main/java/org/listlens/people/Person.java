package org.listlens.people;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wrote mails, under one or more addresses.
 *
 * @param id the address that was used first, of several the smallest; for a robot at an address that people use too,
 *     {@code jane@example.com#robot}; for somebody of whom only a list's address is known,
 *     {@code list@example.org#doe jane}
 * @param name the name that was used most often, of several the longest, of these the smallest; {@code null} when none was
 * @param names all names, as used most often first
 * @param addresses sorted
 * @param organization the organisation by the last address that tells one; {@code null} when none does
 * @param organizations all organisations, sorted
 * @param robot whether it is a program
 * @param messages how many mails
 * @param firstMs when the first was written, in milliseconds since 1970; {@code null} when no mail has a time
 * @param lastMs when the last was written
 * @param keys the {@linkplain PersonRules#key keys} of the mails, sorted
 * @param listIds the lists that the mails came by, sorted
 */
public record Person(
        String id,
        @Nullable String name,
        List<String> names,
        List<String> addresses,
        @Nullable String organization,
        List<String> organizations,
        boolean robot,
        long messages,
        @Nullable Long firstMs,
        @Nullable Long lastMs,
        List<String> keys,
        List<String> listIds) {
    public Person {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
        organizations = List.copyOf(organizations);
        keys = List.copyOf(keys);
        listIds = List.copyOf(listIds);
    }
}
