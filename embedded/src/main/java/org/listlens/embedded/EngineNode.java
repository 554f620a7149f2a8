package org.listlens.embedded;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.ingest.common.IngestCommonModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;
import org.opensearch.transport.TransportService;

/** One OpenSearch node on loopback with the modules that the index templates, dashboards and alerts use. */
final class EngineNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
            Netty4ModulePlugin.class,
            MapperExtrasModulePlugin.class,
            ReindexModulePlugin.class,
            CommonAnalysisModulePlugin.class,
            PainlessModulePlugin.class,
            IngestCommonModulePlugin.class,
            GuardPlugin.class);

    /**
     * @param id what this start is called; commands ask for it to know that the engine they reached is the one they
     *     mean
     * @param idleMillis how long the node goes on without a request; 0 is for ever
     */
    EngineNode(EngineFolder folder, String id, long idleMillis) {
        super(
                InternalSettingsPreparer.prepareEnvironment(
                        settings(folder, id, idleMillis),
                        Map.of(),
                        folder.path().resolve("config"),
                        () -> "listlens"),
                MODULES.stream().map(EngineNode::module).toList(),
                false);
    }

    private static Settings settings(EngineFolder folder, String id, long idleMillis) {
        // A range of ports: the one of last time, else one of the operating system's choice.
        String ports = folder.lastPort().isPresent() ? folder.lastPort().getAsInt() + ",0" : "0";
        return Settings.builder()
                .put("cluster.name", "listlens")
                .put("node.name", "listlens")
                .put("node.attr.start", id)
                .put("path.home", folder.path().toString())
                .put("path.data", folder.data().toString())
                .put("path.logs", folder.logs().toString())
                .put("network.host", "127.0.0.1")
                .put("http.port", ports)
                .put("transport.port", "0")
                .put("discovery.type", "single-node")
                // Percentages of a large disk would stop the engine while there is space for years of mail.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put(GuardPlugin.IDLE_TIMEOUT.getKey(), idleMillis + "ms")
                .build();
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

    InetSocketAddress httpAddress() {
        TransportAddress address =
                injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress();
        return address.address();
    }

    /** Whether nobody has asked for the idle timeout and nothing that was asked for is still under way. */
    boolean isIdle() {
        return getPluginsService().filterPlugins(GuardPlugin.class).get(0).isIdle()
                && injector()
                        .getInstance(TransportService.class)
                        .getTaskManager()
                        .getTasks()
                        .isEmpty();
    }
}
