package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which templates a mapping was made of: what an index tells in its mapping's {@code _meta}.
 *
 * @param template version of the index template, -1 when unknown
 * @param components versions of its component templates by name; those without a version are left out
 */
record MappingVersion(int template, Map<String, Integer> components) {
    MappingVersion {
        components = Collections.unmodifiableMap(new TreeMap<>(components));
    }

    /** What an index has that is made of an index template now. */
    static MappingVersion of(@Nullable JsonNode indexTemplate, Map<String, ? extends JsonNode> allComponents) {
        if (indexTemplate == null) {
            return new MappingVersion(-1, Map.of());
        }
        Map<String, Integer> components = new TreeMap<>();
        for (JsonNode name : indexTemplate.path("composed_of")) {
            JsonNode component = allComponents.get(name.asText());
            int version = component == null ? -1 : TemplateFiles.version(component);
            if (version >= 0) {
                components.put(name.asText(), version);
            }
        }
        return new MappingVersion(TemplateFiles.version(indexTemplate), components);
    }

    /** What the {@code _meta} of a mapping tells. */
    static MappingVersion read(JsonNode meta) {
        Map<String, Integer> components = new TreeMap<>();
        meta.path("components")
                .properties()
                .forEach(component ->
                        components.put(component.getKey(), component.getValue().asInt(-1)));
        return new MappingVersion(meta.path("version").asInt(-1), components);
    }

    /** The {@code _meta} that {@link #read} understands. */
    ObjectNode meta() {
        ObjectNode meta = JsonNodeFactory.instance.objectNode().put("version", template);
        ObjectNode parts = meta.putObject("components");
        components.forEach(parts::put);
        return meta;
    }

    /** Whether any template is newer than in the other. */
    boolean isNewerThan(MappingVersion other) {
        if (template > other.template) {
            return true;
        }
        for (Map.Entry<String, Integer> component : components.entrySet()) {
            Integer theirs = other.components.get(component.getKey());
            if (theirs != null && component.getValue() > theirs) {
                return true;
            }
        }
        return false;
    }
}
