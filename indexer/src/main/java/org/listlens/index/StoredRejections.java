package org.listlens.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.HashedAction;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.sink.ActionWriter;

/** What runs have noted that they could not index. */
public final class StoredRejections {
    /** Of how many sources is asked at a time, as an engine takes no query of more than 1,024 clauses. */
    private static final int AT_ONCE = 400;

    private final EngineSearch search;
    private final ActionWriter writer;

    public StoredRejections(EngineClient client, RetryPolicy retry) {
        this.search = new EngineSearch(new RetryingClient(client, retry));
        this.writer = new ActionWriter(client, retry);
    }

    /**
     * Forgets what was rejected of some sources and what lies below them, because they are to be read anew.
     *
     * @param names the sources' names
     */
    public void forget(Collection<String> names) throws EngineException, InterruptedException {
        search.refresh(List.of(DocumentKind.IMPORT));
        List<String> sources = List.copyOf(names);
        List<EncodedAction> actions = new ArrayList<>();
        for (int from = 0; from < sources.size(); from += AT_ONCE) {
            search.all(
                    DocumentKind.IMPORT,
                    query(sources.subList(from, Math.min(from + AT_ONCE, sources.size()))),
                    List.of("import.kind"),
                    List.of("archive.source", "archive.position"),
                    hit -> actions.add(HashedAction.delete(
                            DocumentKind.IMPORT, hit.path("_id").asText())));
        }
        writer.write(actions);
    }

    private static ObjectNode query(List<String> names) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool").put("minimum_should_match", 1);
        bool.putArray("filter").addObject().putObject("term").put("import.kind", "rejection");
        ArrayNode either = bool.putArray("should");
        for (String name : names) {
            either.addObject().putObject("term").put("archive.source", name);
            either.addObject().putObject("prefix").put("archive.source", name.endsWith("/") ? name : name + '/');
        }
        return query;
    }
}
