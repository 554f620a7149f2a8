package org.listlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.RetryPolicy;
import org.listlens.index.Updates;

/** Persons in an engine: the same however the mails came, and whole again after whatever was cut off. */
class PeopleIT extends OnEmbeddedEngine {
    private int files;

    @BeforeEach
    void clear() throws Exception {
        engine().send("DELETE", "/mail-*-v1?ignore_unavailable=true", null);
    }

    /** A mail of an author to lists. */
    private static String mail(int number, String from, String... lists) {
        StringBuilder mail = new StringBuilder("From MAILER Thu Jan  1 00:00:00 2021\nMessage-ID: <" + number
                + "@example.com>\nFrom: " + from + "\nDate: Fri, 01 Jan 2021 00:" + number / 60 % 60 + ":" + number % 60
                + " +0000\nSubject: " + number + "\n");
        for (String list : lists) {
            mail.append("List-Id: <").append(list).append(".example.org>\n");
        }
        return mail + "\nText of " + number + "\n\n";
    }

    private void index(List<String> mails, String... options) throws Exception {
        Path file = temporary().resolve("mails" + files++ + ".mbox");
        Files.writeString(file, String.join("", mails));
        List<String> args = new ArrayList<>(List.of("index", "--url", engine().url(), file.toString()));
        args.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(Map.of(), args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        update();
    }

    private void update() throws Exception {
        try (EngineClient client = new EngineClient(EngineSettings.of(engine().url()))) {
            client.detect();
            new Updates(client, RetryPolicy.lasting(Duration.ofSeconds(30))).run(0);
        }
    }

    /** Person ids by Message-ID, and the persons' documents by their ids. */
    private Map<String, Object> state() throws Exception {
        Map<String, Object> state = new TreeMap<>();
        for (String alias : List.of("mail-messages", "mail-people")) {
            engine().post("/" + alias + "/_refresh", "");
        }
        engine().all("mail-messages")
                .forEach((id, source) -> state.put(
                        source.at("/email/message_id").asText(),
                        source.at("/author/id").asText()));
        state.putAll(engine().all("mail-people"));
        return state;
    }

    private JsonNode person(String id) throws Exception {
        return engine().get("/mail-people/_doc/" + id).at("/_source/person");
    }

    @Test
    void addressesAreJoinedAndCrosspostsCountedOnce() throws Exception {
        index(List.of(
                mail(1, "Jane Doe <jane.doe@example.com>", "a"),
                mail(2, "\"Doe, Jane\" <jdoe@example.net>", "a"),
                mail(3, "Jane Doe <janed@other.example.net>", "b"),
                mail(4, "Jane <jane@example.com>", "a", "b"),
                mail(5, "syzbot <syzbot+1@syzkaller.appspotmail.com>", "a"),
                mail(6, "syzbot <syzbot+2@syzkaller.appspotmail.com>", "a"),
                mail(7, "Jane Doe via A <a@example.org>", "a"),
                mail(8, "Jane Doe <jane.doe@example.com>", "a", "c")));
        JsonNode jane = person("jane.doe@example.com");
        assertThat(jane.path("messages").asInt()).isEqualTo(3);
        assertThat(jane.path("addresses")).hasToString("[\"jane.doe@example.com\",\"jdoe@example.net\"]");
        assertThat(jane.path("names")).hasToString("[\"Jane Doe\"]");
        assertThat(jane.path("first_seen").asText()).isEqualTo("2021-01-01T00:00:01.000Z");
        assertThat(jane.path("last_seen").asText()).isEqualTo("2021-01-01T00:00:08.000Z");
        assertThat(person("janed@other.example.net").path("messages").asInt()).isEqualTo(1);
        assertThat(person("jane@example.com").path("messages").asInt()).isEqualTo(1);
        assertThat(person("syzbot+1@syzkaller.appspotmail.com").path("robot").asBoolean())
                .isTrue();
        assertThat(person("syzbot+1@syzkaller.appspotmail.com").path("messages").asInt())
                .isEqualTo(2);
        assertThat(state())
                .containsEntry("2@example.com", "jane.doe@example.com")
                .containsEntry("7@example.com", "a@example.org#doe jane");

        // A later mail joins what was two, and what was said of the messages changes.
        index(List.of(mail(9, "Jane Doe <janed@other.example.net>", "a")));
        assertThat(person("jane.doe@example.com").path("messages").asInt()).isEqualTo(5);
        assertThat(state())
                .containsEntry("3@example.com", "jane.doe@example.com")
                .doesNotContainKey("janed@other.example.net");
    }

    @Test
    void aCopyByAnotherListMayJoinPersons() throws Exception {
        index(List.of(mail(1, "Jane Doe <jane.doe@example.com>", "a"), mail(2, "Jane Doe <jdoe@example.net>", "b")));
        assertThat(state()).containsKeys("jane.doe@example.com", "jdoe@example.net");
        index(List.of(mail(2, "Jane Doe <jdoe@example.net>", "a")));
        assertThat(state()).containsKey("jane.doe@example.com").doesNotContainKey("jdoe@example.net");
    }

    @Test
    void theOrderOfMailsDoesNotMatterAndWhatWasCutOffIsMadeUpFor() throws Exception {
        Random random = new Random(3);
        String[] authors = {
            "Jane Doe <jane.doe@%d.example.com>", "Doe Jane <jdoe@%d.example.com>", "Jane Doe <jd42@%d.example.com>",
            "John Roe <john.roe@%d.example.com>", "John Roe <jr@%d.example.com>", "Jane <jane@%d.example.com>",
            "Test Bot <bot+%d@example.com>", "Jane Doe via A <a@example.org>", "John via A <a@example.org>",
        };
        List<String> mails = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            String author = authors[random.nextInt(authors.length)];
            String list = String.valueOf((char) ('a' + random.nextInt(4)));
            String address = author.formatted(random.nextInt(5));
            mails.add(random.nextInt(8) == 0 ? mail(i, address, list, "e") : mail(i, address, list));
        }
        index(mails);
        Map<String, Object> atOnce = state();
        // One person for each of the names with a surname and local part, one for each jane@, the robot, two behind a@.
        assertThat(atOnce).hasSize(240 + 4 + 5 + 1 + 2);

        clear();
        Collections.shuffle(mails, random);
        for (int i = 0; i < 12; i++) {
            index(mails.subList(i * 20, i * 20 + 20));
        }
        assertThat(state()).isEqualTo(atOnce);

        // An update of all that was cut off after some messages and persons.
        engine().post("/mail-messages/_update_by_query?refresh=true", """
                {"query": {"term": {"author.address": "jane.doe@1.example.com"}},
                 "script": "ctx._source.author.id = 'wrong'; ctx._source.thread = ['solved': true]"}""");
        String id = engine().post("/mail-people/_search", "{\"size\":1}")
                .at("/hits/hits/0/_id")
                .asText();
        engine().post(
                        "/mail-people/_delete_by_query?refresh=true",
                        "{\"query\":{\"term\":{\"person.id\":\"" + id + "\"}}}");
        assertThat(state()).isNotEqualTo(atOnce);
        update();
        assertThat(state()).isEqualTo(atOnce);
    }

    @Test
    void aMailmapChangesPersons() throws Exception {
        List<String> mails =
                List.of(mail(1, "Jane Doe <jane.doe@example.com>", "a"), mail(2, "JD <hidden@example.net>", "a"));
        index(mails);
        assertThat(state()).containsKey("hidden@example.net");
        Path mailmap = Files.writeString(
                temporary().resolve("mailmap"), "Jane Doe <jane.doe@example.com> <hidden@example.net>\n");
        index(mails, "--mailmap", mailmap.toString());
        assertThat(state())
                .containsEntry("2@example.com", "jane.doe@example.com")
                .doesNotContainKey("hidden@example.net");
        assertThat(person("jane.doe@example.com").path("messages").asInt()).isEqualTo(2);
    }
}
