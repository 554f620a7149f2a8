package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/fields.md} at what {@code mappings/} says; with {@code -Dlistlens.update} it writes the file. */
class FieldsReferenceTest {
    @Test
    void fieldsReferenceIsUpToDate() throws IOException {
        Path file = Mappings.ROOT.resolve("docs/fields.md");
        String expected = FieldsReference.render();
        if (System.getProperty("listlens.update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("docs/fields.md is stale; write it anew with"
                        + " mvn -q -pl embedded,mail,indexer test -Dtest=FieldsReferenceTest -Dlistlens.update"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(expected);
    }
}
