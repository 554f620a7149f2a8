package org.listlens.mail;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one host found when it checked SPF (RFC 7208 §9.1).
 *
 * @param result {@code pass}, {@code fail}, {@code softfail}, {@code neutral}, {@code none}, {@code temperror},
 *     {@code permerror}, or one of the older {@code error}, {@code unknown}, {@code hardfail}
 * @param comment the comments without their parentheses, joined by {@code "; "}
 * @param clientIp the address of the sender's host, in canonical text form; from the comment where the field gives no
 *     {@code client-ip}
 * @param envelopeFrom the MAIL FROM address; the null reverse-path is an empty string
 * @param helo the HELO name
 * @param receiver the host that checked
 * @param identity what was checked: {@code mailfrom} or {@code helo}
 * @param mechanism the mechanism of the record that matched
 * @param hop as in {@link AuthenticationResults}
 */
public record ReceivedSpf(
        String result,
        @Nullable String comment,
        @Nullable String clientIp,
        @Nullable String envelopeFrom,
        @Nullable String helo,
        @Nullable String receiver,
        @Nullable String identity,
        @Nullable String mechanism,
        @Nullable Integer hop) {
    public ReceivedSpf {
        Objects.requireNonNull(result);
    }
}
