package org.listlens.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.listlens.engine.EngineException.Kind;

/**
 * Puts into a cluster what makes documents of raw mails that others send: the ingest pipelines, which need the processor
 * {@code mail} of the plugin on the nodes, and the templates of the indices that the documents go into.
 *
 * <p>The files are {@code pipeline/ingest-pipelines/NAME.json} and {@code pipeline/index-templates/NAME.json}, each the
 * body of its {@code PUT}. What the cluster has in the same version is not touched, so that a pipeline can be changed
 * there; a newer version is refused.
 */
public final class Pipelines {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RetryingClient client;
    private final List<String> put = new ArrayList<>();

    private Pipelines(EngineClient client) {
        this.client = new RetryingClient(client, RetryPolicy.lasting(PATIENCE));
    }

    /**
     * Installs what is missing or older, after {@link Templates#install}, by which come the component templates.
     *
     * @param folder of the mappings
     * @return what was put, such as {@code pipeline mail}
     * @throws EngineException when the files cannot be used, nodes lack the processor, the cluster has something newer, or
     *     the engine refuses
     */
    public static List<String> install(EngineClient client, EngineInfo info, Path folder)
            throws EngineException, InterruptedException {
        if (info.distribution() != EngineInfo.Distribution.OPENSEARCH) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The engine at " + client.where() + " is "
                            + info.distribution().title()
                            + ", and the processor mail is a plugin for OpenSearch: index archives with \"index\" there.");
        }
        Pipelines pipelines = new Pipelines(client);
        Path files = folder.resolve("pipeline");
        for (Map.Entry<String, ObjectNode> pipeline :
                TemplateFiles.readFolder(files.resolve("ingest-pipelines")).entrySet()) {
            pipelines.putPipeline(pipeline.getKey(), pipeline.getValue());
        }
        for (Map.Entry<String, ObjectNode> template :
                TemplateFiles.readFolder(files.resolve("index-templates")).entrySet()) {
            pipelines.putTemplate(template.getKey(), template.getValue());
        }
        return pipelines.put;
    }

    private void putPipeline(String name, ObjectNode pipeline) throws EngineException, InterruptedException {
        int installed = client.send("GET", "/_ingest/pipeline/" + name, Map.of(), null, response -> {
            if (response.status() == 404) {
                return -1;
            }
            if (!response.ok()) {
                throw client.refused("to show the pipeline " + name, response);
            }
            return response.json().path(name).path("version").asInt(-1);
        });
        if (isNewer("pipeline", name, pipeline.path("version").asInt(), installed)) {
            put("pipeline", name, "/_ingest/pipeline/" + name, pipeline);
        }
    }

    private void putTemplate(String name, ObjectNode template) throws EngineException, InterruptedException {
        int installed = client.send("GET", "/_index_template/" + name, Map.of(), null, response -> {
            if (response.status() == 404) {
                return -1;
            }
            if (!response.ok()) {
                throw client.refused("to show the template " + name, response);
            }
            JsonNode found = response.json().path("index_templates").path(0);
            return TemplateFiles.version(found.path("index_template"));
        });
        if (isNewer("template", name, TemplateFiles.version(template), installed)) {
            put("template", name, "/_index_template/" + name, template);
        }
    }

    private boolean isNewer(String kind, String name, int ours, int installed) throws EngineException {
        if (installed > ours) {
            throw new EngineException(
                    Kind.REFUSED,
                    "The engine at " + client.where() + " has the " + kind + ' ' + name + " in version " + installed
                            + ", newer than this program's " + ours
                            + ": use the program that installed it, or a newer one.");
        }
        return installed < ours;
    }

    private void put(String kind, String name, String path, ObjectNode body)
            throws EngineException, InterruptedException {
        client.send("PUT", path, Map.of(), RequestBody.json(body.toString()), response -> {
            if (response.status() == 400
                    && response.errorReason().contains("No processor type exists with name [mail]")) {
                throw new EngineException(
                        Kind.REFUSED,
                        "A node at " + client.where()
                                + " has no ingest processor mail: install the plugin on every node"
                                + " (bin/opensearch-plugin install file:///…/ingest-mail-….zip, see docs/shippers.md),"
                                + " restart them, and run this again.");
            }
            if (!response.ok()) {
                throw client.refused("the " + kind + ' ' + name, response);
            }
            return true;
        });
        put.add(kind + ' ' + name);
    }
}
