package org.listlens.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.link.ArchiveLinks.MalformedLineException;

class ArchiveLinksTest {
    @ParameterizedTest
    @CsvSource({
        "linux-can.vger.kernel.org, a@b.example, https://lore.kernel.org/linux-can/a@b.example/",
        "LINUX-CAN.vger.kernel.org, a/b?c#%@x, https://lore.kernel.org/LINUX-CAN/a%2Fb%3Fc%23%25@x/",
        "vger.kernel.org.example.com, a@b, ",
        "talk.example.org, é@x, https://example.org/m?id=%C3%A9@x&l=talk.example.org",
        "secret.example.org, a@b, ",
        "quiet.vger.kernel.org, a@b, ",
    })
    void linksMails(String list, String id, String url) throws Exception {
        ArchiveLinks links = ArchiveLinks.shipped().with("""
                # mine
                talk.example.org  https://example.org/m?id={message_id}&l={list_id}
                quiet.vger.kernel.org -
                """);
        assertThat(links.url(List.of(list), id)).isEqualTo(url);
    }

    @Test
    void takesTheFirstListThatIsKnown() {
        assertThat(ArchiveLinks.shipped().url(List.of("a.example.org", "b.vger.kernel.org"), "x@y"))
                .isEqualTo("https://lore.kernel.org/b/x@y/");
        assertThat(ArchiveLinks.shipped().url(List.of(), "x@y")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.org, no URL",
        "a.example.org https://example.org/, no URL with {message_id}",
        "a.*.org https://example.org/{message_id}, neither",
        "*x.org https://example.org/{message_id}, neither",
        "* javascript:alert({message_id}), no http",
        "* https://exa mple.org/{message_id}, no http",
    })
    void refusesLinesThatMakeNoSense(String line, String reason) {
        assertThatThrownBy(() -> ArchiveLinks.shipped().with("\n" + line))
                .isInstanceOfSatisfying(
                        MalformedLineException.class, e -> assertThat(e.line()).isEqualTo(2))
                .hasMessageContaining(reason);
    }
}
