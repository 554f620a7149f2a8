package org.listlens.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/** A node on loopback, in a process of its own, that loads what lies in the folder {@code plugins} of its home. */
public final class PluginNode extends Node {
    /** By name, because their jars are on the class path of the node alone. */
    private static final List<String> MODULES = List.of(
            "org.opensearch.transport.Netty4ModulePlugin",
            "org.opensearch.index.mapper.MapperExtrasModulePlugin",
            "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
            "org.opensearch.painless.PainlessModulePlugin",
            "org.opensearch.ingest.common.IngestCommonModulePlugin");

    private PluginNode(Settings settings, Path home) {
        super(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> "plugin"),
                MODULES.stream().map(PluginNode::module).toList(),
                false);
    }

    /** Takes the home; prints the address of HTTP and runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Settings settings = Settings.builder()
                .put("cluster.name", "listlens-plugin")
                .put("path.home", home.toString())
                .put("network.host", "127.0.0.1")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("discovery.type", "single-node")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        try (PluginNode node = new PluginNode(settings, home)) {
            node.start();
            System.out.println("http "
                    + node.injector()
                            .getInstance(HttpServerTransport.class)
                            .boundAddress()
                            .publishAddress());
            while (System.in.read() >= 0) {
                // Whoever started it holds its input open.
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private static PluginInfo module(String type) {
        return new PluginInfo(
                type,
                "module",
                Version.CURRENT.toString(),
                Version.CURRENT,
                Integer.toString(Runtime.version().feature()),
                type,
                null,
                List.of(),
                false);
    }
}
