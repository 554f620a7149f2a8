/**
 * Synthetic mail archives with the truth about them: lists, hosts with clocks that drift, threads, quotes and malformed
 * mail, signatures and what hosts found of them, drawn from a seed so that one seed and size always give the same octets, on every machine and JDK. It knows
 * nothing of the code that reads mail, so that tests can hold the one against the other; on the JDK and Jackson's
 * streaming writer alone. Hosts and people are invented: names under {@code example.com}, {@code .org} and
 * {@code .net}, addresses from documentation ranges; {@code google.com} and {@code groups.io} occur only as names of
 * hosts that write trace lines, because those dialects are known by them.
 */
@NullMarked
package org.listlens.generate;

import org.jspecify.annotations.NullMarked;
