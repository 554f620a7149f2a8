package org.listlens.document;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.BodyText;
import org.listlens.mail.LineCounts;
import org.listlens.mail.Quotes;

/** What a mail's text says that is new and what is quoted: {@code quote.*} and {@code text.*}. */
final class QuoteFields {
    private QuoteFields() {}

    static void write(DocumentWriter writer, @Nullable BodyText text) {
        if (text == null) {
            return;
        }
        Quotes quote = text.quote();
        LineCounts counts = quote.counts();
        writer.startObject("quote");
        writer.number("depth", quote.depth());
        writer.string("style", quote.style().label());
        Double ratio = quote.newRatio();
        if (ratio != null) {
            writer.decimal("new_ratio", Math.round(ratio * 1_000) / 1_000.0);
        }
        writer.number("lines", quote.quotedLines());
        writer.number("new_lines", counts.written());
        writer.number("attribution_lines", counts.attribution());
        writer.number("signature_lines", counts.signature());
        writer.number("footer_lines", counts.footer());
        writer.number("patch_lines", counts.patch());
        writer.number("trailer_lines", counts.trailer());
        writer.numbers("lines_by_depth", quote.linesByDepth());
        QuotationFields.write(writer, quote.quotations());
        writer.strings("sketch", quote.sketch());
        writer.endObject();
        writer.startObject("text");
        writer.string("type", text.type());
        writer.string("charset", text.charset());
        writer.string("new", quote.newText());
        writer.string("quoted", quote.quotedText());
        writer.endObject();
    }
}
