package org.listlens.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.engine.Connection;
import org.listlens.engine.EngineSettings;
import org.listlens.tls.Handshake;

/**
 * What a connection is worth, as text.
 *
 * @param now what the days that a certificate has left count from
 */
record ConnectionText(Page page, Instant now) {
    private static final int SOON_DAYS = 30;

    void write(
            List<ConnectionTestCommand.Node> nodes,
            @Nullable EngineSettings settings,
            @Nullable Connection connection) {
        boolean told = false;
        for (ConnectionTestCommand.Node node : nodes) {
            page.blank();
            page.line(TerminalText.line(node.where(), 2_000));
            tls(node, settings);
            if (node.info() != null) {
                row("engine", node.info().toString());
            }
            if (connection != null && node.error() == null && !told) {
                told = true;
                write(connection, settings);
            }
        }
    }

    private void tls(ConnectionTestCommand.Node node, @Nullable EngineSettings settings) {
        Handshake shown = node.handshake();
        if (shown == null || settings == null) {
            row("TLS", node.where().startsWith("https:") ? "none came about" : "none");
            return;
        }
        row("TLS", shown.protocol() + ", " + shown.cipher() + ", " + verified(node, settings));
        row("certificate", shown.subject() + ", issued by " + shown.issuer());
        row(
                "",
                "valid " + shown.validFrom().truncatedTo(ChronoUnit.SECONDS) + " … "
                        + shown.validUntil().truncatedTo(ChronoUnit.SECONDS) + left(shown.validUntil()));
        row("", "SHA-256 " + shown.sha256());
        if (!node.answered() && !settings.insecure()) {
            row("", "If whoever runs the server says that this is its certificate, --fingerprint trusts it.");
        }
    }

    /** By what a certificate was found to be the right one. */
    static String verified(ConnectionTestCommand.Node node, EngineSettings settings) {
        if (settings.insecure()) {
            return "not verified, because of --insecure";
        }
        if (!node.answered()) {
            return "not verified";
        }
        return settings.fingerprint() != null
                ? "verified by its fingerprint"
                : settings.caFile() != null
                        ? "verified by " + settings.caFile()
                        : "verified by the certificates that the JDK trusts";
    }

    private String left(Instant until) {
        long days = Duration.between(now, until).toDays();
        return until.isBefore(now) ? ": over" : days < SOON_DAYS ? ": " + Units.count(days, "day") + " left" : "";
    }

    private void write(Connection connection, @Nullable EngineSettings settings) {
        Connection.Health health = connection.health();
        row(
                "health",
                health == null
                        ? "not shown to this user"
                        : health.status() + ", " + Units.count(health.nodes(), "node"));
        row("login", login(connection, settings));
        row("mappings", fields(connection.fields()));
        row("indices", installed(connection.installed()));
        String first = "may";
        for (Connection.Permission permission : connection.permissions()) {
            String text = permission.unknown() != null
                    ? permission.unknown()
                    : permission.granted() ? "yes" : "no: " + String.join(", ", permission.missing());
            page.wrapped(
                    "  " + Page.padded(first, 13) + Page.padded(label(permission.purpose()), 17),
                    TerminalText.line(text, 2_000));
            first = "";
        }
    }

    private static String login(Connection connection, @Nullable EngineSettings settings) {
        Connection.Login login = connection.login();
        String by = by(settings);
        if (login == null) {
            return by == null ? "nobody is asked for" : "by " + by + "; the engine does not say who that is";
        }
        return login.user()
                + (by == null ? "" : " by " + by)
                + (login.roles().isEmpty() ? ", without roles" : ", roles " + String.join(", ", login.roles()));
    }

    /** How the user logs in; {@code null} when not at all. */
    static @Nullable String by(@Nullable EngineSettings settings) {
        if (settings == null) {
            return null;
        }
        return settings.username() != null
                ? "password"
                : settings.apiKey() != null ? "API key" : settings.bearerToken() != null ? "bearer token" : null;
    }

    private static String fields(Connection.@Nullable Fields fields) {
        if (fields == null) {
            return "this user may not ask whether the engine takes them";
        }
        if (fields.refusal() != null) {
            return "the engine does not take them: " + fields.refusal();
        }
        if (fields.replaced().isEmpty()) {
            return "the engine takes them as they are";
        }
        List<String> replaced = new ArrayList<>();
        new TreeMap<>(fields.replaced()).forEach((type, other) -> replaced.add(other + " for " + type));
        return "the engine takes them with " + String.join(", ", replaced);
    }

    private static String installed(Connection.@Nullable Installed installed) {
        if (installed == null) {
            return "not shown to this user";
        }
        if (installed.problem() != null) {
            return installed.problem();
        }
        if (installed.olderTemplates().isEmpty()
                && installed.missingIndices().isEmpty()
                && installed.olderIndices().isEmpty()) {
            return "all there, mappings up to date";
        }
        if (installed.olderTemplates().size() == installed.templates()
                && installed.olderIndices().isEmpty()) {
            return "none yet: \"setup\" or the first \"index\" makes them";
        }
        List<String> parts = new ArrayList<>();
        add(parts, "templates missing or older: ", installed.olderTemplates());
        add(parts, "indices missing: ", installed.missingIndices());
        add(parts, "mappings older: ", installed.olderIndices());
        return String.join("; ", parts) + "; \"setup\" brings them up to date";
    }

    private static void add(List<String> parts, String before, List<String> names) {
        if (!names.isEmpty()) {
            parts.add(before + String.join(", ", names));
        }
    }

    /** The commands that a purpose means. */
    static String label(Connection.Purpose purpose) {
        return switch (purpose) {
            case READ, INDEX, SETUP -> purpose.name().toLowerCase(Locale.ROOT);
            case UPGRADE -> "setup --upgrade";
            case ALERTS -> "alerts install";
        };
    }

    private void row(String name, String text) {
        page.wrapped("  " + Page.padded(name, 13), TerminalText.line(text, 2_000));
    }
}
