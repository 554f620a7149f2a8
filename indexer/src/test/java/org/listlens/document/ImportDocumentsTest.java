package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.listlens.mail.Origin;

class ImportDocumentsTest {
    static final ImportRun RUN = new ImportRun(
            "run-1",
            "0.1.0",
            List.of("/archive/a.mbox", "-"),
            "00112233445566778899aabbccddeeff",
            List.of("list.example.org"),
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Instant.parse("2026-01-02T03:05:00Z"),
            10,
            5,
            2,
            2,
            1,
            12_345);
    static final Rejection REJECTION = new Rejection(
            "run-1",
            new Origin("/archive/a.mbox", "4096"),
            "the engine refused it: \"why\"",
            Instant.parse("2026-01-02T03:04:30Z"));

    static final SourcePosition POSITION = new SourcePosition(
            "/archive/a.mbox",
            "7",
            Map.of("offset", "4096", "digest", "00ff"),
            12,
            "settings",
            "index-uuid",
            "run-1",
            Instant.parse("2026-01-02T03:04:31Z"));
    static final SourceNote SOURCE = new SourceNote(
            "/archive/a.mbox",
            "mbox (mboxrd)",
            "run-1",
            "0.1.0",
            1,
            Instant.parse("2026-01-02T03:04:32Z"),
            true,
            1_500L,
            "the engine is gone",
            Instant.parse("2026-01-02T03:04:33Z"));

    @Test
    void positionIsKnownByItsArchiveAndPart() {
        EncodedAction encoded = ImportDocuments.encode(POSITION);
        assertThat(text(encoded)).isEqualTo("""
                        {"index":{"_index":"mail-imports","_id":"%s"}}
                        {"@timestamp":"2026-01-02T03:04:31.000Z","import":{"kind":"position","run":"run-1",\
                        "settings":"settings","index":"index-uuid","part":"7","mails":12,\
                        "state":{"digest":"00ff","offset":"4096"}},"archive":{"source":"/archive/a.mbox"}}
                        """.formatted(POSITION.id()));
    }

    @Test
    void aForgottenPositionIsDeleted() {
        EncodedAction encoded = ImportDocuments.encode(new SourcePosition(
                "/archive/a.mbox", "7", Map.of(), 0, "settings", "index-uuid", "run-1", Instant.EPOCH));
        assertThat(text(encoded)).isEqualTo("""
                        {"delete":{"_index":"mail-imports","_id":"%s"}}
                        """.formatted(POSITION.id()));
    }

    @Test
    void sourceIsKnownByItsName() {
        EncodedAction encoded = ImportDocuments.encode(SOURCE);
        assertThat(text(encoded)).isEqualTo("""
                        {"index":{"_index":"mail-imports","_id":"%s"}}
                        {"@timestamp":"2026-01-02T03:04:33.000Z","import":{"kind":"source","run":"run-1",\
                        "version":"0.1.0","documents":1,"description":"mbox (mboxrd)",\
                        "checked":"2026-01-02T03:04:32.000Z","followed":true,"lag_ms":1500,\
                        "error":"the engine is gone"},"archive":{"source":"/archive/a.mbox"}}
                        """.formatted(SOURCE.id()));
    }

    @Test
    void runIsOneLineOfActionAndOneOfDocument() {
        EncodedAction encoded = ImportDocuments.encode(RUN);

        assertThat(encoded.id()).isEqualTo("run-1");
        assertThat(text(encoded)).isEqualTo("""
                        {"index":{"_index":"mail-imports","_id":"run-1"}}
                        {"@timestamp":"2026-01-02T03:04:05.678Z","list":{"id":["list.example.org"]},\
                        "import":{"kind":"run","run":"run-1","version":"0.1.0","sources":["/archive/a.mbox","-"],\
                        "pseudonyms":"00112233445566778899aabbccddeeff",\
                        "started":"2026-01-02T03:04:05.678Z","finished":"2026-01-02T03:05:00.000Z","duration_ms":54322,"read":10,\
                        "indexed":5,"unchanged":2,"duplicate":2,"rejected":1,"octets":12345}}
                        """);
    }

    @Test
    void runUnderWayHasNoEnd() {
        EncodedAction encoded = ImportDocuments.encode(
                new ImportRun("run-2", "0.1.0", List.of(), null, List.of(), Instant.EPOCH, null, 0, 0, 0, 0, 0, 0));

        assertThat(text(encoded))
                .contains("\"started\":\"1970-01-01T00:00:00.000Z\"", "\"read\":0")
                .doesNotContain("finished", "sources", "list");
    }

    @Test
    void rejectionIsKnownByItsPlace() {
        EncodedAction encoded = ImportDocuments.encode(REJECTION);

        assertThat(text(encoded)).isEqualTo("""
                        {"index":{"_index":"mail-imports","_id":"%s"}}
                        {"@timestamp":"2026-01-02T03:04:30.000Z","import":{"kind":"rejection","run":"run-1",\
                        "reason":"the engine refused it: \\"why\\""},"archive":{"source":"/archive/a.mbox","position":"4096"}}
                        """.formatted(REJECTION.id()));
        assertThat(REJECTION.id()).matches("[0-9a-f]{32}");
        assertThat(new Rejection("run-2", REJECTION.origin(), "another reason", Instant.EPOCH).id())
                .isEqualTo(REJECTION.id());
        assertThat(new Rejection("run-1", new Origin("/archive/a.mbox4", "096"), "", Instant.EPOCH).id())
                .isNotEqualTo(REJECTION.id());
    }

    private static String text(EncodedAction encoded) {
        return new String(encoded.body(), StandardCharsets.UTF_8);
    }
}
