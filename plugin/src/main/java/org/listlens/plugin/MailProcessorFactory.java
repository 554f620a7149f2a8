package org.listlens.plugin;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.opensearch.ingest.ConfigurationUtils;
import org.opensearch.ingest.Processor;

/** Reads the options of a {@code mail} processor; what they do is in docs/shippers.md. */
final class MailProcessorFactory implements Processor.Factory {
    /** Beyond it the stack of a node's thread might not do. */
    private static final int MOST_NESTING = 100;

    /** The fields of the root that a raw mail cannot be kept in, because the mail's document has them. */
    private static final List<String> TAKEN = List.of(
            "@timestamp",
            "archive",
            "author",
            "authentication",
            "clock",
            "defect",
            "delivery",
            "email",
            "event",
            "header",
            "hops",
            "list",
            "mail",
            "message",
            "parts",
            "participants",
            "patch",
            "quote",
            "text",
            "thread",
            "trailer");

    @Override
    public Processor create(
            Map<String, Processor.Factory> factories,
            @Nullable String tag,
            @Nullable String description,
            Map<String, Object> options) {
        String field = ConfigurationUtils.readStringProperty(MailProcessor.TYPE, tag, options, "field");
        String target = ConfigurationUtils.readOptionalStringProperty(MailProcessor.TYPE, tag, options, "target_field");
        String format = ConfigurationUtils.readStringProperty(MailProcessor.TYPE, tag, options, "format", "string");
        boolean hops = ConfigurationUtils.readBooleanProperty(MailProcessor.TYPE, tag, options, "hops", true);
        boolean keepRaw = ConfigurationUtils.readBooleanProperty(MailProcessor.TYPE, tag, options, "keep_raw", false);
        boolean ignoreMissing =
                ConfigurationUtils.readBooleanProperty(MailProcessor.TYPE, tag, options, "ignore_missing", false);
        Map<String, Object> limits = ConfigurationUtils.readOptionalMap(MailProcessor.TYPE, tag, options, "limits");
        if (field.isEmpty()) {
            throw ConfigurationUtils.newConfigurationException(MailProcessor.TYPE, tag, "field", "is empty");
        }
        if (target != null && target.isEmpty()) {
            target = null;
        }
        if (keepRaw && target == null && TAKEN.contains(field)) {
            throw ConfigurationUtils.newConfigurationException(
                    MailProcessor.TYPE,
                    tag,
                    "keep_raw",
                    "cannot keep [" + field + "], which the document of a mail has itself: use a target_field,"
                            + " or send the mail in another field");
        }
        return new MailProcessor(
                tag,
                description,
                new MailProcessor.Options(
                        field,
                        target,
                        format(tag, format),
                        hops,
                        keepRaw,
                        limits == null ? Limits.DEFAULT : limits(tag, limits),
                        ignoreMissing));
    }

    private static MailFormat format(@Nullable String tag, String format) {
        return switch (format) {
            case "string" -> MailFormat.STRING;
            case "base64" -> MailFormat.BASE64;
            default ->
                throw ConfigurationUtils.newConfigurationException(
                        MailProcessor.TYPE, tag, "format", "is [" + format + "]; it can be string or base64");
        };
    }

    /** Reads limits by the names of {@link Limits} with underscores; what is not named is as in the indexer. */
    private static Limits limits(@Nullable String tag, Map<String, Object> limits) {
        LimitReader reader = new LimitReader(tag, limits);
        Limits usual = Limits.DEFAULT;
        Limits read = new Limits(
                reader.read("mail_bytes", usual.mailBytes(), usual.mailBytes()),
                reader.read("field_bytes", usual.fieldBytes(), usual.mailBytes()),
                reader.read("fields", usual.fields(), Integer.MAX_VALUE),
                reader.read("addresses", usual.addresses(), Integer.MAX_VALUE),
                reader.read("references", usual.references(), Integer.MAX_VALUE),
                reader.read("hops", usual.hops(), Integer.MAX_VALUE),
                reader.read("parts", usual.parts(), Integer.MAX_VALUE),
                reader.read("nesting", usual.nesting(), MOST_NESTING),
                reader.read("text_chars", usual.textChars(), usual.mailBytes()),
                reader.read("defects", usual.defects(), Integer.MAX_VALUE));
        if (!limits.isEmpty()) {
            throw ConfigurationUtils.newConfigurationException(
                    MailProcessor.TYPE,
                    tag,
                    "limits",
                    "has no [" + String.join(", ", limits.keySet()) + "]; there are " + names());
        }
        return read;
    }

    private record LimitReader(@Nullable String tag, Map<String, Object> limits) {
        /** Takes a limit out of the map. */
        int read(String name, int usual, int most) {
            Object value = limits.remove(name);
            if (value == null) {
                return usual;
            }
            if (!(value instanceof Integer number) || number < 1 || number > most) {
                throw ConfigurationUtils.newConfigurationException(
                        MailProcessor.TYPE, tag, "limits." + name, "has to be a whole number from 1 to " + most);
            }
            return number;
        }
    }

    private static String names() {
        List<String> names = new ArrayList<>();
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            names.add(limit.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
        }
        return String.join(", ", names);
    }
}
