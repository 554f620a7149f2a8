package org.listlens.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.listlens.document.Mappings;

/** Keeps {@code dashboards/} at what the classes here say; with {@code -Dlistlens.update} it writes the files. */
class DashboardFilesTest {
    private static final Path FOLDER = Mappings.ROOT.resolve("dashboards");

    @Test
    void filesAreUpToDate() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Dashboard dashboard : Dashboards.all()) {
            Path file = FOLDER.resolve(dashboard.name() + ".ndjson");
            names.add(dashboard.name() + ".ndjson");
            if (System.getProperty("listlens.update") != null) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, dashboard.file());
            }
            assertThat(file)
                    .as(file + " is stale; write it anew with mvn -q -pl embedded,mail,indexer test"
                            + " -Dtest=DashboardFilesTest -Dlistlens.update -Dsurefire.failIfNoSpecifiedTests=false")
                    .hasContent(dashboard.file());
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .isEqualTo(names);
        }
    }
}
