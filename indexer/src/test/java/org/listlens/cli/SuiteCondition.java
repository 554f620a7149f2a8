package org.listlens.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.testcontainers.DockerClientFactory;

/** Whether an engine is wanted and can be had here, and if not, why not. */
final class SuiteCondition implements ExecutionCondition {
    private static final String USUAL = "embedded,opensearch-2,elasticsearch-7,cluster";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), SuiteEngine.class)
                .map(engine -> evaluate(engine.name()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("not a suite"));
    }

    private static ConditionEvaluationResult evaluate(String name) {
        List<String> wanted =
                List.of(System.getProperty("listlens.engines", USUAL).split(",", -1));
        if (!wanted.contains(name) && !wanted.contains("all")) {
            return ConditionEvaluationResult.disabled("only with -Dlistlens.engines=" + name + ", or all");
        }
        String missing = missing(name);
        return missing == null ? ConditionEvaluationResult.enabled(name) : ConditionEvaluationResult.disabled(missing);
    }

    private static @Nullable String missing(String name) {
        return switch (name) {
            case "opensearch-2", "elasticsearch-7" ->
                OldEngine.isBuilt(name) ? null : "'mvn package -pl engines/" + name + "' has not gathered its jars";
            case "containers" -> DockerClientFactory.instance().isDockerAvailable() ? null : "there is no Docker here";
            case "cluster" -> {
                String url = System.getenv("LISTLENS_TEST_URL");
                yield url != null && !url.isBlank() ? null : "LISTLENS_TEST_URL gives no cluster to test on";
            }
            default -> null;
        };
    }
}
