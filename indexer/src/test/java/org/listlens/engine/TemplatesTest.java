package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.listlens.engine.Templates.Installed;

@Timeout(60)
class TemplatesTest {
    @TempDir
    Path folder;

    private FakeEngine engine;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new FakeEngine();
        client = new EngineClient(EngineSettings.of(engine.url()));
        Files.createDirectories(folder.resolve("component-templates"));
        Files.createDirectories(folder.resolve("index-templates"));
        component("shared", "{\"template\":{\"settings\":{\"number_of_replicas\":0}},\"_meta\":{\"version\":4}}");
        index("mail-hops", 4, "{\"f\":{\"type\":\"keyword\"}}");
        index("mail-messages", 4, "{\"f\":{\"type\":\"keyword\"}}");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        engine.close();
    }

    private void component(String name, String json) throws IOException {
        Files.writeString(folder.resolve("component-templates").resolve(name + ".json"), json);
    }

    private void index(String name, int version, String properties) throws IOException {
        Files.writeString(
                folder.resolve("index-templates").resolve(name + ".json"),
                "{\"index_patterns\":[\"" + name + "-v*\"],\"composed_of\":[\"shared\"],\"template\":{\"settings\":"
                        + "{\"index\":{\"refresh_interval\":\"7s\",\"auto_expand_replicas\":\"0-1\"}},\"mappings\":{\"dynamic\":\"strict\",\"properties\":"
                        + properties + "}},\"_meta\":{\"version\":" + version + "}}");
    }

    private Installed install() throws Exception {
        return Templates.install(client, folder, IndexLayout.ANY);
    }

    @Test
    void installsAllInAnEmptyCluster() throws Exception {
        Installed installed = install();
        assertThat(installed.templates()).containsExactly("shared", "mail-hops", "mail-messages");
        assertThat(installed.created()).containsExactly("mail-hops-v1", "mail-messages-v1");
        assertThat(installed.writeIndices())
                .containsEntry("mail-hops", "mail-hops-v1")
                .containsEntry("mail-messages", "mail-messages-v1")
                .hasSize(2);
        assertThat(engine.templates())
                .containsExactlyInAnyOrder(
                        "component_template/shared", "index_template/mail-hops", "index_template/mail-messages");
        assertThat(Objects.requireNonNull(engine.mapping("mail-hops-v1"))
                        .at("/_meta/version")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        install();
        int before = engine.log().size();
        Installed again = install();
        assertThat(again.templates()).isEmpty();
        assertThat(again.created()).isEmpty();
        assertThat(again.writeIndices()).hasSize(2);
        assertThat(engine.log().subList(before, engine.log().size()))
                .containsExactly(
                        "GET /_component_template/shared*",
                        "GET /_index_template/mail-*",
                        "GET /mail-hops,mail-messages");
    }

    @Test
    void replacesOlderTemplatesAndBringsTheIndexUpToDate() throws Exception {
        install();
        index("mail-hops", 5, "{\"f\":{\"type\":\"keyword\"},\"g\":{\"type\":\"ip\"}}");
        assertThat(install().templates()).containsExactly("mail-hops");
        assertThat(Objects.requireNonNull(engine.mapping("mail-hops-v1"))
                        .at("/properties/g/type")
                        .asText())
                .isEqualTo("ip");
        assertThat(install().templates()).isEmpty();
    }

    @Test
    void bringsTheIndicesUpToDateWhenAComponentChanges() throws Exception {
        install();
        component("shared", "{\"template\":{},\"_meta\":{\"version\":5}}");
        assertThat(install().templates()).containsExactly("shared");
        assertThat(engine.log()).contains("PUT /mail-hops-v1/_mapping", "PUT /mail-messages-v1/_mapping");
    }

    @Test
    void anIndexFollowsAComponentThatAKilledProgramHasPut() throws Exception {
        install();
        component("shared", "{\"template\":{},\"_meta\":{\"version\":5}}");
        FakeEngine.Fault killed = FakeEngine.status(400, "{\"error\":\"gone\"}");
        FakeEngine.Fault pass = (exchange, carryOut) -> {
            FakeEngine.Answer answer = carryOut.run();
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        };
        // Three questions, the component's PUT, and what the template gives; then nothing more.
        engine.misbehave(pass, pass, pass, pass, pass, killed);
        assertThatExceptionOfType(EngineException.class).isThrownBy(this::install);
        assertThat(components("mail-hops-v1")).isEqualTo("{\"shared\":4}");

        assertThat(install().templates()).isEmpty();
        assertThat(components("mail-hops-v1")).isEqualTo("{\"shared\":5}");
        assertThat(components("mail-messages-v1")).isEqualTo("{\"shared\":5}");
        int before = engine.log().size();
        install();
        assertThat(engine.log().subList(before, engine.log().size())).noneMatch(line -> line.startsWith("PUT"));
    }

    private String components(String index) {
        return Objects.requireNonNull(engine.mapping(index))
                .at("/_meta/components")
                .toString();
    }

    @Test
    void refusesAnIndexThatANewerProgramHasMade() throws Exception {
        index("mail-hops", 5, "{}");
        install();
        engine.forgetTemplates();
        index("mail-hops", 4, "{}");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(this::install)
                .withMessageContaining("mail-hops-v1")
                .withMessageContaining("made by a newer version of this program");
        assertThat(engine.templates()).isEmpty();
    }

    @Test
    void givesTheNewestIndexTheAliasBack() throws Exception {
        install();
        engine.addIndex("mail-hops-v10");
        engine.addIndex("mail-hops-v9");
        engine.addIndex("mail-hops-vault");
        engine.dropAlias("mail-hops");
        assertThat(install().writeIndices()).containsEntry("mail-hops", "mail-hops-v10");
    }

    @Test
    void tellsTheDocumentsOfAnIndexFromThoseOfItsSuccessor() throws Exception {
        Installed installed = install();
        assertThat(installed.identities()).containsEntry("mail-hops", "uuid of mail-hops-v1");
        assertThat(install().identities()).isEqualTo(installed.identities());
    }

    @Test
    void saysWhenAnIndexCannotFollow() throws Exception {
        install();
        index("mail-hops", 5, "{\"f\":{\"type\":\"ip\"}}");
        FakeEngine.Fault pass = (exchange, carryOut) -> {
            FakeEngine.Answer answer = carryOut.run();
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        };
        // Templates of two kinds and the indices are compared, one template is put, and what it gives is looked at.
        engine.misbehave(pass, pass, pass, pass, pass);
        engine.misbehave(FakeEngine.status(
                400, "{\"error\":{\"type\":\"illegal_argument_exception\",\"reason\":\"cannot be changed\"}}"));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(this::install)
                .withMessageContaining("mail-hops-v1")
                .withMessageContaining("version 5")
                .withMessageContaining("cannot be changed")
                .withMessageContaining("listlens setup --upgrade");
    }

    @Test
    void refusesToGoBack() throws Exception {
        install();
        index("mail-hops", 5, "{}");
        index("mail-messages", 3, "{}");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(this::install)
                .withMessageContaining("mail-messages in version 4, newer than this program's 3");
        // Nothing was changed before that was known.
        assertThat(Objects.requireNonNull(engine.template("index_template/mail-hops"))
                        .at("/_meta/version")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void refusesAnIndexInPlaceOfTheAlias() throws Exception {
        engine.addIndex("mail-hops");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(this::install)
                .withMessageContaining("an index named mail-hops where an alias");
    }

    @Test
    void doesNotMindThatAnotherCreatedTheIndexAtTheSameTime() throws Exception {
        FakeEngine.Fault other = (exchange, carryOut) -> {
            carryOut.run();
            FakeEngine.Answer second = carryOut.run();
            exchange.sendResponseHeaders(second.status(), second.body().length);
            exchange.getResponseBody().write(second.body());
            exchange.close();
        };
        index("mail-hops", 4, "{}");
        Files.delete(folder.resolve("index-templates").resolve("mail-messages.json"));
        FakeEngine.Fault pass = (exchange, carryOut) -> {
            FakeEngine.Answer answer = carryOut.run();
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
            if (!head) {
                exchange.getResponseBody().write(answer.body());
            }
            exchange.close();
        };
        // Templates of two kinds and the indices are compared, two templates are put; then the index is created.
        engine.misbehave(pass, pass, pass, pass, pass, other);
        Installed installed = install();
        assertThat(engine.faultsLeft()).isFalse();
        assertThat(installed.created()).isEmpty();
        assertThat(installed.writeIndices()).containsEntry("mail-hops", "mail-hops-v1");
    }

    @Test
    void givesAnIndexItsAliasBack() throws Exception {
        install();
        engine.dropAlias("mail-hops");
        Installed installed = install();
        assertThat(installed.created()).isEmpty();
        assertThat(install().writeIndices()).containsEntry("mail-hops", "mail-hops-v1");
    }

    @Test
    void replacesTypesThatTheEngineLacks() throws Exception {
        engine.lackingTypes.addAll(List.of("match_only_text", "wildcard", "flat_object", "flattened", "scaled_float"));
        index("mail-hops", 4, """
                {"a":{"type":"match_only_text","analyzer":"simple","fields":{"raw":{"type":"wildcard"}}},
                 "b":{"properties":{"type":{"type":"flat_object"},"c":{"type":"scaled_float","scaling_factor":10}}},
                 "d":{"type":"date"}}""");
        install();
        assertThat(Objects.requireNonNull(engine.template("index_template/mail-hops"))
                        .at("/template/mappings/properties")
                        .toString())
                .isEqualTo(
                        "{\"a\":{\"type\":\"text\",\"analyzer\":\"simple\",\"fields\":{\"raw\":{\"type\":\"keyword\"}}},"
                                + "\"b\":{\"properties\":{\"type\":{\"type\":\"object\",\"enabled\":false},"
                                + "\"c\":{\"type\":\"double\"}}},\"d\":{\"type\":\"date\"}}");
    }

    @Test
    void prefersTheOtherFamilysNameOfAType() throws Exception {
        engine.lackingTypes.add("flat_object");
        index("mail-hops", 4, "{\"a\":{\"type\":\"flat_object\"}}");
        install();
        assertThat(Objects.requireNonNull(engine.template("index_template/mail-hops"))
                        .at("/template/mappings/properties/a/type")
                        .asText())
                .isEqualTo("flattened");
    }

    @Test
    void saysWhichTypeHasNoEquivalent() throws Exception {
        engine.lackingTypes.add("ip");
        index("mail-hops", 4, "{\"a\":{\"type\":\"ip\"}}");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(this::install)
                .withMessageContaining("refuses the template mail-hops")
                .withMessageContaining("[ip]");
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws Exception {
        component("shared", "{\"template\":");
        assertThatThrownBy(this::install)
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("shared.json", "no JSON");
        component("shared", "[]");
        assertThatThrownBy(this::install).isInstanceOf(EngineException.class).hasMessageContaining("no JSON object");
        component("shared", "{\"_meta\":{\"version\":\"x\"}}");
        assertThatThrownBy(this::install).isInstanceOf(EngineException.class).hasMessageContaining("whole number");
        component("shared", "{}");
        Files.writeString(folder.resolve("index-templates/mail-hops.json"), "{}");
        assertThatThrownBy(this::install).isInstanceOf(EngineException.class).hasMessageContaining("whole number");
        assertThatThrownBy(() -> Templates.install(client, folder.resolve("nowhere"), IndexLayout.ANY))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("nowhere", "missing");
        Files.delete(folder.resolve("index-templates/mail-hops.json"));
        Files.delete(folder.resolve("index-templates/mail-messages.json"));
        assertThatThrownBy(this::install).isInstanceOf(EngineException.class).hasMessageContaining("is empty");
        assertThat(engine.log()).isEmpty();
    }

    @Test
    void loadSettingsComeAndGo() throws Exception {
        Installed installed = install();
        try (BulkLoadSettings load = BulkLoadSettings.apply(client, installed, false)) {
            assertThat(load).isNotNull();
            assertThat(engine.setting("mail-hops-v1", "index.refresh_interval")).isEqualTo("30001ms");
            assertThat(engine.setting("mail-hops-v1", "index.auto_expand_replicas"))
                    .isEqualTo("0-0");
        }
        assertThat(engine.setting("mail-hops-v1", "index.refresh_interval")).isEqualTo("7s");
        assertThat(engine.setting("mail-hops-v1", "index.auto_expand_replicas")).isEqualTo("0-1");
        assertThat(engine.log()).contains("POST /mail-hops,mail-messages/_refresh");
    }

    @Test
    void loadSettingsAreNotForIndicesThatWereThere() throws Exception {
        install();
        engine.setting("mail-hops-v1", "index.refresh_interval", "60s");
        try (BulkLoadSettings load = BulkLoadSettings.apply(client, install(), false)) {
            assertThat(load).isNotNull();
            assertThat(engine.setting("mail-hops-v1", "index.refresh_interval")).isEqualTo("60s");
            assertThat(engine.setting("mail-hops-v1", "index.auto_expand_replicas"))
                    .isNotEqualTo("0-0");
        }
        assertThat(engine.setting("mail-hops-v1", "index.refresh_interval")).isEqualTo("60s");
        try (BulkLoadSettings load = BulkLoadSettings.apply(client, install(), true)) {
            assertThat(load).isNotNull();
            assertThat(engine.setting("mail-hops-v1", "index.refresh_interval")).isEqualTo("30001ms");
            // What is there already keeps its copies.
            assertThat(engine.setting("mail-hops-v1", "index.auto_expand_replicas"))
                    .isNotEqualTo("0-0");
        }
    }

    @Test
    void theNextRunPutsBackWhatAKilledOneLeft() throws Exception {
        BulkLoadSettings killed = BulkLoadSettings.apply(client, install(), false);
        assertThat(killed).isNotNull();
        try (BulkLoadSettings load = BulkLoadSettings.apply(client, install(), false)) {
            assertThat(load).isNotNull();
            assertThat(engine.setting("mail-hops-v1", "index.refresh_interval")).isEqualTo("7s");
            assertThat(engine.setting("mail-hops-v1", "index.auto_expand_replicas"))
                    .isEqualTo("0-1");
        }
    }

    @Test
    void anInterruptedThreadPutsBackAllTheSame() throws Exception {
        BulkLoadSettings load = BulkLoadSettings.apply(client, install(), false);
        Thread.currentThread().interrupt();
        load.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(engine.setting("mail-messages-v1", "index.refresh_interval")).isEqualTo("7s");
    }
}
