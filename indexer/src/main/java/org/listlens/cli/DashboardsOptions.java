package org.listlens.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.dashboards.DashboardFiles;
import org.listlens.dashboards.DashboardFiles.DashboardFile;
import org.listlens.dashboards.DashboardsClient;
import org.listlens.dashboards.DashboardsException;
import org.listlens.dashboards.DashboardsSettings;
import org.listlens.dashboards.Period;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineSettings;
import org.listlens.node.LocalEngineException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the dashboards go: to a server, into a folder, or nowhere. */
final class DashboardsOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--dashboards-url",
            paramLabel = "URL",
            description =
                    "Import the dashboards into this OpenSearch Dashboards or Kibana. The URL has the base path, and a"
                            + " Kibana space (/s/SPACE) or workspace (/w/ID) if they shall go there.")
    private @Nullable String url;

    @Option(
            names = "--dashboards-files",
            paramLabel = "DIR",
            description = "Write the dashboards there, to import them by hand.")
    private @Nullable Path files;

    @Option(
            names = "--dashboards-username",
            paramLabel = "NAME",
            description = "User there, if it is not the engine's; the password comes from LISTLENS_DASHBOARDS_PASSWORD,"
                    + " --dashboards-password-file or the configuration file.")
    private @Nullable String username;

    @Option(
            names = "--dashboards-password-file",
            paramLabel = "FILE",
            description = "Read that password from this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--dashboards-ca-file",
            paramLabel = "FILE",
            description = "Trust the certificates in this PEM file there, if they are not those of --ca-file.")
    private @Nullable Path caFile;

    @Mixin
    private final LinkOptions links = new LinkOptions();

    /** Refuses an address that is none, before anything else is done. */
    void check() {
        if (url != null) {
            parse(url);
        }
    }

    private static URI parse(String address) {
        try {
            return DashboardsSettings.parse(address);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Does what was asked for, and tells of it on standard output.
     *
     * @param login how to log in to the engine, which is tried here too; {@code null} when it needs none
     */
    void install(EngineClient engine, @Nullable EngineSettings login)
            throws DashboardsException, EngineException, LocalEngineException, InterruptedException {
        if (url == null && files == null) {
            System.out.println(
                    "For the dashboards add --dashboards-url URL, or --dashboards-files DIR to import them by"
                            + " hand.");
            return;
        }
        Period period = Periods.of(engine);
        List<DashboardFile> dashboards = DashboardFiles.read(Home.dashboards(), links.load(), period);
        if (files != null) {
            DashboardFiles.write(dashboards, files).forEach(path -> System.out.println("Wrote " + path));
        }
        if (url != null) {
            DashboardsSettings settings = settings(url, login);
            try (DashboardsClient client = new DashboardsClient(settings)) {
                for (DashboardFile dashboard : dashboards) {
                    int objects = client.install(dashboard);
                    System.out.println("Installed dashboard \"" + dashboard.title() + "\" ("
                            + Units.count(objects, "object") + ")");
                }
            }
            System.out.println("They are at " + settings.url() + "/app/dashboards");
        }
    }

    private DashboardsSettings settings(String address, @Nullable EngineSettings login) {
        Path ca = caFile != null || login == null ? caFile : login.caFile();
        boolean insecure = caFile == null && login != null && login.insecure();
        return new DashboardsSettings(parse(address), authorization(login), ca, insecure);
    }

    private @Nullable String authorization(@Nullable EngineSettings login) {
        if (username != null) {
            return basic(username, password());
        }
        if (login == null) {
            return null;
        }
        if (login.apiKey() != null) {
            return "ApiKey " + login.apiKey();
        }
        if (login.bearerToken() != null) {
            return "Bearer " + login.bearerToken();
        }
        String user = login.username();
        String password = login.password();
        return user == null || password == null ? null : basic(user, password);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    private String password() {
        String password = Secrets.password(spec, passwordFile, "dashboards-password");
        if (password == null) {
            throw new UsageException("There is no password for --dashboards-username: give it in"
                    + " LISTLENS_DASHBOARDS_PASSWORD or --dashboards-password-file.");
        }
        return password;
    }
}
