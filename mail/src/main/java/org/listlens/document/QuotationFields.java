package org.listlens.document;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.listlens.mail.Quotation;

/** The fields {@code quote.authors} and {@code quote.quotations}: who is quoted, and at which depth. */
final class QuotationFields {
    private QuotationFields() {}

    /** Writes the fields into the object that is open; nothing when nobody is quoted by name. */
    static void write(DocumentWriter writer, List<Quotation> quotations) {
        if (!quotations.isEmpty()) {
            writeAuthors(writer, quotations);
            writeQuotations(writer, quotations);
        }
    }

    private static void writeAuthors(DocumentWriter writer, List<Quotation> quotations) {
        Set<String> authors = new HashSet<>(quotations.size() * 2);
        writer.startArray("authors");
        for (int i = 0; i < quotations.size() && !writer.full(); i++) {
            Quotation quotation = quotations.get(i);
            String author = quotation.address() != null ? quotation.address() : quotation.name();
            if (author != null && authors.add(author)) {
                writer.element(author);
            }
        }
        writer.endArray();
    }

    private static void writeQuotations(DocumentWriter writer, List<Quotation> quotations) {
        writer.startArray("quotations");
        for (int i = 0; i < quotations.size() && !writer.full(); i++) {
            Quotation quotation = quotations.get(i);
            writer.startElement();
            writer.number("depth", quotation.depth());
            writer.string("name", quotation.name());
            writer.string("address", quotation.address());
            writer.string("message_id", quotation.messageId());
            writer.time("date", quotation.date());
            writer.number("lines", quotation.lines());
            writer.endObject();
        }
        writer.endArray();
    }
}
