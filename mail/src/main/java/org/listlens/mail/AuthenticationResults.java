package org.listlens.mail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one host found when it checked a mail (RFC 8601 §2.2).
 *
 * @param field the field that says so
 * @param instance the ARC instance, 1 to 50; {@code null} for Authentication-Results, and where it cannot be read
 * @param authservId who says so, in lower case; {@code null} where the field begins with a result
 * @param version the version of the field's format; {@code null} when none is given
 * @param hop the position of the hop at whose host the field was written: the newest hop below the field, or the one
 *     right above it where that is the one whose host says so; {@code null} when there is none
 * @param results in the order of the field; empty when the host found nothing to check ({@code none})
 */
public record AuthenticationResults(
        Field field,
        @Nullable Integer instance,
        @Nullable String authservId,
        @Nullable Integer version,
        @Nullable Integer hop,
        List<Result> results) {
    public AuthenticationResults {
        Objects.requireNonNull(field);
        results = List.copyOf(results);
    }

    /** Which field results were read from. */
    public enum Field {
        AUTHENTICATION_RESULTS,
        /** {@code ARC-Authentication-Results} (RFC 8617 §4.1.1). */
        ARC_AUTHENTICATION_RESULTS
    }

    /**
     * What one method gave.
     *
     * @param method such as {@code spf}, {@code dkim}, {@code dmarc}, {@code arc}, {@code iprev}, {@code auth}; in lower
     *     case, without its version
     * @param result such as {@code pass}, {@code fail}, {@code softfail}, {@code none}; in lower case
     * @param reason the {@code reason=}; {@code null} when there is none
     * @param comment the comments without their parentheses, joined by {@code "; "}; {@code null} when there are none
     * @param properties by {@code ptype.property} in lower case, such as {@code header.d} or {@code smtp.mailfrom}, in
     *     the order of the field; the name alone where the type is missing, as in {@code action=none}
     */
    public record Result(
            String method,
            String result,
            @Nullable String reason,
            @Nullable String comment,
            Map<String, String> properties) {
        public Result {
            Objects.requireNonNull(method);
            Objects.requireNonNull(result);
            properties = properties.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }

        /** The value of a property, its name given in lower case; {@code null} when the result does not have it. */
        public @Nullable String property(String name) {
            return properties.get(name);
        }
    }
}
