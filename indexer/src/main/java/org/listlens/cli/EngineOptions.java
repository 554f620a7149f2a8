package org.listlens.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineSettings;
import org.listlens.node.DataFolder;
import org.listlens.node.LocalEngine;
import org.listlens.node.LocalEngineException;
import org.listlens.node.LocalEngineSettings;
import org.listlens.node.RunningEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which engine to use. Without a URL it is the embedded one, started when it is not running. */
final class EngineOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Use this cluster instead of the embedded engine; several nodes with commas between.")
    private @Nullable String url;

    @Option(
            names = "--username",
            paramLabel = "NAME",
            description = "User for basic authentication; its password comes from LISTLENS_PASSWORD, --password-file or"
                    + " the configuration file, or is asked for on a terminal. An API key or a bearer token comes from"
                    + " LISTLENS_API_KEY or LISTLENS_BEARER_TOKEN.")
    private @Nullable String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Read the password from this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Trust the certificates in this PEM file instead of the JDK's.")
    private @Nullable Path caFile;

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description =
                    "Trust the one certificate with this SHA-256, whatever host it names, as \"openssl x509 -noout"
                            + " -fingerprint -sha256\" prints it.")
    private @Nullable String fingerprint;

    @Option(names = "--insecure", description = "Trust any certificate, with a warning each time.")
    private boolean insecure;

    @Option(
            names = "--engine-timeout",
            paramLabel = "SECONDS",
            defaultValue = "90",
            description = "How long the engine may be silent in the middle of a request, before this counts as failed"
                    + " (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the embedded engine (default: ~/.local/share/listlens).")
    private @Nullable Path data;

    /** What was typed, so that nobody has to do so twice. */
    private @Nullable String typed;

    /** The data folder of the embedded engine. */
    Path data() throws LocalEngineException {
        return data == null ? DataFolder.standard() : data;
    }

    /** Connects to the engine; starts the embedded one when it is that and does not run. Connects to nothing else. */
    EngineClient connect() throws EngineException, LocalEngineException, InterruptedException {
        if (url != null && !url.isBlank()) {
            EngineSettings settings = settings(url);
            warn();
            return new EngineClient(settings);
        }
        Path folder = data();
        Duration timeout = timeout();
        RunningEngine running = LocalEngine.start(
                LocalEngineSettings.implicit(folder, LocalEngine.home()),
                () -> System.err.println("Starting the embedded engine in " + folder + " …"));
        return new EngineClient(EngineSettings.of(running.url().toString()).withResponseTimeout(timeout));
    }

    /** Says what is not safe, each time. */
    void warn() {
        if (insecure) {
            System.err.println("Warning: --insecure trusts any certificate; whoever is in between can read along.");
        }
    }

    /** How to reach the engine that was named; {@code null} for the embedded one. */
    @Nullable
    EngineSettings named() {
        return url != null && !url.isBlank() ? settings(url) : null;
    }

    /** Connects to the engine if one was named or the embedded one has data; {@code null} when there is nothing to ask. */
    @Nullable
    EngineClient connectIfUsed() throws EngineException, LocalEngineException, InterruptedException {
        boolean named = url != null && !url.isBlank();
        return named || new LocalEngine(data()).hasData() ? connect() : null;
    }

    /** Refuses a value that is out of range. */
    void check() {
        new Ranges(spec).check("--engine-timeout", timeout, 1, 3_600);
    }

    private Duration timeout() {
        check();
        return Duration.ofSeconds(timeout);
    }

    private String typed(String user, EngineSettings plain) {
        if (typed == null) {
            typed = Secrets.ask(user, plain.urls().getFirst().toString());
        }
        if (typed == null) {
            throw new UsageException("There is no password for the user " + user
                    + ": give it in LISTLENS_PASSWORD or --password-file, or run this on a terminal, where it is asked"
                    + " for.");
        }
        return typed;
    }

    private EngineSettings settings(String addresses) {
        try {
            if (spec != null && spec.commandLine().getParseResult().hasMatchedOption("--url")) {
                Secrets.refuseIn("--url", addresses, "LISTLENS_PASSWORD or --password-file, the user in --username");
            }
            EngineSettings plain = EngineSettings.of(addresses);
            String password =
                    plain.password() != null ? plain.password() : Secrets.password(spec, passwordFile, "password");
            String apiKey = Secrets.find(spec, "api-key");
            String bearerToken = Secrets.find(spec, "bearer-token");
            String user = username != null ? username : plain.username();
            if (user != null && (password == null || password.isEmpty())) {
                password = typed(user, plain);
            }
            return new EngineSettings(
                    plain.urls(),
                    user,
                    user == null ? null : password,
                    user == null ? apiKey : null,
                    user == null ? bearerToken : null,
                    caFile,
                    fingerprint,
                    insecure,
                    Duration.ofSeconds(5),
                    timeout(),
                    false);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
