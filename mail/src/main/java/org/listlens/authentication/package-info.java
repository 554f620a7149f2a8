/**
 * The authentication fields of a header. A small parser each reads Authentication-Results (RFC 8601), Received-SPF
 * (RFC 7208), and the tags of DKIM-Signature (RFC 6376) and of the ARC fields (RFC 8617), as the grammars have them and
 * as servers write them; {@link org.listlens.authentication.AuthenticationParser} puts them beside the hops, and follows
 * every signature from host to host to where it broke. No signature is computed. Linear in the header; nothing is
 * thrown.
 */
@NullMarked
package org.listlens.authentication;

import org.jspecify.annotations.NullMarked;
