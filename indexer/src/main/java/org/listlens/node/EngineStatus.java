package org.listlens.node;

import java.util.OptionalLong;

/** What the engine of a data folder is doing. */
public sealed interface EngineStatus {
    /** It answers. Whether its shards have recovered is only known after {@link LocalEngine#start}. */
    record Running(RunningEngine engine) implements EngineStatus {}

    /**
     * A process holds the folder and does not answer: it is starting or stopping, or it hangs.
     *
     * @param pid the process, if it has said
     */
    record Silent(OptionalLong pid) implements EngineStatus {}

    /** There is none. */
    record Stopped() implements EngineStatus {}
}
