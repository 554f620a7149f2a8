package org.listlens.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.listlens.link.ArchiveLinks;

/** The files of {@code dashboards/}, with what is the user's own in them. */
public final class DashboardFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of the dashboards that show another time than that of the mails. */
    private static final String NOW_BASED = "listlens-imports";

    private DashboardFiles() {}

    /**
     * A file of saved objects.
     *
     * @param name its name, such as {@code discussion.ndjson}
     * @param title the title of its dashboard
     * @param content an object a line
     */
    public record DashboardFile(String name, String title, String content) {}

    /**
     * Reads the files.
     *
     * @param folder the program's own
     * @param links where mails can be read
     * @param period what the dashboards begin with; {@code null} for what the files say
     */
    public static List<DashboardFile> read(Path folder, ArchiveLinks links, @Nullable Period period)
            throws DashboardsException {
        List<DashboardFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(file -> file.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList()) {
                files.add(read(path, LinkScript.of(links), period));
            }
        } catch (IOException e) {
            throw new DashboardsException(
                    "The dashboards in " + folder + " cannot be read ("
                            + e.getClass().getSimpleName() + "): unpack or check out Listlens again.",
                    e);
        }
        return List.copyOf(files);
    }

    /**
     * Writes files into a folder, which is made where it is missing.
     *
     * @return where they are
     */
    public static List<Path> write(List<DashboardFile> files, Path folder) throws DashboardsException {
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (DashboardFile file : files) {
                written.add(Files.writeString(folder.resolve(file.name()), file.content(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new DashboardsException(
                    "The dashboards cannot be written to " + folder + " ("
                            + e.getClass().getSimpleName() + "): name a folder that you may write to.",
                    e);
        }
        return written;
    }

    private static DashboardFile read(Path path, String script, @Nullable Period period) throws IOException {
        StringBuilder content = new StringBuilder();
        String title = "";
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            ObjectNode object = (ObjectNode) JSON.readTree(line);
            ObjectNode attributes = (ObjectNode) object.path("attributes");
            switch (object.path("type").asText()) {
                case "index-pattern" -> link(attributes, script);
                case "dashboard" -> {
                    title = attributes.path("title").asText();
                    if (period != null && !object.path("id").asText().equals(NOW_BASED)) {
                        attributes.put("timeFrom", period.from()).put("timeTo", period.to());
                    }
                }
                default -> {
                    // As it is.
                }
            }
            content.append(JSON.writeValueAsString(object)).append('\n');
        }
        return new DashboardFile(String.valueOf(path.getFileName()), title, content.toString());
    }

    /** The fields of an index pattern are JSON in a string. */
    private static void link(ObjectNode attributes, String script) throws JsonProcessingException {
        ArrayNode fields = (ArrayNode) JSON.readTree(attributes.path("fields").asText());
        for (JsonNode field : fields) {
            if (field.path("name").asText().equals(LinkScript.FIELD)) {
                ((ObjectNode) field).put("script", script);
                attributes.put("fields", JSON.writeValueAsString(fields));
            }
        }
    }
}
