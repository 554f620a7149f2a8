package org.listlens.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineException;
import org.listlens.index.EngineSearch;

/**
 * The fields that delays are read from: by right clocks where these are known, otherwise as the stamps say.
 *
 * @param corrected whether clocks are corrected
 */
record Clocked(boolean corrected) {
    static Clocked of(EngineSearch engine, Frame frame) throws EngineException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0).put("track_total_hits", 1);
        body.set("query", frame.query(Conditions.has("delivery.latency_corrected_ms")));
        return new Clocked(engine.search(DocumentKind.DELIVERY, body)
                        .at("/hits/total/value")
                        .asLong()
                > 0);
    }

    /** A part of the way: latency for all of it, inbound, list, outbound or archive. */
    String part(String name) {
        return "delivery." + name + (corrected ? "_corrected_ms" : "_ms");
    }

    /** Where the same is in a source. */
    String pointer(String name) {
        return '/' + part(name).replace('.', '/');
    }

    String heldBy() {
        return corrected ? "delivery.held_corrected_by" : "delivery.held_by";
    }

    String held() {
        return corrected ? "delivery.held_corrected_ms" : "delivery.held_ms";
    }
}
