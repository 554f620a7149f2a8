package org.listlens.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a certificate that it signs itself, made out to localhost. */
record TestKeys(SSLContext context, Path caFile) {
    private static final String PASSWORD = "changeit";

    static TestKeys make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        keytool(
                folder,
                "-genkeypair -alias k -keyalg EC -dname CN=localhost -ext SAN=dns:localhost -validity 3650"
                        + " -storetype PKCS12 -keystore k.p12 -storepass " + PASSWORD);
        keytool(folder, "-exportcert -rfc -alias k -keystore k.p12 -file ca.pem -storepass " + PASSWORD);
        KeyStore store = KeyStore.getInstance(folder.resolve("k.p12").toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new TestKeys(context, folder.resolve("ca.pem"));
    }

    private static void keytool(Path folder, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
