package org.listlens.clock;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The clocks of many hosts over time. Not thread-safe while it grows. */
public final class HostClocks {
    private final Map<String, TreeMap<Long, ClockWindow>> windows = new HashMap<>();

    /** Adds windows; one that begins with one that is there replaces it. */
    public void add(Collection<ClockWindow> added) {
        for (ClockWindow window : added) {
            windows.computeIfAbsent(window.host(), host -> new TreeMap<>()).put(window.startMs(), window);
        }
    }

    /** Whether nothing is known at all. */
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    /** What is known of a host's clock at a time; {@code null} when nothing is. */
    public @Nullable ClockWindow at(String host, long timeMs) {
        TreeMap<Long, ClockWindow> ofHost = windows.get(host);
        Map.Entry<Long, ClockWindow> entry = ofHost == null ? null : ofHost.floorEntry(timeMs);
        return entry == null || timeMs >= entry.getValue().endMs() ? null : entry.getValue();
    }
}
