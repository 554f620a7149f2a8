package org.listlens.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineException;
import org.listlens.engine.EngineException.Kind;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;

/**
 * Keeps mails whose persons are readable, or have pseudonyms by one key, out of an index that has them otherwise: a mail
 * would be in it twice, and the one would tell who the other is.
 */
public final class PseudonymCheck {
    private static final String FIELD = "import.pseudonyms";

    private final EngineSearch search;
    private final String where;

    public PseudonymCheck(EngineClient client, RetryPolicy retry) {
        this.search = new EngineSearch(new RetryingClient(client, retry));
        this.where = client.where();
    }

    /**
     * Looks at the runs that have written, or may have when they were killed.
     *
     * @param check {@code PseudonymKey.check()} of this run; {@code null} when it leaves persons readable
     * @throws EngineException when one of them did otherwise; the message is for the user
     */
    public void refuseMixing(@Nullable String check) throws EngineException, InterruptedException {
        search.refresh(List.of(DocumentKind.IMPORT));
        ObjectNode readable = runs();
        mustNot(readable).addObject().putObject("exists").put("field", FIELD);
        if (check != null && search.count(DocumentKind.IMPORT, readable) > 0) {
            throw refusal("holds mails with readable names and addresses, beside which pseudonyms would protect nobody:"
                    + " use an empty index for --pseudonymize");
        }
        ObjectNode others = runs();
        others.withObject("/bool")
                .withArrayProperty("filter")
                .addObject()
                .putObject("exists")
                .put("field", FIELD);
        if (check != null) {
            mustNot(others).addObject().putObject("term").put(FIELD, check);
        }
        if (search.count(DocumentKind.IMPORT, others) > 0) {
            throw refusal(
                    check == null
                            ? "holds mails with pseudonyms, beside which readable ones would tell who is who: give"
                                    + " --pseudonymize the same key, or use an empty index"
                            : "holds mails with pseudonyms by another key: give --pseudonymize that key, or use an empty"
                                    + " index");
        }
    }

    private EngineException refusal(String why) {
        return new EngineException(Kind.REFUSED, "The index at " + where + ' ' + why + '.');
    }

    /** The runs that a killed one may be among, as it has no end. */
    private static ObjectNode runs() {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode bool = query.putObject("bool");
        bool.putArray("filter").addObject().putObject("term").put("import.kind", "run");
        bool.putArray("must_not").addObject().set("bool", finishedWithout());
        return query;
    }

    private static JsonNode finishedWithout() {
        ObjectNode bool = JsonNodeFactory.instance.objectNode();
        var filter = bool.putArray("filter");
        filter.addObject().putObject("exists").put("field", "import.finished");
        filter.addObject().putObject("term").put("import.indexed", 0);
        filter.addObject().putObject("term").put("import.unchanged", 0);
        return bool;
    }

    private static com.fasterxml.jackson.databind.node.ArrayNode mustNot(ObjectNode query) {
        return query.withObject("/bool").withArrayProperty("must_not");
    }
}
