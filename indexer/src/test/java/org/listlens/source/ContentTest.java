package org.listlens.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    EMPTY  | ~~  ~
                    MAIL   | Subject: a~~
                    MAIL   | SUBJECT : a~~
                    MAIL   | Foo: bar~ baz~Message-ID: <a@example.org>~~
                    MAIL   | ~~Subject: a~~
                    MAIL   | +OK 123 octets~Return-Path: <a@example.org>~~
                    MAIL   | >From jane Fri Jul  8 12:08:34 2011~Received: x~~
                    MAIL   | Return-Path: <a@example.org> Received: from a Received: from b
                    EMLX   | 12    ~Subject: a~~
                    MMDF   | !!!!~Subject: a~~
                    TEXT   | 12 apples~Subject: a~~
                    MBOX   | From 1580273430043535358@xxx Mon Oct 09 09:28:44 +0000 2017~X-GM-THRID: 1~~
                    MBOX   | From jane (a) example.org  Fri May  7 12:08:34 2004~From: jane(a)example.org (Jane)~~
                    MBOX   | From jane@example.org Fri Jul  8 12:08:34 2011~Subject: a~~
                    MBOX   | From jane@example.org Fri Jul  8 12:08:34 2011
                    MBOX   | From jane@example.org~Subject: a~~
                    TEXT   | From here on~we wrote~
                    TEXT   | Hello:~~Subject: a~
                    TEXT   | Note: a~Foo: b~~
                    TEXT   | http://example.org/~
                    TEXT   | On Tuesday Jane wrote:~Subject: a~
                    TEXT   | a~b~c~d~e~f~Received: x~
                    BINARY | PNG^^^~Subject: a
                    """)
    void isRecognised(Content content, String text) {
        byte[] octets =
                Collected.octets(text.replace('~', '\n').replace('^', '\0').replace('!', '\1'));
        assertThat(Content.of(octets, octets.length)).isEqualTo(content);
        byte[] crLf =
                Collected.octets(text.replace("~", "\r\n").replace('^', '\0').replace('!', '\1'));
        assertThat(Content.of(crLf, crLf.length)).as("with CR LF").isEqualTo(content);
    }
}
