package org.listlens.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How archives are reached that are not on this machine.
 *
 * @param user who logs in, unless the address names somebody
 * @param password the password of that user, unless the address has one
 * @param token an OAuth 2.0 access token, which goes before the password
 * @param caFile PEM file with the certificates to trust instead of the JDK's
 * @param insecure whether any certificate is trusted
 * @param interval how long to wait between two looks at an archive that does not tell of new mail by itself
 * @param timeout how long to wait for an answer
 * @param downloadBytes octets of one download at most
 */
public record RemoteOptions(
        @Nullable String user,
        @Nullable String password,
        @Nullable String token,
        @Nullable Path caFile,
        boolean insecure,
        Duration interval,
        Duration timeout,
        long downloadBytes) {
    /** Nobody logs in; once a minute; 30 seconds; 10 GB. */
    public static final RemoteOptions DEFAULT = new RemoteOptions(
            null, null, null, null, false, Duration.ofMinutes(1), Duration.ofSeconds(30), 10_000_000_000L);

    public RemoteOptions {
        Objects.requireNonNull(interval);
        Objects.requireNonNull(timeout);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RemoteOptions[user=" + user + ", interval=" + interval + ", timeout=" + timeout + ", downloadBytes="
                + downloadBytes + ']';
    }
}
