package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/** Evaluates monitors by the searches that the Alerting plugin would make as well. */
public final class Evaluation {
    /** Searches of one request. */
    private static final int BATCH = 100;

    private final EngineSearch search;

    public Evaluation(EngineSearch search) {
        this.search = search;
    }

    /**
     * One monitor as of one time.
     *
     * @param asOf the time: what came later does not count
     */
    public record Step(PreparedMonitor monitor, Instant asOf) {}

    /** Takes what fires at a step; the list is empty when nothing does. */
    @FunctionalInterface
    public interface Taker {
        void take(Step step, List<Firing> firings);
    }

    /** What fires as of a time, in the order of the monitors. */
    public List<Firing> at(List<PreparedMonitor> monitors, Instant asOf) throws EngineException, InterruptedException {
        List<Firing> all = new ArrayList<>();
        List<Step> steps =
                monitors.stream().map(monitor -> new Step(monitor, asOf)).toList();
        evaluate(steps, (step, firings) -> all.addAll(firings));
        return all;
    }

    /** Evaluates steps by as few requests as may be, and hands out what fires in their order. */
    void evaluate(List<Step> steps, Taker taker) throws EngineException, InterruptedException {
        for (int start = 0; start < steps.size(); start += BATCH) {
            List<Step> batch = steps.subList(start, Math.min(steps.size(), start + BATCH));
            List<EngineSearch.Asked> searches = new ArrayList<>(batch.size());
            for (Step step : batch) {
                searches.add(new EngineSearch.Asked(
                        step.monitor().definition().kind(), step.monitor().query(step.asOf())));
            }
            List<JsonNode> answers = search.searchAll(searches);
            for (int i = 0; i < batch.size(); i++) {
                taker.take(batch.get(i), batch.get(i).monitor().firings(answers.get(i)));
            }
        }
    }
}
