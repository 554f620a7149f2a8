package org.listlens.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.transport.TransportAddress;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.index.mapper.MapperExtrasPlugin;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.reindex.ReindexPlugin;
import org.elasticsearch.transport.Netty4Plugin;

/**
 * One node of Elasticsearch 7.17 on loopback, with those modules of a whole installation that Maven Central has. It has no
 * Painless, so it cannot be asked anything that has a script.
 */
public final class Elasticsearch7 extends Node {
    private static final List<Class<? extends Plugin>> MODULES =
            List.of(Netty4Plugin.class, MapperExtrasPlugin.class, ReindexPlugin.class, PatternReplace.class);

    private Elasticsearch7(Path folder) {
        super(
                InternalSettingsPreparer.prepareEnvironment(
                        Settings.builder()
                                .put("cluster.name", "listlens-elasticsearch-7")
                                .put("path.home", folder.toString())
                                .put("network.host", "127.0.0.1")
                                .put("http.port", "0")
                                .put("transport.port", "0")
                                .put("discovery.type", "single-node")
                                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                                .build(),
                        Map.of(),
                        folder.resolve("config"),
                        () -> "elasticsearch-7"),
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
        try (Elasticsearch7 node = new Elasticsearch7(folder)) {
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
