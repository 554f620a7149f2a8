package org.listlens.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.listlens.source.SourceException;

class MailboxUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # url                                          | user          | password | mechanism | host              | port | path            | uidvalidity
                    imap://mail.example.org                        | -             | -        | -         | mail.example.org  | 143  | -               | -1
                    IMAPS://Mail.Example.ORG/                      | -             | -        | -         | mail.example.org  | 993  | ''              | -1
                    imaps://joe@mail.example.org:1993/INBOX        | joe           | -        | -         | mail.example.org  | 1993 | INBOX           | -1
                    imap://joe:a%3Ab%40c%2F@mail.example.org/a/b   | joe           | a:b@c/   | -         | mail.example.org  | 143  | a/b             | -1
                    imap://joe:a:b@mail.example.org/x              | joe           | a:b      | -         | mail.example.org  | 143  | x               | -1
                    imap://joe@example.org@mail.example.org/x      | joe@example.org | -      | -         | mail.example.org  | 143  | x               | -1
                    imap://joe;AUTH=XOAUTH2@mail.example.org/x     | joe           | -        | XOAUTH2   | mail.example.org  | 143  | x               | -1
                    imap://joe;auth=plain:pw@mail.example.org/x    | joe           | pw       | PLAIN     | mail.example.org  | 143  | x               | -1
                    imap://;AUTH=ANONYMOUS@mail.example.org/x      | -             | -        | ANONYMOUS | mail.example.org  | 143  | x               | -1
                    imap://joe;AUTH=*@mail.example.org/x           | joe           | -        | -         | mail.example.org  | 143  | x               | -1
                    imap://[2001:db8::1]:1143/x                    | -             | -        | -         | [2001:db8::1]     | 1143 | x               | -1
                    imap://[2001:db8::1]/x                         | -             | -        | -         | [2001:db8::1]     | 143  | x               | -1
                    imap://h.example.org/%C3%A4%20b;UIDVALIDITY=42 | -             | -        | -         | h.example.org     | 143  | ä b             | 42
                    imap://h.example.org/[Gmail]/All Mail          | -             | -        | -         | h.example.org     | 143  | [Gmail]/All Mail | -1
                    imap://h.example.org/lists/*                   | -             | -        | -         | h.example.org     | 143  | lists/*         | -1
                    nntp://news.example.org/comp.mail.mime         | -             | -        | -         | news.example.org  | 119  | comp.mail.mime  | -1
                    nntps://u:secret@news.example.org/comp.mail.mime | u           | secret   | -         | news.example.org  | 563  | comp.mail.mime  | -1
                    """)
    void reads(
            String url,
            String user,
            String password,
            String mechanism,
            String host,
            int port,
            String path,
            long uidValidity)
            throws SourceException {
        MailboxUrl parsed = MailboxUrl.parse(url);
        assertThat(parsed.user()).isEqualTo(user);
        assertThat(parsed.password()).isEqualTo(password);
        assertThat(parsed.mechanism()).isEqualTo(mechanism);
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed.path()).isEqualTo(path);
        assertThat(parsed.uidValidity()).isEqualTo(uidValidity);
        if (password != null) {
            assertThat(parsed.toString()).doesNotContain(password).doesNotContain("%3A");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imap://joe:secret/x@mail.example.org/INBOX",
                "imap://joe:99/secret@mail.example.org/INBOX",
                "imap://joe:secret",
                "imap://joe:secret@",
                "imap://joe:secret@mail.example.org:99999/x",
                "imap://joe:secret@mail.example.org:12a/x",
                "imap://joe:secret%4@mail.example.org/x",
                "imap://joe:secret@[2001:db8::1/x",
                "imap://joe:secret@mail.example.org/x;UIDVALIDITY=0",
                "imap://joe:secret@mail.example.org/x/;UID=5",
                "imap://joe:secret@mail.example.org/x?SUBJECT"
            })
    void refusesWithoutRepeatingThePassword(String url) {
        assertThatThrownBy(() -> MailboxUrl.parse(url))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("imap://user@host:port/mailbox")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "imap://joe:pw@mail.example.org/x, INBOX, imap://joe@mail.example.org/INBOX",
        "imap://joe@mail.example.org:143/x, a b, imap://joe@mail.example.org/a%20b",
        "imaps://joe@mail.example.org:143/x, a/ä;*?%, imaps://joe@mail.example.org:143/a/%C3%A4%3B%2A%3F%25"
    })
    void namesMailboxesWithoutThePassword(String url, String mailbox, String name) throws SourceException {
        MailboxUrl parsed = MailboxUrl.parse(url);
        assertThat(parsed.name(parsed.user(), mailbox)).isEqualTo(name);
    }

    @Test
    void encodesTheUser() throws SourceException {
        String name = MailboxUrl.parse("imap://h.example.org").name("joe@example.org", "INBOX");
        assertThat(name).isEqualTo("imap://joe%40example.org@h.example.org/INBOX");
        assertThat(MailboxUrl.parse(name).user()).isEqualTo("joe@example.org");
    }
}
