package org.listlens.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.listlens.dashboards.DashboardFiles.DashboardFile;
import org.listlens.tls.CaFileException;
import org.listlens.tls.Trust;

/** Imports saved objects into OpenSearch Dashboards or Kibana, over what is there of the same ids. */
public final class DashboardsClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** In no saved object: these are JSON, in which a line never begins with a hyphen. */
    private static final String BOUNDARY = "listlens-saved-objects";

    private final DashboardsSettings settings;
    private final HttpClient http;

    /**
     * Prepares a client; connects to nothing yet.
     *
     * @throws DashboardsException when the CA file cannot be used
     */
    public DashboardsClient(DashboardsSettings settings) throws DashboardsException {
        this.settings = settings;
        try {
            this.http = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .sslContext(Trust.context(settings.caFile(), settings.insecure()))
                    .build();
        } catch (CaFileException e) {
            throw new DashboardsException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Imports a file. Doing so again changes nothing.
     *
     * @return how many objects it has
     * @throws DashboardsException when no answer came, or not all of it was taken
     */
    public int install(DashboardFile file) throws DashboardsException, InterruptedException {
        HttpResponse<String> response = send(file);
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            throw failure(
                    "sends to " + response.headers().firstValue("location").orElse("another page")
                            + " instead of importing: give the URL of that server with its base path, and a login where it"
                            + " asks for one");
        }
        if (status == 401 || status == 403) {
            throw failure("refuses the login (HTTP " + status + reason(response.body())
                    + "): give a user who may write saved objects, with --dashboards-username and"
                    + " LISTLENS_DASHBOARDS_PASSWORD");
        }
        if (status == 404) {
            throw failure(
                    "has no way to import saved objects (HTTP 404): give the URL of OpenSearch Dashboards, not that"
                            + " of the engine, with its base path where it has one");
        }
        if (status == 429 || status >= 500) {
            throw failure(
                    "is not ready (HTTP " + status + reason(response.body()) + "): wait until it is, then try again");
        }
        return imported(file, response);
    }

    private int imported(DashboardFile file, HttpResponse<String> response) throws DashboardsException {
        JsonNode answer;
        try {
            answer = JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new DashboardsException(
                    where() + " does not answer as OpenSearch Dashboards does (HTTP " + response.statusCode()
                            + "): check the URL and its base path.",
                    e);
        }
        if (response.statusCode() != 200 || !answer.path("success").asBoolean()) {
            throw failure("refused " + refused(file, answer, response.statusCode()));
        }
        return answer.path("successCount").asInt();
    }

    /** An import may fail for some objects only; then the answer is HTTP 200 and tells of each. */
    private static String refused(DashboardFile file, JsonNode answer, int status) {
        JsonNode first = answer.path("errors").path(0);
        if (first.isMissingNode()) {
            return file.name() + " (HTTP " + status + reason(answer.toString())
                    + "): its version may be one that Listlens does not know, docs/dashboards.md says which were tried";
        }
        JsonNode error = first.path("error");
        int more = answer.path("errors").size() - 1;
        return first.path("type").asText() + " \"" + first.path("id").asText() + "\" of " + file.name() + " ("
                + error.path("message").asText(error.path("type").asText("no reason given")) + ")"
                + (more > 0 ? " and " + more + " more" : "")
                + ": its version may be one that Listlens does not know, docs/dashboards.md says which were tried";
    }

    private HttpResponse<String> send(DashboardFile file) throws DashboardsException, InterruptedException {
        URI url = URI.create(settings.url() + "/api/saved_objects/_import?overwrite=true");
        String body = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.name()
                + "\"\r\nContent-Type: application/ndjson\r\n\r\n" + file.content() + "\r\n--" + BOUNDARY + "--\r\n";
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                // Each server wants its own against forged requests, and does not mind the other's.
                .header("osd-xsrf", "true")
                .header("kbn-xsrf", "true")
                .POST(BodyPublishers.ofString(body));
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization());
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (SSLException e) {
            throw new DashboardsException(
                    "No TLS connection to " + where() + " came about (" + e.getMessage()
                            + "): trust its certificate with --dashboards-ca-file.",
                    e);
        } catch (ConnectException e) {
            throw new DashboardsException(where() + " cannot be reached: start it, or correct --dashboards-url.", e);
        } catch (IOException e) {
            throw new DashboardsException(
                    where() + " gave no answer (" + e.getClass().getSimpleName()
                            + "): check --dashboards-url, and that it is http:// or https:// as the server wants.",
                    e);
        }
    }

    private DashboardsException failure(String what) {
        return new DashboardsException(where() + " " + what + ".");
    }

    private String where() {
        return "OpenSearch Dashboards at " + settings.url();
    }

    private static String reason(String body) {
        try {
            String message = JSON.readTree(body).path("message").asText();
            return message.isEmpty() ? "" : ": " + message;
        } catch (JsonProcessingException e) {
            return body.isBlank() || body.length() > 200 ? "" : ": " + body.strip();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
