/**
 * The embedded engine: one OpenSearch node on loopback, in a JVM and on a class path of its own.
 */
@NullMarked
package org.listlens.embedded;

import org.jspecify.annotations.NullMarked;
