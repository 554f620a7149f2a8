package org.listlens.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.listlens.alert.AlertingMonitor;
import org.listlens.alert.AlertingPlugin;
import org.listlens.alert.Monitor;
import org.listlens.alert.Thresholds;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code listlens alerts list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the monitors: what each fires on, what to do then, its parameters with their values, and whether it is"
                    + " installed in the engine.",
            ""
        })
final class AlertsListCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final MonitorOptions options = new MonitorOptions();

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Thresholds thresholds = options.thresholds();
        @Nullable Map<String, AlertingPlugin.Installed> installed = null;
        String why = "nothing is indexed yet";
        try (EngineClient client = engine.connectIfUsed()) {
            if (client != null) {
                installed = new AlertingPlugin(client, client.detect()).installed();
            }
        } catch (EngineException e) {
            // The monitors can be listed without an engine.
            why = String.valueOf(e.getMessage());
        }
        ArrayNode array = new ObjectMapper().createArrayNode();
        Page page = new Page(Page.width(System.getenv("COLUMNS")));
        for (Monitor monitor : options.monitors()) {
            Boolean there = installed == null ? null : installed.containsKey(AlertingMonitor.name(monitor));
            if (json) {
                array.add(json(monitor, thresholds, there));
            } else {
                text(page, monitor, thresholds, there);
            }
        }
        if (json) {
            System.out.println(array.toPrettyString());
        } else {
            page.print(System.out);
            if (installed == null) {
                System.err.println("Whether they are installed is not known: " + why);
            }
        }
        System.out.flush();
        return ExitCode.OK;
    }

    private static void text(Page page, Monitor monitor, Thresholds thresholds, @Nullable Boolean installed) {
        page.blank();
        page.line(monitor.name() + " (" + severity(monitor)
                + (installed == null ? "" : installed ? ", installed" : ", not installed") + ")");
        page.wrapped("  ", monitor.title() + ". " + monitor.description());
        page.wrapped("  ", monitor.action());
        for (Map.Entry<String, Monitor.Parameter> parameter :
                monitor.parameters().entrySet()) {
            page.wrapped(
                    "    ",
                    parameter.getKey() + " = "
                            + FiringText.value(
                                    thresholds.value(monitor, parameter.getKey()),
                                    parameter.getValue().unit())
                            + ": " + parameter.getValue().meaning());
        }
    }

    private static ObjectNode json(Monitor monitor, Thresholds thresholds, @Nullable Boolean installed) {
        ObjectNode object = new ObjectMapper().createObjectNode();
        object.put("name", monitor.name())
                .put("title", monitor.title())
                .put("description", monitor.description())
                .put("action", monitor.action())
                .put("severity", severity(monitor))
                .put("index", monitor.kind().alias());
        if (installed != null) {
            object.put("installed", installed);
        }
        ObjectNode parameters = object.putObject("parameters");
        monitor.parameters().forEach((name, parameter) -> {
            ObjectNode one = parameters.putObject(name);
            one.set("value", thresholds.value(monitor, name));
            one.set("default", parameter.standard());
            one.put("unit", parameter.unit().name().toLowerCase(Locale.ROOT)).put("meaning", parameter.meaning());
        });
        return object;
    }

    private static String severity(Monitor monitor) {
        return monitor.severity().name().toLowerCase(Locale.ROOT);
    }
}
