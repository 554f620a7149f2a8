package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The page: one file of HTML with its style, its scripts and the data, which loads nothing and sends nothing. A policy
 * (CSP 3) in it lets browsers run its own scripts only, known by their digests. Without scripts it has the key figures
 * and the most important tables.
 */
public final class Page {
    /** The scripts in the order that they need one another. */
    private static final List<String> SCRIPTS = List.of(
            "buckets.js",
            "format.js",
            "elements.js",
            "data.js",
            "axes.js",
            "lines.js",
            "bars.js",
            "heat.js",
            "brush.js",
            "delays.js",
            "transport.js",
            "talk.js",
            "threads.js",
            "imports.js",
            "tree.js",
            "main.js");

    private Page() {}

    /** The page for the data of a report, {@link Report#data}. */
    public static String html(ObjectNode data) {
        String style = resource("report.css");
        String script = script();
        String title = title(data);
        String policy = "default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style)
                + "'; base-uri 'none'; form-action 'none'";
        return filled(
                resource("report.html"),
                Map.of(
                        "policy",
                        policy,
                        "title",
                        SafeText.html(title),
                        "style",
                        style,
                        "figures",
                        figures(data),
                        "tables",
                        StaticTables.html(data),
                        "made",
                        Spelled.minute(data.path("made").asLong()) + " UTC",
                        "data",
                        SafeText.script(data.toString()),
                        "script",
                        script));
    }

    /** All scripts as one, in a scope of their own. */
    static String script() {
        StringBuilder script = new StringBuilder("(() => {\n'use strict';\n");
        for (String name : SCRIPTS) {
            script.append(resource(name));
        }
        return script.append("})();\n").toString();
    }

    private static String title(JsonNode data) {
        if (data.has("threads")) {
            String subject = data.at("/threads/0/subject").asText();
            return "Discussion: " + (subject.isEmpty() ? "without a subject" : subject);
        }
        if (!data.has("names")) {
            return "Listlens report";
        }
        return "How mail went and what was said: "
                + (data.path("single").asBoolean()
                        ? data.at("/names/0").asText()
                        : Spelled.count(
                                data.path("names").size()
                                        - 1L
                                        + data.path("more").asLong(),
                                "list"));
    }

    private static String figures(JsonNode data) {
        StringBuilder html = new StringBuilder();
        if (!data.has("names") && !data.has("threads")) {
            html.append("<p>There is no mail in the index for this report: index an archive first"
                    + " (<code>listlens index ARCHIVE</code>), or ask for another list or period.</p>");
        }
        if (data.has("sentences")) {
            html.append("<ul class=\"figures\">");
            for (JsonNode sentence : data.path("sentences")) {
                html.append("<li dir=\"auto\">")
                        .append(unbroken(SafeText.html(sentence.asText())))
                        .append("</li>\n");
            }
            html.append("</ul>");
        }
        return html.toString();
    }

    /** Numbers are kept on one line with their units. */
    private static String unbroken(String sentence) {
        return sentence.replaceAll("(\\d) (ms|s|min|h|d)\\b", "$1&nbsp;$2");
    }

    /** The template with texts in the place of their names; each is put in once, whatever it holds. */
    private static String filled(String template, Map<String, String> texts) {
        StringBuilder page = new StringBuilder();
        int at = 0;
        while (true) {
            int open = template.indexOf("{{", at);
            if (open < 0) {
                return page.append(template, at, template.length()).toString();
            }
            int close = template.indexOf("}}", open);
            String name = template.substring(open + 2, close);
            page.append(template, at, open).append(Objects.requireNonNull(texts.get(name), name));
            at = close + 2;
        }
    }

    private static String digest(String text) {
        try {
            return "sha256-"
                    + Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
