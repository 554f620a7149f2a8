package org.listlens.document;

import java.time.Instant;
import java.util.List;
import org.listlens.mail.Patch;

/** A series of two versions, of the first of which a patch is missing. */
final class KnownSeries {
    private KnownSeries() {}

    static PatchSeries two() {
        return new PatchSeries(
                "v1@example.com",
                Patch.Kind.PATCH,
                "foo: faster",
                "ada@example.com",
                "Ada Example",
                "20210706-foo-0123456789ab",
                List.of("a.lists.example.org", "b.lists.example.org"),
                List.of(
                        new PatchSeries.Version(1, Instant.parse("2021-07-06T13:45:36Z"), "v1@example.com", 1, 2),
                        new PatchSeries.Version(2, Instant.parse("2021-07-08T13:45:36Z"), "v2@example.com", 2, 2)),
                3,
                List.of("drivers/foo.c", "drivers/foo.h"),
                List.of(
                        new PatchSeries.Review("Acked-by", "Bob", null, 1),
                        new PatchSeries.Review("Reviewed-and-tested-by", null, "eve@example.org", 2),
                        new PatchSeries.Review("Reviewed-by", "Bob", "bob@example.net", 1)),
                3_600_000L,
                4,
                1,
                2,
                List.of("v1-1@example.com", "v1@example.com", "v2@example.com"));
    }
}
