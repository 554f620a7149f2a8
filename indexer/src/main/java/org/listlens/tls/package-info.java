/** Trust in servers: one answer for engines and for whatever archives are read from. */
@NullMarked
package org.listlens.tls;

import org.jspecify.annotations.NullMarked;
