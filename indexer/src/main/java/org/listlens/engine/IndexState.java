package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An index as the engine describes it.
 *
 * @param name its name
 * @param uuid the engine's own id of it
 * @param aliases its aliases, by name, each with its settings
 * @param meta the {@code _meta} of its mapping; a missing node when it has none
 * @param refreshInterval as it was set; empty when it was not
 * @param writesBlocked whether nobody may write to it
 * @param shards how many primary shards it has
 */
record IndexState(
        String name,
        String uuid,
        JsonNode aliases,
        JsonNode meta,
        String refreshInterval,
        boolean writesBlocked,
        int shards) {
    /** The parts of the engine's description that are read here, as {@code filter_path} wants them. */
    static final String FILTER = "*.aliases,*.mappings._meta,*.settings.index.uuid,"
            + "*.settings.index.refresh_interval,*.settings.index.blocks.write,*.settings.index.number_of_shards";

    static IndexState read(String name, JsonNode description) {
        JsonNode settings = description.path("settings").path("index");
        return new IndexState(
                name,
                settings.path("uuid").asText(),
                description.path("aliases"),
                description.path("mappings").path("_meta"),
                settings.path("refresh_interval").asText(),
                settings.path("blocks").path("write").asBoolean(),
                settings.path("number_of_shards").asInt(1));
    }

    /** How the documents are divided of which it has a part, or all. */
    Partition partition() {
        return meta.at("/partition/by").asText().equals("year") ? Partition.YEAR : Partition.NONE;
    }

    /** The version of what is made of a mail that its set was begun with; 0 when it tells none. */
    int documents() {
        return meta.at("/partition/documents").asInt();
    }

    /** Whether documents of its set may lie in another part than this program would put them into. */
    boolean isMixed() {
        return meta.at("/partition/mixed").asBoolean();
    }

    /** Adds to the {@code _meta} of a mapping how the documents are divided, as it is here. */
    ObjectNode handOn(ObjectNode newMeta) {
        if (meta.has("partition")) {
            newMeta.set("partition", meta.path("partition"));
        }
        return newMeta;
    }

    MappingVersion version() {
        return MappingVersion.read(meta);
    }

    /**
     * Whether its mapping got newer fields after it was created, which documents from before do not have in the columns
     * and lists that searches use.
     */
    boolean changedInPlace() {
        return meta.path("in_place").asBoolean();
    }

    /**
     * What tells its documents from those of an index of the same name that was deleted and made anew: the id of the
     * index that they were first written to. Copies made by an upgrade hand it on.
     */
    String identity() {
        return meta.path("identity").asText(uuid);
    }
}
