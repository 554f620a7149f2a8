package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.generate.Generator;
import org.listlens.generate.GeneratorOptions;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;

/** What documents say of who vouches for generated mails, beside the truth about each. */
class GeneratedAuthenticationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final List<JsonNode> MANIFEST = new ArrayList<>();

    /** The delivery and the hops of each copy. */
    private static final List<List<JsonNode>> DOCUMENTS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        Generator.generate(GeneratorOptions.sample(), folder);
        MailParser parser = new MailParser(Limits.DEFAULT);
        MailDocuments documents = new MailDocuments();
        Map<String, byte[]> files = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("manifest.ndjson"))) {
            JsonNode copy = JSON.readTree(line);
            MANIFEST.add(copy);
            String name = copy.path("file").asText();
            if (!files.containsKey(name)) {
                files.put(name, Files.readAllBytes(folder.resolve(name)));
            }
            byte[] mail = mail(files.get(name), copy.path("offset").asInt());
            String offset = copy.path("offset").asText();
            DOCUMENTS.add(documents(
                    documents.encode(parser.parse(new RawMail(new Origin(name, offset), mail, mail.length)))));
        }
    }

    /** From the line after {@code From } to the next such line. */
    private static byte[] mail(byte[] mbox, int offset) {
        String text = new String(mbox, offset, mbox.length - offset, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\nFrom ");
        return text.substring(text.indexOf('\n') + 1, end < 0 ? text.length() : end + 1)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<JsonNode> documents(EncodedMail encoded) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (EncodedDocument document : encoded.documents()) {
            if (document.kind() == DocumentKind.DELIVERY || document.kind() == DocumentKind.HOP) {
                JsonNode source =
                        JSON.readTree(encoded.body(), document.sourceStart(), document.end() - document.sourceStart());
                documents.add(document.kind() == DocumentKind.DELIVERY ? 0 : documents.size(), source);
            }
        }
        return documents;
    }

    @Test
    void documentsAreAsTheManifestSays() {
        Set<String> differences = new TreeSet<>();
        for (int i = 0; i < MANIFEST.size(); i++) {
            JsonNode truth = MANIFEST.get(i);
            String place = truth.path("file").asText() + ':' + truth.path("offset") + ' ';
            AuthenticationTruth.compare(
                    truth.path("authentication"),
                    DOCUMENTS.get(i).getFirst().path("authentication"),
                    (field, expected, actual) -> {
                        if (!expected.equals(actual)) {
                            differences.add(place + field + ": " + expected + " in truth, " + actual);
                        }
                    });
        }
        assertThat(MANIFEST).hasSize(2_000);
        assertThat(differences).isEmpty();
    }

    @Test
    void signaturesAreOfTheHopsWhoseHostsSigned() {
        int compared = 0;
        for (int i = 0; i < MANIFEST.size(); i++) {
            for (JsonNode signature : MANIFEST.get(i).at("/authentication/signatures")) {
                for (JsonNode document : DOCUMENTS.get(i)) {
                    // Which of Google's hosts signs cannot be told.
                    if (document.at("/hop/position").equals(signature.path("position"))
                            && !document.at("/hop/dialect").asText().equals("google")) {
                        Instant signed = Instant.parse(
                                document.at("/hop/times/dkim_signed").asText());
                        assertThat(signed.toEpochMilli())
                                .isEqualTo(signature.path("signed_ms").asLong());
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    /** The sample is to show something of everything. */
    @Test
    void everyOutcomeOccurs() throws IOException {
        JsonNode summary = JSON.readTree(folder.resolve("manifest-summary.json").toFile());
        Map<String, Integer> results = new TreeMap<>();
        Set<String> failing = new TreeSet<>();
        for (JsonNode copy : MANIFEST) {
            JsonNode verdicts = copy.at("/authentication/verdicts");
            for (JsonNode verdict : verdicts) {
                for (String method : List.of("spf", "dmarc", "arc", "iprev")) {
                    results.merge(method + '=' + verdict.path(method).asText("-"), 1, Integer::sum);
                }
                verdict.path("dkim").forEach(result -> results.merge("dkim=" + result.asText(), 1, Integer::sum));
            }
            if (verdicts.path(0).path("dmarc").asText().equals("fail") && verdicts.size() > 1) {
                failing.add(copy.at("/from/address").asText().replaceAll(".*@", ""));
            }
        }
        assertThat(results)
                .containsKeys(
                        "spf=pass",
                        "spf=softfail",
                        "spf=neutral",
                        "spf=none",
                        "dkim=pass",
                        "dkim=fail",
                        "dkim=neutral",
                        "dkim=none",
                        "dmarc=pass",
                        "dmarc=fail",
                        "dmarc=none",
                        "arc=pass",
                        "arc=none",
                        "iprev=pass");
        assertThat(failing).as("domains that fail before any list").containsExactly("newsletter.example.com");
        assertThat(summary.at("/signatures/whole").asInt()).isGreaterThan(500);
        assertThat(summary.at("/signatures/body-altered").asInt()).isGreaterThan(200);
        assertThat(summary.at("/signatures/header-altered").asInt()).isGreaterThan(50);
    }

    @Test
    void listsThatAddNothingBreakNothing() {
        Map<String, Set<String>> byList = new TreeMap<>();
        for (JsonNode copy : MANIFEST) {
            Set<String> broken = byList.computeIfAbsent(copy.path("file").asText(), name -> new TreeSet<>());
            for (JsonNode signature : copy.at("/authentication/signatures")) {
                broken.add(signature.path("altered").asText("whole"));
            }
        }
        assertThat(byList)
                .containsEntry("weather-station.mbox", Set.of("whole"))
                .containsEntry("dev.mbox", Set.of("whole"))
                .containsEntry("medieval-maps.mbox", Set.of("whole"))
                .containsEntry("cartographie.mbox", Set.of("header"))
                .containsEntry("beekeepers.mbox", Set.of("body", "header"))
                .containsEntry("type-design.mbox", Set.of("body", "whole"))
                .containsEntry("railways.mbox", Set.of("body", "header", "whole"))
                .containsEntry("telescope-drivers.mbox", Set.of("body", "whole"));
    }
}
