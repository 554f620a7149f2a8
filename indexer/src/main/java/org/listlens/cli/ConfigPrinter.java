package org.listlens.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Prints the options of a command as the YAML that a configuration file takes, each with the place that its value comes
 * from as a comment. Secrets are masked.
 */
final class ConfigPrinter {
    private static final String MASK = "\"********\"";

    private final Configuration configuration;

    ConfigPrinter(Configuration configuration) {
        this.configuration = configuration;
    }

    void print(ParseResult command, PrintStream out) {
        Map<String, String> lines = new TreeMap<>();
        for (OptionSpec option : command.commandSpec().options()) {
            if (Configuration.configurable(option)) {
                String name = Configuration.name(option);
                Object value = option.getValue();
                boolean flag = command.hasMatchedOption(option);
                Configuration.Value configured = configuration.find(name);
                String place = flag ? "command line" : configured == null ? "default" : configured.place();
                lines.put(
                        name,
                        value == null
                                ? "# " + name + ":  # not set"
                                : name + ": " + (isSecret(name, value) ? MASK : yaml(value)) + "  # " + place);
            }
        }
        for (String secret : Configuration.SECRETS) {
            Configuration.Value value = configuration.find(secret);
            if (value != null) {
                lines.put(secret, secret + ": " + MASK + "  # " + value.place());
            }
        }
        lines.values().forEach(out::println);
    }

    /** The name of a file that holds a secret is none. Whoever knows the URL of a webhook can post there. */
    private static boolean isSecret(String name, Object value) {
        return name.equals("webhook")
                || (name.equals("pseudonymize") && !value.toString().startsWith("@"));
    }

    private static String yaml(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String text = value instanceof Enum<?> constant
                ? constant.name().toLowerCase(java.util.Locale.ROOT)
                : value.toString();
        return '"' + withoutPasswords(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A password may stand in each of the addresses, with a scheme before or without. */
    private static String withoutPasswords(String text) {
        StringJoiner addresses = new StringJoiner(",");
        for (String address : text.split(",", -1)) {
            int scheme = address.indexOf("://");
            int colon = address.indexOf(':', scheme < 0 ? 0 : scheme + 3);
            int at = address.lastIndexOf('@');
            addresses.add(
                    colon > 0 && colon < at
                            ? address.substring(0, colon + 1) + "********" + address.substring(at)
                            : address);
        }
        return addresses.toString();
    }
}
