package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.source.Position;
import org.listlens.source.Positions;

/** Reads from the engine how far earlier runs came. */
public final class StoredPositions {
    /** Of how many sources is asked at a time, as an engine takes no query of more than 1,024 clauses. */
    private static final int AT_ONCE = 200;

    private final EngineSearch search;

    public StoredPositions(EngineClient client, RetryPolicy retry) {
        this.search = new EngineSearch(new RetryingClient(client, retry));
    }

    /**
     * The positions in some sources, in what lies below them, and in the files beside them, which may have had their
     * names.
     *
     * @param names the sources' names
     * @param settings the settings of the run, which must be those under which a position was reached
     * @param index {@link org.listlens.engine.Templates.Installed#identities() identity} of the index that has the
     *     deliveries
     */
    public Positions load(Collection<String> names, String settings, String index)
            throws EngineException, InterruptedException {
        return positions(names, filter -> {
            filter.addObject().putObject("term").put("import.settings", settings);
            filter.addObject().putObject("term").put("import.index", index);
        });
    }

    /** All positions in some sources and below them, under whatever settings they were reached. */
    public Positions all(Collection<String> names) throws EngineException, InterruptedException {
        return positions(names, filter -> {});
    }

    private Positions positions(Collection<String> names, Consumer<ArrayNode> condition)
            throws EngineException, InterruptedException {
        search.refresh(List.of(DocumentKind.IMPORT));
        List<String> sources = List.copyOf(names);
        // Sources that lie beside each other find some positions more than once.
        Set<Position> positions = new LinkedHashSet<>();
        for (int from = 0; from < sources.size(); from += AT_ONCE) {
            ObjectNode query = below(sources.subList(from, Math.min(from + AT_ONCE, sources.size())));
            condition.accept(query.withObject("/bool").withArrayProperty("filter"));
            search.all(
                    DocumentKind.IMPORT,
                    query,
                    List.of("archive.source", "import.part", "import.mails", "import.state"),
                    List.of("archive.source", "import.part"),
                    hit -> positions.add(position(hit.path("_source"))));
        }
        return new Positions(positions);
    }

    private static Position position(JsonNode source) {
        Map<String, String> state = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : source.at("/import/state").properties()) {
            state.put(entry.getKey(), entry.getValue().asText());
        }
        return new Position(
                source.at("/archive/source").asText(),
                source.at("/import/part").asText(),
                state,
                source.at("/import/mails").asLong());
    }

    private static ObjectNode below(Collection<String> names) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool");
        bool.putArray("filter").addObject().putObject("term").put("import.kind", "position");
        ArrayNode either = bool.putArray("should");
        bool.put("minimum_should_match", 1);
        for (String name : names) {
            either.addObject().putObject("term").put("archive.source", name);
            either.addObject().putObject("prefix").put("archive.source", name.endsWith("/") ? name : name + '/');
            int slash = name.lastIndexOf('/');
            if (slash > 0 && name.charAt(0) == '/') {
                ObjectNode beside = either.addObject().putObject("bool");
                beside.putArray("filter")
                        .addObject()
                        .putObject("prefix")
                        .put("archive.source", name.substring(0, slash + 1));
                beside.putArray("must_not").addObject().putObject("exists").put("field", "import.part");
            }
        }
        return query;
    }
}
