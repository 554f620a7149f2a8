package org.listlens.generate;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was written, and writes {@code manifest-summary.json}. */
final class Totals {
    private static final long DAY_MS = 86_400_000;

    private final Map<String, Map<String, Long>> counts = new TreeMap<>();
    private long copies;
    private long messages;
    private long octets;
    private long threads;
    private long unanswered;
    private long hops;
    private long negativeHops;
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private int quoteDepth;
    private int threadDepth;

    /** Counts a distinct mail, which its thread already counts. */
    void count(Letter letter) {
        messages++;
        threads = Math.max(threads, letter.partition().number);
        if (letter.partition().mails == 1) {
            unanswered++;
        } else if (letter.partition().mails == 2) {
            unanswered--;
        }
        Draft.Reply reply = letter.draft().reply();
        add("replies", reply == null ? "starter" : reply.label());
        add("linkages", label(letter.node().linkage()));
        if (letter.node().patch() != null) {
            add("mails", "patch");
        }
        if (letter.plan().crosspost != null) {
            add("mails", "crosspost");
        }
        threadDepth = Math.max(threadDepth, letter.depth());
    }

    void count(Copy copy, int entryLength) {
        copies++;
        octets += entryLength;
        firstMs = Math.min(firstMs, copy.arrivedMs());
        lastMs = Math.max(lastMs, copy.arrivedMs());
        Format format = copy.letter().format();
        add("lists", copy.list().id());
        add("charsets", format.declared() ? format.charset() : "none");
        add("encodings", format.declared() ? format.encoding().label() : "none");
        add("shapes", label(format.shape()));
        add("languages", label(copy.letter().language()));
        addIf("flowed", format.flowed());
        addIf("delsp", format.delSp());
        addIf("greylisted", copy.greylistedMs() > 0);
        addIf("moderated", copy.moderatedMs() > 0);
        addIf("blocked", copy.blockedMs() > 0);
        addIf("duplicate", copy.duplicate());
        Malformation malformation = copy.letter().malformation();
        if (malformation != null) {
            add("malformed", malformation.label());
            for (String defect : malformation.defects()) {
                add("defects", defect);
            }
        }
        for (Signature signature : copy.authentication().signatures()) {
            add("signatures", signature.whole() ? "whole" : label(signature.altered) + "-altered");
        }
        Verdict verdict = copy.authentication().verdicts().getLast();
        add("dmarc", verdict.dmarc == null ? "unnoted" : verdict.dmarc);
        addIf("sealed", !copy.authentication().seals().isEmpty());
        quoteDepth = Math.max(quoteDepth, copy.linesByDepth().length - 1);
        for (Hop hop : copy.hops()) {
            Long delay = hop.delayMs;
            hops++;
            add("dialects", hop.dialect);
            add("hosts", hop.stampedBy);
            if (delay != null && delay < 0) {
                negativeHops++;
            }
        }
    }

    GeneratorSummary summary(List<String> files) {
        return new GeneratorSummary(
                (int) copies,
                (int) messages,
                (int) threads,
                octets,
                Instant.ofEpochMilli(firstMs),
                Instant.ofEpochMilli(lastMs),
                files);
    }

    /** The files that hold mail, in the order of the lists. */
    List<String> files() {
        List<String> files = new ArrayList<>();
        for (MailList list : MailList.ALL) {
            if (count("lists", list.id()) > 0) {
                files.add(list.file());
            }
        }
        return files;
    }

