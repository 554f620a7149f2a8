package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a reader without scripts gets besides the key figures: the worst days and the slowest mails as tables. */
final class StaticTables {
    private static final int DAYS = 30;
    private static final int MAILS = 50;

    private StaticTables() {}

    static String html(JsonNode data) {
        StringBuilder html = new StringBuilder();
        if (data.path("worst").size() > 0) {
            head(
                    html,
                    "Days on which a list held mail",
                    "Day",
                    "List",
                    "Mails",
                    "Late",
                    "95 % within",
                    "Longest",
                    "Host");
            int rows = 0;
            for (JsonNode day : data.path("worst")) {
                if (rows++ == DAYS) {
                    break;
                }
                row(
                        html,
                        Spelled.day(day.path("day").asLong()),
                        data.path("names").path(day.path("row").asInt()).asText(),
                        Spelled.count(day.path("mails").asLong()),
                        Spelled.count(day.path("late").asLong()),
                        Spelled.duration(day.path("p95").asDouble()),
                        Spelled.duration(day.path("longest").asDouble()),
                        day.path("host").asText());
            }
            html.append("</tbody></table>");
        }
        if (data.path("slowest").size() > 0) {
            head(html, "The slowest mails", "Arrived", "Subject", "From", "All of the way", "At the list", "Held by");
            int rows = 0;
            for (JsonNode mail : data.path("slowest")) {
                if (rows++ == MAILS) {
                    break;
                }
                row(
                        html,
                        Spelled.minute(mail.path("time").asLong()),
                        mail.path("subject").asText(),
                        mail.path("from").asText(),
                        duration(mail.path("latency")),
                        duration(mail.path("list")),
                        mail.path("host").asText());
            }
            html.append("</tbody></table>");
        }
        for (JsonNode thread : data.path("threads")) {
            head(html, "The discussion", "Written", "Depth", "From", "Subject", "After the mail above", "Under way");
            for (JsonNode mail : thread.path("tree")) {
                row(
                        html,
                        mail.has("time") ? Spelled.minute(mail.path("time").asLong()) : "",
                        mail.path("depth").asText(),
                        mail.path("from").asText(),
                        mail.path("subject").asText(),
                        duration(mail.path("after")),
                        duration(mail.at("/copies/0/latency")));
            }
            html.append("</tbody></table>");
        }
        return html.toString();
    }

    private static String duration(JsonNode millis) {
        return millis.isNumber() ? Spelled.duration(millis.asDouble()) : "";
    }

    private static void head(StringBuilder html, String title, String... columns) {
        html.append("<h2>").append(title).append("</h2>\n<table><thead><tr>");
        for (String column : List.of(columns)) {
            html.append("<th scope=\"col\">").append(column).append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
    }

    private static void row(StringBuilder html, String... cells) {
        html.append("<tr>");
        for (String cell : List.of(cells)) {
            html.append("<td dir=\"auto\">").append(SafeText.html(cell)).append("</td>");
        }
        html.append("</tr>\n");
    }
}
