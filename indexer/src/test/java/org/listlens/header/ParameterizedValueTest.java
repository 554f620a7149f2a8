package org.listlens.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterizedValueTest {
    /** Field, value, then the parameters as {@code name:value} with commas between them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            text/plain                                          | text/plain          | ``
            Text/PLAIN                                          | text/plain          | ``
            text/plain;                                         | text/plain          | ``
            text / plain                                        | text/plain          | ``
            text/plain (a comment)                              | text/plain          | ``
            (one) text(two)/(three)plain                        | text/plain          | ``
            "text/plain"                                        | text/plain          | ``
            ;charset=utf-8                                      | ``                  | charset:utf-8
            text/plain; charset=utf-8                           | text/plain          | charset:utf-8
            text/plain;charset="UTF-8"                          | text/plain          | charset:UTF-8
            text/plain; Charset = utf-8                         | text/plain          | charset:utf-8
            text/plain; charset=utf-8; format=flowed            | text/plain          | charset:utf-8,format:flowed
            text/plain;; charset=utf-8 ;; format=flowed;        | text/plain          | charset:utf-8,format:flowed
            text/plain charset=utf-8                            | text/plain          | charset:utf-8
            text/plain; charset=utf-8 format=flowed             | text/plain          | charset:utf-8,format:flowed
            text/plain; charset="utf-8" format=flowed           | text/plain          | charset:utf-8,format:flowed
            text/plain, charset=utf-8                           | text/plain          | charset:utf-8
            text/plain; charset                                 | text/plain          | ``
            text/plain; charset; format=flowed                  | text/plain          | format:flowed
            text/plain; charset=                                | text/plain          | charset:
            text/plain; =utf-8; format=flowed                   | text/plain          | format:flowed
            text/plain; charset=us-ascii (Plain text)           | text/plain          | charset:us-ascii
            text/plain; charset=(Plain text) us-ascii           | text/plain          | charset:us-ascii
            text/plain; (before) charset=us-ascii; (x) a=b      | text/plain          | charset:us-ascii,a:b
            text/plain; a="b (c) d"                             | text/plain          | a:b (c) d
            text/plain; name=foo bar.txt                        | text/plain          | name:foo bar.txt
            text/plain; name=foo bar.txt; charset=utf-8         | text/plain          | name:foo bar.txt,charset:utf-8
            text/plain; name=foo (1).txt                        | text/plain          | name:foo (1).txt
            text/plain; name="foo.txt                           | text/plain          | name:foo.txt
            text/plain; name="foo.txt; charset=utf-8            | text/plain          | name:foo.txt,charset:utf-8
            text/plain; name="a \\"quoted\\" b.txt"             | text/plain          | name:a "quoted" b.txt
            text/plain; name="C:\\temp\\foo.txt"                | text/plain          | name:C:\\temp\\foo.txt
            text/plain; name="a\\\\b"                           | text/plain          | name:a\\b
            text/plain; charset=a; charset=b                    | text/plain          | charset:a
            attachment; filename*=utf-8''a%20%C3%BC.txt         | attachment          | filename:a ü.txt
            attachment; filename*=UTF-8'de'%e2%82%ac            | attachment          | filename:€
            attachment; filename*=iso-8859-1''%fc.txt           | attachment          | filename:ü.txt
            attachment; filename*=koi8-r''%c4%c1                | attachment          | filename:да
            attachment; filename*=''%fc.txt                     | attachment          | filename:ü.txt
            attachment; filename*=x-none''%C3%BC.txt            | attachment          | filename:ü.txt
            attachment; filename*="utf-8''%C3%BC.txt"           | attachment          | filename:ü.txt
            attachment; filename*=%C3%BC.txt                    | attachment          | filename:ü.txt
            attachment; filename*=utf-8''100%.txt               | attachment          | filename:100%.txt
            attachment; filename*=utf-8''%zz%4                  | attachment          | filename:%zz%4
            attachment; filename=plain; filename*=utf-8''e      | attachment          | filename:e
            attachment; filename*0="foo"; filename*1="bar"      | attachment          | filename:foobar
            attachment; filename*1="bar"; filename*0="foo"      | attachment          | filename:foobar
            attachment; filename*0*=utf-8''%C3; filename*1*=%BC | attachment          | filename:ü
            attachment; filename*0*=utf-8''%C3%BC; filename*1=%20 | attachment        | filename:ü%20
            attachment; filename*0=a; filename*2=c              | attachment          | filename:ac
            attachment; filename*0=a; filename*0=b              | attachment          | filename:a
            attachment; filename*x=a; filename*99999=b; c=d     | attachment          | c:d
            attachment; filename="=?utf-8?Q?gr=C3=BCn?=.txt"    | attachment          | filename:grün.txt
            attachment; filename==?utf-8?B?Z3LDvG4=?=           | attachment          | filename:grün
            attachment; filename*=utf-8''=%3Fx?Q?y?=            | attachment          | filename:=?x?Q?y?=
            multipart/mixed; boundary="=?utf-8?Q?a?="           | multipart/mixed     | boundary:=?utf-8?Q?a?=
            multipart/mixed; boundary="=_a;b?c"                 | multipart/mixed     | boundary:=_a;b?c
            multipart/mixed; boundary=----=_Part_1              | multipart/mixed     | boundary:----=_Part_1
            multipart/mixed; boundary="a b "                    | multipart/mixed     | boundary:a b
            """)
    void reads(String field, String value, String parameters) {
        ParameterizedValue parsed = ParameterizedValue.parse(field);

        assertThat(parsed.value()).isEqualTo(value);
        StringBuilder found = new StringBuilder();
        for (Map.Entry<String, String> parameter : parsed.parameters().entrySet()) {
            found.append(found.isEmpty() ? "" : ",")
                    .append(parameter.getKey())
                    .append(':')
                    .append(parameter.getValue());
        }
        assertThat(found.toString().strip()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ";", ";;;", "=", "\"", "(", ")", "\\", "(\\", "a;b=\"\\", "a;*=b", "a;*0=b", "a;b*", "%"
            })
    void nothingThrows(String field) {
        assertThat(ParameterizedValue.parse(field).parameters().keySet()).allMatch(name -> name.equals("b"));
    }

    @Test
    void aFoldedValueReadsAsAnUnfoldedOne() {
        assertThat(ParameterizedValue.parse("text/plain;\r\n\tcharset=utf-8;\n format=flowed"))
                .isEqualTo(ParameterizedValue.parse("text/plain; charset=utf-8; format=flowed"));
    }

    @Test
    void parametersAreBounded() {
        StringBuilder field = new StringBuilder("text/plain");
        for (int i = 0; i < 100_000; i++) {
            field.append("; p").append(i).append("=v");
        }

        assertThat(ParameterizedValue.parse(field.toString()).parameters()).hasSize(200);
    }

    /** What would be quadratic in a scanner that goes back does not end here in time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", " (", "(a) ", " ()", "\"", ";\"", "; a=\"", "; a=b (", "; a=(", "a ", "a=", " a=b", "\\",
                "; a*0=b", ";"
            })
    void longFieldsEnd(String piece) {
        String field = "text/plain; x=y " + piece.repeat(200_000);

        assertThat(ParameterizedValue.parse(field).value()).isEqualTo("text/plain");
    }
}
