package org.listlens.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What every Java process can tell of itself, by the names that Prometheus' own client library gives it. */
public final class JvmMetrics {
    private JvmMetrics() {}

    /** Writes them. */
    public static void write(MetricsText text) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        text.metric("jvm_memory_used_bytes", MetricType.GAUGE, "Memory in use.").sample("area", "heap", heap.getUsed());
        text.metric("jvm_memory_max_bytes", MetricType.GAUGE, "The most memory that may be in use.")
                .sample("area", "heap", heap.getMax());
        text.metric("jvm_gc_collection_seconds", MetricType.SUMMARY, "Collections of garbage and the time they took.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            text.sample("_count", "gc", collector.getName(), (double) Math.max(0, collector.getCollectionCount()));
            text.sample("_sum", "gc", collector.getName(), Math.max(0, collector.getCollectionTime()) / 1e3);
        }
        text.metric("jvm_threads_current", MetricType.GAUGE, "Threads.")
                .sample(ManagementFactory.getThreadMXBean().getThreadCount());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            text.metric("process_cpu_seconds_total", MetricType.COUNTER, "Time that processors spent on the process.")
                    .sample(Math.max(0, system.getProcessCpuTime()) / 1e9);
        }
        text.metric("process_start_time_seconds", MetricType.GAUGE, "When the process began, in seconds since 1970.")
                .sample(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    }
}
