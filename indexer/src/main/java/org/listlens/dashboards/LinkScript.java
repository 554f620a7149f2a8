package org.listlens.dashboards;

import org.jspecify.annotations.Nullable;
import org.listlens.link.ArchiveLinks;

/**
 * {@link ArchiveLinks} in Painless: the script of a scripted field that says where a document's mail can be read. Gives the
 * same URLs; nothing where the table knows none.
 */
public final class LinkScript {
    /** The scripted field that has this script. */
    public static final String FIELD = "mail.link";

    /** {@link ArchiveLinks}'s encoding of a segment of a path; Painless has no way to the octets of a text. */
    private static final String HEAD = """
            String octet(int b) {
              String digits = '0123456789ABCDEF';
              return '%' + digits.substring(b >> 4, (b >> 4) + 1) + digits.substring(b & 15, (b & 15) + 1);
            }
            String encoded(String text) {
              StringBuilder out = new StringBuilder();
              for (int i = 0; i < text.length(); i++) {
                int c = (int) text.charAt(i);
                if (c >= 0xd800 && c < 0xdc00 && i + 1 < text.length()) {
                  int low = (int) text.charAt(i + 1);
                  if (low >= 0xdc00 && low < 0xe000) {
                    c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                    i++;
                  }
                }
                if (c >= 0xd800 && c < 0xe000) {
                  out.append('%3F');
                } else if (c >= 0x10000) {
                  out.append(octet(0xf0 | (c >> 18))).append(octet(0x80 | ((c >> 12) & 63)));
                  out.append(octet(0x80 | ((c >> 6) & 63))).append(octet(0x80 | (c & 63)));
                } else if (c >= 0x800) {
                  out.append(octet(0xe0 | (c >> 12))).append(octet(0x80 | ((c >> 6) & 63)));
                  out.append(octet(0x80 | (c & 63)));
                } else if (c >= 0x80) {
                  out.append(octet(0xc0 | (c >> 6))).append(octet(0x80 | (c & 63)));
                } else if ((c >= 97 && c <= 122) || (c >= 64 && c <= 90) || (c >= 48 && c <= 57)
                    || c == 45 || c == 46 || c == 95 || c == 126 || c == 36) {
                  out.append(text.substring(i, i + 1));
                } else {
                  out.append(octet(c));
                }
              }
              return out.toString();
            }
            if (doc['email.message_id'].size() == 0) {
              return null;
            }
            String id = encoded(doc['email.message_id'].value);
            for (String list : doc['list.id']) {
              int dot = list.indexOf('.');
              String first = encoded(dot < 0 ? list : list.substring(0, dot));
              String whole = encoded(list);
            """;

    private LinkScript() {}

    /** The script for a table. */
    public static String of(ArchiveLinks links) {
        StringBuilder script = new StringBuilder(HEAD);
        String before = "  ";
        for (ArchiveLinks.Rule rule : links.rules()) {
            script.append(before)
                    .append("if (")
                    .append(condition(rule.list()))
                    .append(") {\n    ")
                    .append(result(rule.template()))
                    .append("\n  }");
            before = " else ";
        }
        return script.append("\n}\nreturn null;\n").toString();
    }

    private static String condition(String list) {
        if (list.equals("*")) {
            // Painless refuses a constant.
            return "dot >= -1";
        }
        return list.startsWith("*.")
                ? "list.endsWith(" + literal(list.substring(1)) + ")"
                : "list.equals(" + literal(list) + ")";
    }

    private static String result(@Nullable String template) {
        if (template == null) {
            // Painless refuses an empty block.
            return "dot = -1;";
        }
        String joined = literal(template)
                .replace("{list_id}", "' + whole + '")
                .replace("{list}", "' + first + '")
                .replace("{message_id}", "' + id + '");
        return "return " + joined + ";";
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
