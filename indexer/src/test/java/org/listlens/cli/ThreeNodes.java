package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of three nodes on loopback, each a process of its own. */
final class ThreeNodes implements AutoCloseable {
    private static final List<String> NAMES = List.of("one", "two", "three");

    private final Path folder;
    private final int[] http = new int[3];
    private final int[] transport = new int[3];
    private final Process[] processes = new Process[3];

    ThreeNodes(Path folder) throws Exception {
        this.folder = folder;
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            (i < 3 ? http : transport)[i % 3] = socket.getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        for (int i = 0; i < 3; i++) {
            start(i);
        }
        awaitNodes(0, 3);
    }

    /** The address of a node. */
    String url(int node) {
        return "http://127.0.0.1:" + http[node];
    }

    /** The addresses of all nodes. */
    String urls() {
        return url(0) + ',' + url(1) + ',' + url(2);
    }

    void start(int node) throws IOException {
        Path root = Path.of(System.getProperty("listlens.root"));
        Path target = root.resolve("embedded").resolve("target");
        Path home = Files.createDirectories(folder.resolve(NAMES.get(node)));
        processes[node] = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dio.netty.noUnsafe=true",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                target.resolve("test-classes").toString(),
                                target.resolve("classes").toString(),
                                target.resolve("lib").resolve("*").toString()),
                        "org.listlens.embedded.ClusterNode",
                        home.toString(),
                        NAMES.get(node),
                        "" + http[node],
                        "" + transport[node],
                        transport[0] + "," + transport[1] + ',' + transport[2])
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("console.log").toFile())
                .start();
    }

    /** SIGKILL. */
    void kill(int node) throws InterruptedException {
        processes[node].destroyForcibly();
        assertThat(processes[node].waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** The node that is the cluster manager. */
    int manager(int asked) throws IOException, InterruptedException {
        return NAMES.indexOf(new TestEngine(url(asked))
                .get("/_cat/cluster_manager?format=json")
                .at("/0/node")
                .asText());
    }

    /** Waits until there are so many nodes in the view of one. */
    void awaitNodes(int asked, int count) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (true) {
            try {
                if (new TestEngine(url(asked))
                                .get("/_cluster/health")
                                .path("number_of_nodes")
                                .asInt()
                        == count) {
                    return;
                }
            } catch (IOException | AssertionError e) {
                assertThat(processes[asked].isAlive()).as("node " + asked).isTrue();
            }
            assertThat(System.nanoTime()).as("nodes in time").isLessThan(end);
            Thread.sleep(300);
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.destroyForcibly();
        }
    }
}
