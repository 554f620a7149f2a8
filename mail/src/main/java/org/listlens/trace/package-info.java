/**
 * Trace fields ({@code Received}, {@code X-Received}) to hops. One tokenizer finds words and comments of a line, whoever
 * wrote it; {@link org.listlens.trace.ReceivedParser} sorts them into the clauses of RFC 5321 §4.4, and one small reader
 * each makes a peer, a receiver, software, a TLS session or a user of them, by what a comment says and not by who is
 * thought to have written it. Only then the dialect is named, and settles what the grammar leaves open. Other times that
 * hosts noted, in queue ids, signatures, greylisting software's and Exchange's fields, are given to the hops of these hosts
 * by {@link org.listlens.trace.TraceParser}. Linear in the header; nothing is thrown.
 *
 * <p>{@link org.listlens.trace.RouteFinder} looks at the hops together: which part of the way each lies in, and which host
 * runs the list. A list site whose names do not tell it is added to {@code list-sites.txt}; a way that is not understood
 * becomes a case of {@code list-ways.txt} beside the tests.
 */
@NullMarked
package org.listlens.trace;

import org.jspecify.annotations.NullMarked;
