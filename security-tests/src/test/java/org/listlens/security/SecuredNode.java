package org.listlens.security;

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
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;

/**
 * A node with the Security plugin and TLS on loopback, in a process of its own. Only the Security plugin brings an HTTP
 * transport.
 */
public final class SecuredNode extends Node {
    private static final String SECURITY = "org.opensearch.security.OpenSearchSecurityPlugin";

    private SecuredNode(Settings settings, Path config) throws ReflectiveOperationException {
        super(
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> "secured"),
                List.of(
                        module(Class.forName("org.opensearch.transport.Netty4ModulePlugin")
                                .asSubclass(Plugin.class)),
                        module(MapperExtrasModulePlugin.class),
                        module(ReindexModulePlugin.class),
                        module(CommonAnalysisModulePlugin.class),
                        module(PainlessModulePlugin.class),
                        module(Class.forName(SECURITY).asSubclass(Plugin.class))),
                false);
    }

    /**
     * Runs until it is killed.
     *
     * @param args folder and HTTP port; {@code config} in the folder has {@code opensearch.yml} and what that names, and the
     *     plugin's files, in them {@code HASH} for the hash of the administrator's password, which is in the environment as
     *     {@code ADMIN_PASSWORD}
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path config = folder.resolve("config");
        Path users = config.resolve("opensearch-security").resolve("internal_users.yml");
        String known = Files.readString(users);
        if (known.contains("HASH")) {
            Files.writeString(users, known.replace("HASH", hash(System.getenv("ADMIN_PASSWORD"))));
        }
        Settings settings = Settings.builder()
                .put("node.name", "secured")
                .put("path.home", folder.toString())
                .put("path.data", folder.resolve("data").toString())
                .put("path.logs", folder.resolve("logs").toString())
                .put("network.host", "127.0.0.1")
                .put("http.port", args[1])
                .put("transport.port", "0")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        SecuredNode node = new SecuredNode(settings, config);
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

    /** By the library that the plugin hashes with, which is in its zip alone. */
    private static String hash(String password) throws ReflectiveOperationException {
        Object builder = Class.forName("com.password4j.Password")
                .getMethod("hash", CharSequence.class)
                .invoke(null, password);
        Object hash = builder.getClass().getMethod("withBcrypt").invoke(builder);
        return (String) hash.getClass().getMethod("getResult").invoke(hash);
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
