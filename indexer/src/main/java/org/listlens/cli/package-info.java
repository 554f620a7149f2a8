/**
 * The command line: options, configuration, progress and what is printed. stdout is data, stderr is progress and
 * messages.
 */
@NullMarked
package org.listlens.cli;

import org.jspecify.annotations.NullMarked;
