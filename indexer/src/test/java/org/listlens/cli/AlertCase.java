package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The mails and documents of a monitor's case, as its file describes them. */
record AlertCase(JsonNode json) {
    private static final DateTimeFormatter RFC_5322 =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss Z", Locale.ROOT);

    Instant at() {
        return Instant.parse(json.path("at").asText());
    }

    List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        json.path("subjects").forEach(subject -> subjects.add(subject.asText()));
        return subjects;
    }

    /** An mbox; empty when the case has no mails. */
    String mbox() {
        StringBuilder mbox = new StringBuilder();
        int group = 0;
        for (JsonNode mails : json.path("mails")) {
            for (int i = 0; i < mails.path("count").asInt(); i++) {
                Instant came = at().minus(duration(mails.path("first").asText()))
                        .plus(duration(mails.path("every").asText()).multipliedBy(i));
                mail(mbox, mails, mails.path("id").asText("group" + group) + '.' + i, i, came);
            }
            group++;
        }
        return mbox.toString();
    }

    private static void mail(StringBuilder mbox, JsonNode mails, String id, int number, Instant came) {
        String list = mails.path("list").asText();
        int dot = list.indexOf('.');
        String host = list.substring(dot + 1);
        String post = list.substring(0, dot) + '@' + host;
        int sender = number % mails.path("senders").asInt(1);
        String domain = "sender" + sender + ".example.com";
        Duration clock = duration(mails.path("clock").asText("0s"));
        Instant sent = came.minus(duration(mails.path("outbound").asText("3s")));
        Instant entered = sent.minus(duration(mails.path("dwell").asText("5s")));
        Instant submitted = entered.minus(duration(mails.path("inbound").asText("2s")));
        List<String> to = new ArrayList<>();
        mails.path("to").forEach(address -> to.add(address.asText()));
        mbox.append("From MAILER Thu Jan  1 00:00:00 2021\n");
        if (mails.has("results")) {
            mbox.append("Authentication-Results: mx.archive.example.net; ")
                    .append(mails.path("results").asText())
                    .append(" header.d=")
                    .append(domain)
                    .append('\n');
        }
        received(mbox, host + " (" + host + " [192.0.2.10])", "mx.archive.example.net", came);
        received(mbox, "localhost (localhost [127.0.0.1])", host, sent.plus(clock));
        received(mbox, "mail." + domain + " (mail." + domain + " [198.51.100.7])", host, entered.plus(clock));
        received(mbox, "desk (desk." + domain + " [203.0.113.5])", "mail." + domain, submitted);
        mbox.append("Message-ID: <").append(id).append('@').append(domain).append(">\n");
        mbox.append("From: Sender <author@").append(domain).append(">\n");
        mbox.append("To: ").append(to.isEmpty() ? post : String.join(", ", to)).append('\n');
        mbox.append("Date: ").append(date(submitted)).append('\n');
        mbox.append("Subject: Mail ").append(id).append('\n');
        mbox.append("List-Id: <").append(list).append(">\n");
        mbox.append("List-Post: <mailto:").append(post).append(">\n\n");
        mbox.append("This is what the author wrote in mail ").append(id).append(", and nothing else.\n\n");
    }

    private static void received(StringBuilder mbox, String from, String by, Instant stamp) {
        mbox.append("Received: from ").append(from).append("\n\tby ").append(by);
        mbox.append(" (Postfix) with ESMTP id 4Dx").append(Long.toString(stamp.getEpochSecond(), 36));
        mbox.append(";\n\t").append(date(stamp)).append('\n');
    }

    private static String date(Instant instant) {
        return RFC_5322.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** The lines of a bulk body that writes the documents. */
    String bulk() {
        StringBuilder bulk = new StringBuilder();
        for (JsonNode document : json.path("documents")) {
            bulk.append("{\"create\":{}}\n").append(times(document)).append('\n');
        }
        return bulk.toString();
    }

    /** A copy with times in the place of {@code at-2h}. */
    private JsonNode times(JsonNode document) {
        if (document.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : document.properties()) {
                copy.set(field.getKey(), times(field.getValue()));
            }
            return copy;
        }
        if (document.isArray()) {
            return document;
        }
        String text = document.asText();
        return document.isTextual() && text.startsWith("at-")
                ? JsonNodeFactory.instance.textNode(
                        at().minus(duration(text.substring("at-".length()))).toString())
                : document;
    }

    private static Duration duration(String text) {
        return Times.duration("the case", text);
    }
}