    void write(Path file, GeneratorOptions options) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeNumberField("seed", options.seed());
            json.writeStringField("start", options.start().toString());
            json.writeStringField("span", options.span().toString());
            json.writeNumberField("copies", copies);
            json.writeNumberField("messages", messages);
            json.writeNumberField("octets", octets);
            json.writeNumberField("threads", threads);
            json.writeNumberField("unanswered", unanswered);
            json.writeNumberField("hops", hops);
            json.writeNumberField("negative_hops", negativeHops);
            json.writeNumberField("quote_depth", quoteDepth);
            json.writeNumberField("thread_depth", threadDepth);
            json.writeNumberField("first_ms", firstMs);
            json.writeNumberField("last_ms", lastMs);
            lists(json);
            hosts(json, options);
            outages(json, options);
            rewriting(json, Rewriting.during(options));
            for (Map.Entry<String, Map<String, Long>> group : counts.entrySet()) {
                if (!group.getKey().equals("hosts") && !group.getKey().equals("lists")) {
                    json.writeObjectFieldStart(group.getKey());
                    for (Map.Entry<String, Long> count : group.getValue().entrySet()) {
                        json.writeNumberField(count.getKey(), count.getValue());
                    }
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void lists(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("lists");
        for (MailList list : MailList.ALL) {
            if (count("lists", list.id()) == 0) {
                continue;
            }
            json.writeStartObject();
            json.writeStringField("id", list.id());
            json.writeStringField("address", list.address());
            json.writeStringField("name", list.title());
            json.writeStringField("software", list.software().label());
            json.writeStringField("host", list.host().name());
            json.writeStringField("file", list.file());
            json.writeNumberField("copies", count("lists", list.id()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Each host that stamped, and for each whose clock drifts its offset at the start of each day in UTC. */
    private void hosts(JsonGenerator json, GeneratorOptions options) throws IOException {
        json.writeArrayFieldStart("hosts");
        for (Host host : hosts().values()) {
            Clock clock = host.clock();
            json.writeStartObject();
            json.writeStringField("name", host.name());
            json.writeNumberField("hops", count("hosts", host.name()));
            json.writeNumberField("offset_base_ms", clock.baseMs());
            json.writeNumberField("drift_per_day_ms", clock.driftMsPerDay());
            if (clock.driftMsPerDay() != 0) {
                json.writeArrayFieldStart("offsets");
                long day = Math.floorDiv(options.start().toEpochMilli(), DAY_MS) * DAY_MS;
                for (; day <= lastMs; day += DAY_MS) {
                    json.writeStartObject();
                    json.writeNumberField("at_ms", day);
                    json.writeNumberField("offset_ms", clock.offsetMs(day));
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void outages(JsonGenerator json, GeneratorOptions options) throws IOException {
        json.writeArrayFieldStart("outages");
        for (Outage outage : Outage.during(options)) {
            json.writeStartObject();
            json.writeStringField("list", outage.list().id());
            json.writeStringField("host", outage.list().host().name());
            json.writeNumberField("from_ms", outage.fromMs());
            json.writeNumberField("to_ms", outage.toMs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void rewriting(JsonGenerator json, Rewriting rewriting) throws IOException {
        json.writeObjectFieldStart("rewriting");
        json.writeStringField("list", rewriting.list().id());
        json.writeStringField("host", rewriting.list().host().name());
        json.writeNumberField("from_ms", rewriting.fromMs());
        json.writeNumberField("to_ms", rewriting.toMs());
        json.writeEndObject();
    }

    private Map<String, Host> hosts() {
        Map<String, Host> hosts = new TreeMap<>();
        List<Host> all = new ArrayList<>(ListRoute.ENDS);
        for (Site site : Site.ALL) {
            all.add(site.inner());
            all.add(site.outer());
        }
        for (MailList list : MailList.ALL) {
            all.add(ListRoute.ingress(list));
            all.add(list.host());
        }
        for (Host host : all) {
            if (count("hosts", host.name()) > 0) {
                hosts.put(host.name(), host);
            }
        }
        return hosts;
    }

    private long count(String group, String name) {
        Map<String, Long> names = counts.getOrDefault(group, Map.of());
        return names.getOrDefault(name, 0L);
    }

    private void add(String group, String name) {
        counts.computeIfAbsent(group, key -> new TreeMap<>()).merge(name, 1L, Long::sum);
    }

    private void addIf(String name, boolean holds) {
        if (holds) {
            add("copies_with", name);
        }
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
