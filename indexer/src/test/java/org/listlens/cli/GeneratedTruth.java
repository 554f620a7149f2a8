package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.thread.ThreadIds;

/** Compares the documents of a generated archive with its manifest, field by field. */
final class GeneratedTruth {
    /** The domain of the hosts whose dates have fractions of seconds. */
    private static final String BULK_SENDER = ".bulk.example.com";

    private final Map<String, JsonNode> deliveries = new HashMap<>();
    private final Map<String, JsonNode> hops;
    private final Map<String, JsonNode> messages;
    private final List<String> differences = new ArrayList<>();
    private int fields;
    private int compared;

    /** Reads the documents that were made of a folder's archives. */
    GeneratedTruth(TestEngine engine, Path folder) throws IOException, InterruptedException {
        messages = engine.all("mail-messages");
        hops = engine.all("mail-hops");
        for (JsonNode delivery : engine.all("mail-deliveries").values()) {
            Path file = Path.of(delivery.at("/archive/source").asText());
            if (file.startsWith(folder)) {
                deliveries.put(
                        file.getFileName() + ":"
                                + delivery.at("/archive/position").asText(),
                        delivery);
            }
        }
        Set<JsonNode> ids = new HashSet<>();
        deliveries.values().forEach(delivery -> ids.add(delivery.at("/message/id")));
        messages.values().removeIf(message -> !ids.contains(message.at("/message/id")));
    }

    /** How many fields have been compared. */
    int fields() {
        return fields;
    }

    /** Every field that is not as the manifest says, with both values. */
    List<String> compare(Path manifest) throws IOException {
        ObjectMapper json = new ObjectMapper();
        int expectedHops = 0;
        int copies = 0;
        TreeSet<String> expectedMessages = new TreeSet<>();
        for (String line : Files.readAllLines(manifest)) {
            JsonNode truth = json.readTree(line);
            if (truth.path("duplicate").asBoolean()) {
                continue;
            }
            copies++;
            expectedHops += truth.path("hops").size();
            String place =
                    truth.path("file").asText() + ':' + truth.path("offset").asText();
            JsonNode delivery = deliveries.get(place);
            if (delivery == null) {
                differences.add(place + ": no delivery");
                continue;
            }
            expectedMessages.add(delivery.at("/message/id").asText());
            delivery(place, truth, delivery);
            hops(place, truth, delivery.at("/delivery/id").asText());
            String id = delivery.at("/message/id").asText();
            JsonNode message = messages.get(id);
            if (message == null) {
                differences.add(place + ": no message " + id);
            } else if (message.at("/delivery/id").equals(delivery.at("/delivery/id"))) {
                // Of the copies of a crosspost, whose footers differ, the message tells of one.
                compared++;
                message(place, truth, message);
            }
        }
        same("archive", "deliveries", copies, deliveries.size());
        same("archive", "hops", expectedHops, hops.size());
        same("archive", "messages", expectedMessages.size(), messages.size());
        same("archive", "messages made from a copy", messages.size(), compared);
        return differences;
    }

    private void delivery(String place, JsonNode truth, JsonNode delivery) {
        same(place, "email.message_id", text(truth, "/message_id"), text(delivery, "/email/message_id"));
        if (truth.has("subject")) {
            same(place, "email.subject", text(truth, "/subject"), text(delivery, "/email/subject"));
        }
        same(
                place,
                "list.id",
                truth.path("lists").toString(),
                delivery.at("/list/id").toString());
        same(place, "archive.size", text(truth, "/size"), text(delivery, "/archive/size"));
        same(place, "delivery.latency_ms", text(truth, "/latency_ms"), text(delivery, "/delivery/latency_ms"));
        same(
                place,
                "delivery.skewed",
                truth.path("skewed").asBoolean(),
                delivery.at("/delivery/skewed").asBoolean());
        for (String part : List.of("inbound_ms", "list_ms", "outbound_ms", "archive_ms", "list_host")) {
            same(place, "delivery." + part, text(truth, "/" + part), text(delivery, "/delivery/" + part));
        }
        same(
                place,
                "delivery.moderated_ms",
                text(truth, "/noted_moderation_ms"),
                text(delivery, "/delivery/moderated_ms"));
        same(place, "defect.codes", labels(truth.path("defects")), labels(delivery.at("/defect/codes")));
        AuthenticationTruth.compare(
                truth.path("authentication"),
                delivery.path("authentication"),
                (field, expected, actual) -> same(place, "authentication." + field, expected, actual));
        JsonNode longest = null;
        for (JsonNode hop : truth.path("hops")) {
            long delay = hop.path("delay_ms").asLong();
            if (delay > 0
                    && (longest == null || delay > longest.path("delay_ms").asLong())) {
                longest = hop;
            }
        }
        same(
                place,
                "delivery.held_ms",
                longest == null ? null : text(longest, "/delay_ms"),
                text(delivery, "/delivery/held_ms"));
        same(place, "delivery.held_by", longest == null ? null : heldBy(longest), text(delivery, "/delivery/held_by"));
    }

