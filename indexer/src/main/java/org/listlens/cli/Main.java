package org.listlens.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.dashboards.DashboardsException;
import org.listlens.engine.EngineException;
import org.listlens.node.LocalEngineException;
import org.listlens.source.SourceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's entry: the command with its subcommands, and how errors are told. */
@Command(
        name = "listlens",
        description = "Maps mail archives into OpenSearch or Elasticsearch: headers, every hop and its time stamps,"
                + " participants, threads and quote depth.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    done",
            "  2    wrong command line, or a source that is not there or holds no mail",
            "  3    done, but some entries were rejected, are missing or could not be compared",
            "  4    the engine cannot be reached, refuses or cannot be started",
            "  78   wrong configuration, or no JDK to run on",
            "  130  interrupted; what was read until then is indexed",
        })
public final class Main implements Runnable {
    private final Configuration configuration;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Read options from this YAML file instead of ~/.config/listlens/config.yaml.")
    @SuppressWarnings("UnusedVariable") // Read before the command line is parsed: it gives the options their defaults.
    private @Nullable String config;

    @Option(
            names = "--print-config",
            scope = ScopeType.INHERIT,
            description = "Print every option's value and where it comes from, and do nothing.")
    private boolean printConfig;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces and the libraries' log.")
    private boolean debug;

    private Main(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Runs the command line and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.getenv()));
    }

    /** Runs the command line and returns its exit code. */
    static int run(List<String> args, Map<String, String> environment) {
        boolean debug = args.contains("--debug");
        Logging.configure(debug);
        // Or picocli looks for Groovy, which opens every jar.
        System.setProperty("picocli.disable.closures", "true");
        Configuration configuration;
        try {
            configuration = Configuration.load(args, environment, () -> {
                CommandLine line = new CommandLine(new Main(Configuration.none(environment)));
                Commands.addAll(line);
                return options(line);
            });
        } catch (ConfigurationException e) {
            return report(e, new PrintWriter(System.err, true, Charset.defaultCharset()), debug);
        }
        Main main = new Main(configuration);
        CommandLine line = new CommandLine(main);
        // Before the settings, which go down to the subcommands that are there.
        Commands.addAsked(line, args);
        line.setDefaultValueProvider(configuration);
        line.setExecutionStrategy(main::execute);
        line.setParameterExceptionHandler((e, arguments) -> main.usage(e));
        line.setExecutionExceptionHandler((e, command, result) -> report(e, command.getErr(), main.debug));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // A value such as @FILE is the option's to read.
        line.setExpandAtFiles(false);
        try {
            return line.execute(args.toArray(String[]::new));
        } catch (OutOfMemoryError e) {
            return report(new IllegalStateException(e), line.getErr(), main.debug);
        }
    }

    /** The configuration of this process, for settings that have no flag. */
    Configuration configuration() {
        return configuration;
    }

    /** The root command of any command's specification. */
    static Main of(CommandSpec spec) {
        return (Main) spec.root().userObject();
    }

    private int execute(ParseResult result) {
        ParseResult command = result;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        if (printConfig) {
            new ConfigPrinter(configuration).print(command, System.out);
            return ExitCode.OK;
        }
        return new CommandLine.RunLast().execute(result);
    }

    /** Without a subcommand there is nothing to do but to say what there is. */
    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }

    private int usage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String message = String.valueOf(e.getMessage());
        String secret = e instanceof UnmatchedArgumentException unknown ? secret(unknown.getUnmatched()) : null;
        if (secret != null) {
            message = "There is no option --" + secret + ", because the list of processes shows options: give it in "
                    + Configuration.variable(secret) + " or in the configuration file";
        } else if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            message = (command.getSubcommands().isEmpty() ? "Superfluous argument: '" : "Unknown command: '")
                    + unmatched.getUnmatched().getFirst() + "'";
        }
        String given = e.getValue();
        if (given != null && given.indexOf('@') >= 0) {
            // What cannot be understood may be a URL with a password.
            message = message.replace(given, "…" + given.substring(given.lastIndexOf('@')));
        }
        Configuration.Value configured = null;
        if (e.getArgSpec() instanceof OptionSpec option) {
            Configuration.Value value = configuration.find(Configuration.name(option));
            configured = value != null && value.value().equals(e.getValue()) ? value : null;
        }
        command.getErr()
                .println("listlens: " + sentence(message)
                        + (configured == null
                                ? " See \"" + command.getCommandSpec().qualifiedName() + " --help\"."
                                : " It comes from " + configured.place() + "."));
        return configured == null ? ExitCode.USAGE : ExitCode.CONFIGURATION;
    }

    /** The secret that somebody has tried to give as an option; {@code null} when it is none. */
    private static @Nullable String secret(List<String> unmatched) {
        for (String argument : unmatched) {
            String name = argument.replaceFirst("^-+", "").replaceFirst("=.*", "");
            if (argument.startsWith("-") && Configuration.SECRETS.contains(name)) {
                return name;
            }
        }
        return null;
    }

    /** Tells an exception in one sentence, and returns the exit code that belongs to it. */
    static int report(Exception e, PrintWriter err, boolean debug) {
        int code = switch (e) {
            case SourceException source -> ExitCode.USAGE;
            case UsageException usage -> ExitCode.USAGE;
            case EngineException engine -> ExitCode.ENGINE;
            case LocalEngineException engine -> ExitCode.ENGINE;
            case DashboardsException dashboards -> ExitCode.ENGINE;
            case ConfigurationException configuration -> ExitCode.CONFIGURATION;
            default -> ExitCode.INTERNAL;
        };
        String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        err.println("listlens: "
                + (isOutOfMemory(e)
                        ? "The memory of " + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB that Java may take is too small for this: give it more, such as"
                                + " LISTLENS_JAVA_OPTS=-Xmx2g in the environment, then run this again."
                        : code == ExitCode.INTERNAL
                                ? "Something went wrong that Listlens did not expect ("
                                        + TerminalText.line(Secrets.masked(message), 1_000)
                                        + "): run it again with --debug and report what it prints."
                                : sentence(message)));
        if (debug) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            // Messages of libraries may have anything in them.
            trace.toString()
                    .lines()
                    .forEach(line -> err.println(
                            (line.startsWith("\t") ? "\t" : "") + TerminalText.line(Secrets.masked(line), 2_000)));
        }
        err.flush();
        return code;
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < 10; i++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String sentence(String message) {
        String line = TerminalText.line(Secrets.masked(message), 2_000);
        return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
    }

    private static Set<String> options(CommandLine line) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : line.getCommandSpec().options()) {
            names.add(Configuration.name(option));
        }
        for (CommandLine subcommand : line.getSubcommands().values()) {
            names.addAll(options(subcommand));
        }
        return names;
    }
}
