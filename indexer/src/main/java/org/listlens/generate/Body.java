package org.listlens.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.generate.Format.Encoding;

/**
 * A text as a MIME entity, in octets.
 *
 * @param fields the header fields that describe it, each ended by a line feed
 * @param content what comes after the blank line
 */
record Body(String fields, String content) {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=\n";

    /** The text of a mail; with a footer when the list adds one to this kind of mail. */
    static Body of(List<Line> lines, Format format, @Nullable Malformation malformation, Prng random) {
        String plain = format.encoding().encode(Mime.octets(plain(lines, format), format.charset()));
        String boundary = "=_" + random.string(QueueIds.BASE62, 20);
        String close = malformation == Malformation.UNTERMINATED_MULTIPART ? "" : "--" + boundary + "--\n";
        String part = "--" + boundary + '\n' + format.fields("plain") + '\n' + plain;
        return switch (format.shape()) {
            case PLAIN -> new Body(mime(format) + format.fields("plain"), plain);
            case HTML -> new Body(mime(format) + format.fields("html"), html(lines, format));
            case ALTERNATIVE ->
                new Body(
                        multipart("alternative", boundary),
                        part + "\n--" + boundary + '\n' + format.fields("html") + '\n' + html(lines, format) + close);
            case MIXED ->
                new Body(
                        multipart("mixed", boundary),
                        "This is a multi-part message in MIME format.\n" + part + "\n--" + boundary + '\n'
                                + attachment(format.attachment()) + close);
        };
    }

    private static String mime(Format format) {
        return format.declared() ? "MIME-Version: 1.0\n" : "";
    }

    private static String multipart(String subtype, String boundary) {
        return "MIME-Version: 1.0\nContent-Type: multipart/" + subtype + ";\n boundary=\"" + boundary + "\"\n";
    }

    private static String plain(List<Line> lines, Format format) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (format.flowed()) {
                Mime.flow(line, format.delSp(), text);
            } else {
                text.append(line.written()).append('\n');
            }
        }
        return text.toString();
    }

    /** Each line a div, each level of quotes a blockquote. */
    private static String html(List<Line> lines, Format format) {
        StringBuilder html =
                new StringBuilder("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset="
                        + format.charset() + "\"></head><body>\n");
        int depth = 0;
        for (Line line : lines) {
            for (; depth < line.depth(); depth++) {
                html.append("<blockquote type=\"cite\" class=\"gmail_quote\">\n");
            }
            for (; depth > line.depth(); depth--) {
                html.append("</blockquote>\n");
            }
            String tag = line.kind() == Line.Kind.ATTRIBUTION ? "<div dir=\"ltr\" class=\"gmail_attr\">" : "<div>";
            html.append(tag)
                    .append(line.blank() ? "<br>" : escape(line.content()))
                    .append("</div>\n");
        }
        html.append("</blockquote>\n".repeat(depth)).append("</body></html>\n");
        return format.encoding().encode(Mime.octets(html.toString(), format.charset()));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String attachment(@Nullable String name) {
        String file = name == null ? "file.bin" : name;
        String parameter = Mime.ascii(file)
                ? "filename=\"" + file + '"'
                : "filename*=UTF-8''"
                        + file.replace(" ", "%20").replace("ö", "%C3%B6").replace("ß", "%C3%9F");
        if (file.endsWith(".png")) {
            return "Content-Type: image/png\nContent-Disposition: attachment;\n " + parameter
                    + "\nContent-Transfer-Encoding: " + Encoding.BASE64.label() + "\n\n" + PIXEL;
        }
        String type = file.endsWith(".csv") ? "text/csv" : "text/x-patch";
        return "Content-Type: " + type + "; charset=us-ascii\nContent-Disposition: attachment;\n " + parameter
                + "\n\ntime,value\n2021-01-04,17.5\n";
    }
}
