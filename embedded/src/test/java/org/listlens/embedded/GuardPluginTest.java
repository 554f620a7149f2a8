package org.listlens.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardPluginTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:41234",
                "127.0.0.1",
                "127.1.2.3",
                "localhost",
                "LocalHost:9200",
                "app.localhost:80",
                "[::1]:9200",
                "[::1]",
                "host.docker.internal:9200"
            })
    void namesOfThisMachine(String host) {
        assertThat(GuardPlugin.isLocal(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.org",
                "127.example.org",
                "127.0.0.1.example.org",
                "localhost.example.org",
                "notlocalhost",
                "192.0.2.1",
                "[2001:db8::1]:80",
                "[::1].example.org",
                "[::1",
                "",
                ":9200"
            })
    void namesOfOthers(String host) {
        assertThat(GuardPlugin.isLocal(host)).isFalse();
    }

    @Test
    void aRequestWithoutAHostComesFromNoBrowser() {
        assertThat(GuardPlugin.isLocal(null)).isTrue();
    }
}
