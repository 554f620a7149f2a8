package org.listlens.cli;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
@Command(name = "install", mixinStandardHelpOptions = true)
final class AlertsInstallCommand implements Callable<Integer> {
    @Override
    public Integer call() { return 0; }
}
