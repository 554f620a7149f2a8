package org.listlens.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.listlens.alert.Firing;

/** Firings as scripts read them. */
final class FiringJson {
    private FiringJson() {}

    /** {@code monitor}, {@code severity}, {@code subject}, {@code message}, {@code values} by name, and {@code since}. */
    static ObjectNode of(Firing firing) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("monitor", firing.monitor().definition().name())
                .put("severity", firing.monitor().definition().severity().name().toLowerCase(Locale.ROOT))
                .put("subject", firing.subject())
                .put("message", FiringText.line(firing));
        ObjectNode values = object.putObject("values");
        firing.values().forEach(values::set);
        Instant since = firing.since();
        if (since != null) {
            object.put("since", since.toString());
        }
        return object;
    }
}
