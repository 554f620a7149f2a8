package org.listlens.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What archive to make. Equal options give the same octets everywhere.
 *
 * @param seed which of all archives of that size
 * @param messages how many mails the archives hold in all, copies of crossposts and duplicates counted; at least 1
 * @param start when the first discussion begins; 1990 or later
 * @param span how long it takes until the last discussion begins, at least a day and not beyond 2039; a discussion may
 *     go on for some weeks after. Memory grows with the mails of a few days, so with {@code messages} by {@code span}
 */
public record GeneratorOptions(long seed, int messages, Instant start, Duration span) {
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2040-01-01T00:00:00Z");
    private static final Instant START = Instant.parse("2021-01-04T00:00:00Z");

    public GeneratorOptions {
        Objects.requireNonNull(start);
        Objects.requireNonNull(span);
        if (messages < 1) {
            throw new IllegalArgumentException("an archive has at least 1 message, not " + messages);
        }
        if (start.isBefore(EARLIEST)
                || span.compareTo(Duration.ofDays(1)) < 0
                || span.compareTo(Duration.ofDays(18_263)) > 0
                || start.plus(span).isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "an archive begins in 1990 or later, spans a day or more and ends before 2040");
        }
    }

    /** From January 2021 on, about forty mails a day, over two months at least and four years at most. */
    public static GeneratorOptions of(long seed, int messages) {
        return new GeneratorOptions(seed, messages, START, Duration.ofDays(Math.clamp(messages / 40, 60, 1460)));
    }

    /** The sample that the demo shows; of a seed with which a good dozen mails meet the blocked queue. */
    public static GeneratorOptions sample() {
        return of(3, 2000);
    }
}
