package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.listlens.document.DocumentKind;

/** An engine as a user of its HTTP interface sees it; knows nothing of Listlens. */
record TestEngine(String url) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    JsonNode send(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as(method + " " + path + ": " + response.body())
                .isLessThan(300);
        return JSON.readTree(response.body());
    }

    long count(String alias) throws IOException, InterruptedException {
        return get("/" + alias + "/_count").path("count").asLong();
    }

    /** How many documents an alias has; -1 while it is not there, or just being made. */
    long countIfAny(String alias) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + '/' + alias + "/_count"))
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        return response.statusCode() == 200
                ? JSON.readTree(response.body()).path("count").asLong()
                : -1;
    }

    /** Every document of an alias, by its id. */
    Map<String, JsonNode> all(String alias) throws IOException, InterruptedException {
        Map<String, JsonNode> documents = new HashMap<>();
        scroll(alias, documents::put);
        return documents;
    }

    /** Hands over every document of an alias with its id. */
    void scroll(String alias, BiConsumer<String, JsonNode> documents) throws IOException, InterruptedException {
        JsonNode page = post("/" + alias + "/_search?scroll=1m&size=2000", "{\"sort\":[\"_doc\"]}");
        while (!page.at("/hits/hits").isEmpty()) {
            for (JsonNode hit : page.at("/hits/hits")) {
                documents.accept(hit.path("_id").asText(), hit.path("_source"));
            }
            ObjectNode next = JSON.createObjectNode().put("scroll", "1m");
            page = post(
                    "/_search/scroll",
                    next.put("scroll_id", page.path("_scroll_id").asText()).toString());
        }
        ObjectNode ended =
                JSON.createObjectNode().put("scroll_id", page.path("_scroll_id").asText());
        send("DELETE", "/_search/scroll", ended.toString());
    }

    /** Removes what Listlens keeps in an engine: indices and templates. */
    void clear() throws IOException, InterruptedException {
        for (DocumentKind kind : DocumentKind.values()) {
            send("DELETE", "/" + kind.alias() + "-v1?ignore_unavailable=true", null);
        }
    }
}
