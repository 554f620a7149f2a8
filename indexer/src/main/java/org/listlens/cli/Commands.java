package org.listlens.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The subcommands. The model of their options is made by reflection, which for all of them together takes longer than
 * most commands do; so it is made of those alone that the arguments name.
 */
final class Commands {
    /** In the order of the help. */
    static final List<String> NAMES = List.of(
            "demo",
            "index",
            "verify",
            "status",
            "inspect",
            "thread",
            "report",
            "alerts",
            "test",
            "setup",
            "engine",
            "generate");

    private Commands() {}

    /** Adds every subcommand with all its options. */
    static void addAll(CommandLine line) {
        for (String name : NAMES) {
            line.addSubcommand(name, type(name));
        }
    }

    /**
     * Adds what these arguments can need: the subcommand that they begin with and no other, or if they begin otherwise,
     * every subcommand for the help to list, those with their options whose names occur.
     */
    static void addAsked(CommandLine line, List<String> args) {
        if (!args.isEmpty() && NAMES.contains(args.getFirst())) {
            line.addSubcommand(args.getFirst(), type(args.getFirst()));
            return;
        }
        for (String name : NAMES) {
            line.addSubcommand(name, args.contains(name) ? type(name) : listed(type(name)));
        }
    }

    /** What the list of subcommands shows of one. */
    private static CommandSpec listed(Class<?> type) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(type.getAnnotation(Command.class).description());
        return spec;
    }

    /** A switch, because a map would load every class. */
    private static Class<?> type(String name) {
        return switch (name) {
            case "demo" -> DemoCommand.class;
            case "index" -> IndexCommand.class;
            case "verify" -> VerifyCommand.class;
            case "status" -> StatusCommand.class;
            case "inspect" -> InspectCommand.class;
            case "thread" -> ThreadCommand.class;
            case "report" -> ReportCommand.class;
            case "alerts" -> AlertsCommand.class;
            case "test" -> TestCommand.class;
            case "setup" -> SetupCommand.class;
            case "engine" -> EngineCommand.class;
            case "generate" -> GenerateCommand.class;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
