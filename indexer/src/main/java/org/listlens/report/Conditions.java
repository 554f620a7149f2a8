package org.listlens.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Conditions of queries, as they stand in the engine's language. */
final class Conditions {
    private Conditions() {}

    static ObjectNode is(String field, boolean value) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.putObject("term").put(field, value);
        return condition;
    }

    static ObjectNode is(String field, String value) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.putObject("term").put(field, value);
        return condition;
    }

    static ObjectNode has(String field) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.putObject("exists").put("field", field);
        return condition;
    }

    static ObjectNode not(ObjectNode other) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.putObject("bool").putArray("must_not").add(other);
        return condition;
    }

    static ObjectNode both(ObjectNode one, ObjectNode other) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.putObject("bool").putArray("filter").add(one).add(other);
        return condition;
    }

    static ObjectNode below(String field, long value) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.putObject("range").putObject(field).put("lt", value);
        return condition;
    }

    /**
     * Whether a number lies in a span.
     *
     * @param from inclusive
     * @param to exclusive
     */
    static ObjectNode within(String field, long from, long to) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.putObject("range").putObject(field).put("gte", from).put("lt", to);
        return condition;
    }
}
