package org.listlens.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.Connection;
import org.listlens.engine.ConnectionCheck;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineInfo;
import org.listlens.engine.EngineSettings;
import org.listlens.node.LocalEngineException;
import org.listlens.tls.Handshake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens test connection}. */
@Command(
        name = "connection",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Says what the engine is and can, how TLS with it is verified, who it takes the user for, whether mappings and"
                    + " indices are there, and what the user may do. Changes nothing: permissions are tried with requests"
                    + " that must fail for another reason when they are allowed.",
            "",
            "Ends with 4 when the engine cannot be used, or not for what --for names.",
            ""
        })
final class ConnectionTestCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Option(
            names = "--for",
            paramLabel = "PURPOSE",
            description = "Fail unless the user may do this: ${COMPLETION-CANDIDATES}.")
    private Connection.@Nullable Purpose purpose;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    /**
     * One address.
     *
     * @param where without secrets
     * @param handshake what it shows when TLS begins; {@code null} without TLS, or when none came about
     * @param answered whether a server has answered that was found to be the right one, as far as that was asked for
     * @param info what it is; {@code null} when that is not known
     * @param error why it cannot be used
     */
    record Node(
            String where,
            @Nullable Handshake handshake,
            boolean answered,
            @Nullable EngineInfo info,
            @Nullable String error) {
        /** One that cannot be used. Answers of servers that are refused have no exception behind them. */
        static Node failed(String where, @Nullable Handshake handshake, @Nullable EngineInfo info, EngineException e) {
            return new Node(
                    where, handshake, info != null || e.getCause() == null, info, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Integer call() throws Exception {
        EngineSettings settings = engine.named();
        List<Node> nodes = new ArrayList<>();
        Connection connection = null;
        if (settings == null) {
            try (EngineClient client = engine.connect()) {
                connection = connection(client, nodes, null);
            }
        } else {
            engine.warn();
            for (EngineSettings node : settings.nodes()) {
                Handshake handshake = handshake(node);
                try (EngineClient client = new EngineClient(node)) {
                    Connection found = connection == null
                            ? connection(client, nodes, handshake)
                            : known(client, nodes, handshake, connection);
                    connection = found == null ? connection : found;
                }
            }
        }
        if (json) {
            System.out.println(ConnectionJson.text(nodes, settings, connection));
        } else {
            Page page = new Page(Page.width(System.getenv("COLUMNS")));
            new ConnectionText(page, Instant.now()).write(nodes, settings, connection);
            page.print(System.out);
        }
        System.out.flush();
        return code(nodes, connection);
    }

    private int code(List<Node> nodes, @Nullable Connection connection) {
        int code = ExitCode.OK;
        for (Node node : nodes) {
            if (node.error() != null) {
                System.err.println("listlens: " + TerminalText.line(node.error(), 2_000));
                code = ExitCode.ENGINE;
            }
        }
        if (purpose != null && connection != null) {
            Connection.Permission permission = connection.permission(purpose);
            if (!permission.granted()) {
                System.err.println("listlens: The user may not do all that "
                        + ConnectionText.label(purpose) + " needs ("
                        + TerminalText.line(
                                permission.unknown() != null
                                        ? permission.unknown()
                                        : String.join(", ", permission.missing()),
                                1_000)
                        + "): give the user a role that does; docs/security.md has some.");
                code = ExitCode.ENGINE;
            }
        }
        return code;
    }

    /** Everything about the engine at one address; {@code null} when it cannot be used. */
    private static @Nullable Connection connection(EngineClient client, List<Node> nodes, @Nullable Handshake handshake)
            throws LocalEngineException, InterruptedException {
        EngineInfo info = null;
        try {
            info = client.detect();
            Connection connection = new ConnectionCheck(client, Home.mappings()).run(info);
            nodes.add(new Node(client.where(), handshake, true, info, null));
            return connection;
        } catch (EngineException e) {
            nodes.add(Node.failed(client.where(), handshake, info, e));
            return null;
        }
    }

    /** Only what is to be known of a further address of the same cluster. */
    private static Connection known(
            EngineClient client, List<Node> nodes, @Nullable Handshake handshake, Connection connection)
            throws InterruptedException {
        try {
            EngineInfo info = client.detect();
            String error = null;
            if (!info.cluster().equals(connection.info().cluster())) {
                error = "The engine at " + client.where() + " is of another cluster (" + info.cluster() + ") than "
                        + connection.info().cluster() + ": give addresses of one.";
            }
            nodes.add(new Node(client.where(), handshake, true, info, error));
        } catch (EngineException e) {
            nodes.add(Node.failed(client.where(), handshake, null, e));
        }
        return connection;
    }

    /** What the server shows; {@code null} without TLS and where none comes about, which the engine's client tells of. */
    private static @Nullable Handshake handshake(EngineSettings node) {
        URI url = node.urls().getFirst();
        if (!url.getScheme().equals("https")) {
            return null;
        }
        try {
            return Handshake.with(url.getHost(), url.getPort(), node.connectTimeout());
        } catch (IOException e) {
            return null;
        }
    }
}
