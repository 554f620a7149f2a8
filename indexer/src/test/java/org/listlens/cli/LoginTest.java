package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets from the environment reach the engine, and nothing that is printed. */
class LoginTest {
    @TempDir
    Path folder;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer engine;

    @BeforeEach
    void start() throws IOException {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        engine.start();
    }

    @AfterEach
    void stop() {
        engine.stop(0);
    }

    private void connect(Map<String, String> secrets, String... options) {
        Map<String, String> environment = new HashMap<>(secrets);
        environment.put("XDG_CONFIG_HOME", folder.toString());
        environment.put(
                "LISTLENS_URL", "http://127.0.0.1:" + engine.getAddress().getPort());
        String[] args = new String[options.length + 1];
        args[0] = "setup";
        System.arraycopy(options, 0, args, 1, options.length);
        CommandLineRun run = CommandLineRun.of(environment, args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.ENGINE);
        assertThat(run.out() + run.err()).doesNotContain(secrets.values());
    }

    @Test
    void trustInEverythingIsWarnedOfEachTime() {
        String url = "http://127.0.0.1:" + engine.getAddress().getPort();
        for (int i = 0; i < 2; i++) {
            CommandLineRun run = CommandLineRun.of(
                    Map.of("XDG_CONFIG_HOME", folder.toString(), "LISTLENS_INSECURE", "true"), "setup", "--url", url);
            assertThat(run.err()).contains("Warning: --insecure trusts any certificate");
        }
    }

    @Test
    void aPasswordGoesWithTheUser() {
        connect(Map.of("LISTLENS_PASSWORD", "open sesame"), "--username", "ali");
        assertThat(authorizations).containsOnly("Basic YWxpOm9wZW4gc2VzYW1l").isNotEmpty();
    }

    @Test
    void anApiKey() {
        connect(Map.of("LISTLENS_API_KEY", "a2V5OnNlY3JldA=="));
        assertThat(authorizations).containsOnly("ApiKey a2V5OnNlY3JldA==").isNotEmpty();
    }

    @Test
    void aBearerToken() {
        connect(Map.of("LISTLENS_BEARER_TOKEN", "t0k3n-of-a-kind"));
        assertThat(authorizations).containsOnly("Bearer t0k3n-of-a-kind").isNotEmpty();
    }
}