    private void hops(String place, JsonNode truth, String copy) {
        long greylistedMs = 0;
        for (JsonNode expected : truth.path("hops")) {
            String id = String.format(
                    java.util.Locale.ROOT,
                    "%s-%04d",
                    copy,
                    expected.path("position").asInt());
            JsonNode document = hops.get(id);
            String where = place + " hop " + expected.path("position");
            if (document == null) {
                differences.add(where + ": missing");
                continue;
            }
            JsonNode hop = document.path("hop");
            for (String field : List.of(
                    "/position",
                    "/field",
                    "/dialect",
                    "/from/helo",
                    "/from/host",
                    "/from/ip",
                    "/from/port",
                    "/from/user",
                    "/by/host",
                    "/by/ip",
                    "/by/software",
                    "/by/version",
                    "/via",
                    "/with",
                    "/tls/version",
                    "/tls/cipher",
                    "/tls/bits",
                    "/id",
                    "/delay_ms",
                    "/segment")) {
                same(where, "hop" + field.replace('/', '.'), text(expected, field), text(hop, field));
            }
            same(where, "hop.for", text(expected, "/recipient"), text(hop, "/for"));
            String envelope = text(expected, "/envelope_from");
            same(where, "hop.envelope_from", "".equals(envelope) ? "<>" : envelope, text(hop, "/envelope_from"));
            String user = text(expected, "/authenticated");
            same(
                    where,
                    "hop.authenticated",
                    user != null,
                    hop.path("authenticated").asBoolean());
            same(where, "hop.authenticated_as", "".equals(user) ? null : user, text(hop, "/authenticated_as"));
            String stamp = text(hop, "/stamp");
            same(
                    where,
                    "hop.stamp",
                    text(expected, "/stamp_ms"),
                    stamp == null ? null : Long.toString(Instant.parse(stamp).toEpochMilli()));
            same(where, "hop.stamp_precision_ms", precision(expected, hop), text(hop, "/stamp_precision_ms"));
            same(where, "hop.times", idMs(expected), idTime(hop.path("times")));
            same(where, "hop.held_by", expected.has("delay_ms") ? heldBy(expected) : null, text(hop, "/held_by"));
            greylistedMs += hop.path("greylisted_ms").asLong();
        }
        same(place, "hop.greylisted_ms", truth.path("greylisted_ms").asLong(), greylistedMs);
    }

    /** Dates have seconds; those of bulk senders, by the manifest in milliseconds, a fraction as well. */
    private static @Nullable String precision(JsonNode expected, JsonNode hop) {
        if (!expected.has("stamp_ms") || !"date".equals(text(hop, "/stamp_source"))) {
            return null;
        }
        boolean wholeSecond = expected.path("stamp_ms").asLong() % 1_000 == 0;
        boolean bulk = wholeSecond && String.valueOf(text(expected, "/by/host")).endsWith(BULK_SENDER);
        return bulk ? text(hop, "/stamp_precision_ms") : wholeSecond ? "1000" : "1";
    }

    /** What the queue id says; of the bulk senders' filters, whose ids hold seconds, too, the manifest does not tell. */
    private static @Nullable String idMs(JsonNode expected) {
        String[] filter = expected.path("id").asText().split("-", -1);
        return filter.length == 4 && filter[2].length() == 8 && filter[0].startsWith("filter")
                ? Long.toString(Long.parseLong(filter[2], 16) * 1_000)
                : text(expected, "/id_ms");
    }

    /** The time that the queue id holds, of the connection or of the mail. */
    private static @Nullable String idTime(JsonNode times) {
        String time = text(times, "/queued");
        time = time == null ? text(times, "/connected") : time;
        return time == null ? null : Long.toString(Instant.parse(time).toEpochMilli());
    }

    /** The host before; where it wrote no name of its own, the name that the next one knew it by. */
    private static @Nullable String heldBy(JsonNode hop) {
        String by = text(hop, "/held_by");
        by = by == null ? text(hop, "/from/host") : by;
        by = by == null ? text(hop, "/from/helo") : by;
        return by == null ? null : by.toLowerCase(Locale.ROOT);
    }

    private void message(String place, JsonNode truth, JsonNode message) {
        same(
                place,
                "thread.id",
                ThreadIds.name(new ThreadIds().hash(text(truth, "/thread/root") + "")),
                text(message, "/thread/id"));
        boolean othersId = false;
        for (JsonNode reference : truth.path("references")) {
            othersId |= reference.equals(truth.path("message_id"));
        }
        if (!othersId) {
            // One that answers an answer to the mail whose Message-ID it bears takes that mail's place.
            same(place, "thread.depth", text(truth, "/thread/depth"), text(message, "/thread/depth"));
        }
        same(place, "thread.parent", text(truth, "/thread/parent"), text(message, "/thread/parent"));
        same(place, "from", text(truth, "/from/address"), text(message, "/email/from/address/0"));
        same(place, "from.name", text(truth, "/from/name"), text(message, "/email/from/name/0"));
        same(place, "quote.depth", text(truth, "/quote/depth"), text(message, "/quote/depth"));
        int quoted = 0;
        for (int depth = 1; depth < truth.at("/quote/lines").size(); depth++) {
            quoted += truth.at("/quote/lines").get(depth).asInt();
        }
        same(place, "quote.lines", Integer.toString(quoted), text(message, "/quote/lines"));
        for (String kind : List.of("patch", "signature", "footer")) {
            String lines = "/quote/" + kind + "_lines";
            same(place, lines, text(truth, lines), text(message, lines));
        }
        // An attribution that is not known as one counts as new.
        int written = message.at("/quote/new_lines").asInt()
                + message.at("/quote/trailer_lines").asInt();
        int told = truth.at("/quote/text_lines").asInt();
        int most = told + truth.at("/quote/attribution_lines").asInt();
        same(place, "quote.new_lines", Math.clamp(written, told, most), written);
    }

    private void same(String place, String field, @Nullable Object expected, @Nullable Object actual) {
        fields++;
        if (!Objects.equals(expected, actual)) {
            differences.add(place + " " + field + ": " + expected + " in truth, " + actual + " in the index");
        }
    }

    private static Set<String> labels(JsonNode array) {
        Set<String> labels = new TreeSet<>();
        array.forEach(label -> labels.add(label.asText()));
        return labels;
    }

    private static @Nullable String text(JsonNode node, String pointer) {
        JsonNode value = node.at(pointer);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }
}
