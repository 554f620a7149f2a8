package org.listlens.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;

/** Cuts header and body apart at the first blank line, and gives the body to the parser. */
final class Mails {
    private Mails() {}

    static Body parse(byte[] mail, Limits limits, Defects defects) {
        List<HeaderField> fields = new ArrayList<>();
        int at = 0;
        while (at < mail.length) {
            int end = lineEnd(mail, at);
            String line = new String(mail, at, end - at, StandardCharsets.UTF_8).stripTrailing();
            if (line.isEmpty()) {
                at = end;
                break;
            }
            int colon = line.indexOf(':');
            int last = fields.size() - 1;
            if (Character.isWhitespace(line.charAt(0)) && last >= 0) {
                HeaderField folded = fields.get(last);
                fields.set(last, new HeaderField(folded.name(), folded.value() + line, folded.offset()));
            } else if (colon > 0) {
                fields.add(new HeaderField(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip(),
                        at));
            }
            at = end;
        }
        return BodyParser.parse(mail, at, mail.length - at, fields, limits, defects);
    }

    static Body parse(String mail, Defects defects) {
        return parse(mail.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT, defects);
    }

    static byte[] withCrlf(byte[] mail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < mail.length; i++) {
            if (mail[i] == '\n' && (i == 0 || mail[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(mail[i]);
        }
        return out.toByteArray();
    }

    private static int lineEnd(byte[] mail, int from) {
        int at = from;
        while (at < mail.length && mail[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, mail.length);
    }
}
