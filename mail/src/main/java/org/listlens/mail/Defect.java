package org.listlens.mail;

import java.util.Objects;

/**
 * Something in a mail that is not as the standards want it, or that a limit cut.
 *
 * @param code what it is
 * @param offset the octet in the mail where it was met; -1 when it has no one place (something is missing)
 */
public record Defect(DefectCode code, int offset) {
    public Defect {
        Objects.requireNonNull(code);
    }
}
