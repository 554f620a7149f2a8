/** From a mail to where people can read it. */
@NullMarked
package org.listlens.link;

import org.jspecify.annotations.NullMarked;
