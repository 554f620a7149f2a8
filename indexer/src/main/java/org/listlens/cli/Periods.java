package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.dashboards.Period;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineResponse;
import org.listlens.engine.RequestBody;

/** Over what time an engine has mails. */
final class Periods {
    private static final String QUESTION = """
            {"size": 0, "aggs": {"oldest": {"min": {"field": "@timestamp"}}, "newest": {"max": {"field": "@timestamp"}}}}
            """;

    private Periods() {}

    /** The period; {@code null} when the engine has no mails. */
    static @Nullable Period of(EngineClient client) throws EngineException, InterruptedException {
        EngineResponse response = client.request(
                "POST",
                "/" + client.index(DocumentKind.DELIVERY.alias()) + "/_search",
                Map.of("ignore_unavailable", "true"),
                RequestBody.json(QUESTION));
        try {
            JsonNode aggregations = response.json().path("aggregations");
            JsonNode oldest = aggregations.path("oldest").path("value");
            JsonNode newest = aggregations.path("newest").path("value");
            if (!response.ok() || !oldest.isNumber() || !newest.isNumber()) {
                return null;
            }
            return Period.of(
                    Instant.ofEpochMilli(oldest.asLong()), Instant.ofEpochMilli(newest.asLong()), Instant.now());
        } catch (IOException e) {
            // The dashboards can do without.
            return null;
        }
    }
}
