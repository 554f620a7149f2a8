package org.listlens.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/** One node of OpenSearch 2.19 on loopback, with those modules of a whole installation that Listlens can make use of. */
public final class OpenSearch2 extends Node {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
            Netty4Plugin.class,
            MapperExtrasPlugin.class,
            ReindexPlugin.class,
            CommonAnalysisPlugin.class,
            PainlessPlugin.class);

    private OpenSearch2(Path folder) {
        super(
                InternalSettingsPreparer.prepareEnvironment(
                        Settings.builder()
                                .put("cluster.name", "listlens-opensearch-2")
                                .put("path.home", folder.toString())
                                .put("network.host", "127.0.0.1")
                                .put("http.port", "0")
                                .put("transport.port", "0")
                                .put("discovery.type", "single-node")
                                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                                .build(),
                        Map.of(),
                        folder.resolve("config"),
                        () -> "opensearch-2"),
                MODULES,
                false);
    }

    /**
     * Runs until standard input ends, as it does when whoever has started this is no more.
     *
     * @param args a folder for its data; the file {@code url} in it tells where the node answers, once it does
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder.resolve("config"));
        try (OpenSearch2 node = new OpenSearch2(folder)) {
            node.start();
            TransportAddress address = node.injector()
                    .getInstance(HttpServerTransport.class)
                    .boundAddress()
                    .publishAddress();
            tell(folder, "http://127.0.0.1:" + address.getPort());
            while (System.in.read() >= 0) {
                // Nothing is said there.
            }
        }
    }

    private static void tell(Path folder, String url) throws IOException {
        Path written = Files.writeString(folder.resolve("url.new"), url, StandardCharsets.US_ASCII);
        Files.move(written, folder.resolve("url"), StandardCopyOption.ATOMIC_MOVE);
    }
}
