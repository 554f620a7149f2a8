package org.listlens.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor fires on at one time.
 *
 * @param monitor the monitor
 * @param subject what is in trouble, such as a list's id
 * @param values what was measured of it, by name, in the order of the monitor; numbers and texts
 * @param since when the trouble began; {@code null} when that is not known
 */
public record Firing(
        PreparedMonitor monitor,
        String subject,
        Map<String, JsonNode> values,
        @Nullable Instant since) {}
