package org.listlens.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux counts of processes (proc(5)). */
final class Proc {
    /** Clock ticks in a second ({@code sysconf(_SC_CLK_TCK)}), which is 100 on all of Linux' usual machines. */
    private static final double TICKS = 100;

    private Proc() {}

    /** Seconds of processor time that a process has taken so far. */
    static double cpuSeconds(long pid) throws IOException {
        String[] fields = stat(Long.toString(pid));
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /** Seconds of processor time of all processes that this one has started and that have ended. */
    static double cpuSecondsOfChildren() throws IOException {
        String[] fields = stat("self");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
    }

    /** The largest resident set of a process so far, in octets; 0 when it is gone. */
    static long peakRss(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.substring(6, line.length() - 2).strip()) << 10;
                }
            }
        } catch (IOException e) {
            // The process has ended, maybe while its file was read.
            return 0;
        }
        return 0;
    }

    /** The fields behind the command's name, from {@code state} on. */
    private static String[] stat(String process) throws IOException {
        String line = Files.readString(Path.of("/proc", process, "stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }
}
