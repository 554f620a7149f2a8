package org.listlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost                     | http://localhost:9200",
                "localhost:9201                | http://localhost:9201",
                "http://search.example.org     | http://search.example.org:80",
                "HTTPS://search.example.org/   | https://search.example.org:443",
                "https://search.example.org/os/| https://search.example.org:443/os",
                "http://[2001:db8::1]:9200     | http://[2001:db8::1]:9200",
                "a.example.org, b.example.org  | http://a.example.org:9200, http://b.example.org:9200",
            })
    void completesAddresses(String given, String where) {
        assertThat(EngineSettings.of(given).where()).isEqualTo(where);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "ftp://search.example.org",
                "http://",
                "http://a b",
                "http://search.example.org/?q=1",
                "http://a.example.org/x,http://b.example.org/y",
                "https://user:secret@"
            })
    void refusesWhatIsNoAddress(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineSettings.of(given))
                .withMessageContaining("give")
                .withMessageNotContaining("secret")
                .withMessageEndingWith(".");
    }

    @Test
    void takesTheLoginOutOfTheAddress() {
        EngineSettings settings = EngineSettings.of("https://joe:p%40ss:x@search.example.org:9200");
        assertThat(settings.username()).isEqualTo("joe");
        assertThat(settings.password()).isEqualTo("p@ss:x");
        assertThat(settings.urls()).containsExactly(URI.create("https://search.example.org:9200"));
        assertThat(settings.toString()).doesNotContain("p@ss").contains("password=***");
    }

    @Test
    void showsNoSecrets() {
        assertThat(with(null, null, "key-secret", null, null, false).toString()).doesNotContain("secret");
        assertThat(with(null, null, null, "token-secret", null, false).toString())
                .doesNotContain("secret");
    }

    @Test
    void refusesContradictions() {
        assertThatIllegalArgumentException().isThrownBy(() -> with("joe", null, null, null, null, false));
        assertThatIllegalArgumentException().isThrownBy(() -> with("joe", "x", "key", null, null, false));
        assertThatIllegalArgumentException().isThrownBy(() -> with(null, null, "key", "token", null, false));
        assertThatIllegalArgumentException().isThrownBy(() -> with(null, null, null, null, Path.of("ca.pem"), true));
    }

    private static EngineSettings pinned(String fingerprint, @Nullable Path caFile, boolean insecure) {
        return new EngineSettings(
                List.of(URI.create("https://search.example.org:9200")),
                null,
                null,
                null,
                null,
                caFile,
                fingerprint,
                insecure,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                false);
    }

    @Test
    void aFingerprintIsReadAsProgramsPrintIt() {
        String digits = "0123456789abcdef".repeat(4);
        String colons = digits.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        assertThat(pinned(digits, null, false).fingerprint()).isEqualTo(digits);
        assertThat(pinned("SHA256 Fingerprint=" + colons, null, false).fingerprint())
                .isEqualTo(digits);
        for (String none : List.of("", digits.substring(1), digits + "00", digits.replace('f', 'g'))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pinned(none, null, false))
                    .withMessageContaining("SHA-256");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> pinned(digits, Path.of("ca.pem"), false));
        assertThatIllegalArgumentException().isThrownBy(() -> pinned(digits, null, true));
    }

    static EngineSettings with(
            @Nullable String username,
            @Nullable String password,
            @Nullable String apiKey,
            @Nullable String bearerToken,
            @Nullable Path caFile,
            boolean insecure) {
        return new EngineSettings(
                List.of(URI.create("https://search.example.org:9200")),
                username,
                password,
                apiKey,
                bearerToken,
                caFile,
                null,
                insecure,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                false);
    }
}
