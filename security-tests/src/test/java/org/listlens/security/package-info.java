/** The launcher against a real Security plugin, with TLS and the roles that the documentation gives. */
@NullMarked
package org.listlens.security;

import org.jspecify.annotations.NullMarked;
