package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpilledChunksTest {
    @Test
    void chunksComeBackInAnyOrder() throws IOException {
        try (SpilledChunks chunks = new SpilledChunks(2)) {
            for (int i = 0; i < 9; i++) {
                Arrays.fill(chunks.begin(100 + i), (byte) i);
            }

            assertThat(chunks.count()).isEqualTo(9);
            for (int i : new int[] {0, 8, 3, 3, 7, 0, 1, 2, 4, 5, 6, 8, 0}) {
                byte[] expected = new byte[100 + i];
                Arrays.fill(expected, (byte) i);
                assertThat(chunks.get(i)).as("chunk %d", i).isEqualTo(expected);
            }
        }
    }

    /** Whatever ends the process, nothing stays behind. */
    @Test
    void theFileHasNoName() throws IOException {
        List<Path> before = files();
        try (SpilledChunks chunks = new SpilledChunks(1)) {
            for (int i = 0; i < 9; i++) {
                chunks.begin(10)[0] = (byte) i;
            }

            assertThat(files()).isEqualTo(before);
            assertThat(chunks.get(0)).startsWith(0);
            assertThat(chunks.get(7)).startsWith(7);
        }
        assertThat(files()).isEqualTo(before);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".chunks"))
                    .sorted()
                    .toList();
        }
    }
}
