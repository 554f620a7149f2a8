package org.listlens.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** All dashboards. */
final class Dashboards {
    private Dashboards() {}

    static List<Dashboard> all() {
        return List.of(
                DeliveryLatency.dashboard(),
                Discussion.dashboard(),
                ClocksAndTrust.dashboard(),
                Imports.dashboard(),
                OneMail.dashboard());
    }

    /** A Vega specification beside this class. */
    static String specification(String name) {
        try (InputStream in = Objects.requireNonNull(Dashboards.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
