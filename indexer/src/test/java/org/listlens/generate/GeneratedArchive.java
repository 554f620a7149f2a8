package org.listlens.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a generated archive in the simplest way, on its own. Octets are characters of ISO 8859-1. */
final class GeneratedArchive {
    static final GeneratorSummary NOTHING = new GeneratorSummary(0, 0, 0, 0, Instant.EPOCH, Instant.EPOCH, List.of());

    private GeneratedArchive() {}

    static List<JsonNode> manifest(Path folder) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> manifest = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("manifest.ndjson"))) {
            manifest.add(json.readTree(line));
        }
        return manifest;
    }

    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                String name = path.getFileName().toString();
                if (name.endsWith(".mbox")) {
                    files.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    /** Splits an mboxrd at each line that begins with {@code From } and takes one {@code >} from the quoted ones. */
    static List<String> split(String mbox) {
        List<String> mails = new ArrayList<>();
        StringBuilder mail = new StringBuilder();
        boolean first = true;
        for (String line : mbox.split("(?<=\n)", -1)) {
            if (line.startsWith("From ")) {
                if (!first) {
                    mails.add(withoutLastLine(mail));
                }
                first = false;
                mail.setLength(0);
            } else {
                mail.append(line.matches("(?s)>+From .*") ? line.substring(1) : line);
            }
        }
        mails.add(withoutLastLine(mail));
        return mails;
    }

    /** The mail of a manifest entry. */
    static String mail(Map<String, String> files, JsonNode copy) {
        String text = files.getOrDefault(copy.get("file").asText(), "");
        int offset = copy.get("offset").asInt();
        int end = text.indexOf("\nFrom ", offset + 1);
        return split(text.substring(offset, end < 0 ? text.length() : end + 1)).get(0);
    }

    /** What comes before the first blank line. */
    static String header(String mail) {
        int blank = mail.indexOf("\n\n");
        return blank < 0 ? mail : mail.substring(0, blank + 1);
    }

    private static String withoutLastLine(StringBuilder mail) {
        if (mail.charAt(mail.length() - 1) != '\n') {
            throw new AssertionError("no blank line after a mail");
        }
        return mail.substring(0, mail.length() - 1);
    }
}
