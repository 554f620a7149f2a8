package org.listlens.generate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a mail program puts a text into a mail.
 *
 * @param shape the MIME structure
 * @param charset the charset of the text
 * @param declared whether the mail says so
 * @param encoding the transfer encoding
 * @param flowed whether it is {@code format=flowed}
 * @param delSp whether it is so with {@code DelSp=yes}
 * @param attachment the name of the attached file; {@code null} without one
 */
record Format(
        Shape shape,
        String charset,
        boolean declared,
        Encoding encoding,
        boolean flowed,
        boolean delSp,
        @Nullable String attachment) {
    enum Shape {
        PLAIN,
        /** {@code multipart/alternative} of plain text and HTML. */
        ALTERNATIVE,
        HTML,
        /** {@code multipart/mixed} with an attachment. */
        MIXED
    }

    enum Encoding {
        SEVEN_BIT("7bit"),
        EIGHT_BIT("8bit"),
        QUOTED_PRINTABLE("quoted-printable"),
        BASE64("base64");

        private final String label;

        Encoding(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** The octets of a text as they go into the mail. */
        String encode(String octets) {
            return switch (this) {
                case SEVEN_BIT, EIGHT_BIT -> octets;
                case QUOTED_PRINTABLE -> Mime.quotedPrintable(octets);
                case BASE64 -> Mime.base64(octets);
            };
        }
    }

    /** Draws the shape of a mail, before its text is written. */
    static Shape shape(Person author, boolean patch, Prng random) {
        if (patch) {
            return Shape.PLAIN;
        }
        if (random.chance(0.02)) {
            return Shape.MIXED;
        }
        return switch (author.client()) {
            case GMAIL -> random.chance(0.35) ? Shape.ALTERNATIVE : Shape.PLAIN;
            case OUTLOOK -> random.chance(0.4) ? Shape.HTML : Shape.ALTERNATIVE;
            case APPLE_MAIL -> random.chance(0.2) ? Shape.ALTERNATIVE : Shape.PLAIN;
            case THUNDERBIRD, MUTT, OLD -> Shape.PLAIN;
        };
    }

    /** Draws how a text of that shape is encoded. */
    static Format of(
            Shape shape, Person author, Language language, String text, boolean flowed, boolean patch, Prng random) {
        String attachment = shape == Shape.MIXED
                ? random.pick(List.of("reading.csv", "drawing.png", "Zeichnung größer.png", "0001-fix.patch"))
                : null;
        if (Mime.ascii(text)) {
            boolean silent = shape == Shape.PLAIN && !flowed && (patch || author.client() == Person.Client.OLD);
            Encoding encoding = silent || patch || !random.chance(0.06)
                    ? Encoding.SEVEN_BIT
                    : random.chance(0.7) ? Encoding.QUOTED_PRINTABLE : Encoding.BASE64;
            String charset = random.chance(0.3) ? "UTF-8" : "US-ASCII";
            return new Format(shape, charset, !silent, encoding, flowed, false, attachment);
        }
        String legacy = (language == Language.ENGLISH ? author.language() : language).legacyCharset();
        boolean old = !legacy.equals("UTF-8") && random.chance(0.6) && Mime.canEncode(legacy, text);
        String charset = old ? legacy : "UTF-8";
        Encoding encoding = charset.equals("ISO-2022-JP")
                ? Encoding.SEVEN_BIT
                : random.pick(List.of(Encoding.EIGHT_BIT, Encoding.QUOTED_PRINTABLE, Encoding.BASE64));
        boolean delSp = flowed && !language.spaced();
        return new Format(shape, charset, true, encoding, flowed, delSp, attachment);
    }

    /** What a malformation needs of the format: plain text in a charset, not encoded. */
    static Format plain(String charset) {
        return new Format(Shape.PLAIN, charset, true, Encoding.EIGHT_BIT, false, false, null);
    }

    /** The header fields of a text part in this format. */
    String fields(String subtype) {
        if (!declared) {
            return "";
        }
        return "Content-Type: text/" + subtype + "; charset="
                + (charset.equals("US-ASCII") ? "us-ascii" : '"' + charset.toLowerCase(Locale.ROOT) + '"')
                + (flowed && subtype.equals("plain") ? "; format=flowed" : "")
                + (delSp && subtype.equals("plain") ? "; delsp=yes" : "")
                + "\nContent-Transfer-Encoding: " + encoding.label() + '\n';
    }
}
