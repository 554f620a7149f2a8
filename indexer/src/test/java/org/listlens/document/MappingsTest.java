package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What holds for all templates. */
class MappingsTest {
    private static Map<String, JsonNode> all() {
        Map<String, JsonNode> all = new TreeMap<>();
        Mappings.components().forEach((name, template) -> all.put("component " + name, template));
        Mappings.indices().forEach((name, template) -> all.put("index " + name, template));
        return all;
    }

    @Test
    void everyKindOfDocumentHasItsTemplateAndEveryComponentItsUse() {
        assertThat(Mappings.indices().keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DocumentKind.values())
                        .map(DocumentKind::alias)
                        .toList());
        Set<String> used = new TreeSet<>();
        Mappings.indices().forEach((name, template) -> {
            assertThat(template.path("index_patterns"))
                    .as(name)
                    .singleElement()
                    .satisfies(pattern -> assertThat(pattern.asText()).isEqualTo(name + "-v*"));
            template.path("composed_of").forEach(component -> used.add(component.asText()));
        });
        assertThat(used).isEqualTo(Mappings.components().keySet());
    }

    @Test
    void everyTemplateSaysItsVersionAndWhatItIsFor() {
        all().forEach((name, template) -> {
            assertThat(template.path("_meta").path("version").isInt()).as(name).isTrue();
            assertThat(template.path("_meta").path("description").asText())
                    .as(name)
                    .isNotBlank();
        });
        Mappings.indices()
                .forEach((name, template) -> assertThat(template.at("/template/mappings/_meta/version"))
                        .as("an index carries the version of its mapping: " + name)
                        .isEqualTo(template.at("/_meta/version")));
    }

    @Test
    void everyFieldIsDescribedAndEveryDescriptionHasItsField() {
        all().forEach((name, template) -> {
            Map<String, String> meanings = new TreeMap<>();
            template.path("_meta")
                    .path("fields")
                    .properties()
                    .forEach(field ->
                            meanings.put(field.getKey(), field.getValue().asText()));
            assertThat(meanings.keySet())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(
                            Mappings.leaves(template).keySet());
            assertThat(meanings.values())
                    .as(name)
                    .allSatisfy(meaning -> assertThat(meaning).matches("(?s)\\S.*\\."));
        });
    }

    @Test
    void everyIndexIsStrictAndHasTheCommonSettings() {
        assertThat(Mappings.component("mail-base")
                        .at("/template/mappings/dynamic")
                        .asText())
                .isEqualTo("strict");
        Mappings.indices().forEach((name, template) -> {
            List<String> components = new ArrayList<>();
            template.path("composed_of").forEach(component -> components.add(component.asText()));
            assertThat(components).as(name).contains("mail-settings", "mail-base");
            assertThat(template.path("template").path("mappings").has("dynamic"))
                    .as(name)
                    .isFalse();
        });
    }

    /** A keyword beyond 32,766 octets of UTF-8 rejects its document; a char has at most three. */
    @Test
    void noValueCanRejectAMail() {
        assertThat(Mappings.component("mail-settings")
                        .at("/template/settings/index/mapping/ignore_malformed")
                        .asBoolean())
                .isTrue();
        for (String index : Mappings.indices().keySet()) {
            Mappings.fields(index).values().forEach(field -> {
                assertThat(field.type())
                        .as(field.path())
                        // An object is one that is not looked into; documents of mails have none.
                        .isIn(
                                "keyword",
                                "text",
                                "date",
                                "long",
                                "integer",
                                "float",
                                "boolean",
                                "ip",
                                index.equals("mail-imports") ? "object" : "keyword");
                keywords(field)
                        .forEach(keyword -> assertThat(
                                        keyword.path("ignore_above").asInt())
                                .as(field.path())
                                .isBetween(1, 32_766 / 3));
            });
        }
    }

    @Test
    void millisecondsAndOctetsSayTheirUnit() {
        for (String index : Mappings.indices().keySet()) {
            Mappings.fields(index).values().forEach(field -> {
                assertThat(field.unit().equals("ms"))
                        .as(field.path())
                        .isEqualTo(field.path().endsWith("_ms"));
                assertThat(field.unit().equals("byte"))
                        .as(field.path())
                        .isEqualTo(
                                field.path().endsWith(".size") || field.path().endsWith(".octets"));
            });
        }
    }

    private static List<JsonNode> keywords(Mappings.Field field) {
        List<JsonNode> keywords = new ArrayList<>();
        if (field.type().equals("keyword")) {
            keywords.add(field.mapping());
        }
        field.mapping().path("fields").forEach(keywords::add);
        return keywords;
    }
}
