package org.listlens.cli;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
@Command(name = "list", mixinStandardHelpOptions = true)
final class AlertsListCommand implements Callable<Integer> {
    @Override
    public Integer call() { return 0; }
}
