package org.listlens.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The targets of fuzzing on their seeds, on these cut and altered, and on everything that fuzzing has found. */
class FuzzSeedsTest {
    static Collection<FuzzTargets.Target> targets() {
        return FuzzTargets.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void seedsPass(FuzzTargets.Target target) throws IOException {
        assertThat(target.seeds()).isNotEmpty();
        Random random = new Random(8);
        for (byte[] seed : target.seeds()) {
            target.check().run(seed);
            for (int i = 0; i < 50; i++) {
                target.check().run(Arrays.copyOf(seed, random.nextInt(seed.length)));
                byte[] altered = seed.clone();
                for (int j = 0; j <= i % 5; j++) {
                    altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
                }
                target.check().run(altered);
            }
        }
    }

    /** A find is a file in the folder {@code finds} beside this class, whose name begins with that of its target. */
    @ParameterizedTest
    @MethodSource("targets")
    void findsPass(FuzzTargets.Target target) throws IOException, URISyntaxException {
        Path folder =
                Path.of(Objects.requireNonNull(getClass().getResource("finds")).toURI());
        try (DirectoryStream<Path> finds = Files.newDirectoryStream(folder, target + "-*")) {
            for (Path find : finds) {
                target.check().run(Files.readAllBytes(find));
            }
        }
    }
}
