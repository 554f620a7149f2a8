package org.listlens.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Dashboards' query language as the dashboards use: comparisons joined by {@code and}.
 *
 * @param comparisons all of which must hold
 */
record Kql(List<Comparison> comparisons) {
    private static final Pattern COMPARISON = Pattern.compile("(not )?([a-z_.]+) (:|<|>|<=|>=) (\\S+)");

    record Comparison(boolean not, String field, String operator, String value) {
        private ObjectNode query() {
            ObjectNode query = JsonNodeFactory.instance.objectNode();
            switch (operator) {
                case ":" -> {
                    if (value.equals("*")) {
                        query.putObject("exists").put("field", field);
                    } else {
                        query.putObject("match").put(field, value);
                    }
                }
                case "<" -> query.putObject("range").putObject(field).put("lt", value);
                case ">" -> query.putObject("range").putObject(field).put("gt", value);
                case "<=" -> query.putObject("range").putObject(field).put("lte", value);
                default -> query.putObject("range").putObject(field).put("gte", value);
            }
            return query;
        }
    }

    static Kql parse(String text) {
        List<Comparison> comparisons = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String part : text.split(" and ", -1)) {
                Matcher matcher = COMPARISON.matcher(part);
                if (!matcher.matches()) {
                    throw new AssertionError("\"" + part + "\" is more than this test understands");
                }
                comparisons.add(
                        new Comparison(matcher.group(1) != null, matcher.group(2), matcher.group(3), matcher.group(4)));
            }
        }
        return new Kql(comparisons);
    }

    JsonNode query() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool");
        ArrayNode filter = bool.putArray("filter");
        ArrayNode mustNot = bool.putArray("must_not");
        comparisons.forEach(comparison -> (comparison.not() ? mustNot : filter).add(comparison.query()));
        return query;
    }
}
