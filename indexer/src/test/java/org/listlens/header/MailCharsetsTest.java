package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailCharsetsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            utf-8                 | UTF-8
            UTF8                  | UTF-8
            utf_8                 | UTF-8
            utf-8-mac             | UTF-8
            "utf-8"               | UTF-8
            'utf-8'               | UTF-8
            utf-8;                | UTF-8
            utf-8 format=flowed   | UTF-8
            charset=utf-8         | UTF-8
            utf-8*en              | UTF-8
            <utf-8>               | UTF-8
            us-ascii              | US-ASCII
            ANSI_X3.4-1968        | US-ASCII
            iso-8859-1            | windows-1252
            ISO8859-1             | windows-1252
            iso_8859-1            | windows-1252
            latin1                | windows-1252
            cp1252                | windows-1252
            cp-1252               | windows-1252
            Windows-1252          | windows-1252
            windows 1252          | null
            iso-8859-2            | ISO-8859-2
            iso8859_2             | ISO-8859-2
            x-iso-8859-5          | ISO-8859-5
            latin2                | ISO-8859-2
            iso-8859-8-i          | ISO-8859-8
            iso-8859-9            | windows-1254
            iso-8859-15           | ISO-8859-15
            windows-1251          | windows-1251
            win-1251              | windows-1251
            cp-850                | IBM850
            ibm-437               | IBM437
            koi8-r                | KOI8-R
            koi8r                 | KOI8-R
            koi8-u                | KOI8-U
            gb2312                | GB18030
            GBK                   | GB18030
            gb18030               | GB18030
            x-gbk                 | GB18030
            big5                  | Big5
            x-x-big5              | Big5
            big5-hkscs            | Big5-HKSCS
            shift_jis             | windows-31j
            x-sjis                | windows-31j
            euc-jp                | EUC-JP
            iso-2022-jp           | x-windows-iso2022jp
            iso-2022-jp-1         | x-windows-iso2022jp
            iso-2022-jp-2         | ISO-2022-JP-2
            euc-kr                | x-windows-949
            ks_c_5601-1987        | x-windows-949
            KSC5601               | x-windows-949
            iso-2022-kr           | ISO-2022-KR
            tis-620               | x-windows-874
            macintosh             | x-MacRoman
            utf-16                | UTF-16
            """)
    void knowsWhatMailsName(String name, String charset) {
        Charset found = MailCharsets.forName(name);

        assertThat(found == null ? "null" : found.name()).isEqualTo(charset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "-",
                "_",
                "unknown-8bit",
                "x-unknown",
                "unknown",
                "utf-7",
                "binary",
                "none",
                "默认",
                "charset=",
                "=",
                "?",
                "::",
                "x-user-defined",
                "utf-8utf-8utf-8utf-8utf-8utf-8utf-8utf-8utf-8utf-8utf-8"
            })
    void doesNotKnowTheRest(String name) {
        assertThat(MailCharsets.forName(name)).isNull();
    }

    @Test
    void manyAndLongNamesDoNoHarm() {
        assertThat(MailCharsets.forName("a".repeat(1_000_000))).isNull();
        assertThat(MailCharsets.forName("charset=".repeat(100_000) + "utf-8")).isNotNull();
        for (int i = 0; i < 3_000; i++) {
            assertThat(MailCharsets.forName("x-none-" + i)).isNull();
        }
        assertThat(MailCharsets.forName("koi8-r")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, windows-1252",
        "iso-2022-jp, ISO-2022-JP",
        "ks_c_5601-1987, EUC-KR",
        "shift_jis, windows-31j",
        "utf8, UTF-8",
        "macintosh, macintosh",
        "tis-620, windows-874"
    })
    void namesAreThoseOfTheIana(String name, String registered) {
        Charset charset = Objects.requireNonNull(MailCharsets.forName(name));

        assertThat(MailCharsets.ianaName(charset)).isEqualTo(registered);
    }
}
