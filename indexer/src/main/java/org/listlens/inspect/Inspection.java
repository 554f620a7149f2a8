package org.listlens.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.listlens.clock.HostClocks;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.document.Knowledge;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Authentication;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.quote.ClassifiedLines;
import org.listlens.quote.OriginalLines;
import org.listlens.quote.QuoteParser;

/**
 * One copy of a mail with all that is known of it.
 *
 * @param message its document in {@code mail-messages}
 * @param delivery its document in {@code mail-deliveries}
 * @param hops its documents in {@code mail-hops}, oldest first
 * @param clocks the documents in {@code mail-hosts} of the hosts on its way, when they had it; each once, in the order of
 *     the way
 * @param mail the mail; {@code null} when only its documents are at hand. It tells more of signatures and quotes
 */
public record Inspection(
        Document message,
        Document delivery,
        List<Document> hops,
        List<Document> clocks,
        @Nullable ParsedMail mail) {
    public Inspection {
        Objects.requireNonNull(message);
        Objects.requireNonNull(delivery);
        hops = List.copyOf(hops);
        clocks = List.copyOf(clocks);
    }

    /** Inspects a mail of whose clocks nothing is known. */
    public static Inspection of(ParsedMail mail) {
        return of(mail, new KnownClocks(new HostClocks(), List.of()));
    }

    /** Inspects a mail in the light of clocks. */
    public static Inspection of(ParsedMail mail, KnownClocks clocks) {
        EncodedMail encoded = new MailDocuments(Knowledge.of(clocks.clocks())).encode(mail);
        List<Document> documents = new ArrayList<>(encoded.documents().size());
        try {
            for (EncodedDocument document : encoded.documents()) {
                documents.add(Document.parse(encoded.body(), document.sourceStart(), document.end()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("documents are JSON", e);
        }
        return new Inspection(
                documents.get(0), documents.get(1), documents.subList(2, documents.size()), clocks.documents(), mail);
    }

    /**
     * What the header tells of authentication, in full: from the mail, or from the header lines of its message if that was
     * made from this copy; {@code null} when neither is at hand.
     */
    public @Nullable Authentication authentication() {
        if (mail != null) {
            return mail.authentication();
        }
        String copy = delivery.text("delivery.id");
        List<String> lines = message.texts("header.lines");
        if (copy == null || !copy.equals(message.text("delivery.id")) || lines.isEmpty()) {
            return null;
        }
        StringBuilder header = new StringBuilder();
        for (String line : lines) {
            header.append(line.replace('\r', ' ').replace('\n', ' ')).append('\n');
        }
        byte[] bytes = header.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        return new MailParser(Limits.DEFAULT)
                .parse(new RawMail(new Origin("", ""), bytes, bytes.length))
                .authentication();
    }

    /**
     * Writes all documents, and where the mail is at hand the lines of its text as they stood, as one JSON object; ends
     * with a line feed.
     */
    public void writeJson(Writer out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeFieldName("message");
        message.write(json);
        json.writeFieldName("delivery");
        delivery.write(json);
        write(json, "hops", hops);
        write(json, "clocks", clocks);
        writeLines(json);
        json.writeEndObject();
        json.flush();
        out.write('\n');
        out.flush();
    }

    private static void write(JsonGenerator json, String name, List<Document> documents) throws IOException {
        json.writeArrayFieldStart(name);
        for (Document document : documents) {
            document.write(json);
        }
        json.writeEndArray();
    }

    /** Every line of the decoded text as it stood, before the paragraphs of {@code format=flowed} were put together. */
    private void writeLines(JsonGenerator json) throws IOException {
        if (mail == null || mail.text() == null) {
            return;
        }
        ClassifiedLines classified = QuoteParser.classify(mail.text().text());
        OriginalLines lines = OriginalLines.of(mail.text().original(), classified);
        json.writeArrayFieldStart("lines");
        for (int line = 0; line < lines.size(); line++) {
            json.writeStartObject();
            json.writeNumberField("line", line + 1);
            json.writeStringField(
                    "class", classified.lineClass(lines.classified(line)).label());
            json.writeNumberField("depth", classified.depth(lines.classified(line)));
            json.writeStringField("text", lines.line(line));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
