package org.listlens.plugin;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.opensearch.ingest.AbstractProcessor;
import org.opensearch.ingest.IngestDocument;

/**
 * The ingest processor {@code mail}: takes a raw mail from a field and puts the fields of its document in its place.
 *
 * <p>Whatever the octets are, they become a document; what is wrong with them is in {@code defect.codes}. What fails is
 * called {@link IllegalArgumentException}, with a message that names the field and never shows the mail, and leaves the
 * document as it was: a field that is missing or not a string, and base64 that is none.
 */
final class MailProcessor extends AbstractProcessor {
    static final String TYPE = "mail";

    /**
     * The options of one processor.
     *
     * @param field the path of the raw mail
     * @param target the path that the fields are put below; {@code null} is the document's root
     * @param hops whether the document has the array {@code hops}
     * @param keepRaw whether the raw mail stays in the document
     * @param ignoreMissing whether documents without the field pass as they are
     */
    record Options(
            String field,
            @Nullable String target,
            MailFormat format,
            boolean hops,
            boolean keepRaw,
            Limits limits,
            boolean ignoreMissing) {}

    private final Options options;

    /** Those that no thread is using: as many as there can be threads at work. */
    private final Queue<MailDocument> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    MailProcessor(@Nullable String tag, @Nullable String description, Options options) {
        super(tag, description);
        this.options = options;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public @Nullable IngestDocument execute(IngestDocument document) {
        Object raw = document.getFieldValue(options.field(), Object.class, true);
        if (raw == null) {
            if (options.ignoreMissing()) {
                return document;
            }
            throw new IllegalArgumentException("the field [" + options.field()
                    + "] is missing: it has to hold the raw mail; ignore_missing lets documents without it pass");
        }
        put(document, raw, fields(raw));
        return document;
    }

    private Map<String, Object> fields(Object raw) {
        MailFormat.Octets mail = octets(raw);
        if (mail.bytes().length == 0) {
            throw new IllegalArgumentException("the field [" + options.field() + "] holds an empty mail");
        }
        MailDocument documents = idle.poll();
        if (documents == null) {
            documents = new MailDocument(options.limits(), options.hops());
        }
        try {
            Map<String, Object> fields = documents.of(mail);
            // One that has thrown is not used again.
            idle.offer(documents);
            return fields;
        } catch (StackOverflowError e) {
            // Depth is bounded by limits.nesting; should that not do, the mail is refused and the node goes on.
            throw new IllegalArgumentException("the mail in the field [" + options.field()
                    + "] is nested deeper than the thread's stack allows: lower limits.nesting");
        }
    }

    private MailFormat.Octets octets(Object raw) {
        int limit = options.limits().mailBytes();
        if (raw instanceof byte[] bytes) {
            // Binary documents, such as CBOR, have octets as they are.
            return new MailFormat.Octets(bytes.length > limit ? Arrays.copyOf(bytes, limit) : bytes, bytes.length);
        }
        if (!(raw instanceof String text)) {
            throw new IllegalArgumentException("the field [" + options.field() + "] is not a string but "
                    + (raw instanceof Map<?, ?>
                            ? "an object"
                            : raw instanceof Iterable<?> ? "an array" : "a number or boolean")
                    + ": it has to hold one raw mail");
        }
        try {
            return options.format().decode(text, limit);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the field [" + options.field() + "]: " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private void put(IngestDocument document, Object raw, Map<String, Object> fields) {
        Object target = options.target() == null
                ? document.getSourceAndMetadata()
                : document.getFieldValue(options.target(), Object.class, true);
        if (target instanceof Map<?, ?> known) {
            MailDocument.merge((Map<String, Object>) known, fields);
        } else {
            document.setFieldValue(options.target(), fields);
        }
        // The mail's own fields may have taken its place.
        if (!options.keepRaw() && raw.equals(document.getFieldValue(options.field(), Object.class, true))) {
            document.removeField(options.field());
        }
    }
}
