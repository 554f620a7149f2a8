package org.listlens.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.mail.RawMail;
import org.listlens.source.Collected;
import org.listlens.source.SourceOptions;

/** A real public-inbox, which is not part of the project. */
@Tag("corpus")
class GitCorpusTest {
    private final Path bundle = Path.of(
                    System.getProperty("listlens.corpora", "missing"), "corpora", "xdp-newbies.public-inbox.bundle")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path folder;

    @BeforeEach
    void findCorpora() {
        Assumptions.assumeTrue(Files.isRegularFile(bundle), () -> "skipped: there is no " + bundle);
    }

    private static List<String> digests(Path path) throws IOException {
        Collected read = Collected.of(Objects.requireNonNull(GitSource.recognise(path, SourceOptions.DEFAULT)));
        assertThat(read.rejected).isEmpty();
        List<String> digests = new ArrayList<>();
        for (RawMail mail : read.mails) {
            digests.add(mail.origin().position() + ' ' + sha256(mail.bytes()));
        }
        return digests;
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The number is that of the corpora's own description. */
    @Test
    void givesTheSameMailsFromABundleAndItsClone() throws IOException, URISyntaxException {
        List<String> bundled = digests(bundle);
        assertThat(bundled).hasSize(1_941);
        try (Repository clone = Jgit.create(folder);
                Transport transport = Transport.open(clone, new URIish(bundle.toString()))) {
            transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+refs/*:refs/*")));
        }
        assertThat(digests(folder)).isEqualTo(bundled);
    }
}
