package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * As much of Mustache as the messages of monitors use: sections over arrays and variables, named by paths with dots, numbers
 * among them for the elements of arrays, as OpenSearch has it.
 */
final class SmallMustache {
    private SmallMustache() {}

    /** A template with the values of {@code ctx}. */
    static String render(String template, JsonNode ctx) {
        StringBuilder text = new StringBuilder();
        int done = 0;
        while (true) {
            int open = template.indexOf("{{", done);
            if (open < 0) {
                return text.append(template.substring(done)).toString();
            }
            int close = template.indexOf("}}", open);
            String name = template.substring(open + 2, close);
            text.append(template, done, open);
            done = close + 2;
            if (name.startsWith("#")) {
                String end = "{{/" + name.substring(1) + "}}";
                int stop = template.indexOf(end, done);
                for (JsonNode element : find(ctx, name.substring(1))) {
                    text.append(render(template.substring(done, stop), element));
                }
                done = stop + end.length();
            } else {
                text.append(find(ctx, name).asText());
            }
        }
    }

    private static JsonNode find(JsonNode values, String path) {
        return values.at("/" + (path.startsWith("ctx.") ? path.substring(4) : path).replace('.', '/'));
    }
}
