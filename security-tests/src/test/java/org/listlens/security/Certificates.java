package org.listlens.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of one's own, and a server's certificate by it. */
final class Certificates {
    private static final String STORE_PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    private Certificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
    }

    /** Writes {@code ca.pem}, {@code node.pem} and {@code node.key} (PKCS#8) into a folder. */
    static void make(Path folder) throws Exception {
        Certificates made = new Certificates(folder);
        made.keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Own CA", "-ext", "bc:c");
        made.keytool("-genkeypair", "-alias", "node", "-keyalg", "EC", "-dname", "CN=localhost");
        made.keytool(
                "-certreq",
                "-alias",
                "node",
                "-file",
                folder.resolve("node.csr").toString());
        made.keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                folder.resolve("node.csr").toString(),
                "-outfile",
                folder.resolve("node.pem").toString(),
                "-ext",
                "SAN=dns:localhost",
                "-ext",
                "EKU=serverAuth,clientAuth");
        made.keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "ca",
                "-file",
                folder.resolve("ca.pem").toString());
        KeyStore keys = KeyStore.getInstance(made.store.toFile(), STORE_PASSWORD.toCharArray());
        Key key = keys.getKey("node", STORE_PASSWORD.toCharArray());
        Files.writeString(
                folder.resolve("node.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", STORE_PASSWORD, "-keystore", store.toString()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
