package org.listlens.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.document.MailDocuments;
import org.listlens.mail.Limits;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;

/**
 * Makes one document of one mail: what the indexer writes of it as a message and as a delivery, and its hops as an array.
 *
 * <p>Where both have a field the delivery's counts, because the document stands for one copy: {@code @timestamp} is when
 * the copy arrived, and {@code event.hash} the digest of the delivery, so that the {@code _id} belongs to it as well.
 * {@code archive} has the size alone, since there is no archive.
 *
 * <p>Not thread-safe: it keeps a parser and a buffer of a megabyte from mail to mail.
 */
final class MailDocument {
    private static final Origin ORIGIN = new Origin("pipeline", "0");

    private final MailParser parser;
    private final MailDocuments documents = new MailDocuments();
    private final boolean hops;

    MailDocument(Limits limits, boolean hops) {
        this.parser = new MailParser(limits);
        this.hops = hops;
    }

    /** Returns the fields of a mail, each object a map, each array a list; the maps are the caller's. */
    Map<String, Object> of(MailFormat.Octets mail) {
        EncodedMail encoded = documents.encode(parser.parse(new RawMail(ORIGIN, mail.bytes(), mail.size())));
        Map<String, Object> fields = new LinkedHashMap<>();
        List<Object> ofHops = new ArrayList<>();
        for (EncodedDocument document : encoded.documents()) {
            Map<String, Object> source = source(encoded, document);
            switch (document.kind()) {
                case MESSAGE -> fields = source;
                case DELIVERY -> {
                    if (source.get("archive") instanceof Map<?, ?> archive) {
                        archive.keySet().retainAll(List.of("size"));
                    }
                    merge(fields, source);
                }
                case HOP -> {
                    if (hops) {
                        ofHops.add(source.getOrDefault("hop", Map.of()));
                    }
                }
                default -> throw new IllegalStateException("a mail has no " + document.kind());
            }
        }
        if (!ofHops.isEmpty()) {
            fields.put("hops", ofHops);
        }
        return fields;
    }

    /** Puts fields into others; objects that both have are merged, and all else is replaced. */
    @SuppressWarnings("unchecked")
    static void merge(Map<String, Object> into, Map<String, Object> fields) {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (into.get(field.getKey()) instanceof Map<?, ?> known && field.getValue() instanceof Map<?, ?> more) {
                merge((Map<String, Object>) known, (Map<String, Object>) more);
            } else {
                into.put(field.getKey(), field.getValue());
            }
        }
    }

    private static Map<String, Object> source(EncodedMail mail, EncodedDocument document) {
        int length = document.end() - document.sourceStart();
        return XContentHelper.convertToMap(
                JsonXContent.jsonXContent, mail.body(), document.sourceStart(), length, true);
    }
}
