package org.listlens.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.ingest.common.IngestCommonModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** One of three nodes on loopback, in a process of its own, for tests of clusters. */
public final class ClusterNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
            Netty4ModulePlugin.class,
            MapperExtrasModulePlugin.class,
            ReindexModulePlugin.class,
            CommonAnalysisModulePlugin.class,
            PainlessModulePlugin.class,
            IngestCommonModulePlugin.class);

    private ClusterNode(Settings settings, Path folder, String name) {
        super(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), folder.resolve("config"), () -> name),
                MODULES.stream().map(ClusterNode::module).toList(),
                false);
    }

    /**
     * Runs until it is killed.
     *
     * @param args folder, name, HTTP port, transport port, and the transport ports of all three nodes
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder.resolve("config"));
        String[] ports = args[4].split(",", -1);
        Settings settings = Settings.builder()
                .put("cluster.name", "listlens-three")
                .put("node.name", args[1])
                .put("path.home", folder.toString())
                .put("path.data", folder.resolve("data").toString())
                .put("path.logs", folder.resolve("logs").toString())
                .put("network.host", "127.0.0.1")
                .put("http.port", args[2])
                .put("transport.port", args[3])
                .putList(
                        "discovery.seed_hosts",
                        List.of("127.0.0.1:" + ports[0], "127.0.0.1:" + ports[1], "127.0.0.1:" + ports[2]))
                .putList("cluster.initial_cluster_manager_nodes", List.of("one", "two", "three"))
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        ClusterNode node = new ClusterNode(settings, folder, args[1]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (IOException e) {
                System.err.println(e);
            }
        }));
        node.start();
        Thread.currentThread().join();
    }

    private static PluginInfo module(Class<? extends Plugin> type) {
        return new PluginInfo(
                type.getName(),
                "module",
                Version.CURRENT.toString(),
                Version.CURRENT,
                Integer.toString(Runtime.version().feature()),
                type.getName(),
                null,
                List.of(),
                false);
    }
}
