package org.listlens.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values that are not on the command line: from the environment ({@code LISTLENS_} and the option's name in capitals,
 * {@code -} as {@code _}), else from the configuration file, a flat YAML map of option names. A flag on the command line
 * goes before both, an option's own default after both.
 */
final class Configuration implements IDefaultValueProvider {
    /** Settings that have no flag, because a flag shows in the list of processes. */
    static final Set<String> SECRETS = Set.of(
            "password",
            "api-key",
            "bearer-token",
            "archive-password",
            "archive-token",
            "dashboards-password",
            "smtp-password");
    /** Options that only make sense on one command line. */
    private static final Set<String> FLAGS_ONLY = Set.of("help", "version", "config", "print-config");

    private final Map<String, String> environment;
    private final @Nullable Path file;
    private final Map<String, String> entries;

    private Configuration(Map<String, String> environment, @Nullable Path file, Map<String, String> entries) {
        this.environment = environment;
        this.file = file;
        this.entries = entries;
    }

    /** The environment alone. */
    static Configuration none(Map<String, String> environment) {
        return new Configuration(environment, null, Map.of());
    }

    /** A value and the place it was found in, such as {@code LISTLENS_URL} or a file's path. */
    record Value(String value, String place) {}

    /**
     * Reads the configuration.
     *
     * @param args the command line, looked through for {@code --config}
     * @param environment the environment
     * @param known gives the names of all options; asked only when there is a file
     * @throws ConfigurationException when the file cannot be read, is no flat map or has a key that no option has
     */
    static Configuration load(List<String> args, Map<String, String> environment, Supplier<Set<String>> known) {
        Path named = named(args, environment);
        Path file = named != null ? named : defaultFile(environment);
        if (named == null && !Files.exists(file)) {
            return new Configuration(environment, null, Map.of());
        }
        return new Configuration(environment, file, read(file, known.get()));
    }

    private static @Nullable Path named(List<String> args, Map<String, String> environment) {
        for (int i = 0; i < args.size() && !args.get(i).equals("--"); i++) {
            if (args.get(i).startsWith("--config=")) {
                return Path.of(args.get(i).substring("--config=".length()));
            }
            if (args.get(i).equals("--config") && i + 1 < args.size()) {
                return Path.of(args.get(i + 1));
            }
        }
        String variable = environment.get("LISTLENS_CONFIG");
        return variable == null || variable.isEmpty() ? null : Path.of(variable);
    }

    private static Path defaultFile(Map<String, String> environment) {
        String xdg = environment.get("XDG_CONFIG_HOME");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        Path folder = xdg != null && xdg.startsWith("/") ? Path.of(xdg) : Path.of(home, ".config");
        return folder.resolve("listlens").resolve("config.yaml");
    }

    private static Map<String, String> read(Path file, Set<String> known) {
        JsonNode root;
        try {
            root = new ObjectMapper(new YAMLFactory())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new ConfigurationException(
                    "The configuration file " + file + where + " is not a YAML map of option names to values: "
                            + firstLine(e.getOriginalMessage()) + ".",
                    e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The configuration file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + "); name another with --config.",
                    e);
        }
        Map<String, String> entries = new TreeMap<>();
        if (root == null || root.isMissingNode() || root.isNull()) {
            return entries;
        }
        if (!root.isObject()) {
            throw new ConfigurationException("The configuration file " + file
                    + " is not a YAML map of option names to values, such as \"url: https://localhost:9200\".");
        }
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            String key = entry.getKey();
            if (!SECRETS.contains(key) && (!known.contains(key) || FLAGS_ONLY.contains(key))) {
                throw new ConfigurationException("The configuration file " + file + " has the unknown key \"" + key
                        + "\"; the keys are the long option names without dashes, as \"listlens index --help\" lists"
                        + " them.");
            }
            if (!entry.getValue().isValueNode()) {
                throw new ConfigurationException("The configuration file " + file + " gives the key \"" + key
                        + "\" a map or a list; it takes one value.");
            }
            if (!entry.getValue().isNull()) {
                entries.put(key, entry.getValue().asText());
            }
        }
        return entries;
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** The variable of the environment that a setting may stand in. */
    static String variable(String name) {
        return "LISTLENS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The value of a setting, from the environment or the file; {@code null} when neither has it. */
    @Nullable
    Value find(String name) {
        String variable = variable(name);
        String value = environment.get(variable);
        if (value != null && !value.isEmpty()) {
            return new Value(value, variable);
        }
        value = entries.get(name);
        return value == null ? null : new Value(value, String.valueOf(file));
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String name = name(option);
        Value value = FLAGS_ONLY.contains(name) ? null : find(name);
        return value == null ? null : value.value();
    }

    /** The long name of an option, without dashes. */
    static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** Whether an option can be set by environment and file. */
    static boolean configurable(OptionSpec option) {
        return !FLAGS_ONLY.contains(name(option));
    }
}
