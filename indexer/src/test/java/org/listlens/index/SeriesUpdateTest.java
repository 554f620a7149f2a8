package org.listlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedAction;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.engine.EngineClient;
import org.listlens.engine.EngineSettings;
import org.listlens.engine.FakeEngine;
import org.listlens.engine.RetryPolicy;
import org.listlens.engine.RetryingClient;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.sink.ActionWriter;

/** Series from an engine, with mails in any order and over any number of runs. */
class SeriesUpdateTest {
    private static final RetryPolicy RETRY = RetryPolicy.lasting(Duration.ofSeconds(10));

    private static final List<String> MAILS = List.of(
            mail("c1", "ada", 6, "[PATCH 0/2] foo: faster", "", ""),
            mail("a1", "ada", 6, "[PATCH 1/2] foo: a", "c1", ""),
            mail("b1", "ada", 6, "[PATCH 2/2] foo: b", "c1", ""),
            mail("r1", "eve", 7, "Re: [PATCH 1/2] foo: a", "c1 a1", "Reviewed-by: Eve <eve@example.com>"),
            mail("q1", "ada", 8, "Re: [PATCH 1/2] foo: a", "c1 a1 r1", "Thanks."),
            mail(
                    "c2",
                    "ada",
                    9,
                    "[PATCH v2 0/2] foo: much faster",
                    "",
                    "- Link to v1: https://lore.example.org/r/c1@example.com"),
            mail("a2", "ada", 9, "[PATCH v2 1/2] foo: a", "c2", ""),
            mail("b2", "ada", 9, "[PATCH v2 2/2] foo: c", "c2", ""),
            mail("r2", "bob", 10, "Re: [PATCH v2 0/2] foo: much faster", "c2", "Acked-by: Bob <bob@example.com>"),
            mail("a3", "ada", 12, "[PATCH v3] foo: a", "r2 c2", ""),
            mail("x1", "bob", 6, "[PATCH] bar: fix", "", ""),
            mail("x2", "bob", 9, "[PATCH v2] bar: fix", "", ""),
            mail("x3", "eve", 9, "[PATCH v2] bar: fix", "x1", ""),
            mail("p3", "ada", 6, "[PATCH 3/5] baz: c", "p0", ""),
            mail("p4", "ada", 6, "[PATCH 4/5] baz: d", "p0", ""),
            mail("d1", "ada", 6, "A discussion", "", ""),
            mail("d2", "eve", 7, "Re: A discussion", "d1", "Acked-by: Eve <eve@example.com>"));

    private static String mail(String id, String author, int day, String subject, String refers, String text) {
        StringBuilder references = new StringBuilder();
        for (String refer : refers.split(" ", -1)) {
            if (!refer.isEmpty()) {
                references.append(" <").append(refer).append("@example.com>");
            }
        }
        return "Message-ID: <" + id + "@example.com>\nFrom: " + author + "@example.com\nDate: " + day
                + " Jul 2021 12:00:00 +0000\nSubject: " + subject + "\n"
                + (references.isEmpty() ? "" : "References:" + references + "\n")
                + "\n" + text + "\n";
    }

    private static EncodedAction message(String mail) {
        byte[] octets = mail.getBytes(StandardCharsets.UTF_8);
        EncodedMail encoded = new MailDocuments()
                .encode(new MailParser(Limits.DEFAULT)
                        .parse(new RawMail(new Origin("test", "0"), octets, octets.length)));
        EncodedDocument message = encoded.documents().get(0);
        String line =
                new String(encoded.body(), message.start(), message.end() - message.start(), StandardCharsets.UTF_8);
        return new EncodedAction(DocumentKind.MESSAGE, message.id(), line.getBytes(StandardCharsets.UTF_8));
    }

    private static EncodedAction solved(EncodedAction message) {
        String update = "{\"update\":{\"_index\":\"mail-messages\",\"_id\":\"" + message.id()
                + "\"}}\n{\"doc\":{\"thread\":{\"solved\":true}}}\n";
        return new EncodedAction(DocumentKind.MESSAGE, message.id(), update.getBytes(StandardCharsets.UTF_8));
    }

    /** Indexes mails in some runs; returns the documents of the series. */
    private static String index(List<List<String>> runs) throws Exception {
        try (FakeEngine engine = new FakeEngine().withAlias("mail-messages").withAlias("mail-series");
                EngineClient client = new EngineClient(EngineSettings.of(engine.url()))) {
            ActionWriter writer = new ActionWriter(client, RETRY);
            for (List<String> run : runs) {
                List<EncodedAction> messages = new ArrayList<>();
                for (String mail : run) {
                    messages.add(message(mail));
                }
                writer.write(messages);
                update(engine, client);
                List<EncodedAction> solved = new ArrayList<>();
                for (EncodedAction message : messages) {
                    solved.add(solved(message));
                }
                writer.write(solved);
            }
            String series = engine.documents("mail-series").toString();
            long changes = engine.changes.get();
            update(engine, client);
            assertThat(engine.changes.get()).as("nothing has come").isEqualTo(changes);
            return series;
        }
    }

    private static void update(FakeEngine engine, EngineClient client) throws Exception {
        engine.refresh();
        UpdateWriter writer = new UpdateWriter(new ActionWriter(client, RETRY), null);
        new SeriesUpdate(new EngineSearch(new RetryingClient(client, RETRY)), writer).run();
    }

    @Test
    void neitherOrderNorRunsMatter() throws Exception {
        String once = index(List.of(MAILS));
        assertThat(once)
                .contains("\"versions\":[{\"version\":1,")
                .contains("\"reviewed\":1,\"acked\":1,\"tested\":0")
                .contains("\"first_review_ms\":86400000");
        assertThat(once.split("\"series\":", -1)).as("foo, bar, Eve's bar, baz").hasSize(5);
        Random random = new Random(11);
        for (int i = 0; i < 12; i++) {
            List<String> mails = new ArrayList<>(MAILS);
            Collections.shuffle(mails, random);
            List<List<String>> runs = new ArrayList<>();
            int from = 0;
            while (from < mails.size()) {
                int to = Math.min(mails.size(), from + 1 + random.nextInt(8));
                runs.add(mails.subList(from, to));
                from = to;
            }
            assertThat(index(runs)).isEqualTo(once);
        }
    }
}
