package org.listlens.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.header.HeaderParser;
import org.listlens.mail.Defects;
import org.listlens.mail.Dialect;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Limits;

/** The times that hosts noted in real archives, against the stamps of their lines. */
@Tag("corpus")
class HopTimesCorpusTest {
    private static final String SEALER = "smtp.subspace.kernel.org";

    private int vgerIds;
    private int idTimes;
    private int farIdTimes;
    private int signatures;
    private int farSignatures;
    private int greylistings;
    private final List<String> wrong = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"linux-can", "linux-hwmon", "util-linux"})
    void timesAgreeWithTheStampsOfTheirHost(String archive) throws IOException {
        Path folder = folder("corpora").resolve(archive);
        CorpusHeaders.forEach(folder, this::check);

        assertThat(wrong).isEmpty();
        assertThat(vgerIds).isGreaterThan(4_000);
        assertThat(greylistings).isGreaterThan(50);
        assertThat(farIdTimes).isLessThan(idTimes / 500);
        assertThat(signatures).isGreaterThan(600);
        assertThat(farSignatures).isLessThan(signatures / 40);
    }

    private void check(List<HeaderField> fields) {
        List<Hop> hops = TraceParser.parse(fields, Limits.DEFAULT, new Defects(100));
        Set<Long> greylisted = new HashSet<>();
        for (Hop hop : hops) {
            Instant stamp = hop.stamp() == null ? null : hop.stamp().instant();
            if (stamp == null || hop.stampSource() != Hop.StampSource.DATE) {
                continue;
            }
            Hop.Times times = hop.times();
            if (hop.dialect() == Dialect.VGER && hop.id() != null) {
                // All of them, to the second.
                vgerIds++;
                expect(stamp.equals(times.queued()), hop);
            }
            Instant inId = times.queued() == null ? times.connected() : times.queued();
            if (inId != null) {
                idTimes++;
                farIdTimes += isFar(inId, stamp) ? 1 : 0;
            }
            for (Instant signed : new @Nullable Instant[] {times.arcSealed(), times.arcSigned(), times.dkimSigned()}) {
                if (signed != null) {
                    signatures++;
                    farSignatures += isFar(stamp, signed) ? 1 : 0;
                }
            }
            if (hop.greylistedMs() != null) {
                greylistings++;
                greylisted.add(hop.greylistedMs());
            }
        }
        for (HeaderField field : fields) {
            if (field.is("ARC-Seal")) {
                Signature seal = Signature.parse(Signature.Kind.ARC_SEAL, field.value());
                if (seal != null && "subspace.kernel.org".equals(seal.domain())) {
                    expect(isSealedAtTheList(hops, seal.time()), field);
                }
            } else if (field.is("X-Greylist")) {
                Greylist.Greylisting note = Greylist.parse(field.value());
                expect(note == null || greylisted.contains(note.delayMs()), field);
            }
        }
    }

    private void expect(boolean holds, Object what) {
        if (!holds) {
            wrong.add(what.toString());
        }
    }

    private static boolean isFar(Instant from, Instant to) {
        return Duration.between(from, to).abs().toSeconds() > 60;
    }

    private static boolean isSealedAtTheList(List<Hop> hops, Instant time) {
        for (Hop hop : hops) {
            if (time.equals(hop.times().arcSealed())) {
                return hop.by() != null && SEALER.equals(hop.by().host());
            }
        }
        return false;
    }

    /** The mail whose line breaks were lost: relay, list and recipient. */
    @Test
    void timesOfTheSeed() throws IOException {
        byte[] octets;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder("seed"))) {
            octets = Files.readAllBytes(files.iterator().next());
        }
        Defects defects = new Defects(100);
        List<Hop> hops = TraceParser.parse(
                HeaderParser.parse(octets, octets.length, Limits.DEFAULT, defects)
                        .fields(),
                Limits.DEFAULT,
                defects);

        assertThat(hops)
                .extracting(hop -> hop.times().queued())
                .containsExactly(
                        Instant.parse("2021-07-06T13:46:03.840Z"),
                        null,
                        null,
                        Instant.parse("2021-07-06T15:15:32Z"),
                        Instant.parse("2021-07-06T15:15:39Z"),
                        null,
                        Instant.parse("2021-07-06T15:14:09.827Z"),
                        null);
        assertThat(hops.get(5).times())
                .isEqualTo(new Hop.Times(
                        null,
                        Instant.parse("2021-07-06T15:13:58Z"),
                        Instant.ofEpochSecond(1_625_584_449),
                        null,
                        null,
                        null,
                        null));
        assertThat(hops).filteredOn(hop -> hop.times().arcSealed() != null).hasSize(1);
    }

    private static Path folder(String name) {
        Path folder = Path.of(System.getProperty("listlens.corpora"), name);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no archive in " + folder + ", nothing compared");
        return folder;
    }
}
