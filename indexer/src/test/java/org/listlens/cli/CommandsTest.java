package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

class CommandsTest {
    @Command(name = "root")
    private static final class Root {}

    private static CommandLine asked(String... args) {
        CommandLine line = new CommandLine(new Root());
        Commands.addAsked(line, List.of(args));
        return line;
    }

    private static List<String> withOptions(CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getValue().getCommandSpec().options().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void onlyTheCommandThatIsAskedForIsMade() {
        assertThat(asked("inspect", "index", "--help").getSubcommands()).containsOnlyKeys("inspect");
        assertThat(asked("alerts", "check").getSubcommands())
                .hasEntrySatisfying(
                        "alerts", alerts -> assertThat(alerts.getSubcommands()).containsKeys("check", "list"));
    }

    @Test
    void whereTheHelpMayBeWantedEveryCommandIsListedButOnlyThoseNamedAreMade() {
        assertThat(withOptions(asked("--help"))).isEmpty();
        assertThat(withOptions(asked())).isEmpty();
        assertThat(withOptions(asked("--config", "verify", "index", "x"))).containsExactly("index", "verify");
        assertThat(asked("--help").getSubcommands().keySet()).containsExactlyElementsOf(Commands.NAMES);
    }

    @Test
    void aCommandIsListedAsItTellsOfItself() {
        CommandLine all = new CommandLine(new Root());
        Commands.addAll(all);
        assertThat(all.getSubcommands().keySet()).containsExactlyElementsOf(Commands.NAMES);
        assertThat(all.getSubcommands()).allSatisfy((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            assertThat(spec.name()).isEqualTo(name);
            assertThat(spec.options()).isNotEmpty();
        });
        assertThat(asked("--help").getUsageMessage()).isEqualTo(all.getUsageMessage());
    }
}
