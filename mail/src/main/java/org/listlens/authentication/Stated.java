package org.listlens.authentication;

import org.listlens.mail.AuthenticationResults;

/**
 * Results with where their field stands.
 *
 * @param index the index of the field in the header
 * @param below how many trace fields stand below it
 */
record Stated(AuthenticationResults results, int index, int below) {}
