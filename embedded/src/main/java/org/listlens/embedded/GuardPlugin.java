package org.listlens.embedded;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.IndexScopedSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.settings.SettingsFilter;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestChannel;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.rest.RestHeaderDefinition;
import org.opensearch.rest.RestRequest;
import org.opensearch.transport.client.node.NodeClient;

/**
 * Stands before every HTTP request: notes when the last one came, and refuses those that a web page of a foreign origin
 * makes the user's browser send. The engine has no users and passwords, and a page whose host name is pointed at
 * 127.0.0.1 (DNS rebinding) could read the archive otherwise.
 */
public final class GuardPlugin extends Plugin implements ActionPlugin {
    /** How long the engine goes on without a request; 0 is for ever. Can be changed while it runs. */
    static final Setting<TimeValue> IDLE_TIMEOUT = Setting.timeSetting(
            "listlens.idle_timeout",
            TimeValue.ZERO,
            TimeValue.ZERO,
            Setting.Property.NodeScope,
            Setting.Property.Dynamic);

    private volatile long lastRequest = System.nanoTime();
    private volatile long idleTimeoutNanos;

    public GuardPlugin(Settings settings) {
        this.idleTimeoutNanos = IDLE_TIMEOUT.get(settings).nanos();
    }

    @Override
    public List<Setting<?>> getSettings() {
        return List.of(IDLE_TIMEOUT);
    }

    @Override
    public List<RestHandler> getRestHandlers(
            Settings settings,
            RestController restController,
            ClusterSettings clusterSettings,
            IndexScopedSettings indexScopedSettings,
            SettingsFilter settingsFilter,
            IndexNameExpressionResolver indexNameExpressionResolver,
            Supplier<DiscoveryNodes> nodesInCluster) {
        clusterSettings.addSettingsUpdateConsumer(IDLE_TIMEOUT, timeout -> idleTimeoutNanos = timeout.nanos());
        return List.of();
    }

    @Override
    public UnaryOperator<RestHandler> getRestHandlerWrapper(
            ThreadContext threadContext, Set<RestHeaderDefinition> headersToCopy) {
        return Guarded::new;
    }

    /** Whether the idle timeout has passed since the last request. */
    boolean isIdle() {
        long timeout = idleTimeoutNanos;
        return timeout > 0 && System.nanoTime() - lastRequest > timeout;
    }

    /** Whether a Host header, or an Origin without its scheme, names this machine from within. */
    static boolean isLocal(@Nullable String hostAndPort) {
        if (hostAndPort == null) {
            return true;
        }
        String host = hostAndPort.strip().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.equals("[::1]") || host.startsWith("[::1]:");
        }
        int colon = host.indexOf(':');
        if (colon >= 0) {
            host = host.substring(0, colon);
        }
        return switch (host) {
            // The names under which a container reaches the machine that it runs on.
            case "localhost", "host.docker.internal", "host.containers.internal" -> true;
            default -> host.endsWith(".localhost") || isLoopbackAddress(host);
        };
    }

    private static boolean isLoopbackAddress(String host) {
        if (!host.startsWith("127.")) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLocalOrigin(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        int scheme = origin.indexOf("://");
        return scheme >= 0 && isLocal(origin.substring(scheme + 3));
    }

    private final class Guarded extends RestHandler.Wrapper {
        Guarded(RestHandler handler) {
            super(handler);
        }

        @Override
        public void handleRequest(RestRequest request, RestChannel channel, NodeClient client) throws Exception {
            if (!isLocal(request.header("Host")) || !isLocalOrigin(request.header("Origin"))) {
                channel.sendResponse(new BytesRestResponse(
                        RestStatus.FORBIDDEN,
                        "This engine answers only to names of this machine, such as localhost and 127.0.0.1.\n"));
                return;
            }
            lastRequest = System.nanoTime();
            super.handleRequest(request, channel, client);
        }
    }
}
