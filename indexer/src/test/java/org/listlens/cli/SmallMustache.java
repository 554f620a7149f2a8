package org.listlens.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * As much of Mustache as the messages of monitors use: sections over arrays, their inverse and variables, named by paths with
 * dots, numbers among them for the elements of arrays, as OpenSearch has it. As there, an element that an array has not got
 * makes the whole template fail, and a tag of a section that stands alone on its line takes the line with it.
 */
final class SmallMustache {
    private SmallMustache() {}

    /** A template with the values of {@code ctx}. */
    static String render(String template, JsonNode ctx) {
        return fill(template.replaceAll("(?m)^(\\{\\{[#^/][^}]+}})\\n", "$1"), ctx);
    }

    private static String fill(String template, JsonNode ctx) {
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
            if (name.startsWith("#") || name.startsWith("^")) {
                String end = "{{/" + name.substring(1) + "}}";
                int stop = template.indexOf(end, done);
                String section = template.substring(done, stop);
                JsonNode elements = find(ctx, name.substring(1));
                if (name.startsWith("#")) {
                    elements.forEach(element -> text.append(fill(section, element)));
                } else if (elements.isEmpty()) {
                    text.append(fill(section, ctx));
                }
                done = stop + end.length();
            } else {
                text.append(find(ctx, name).asText());
            }
        }
    }

    private static JsonNode find(JsonNode values, String path) {
        JsonNode at = values;
        for (String name : (path.startsWith("ctx.") ? path.substring(4) : path).split("\\.", -1)) {
            if (at.isArray()) {
                int index = Integer.parseInt(name);
                if (index >= at.size()) {
                    throw new IllegalStateException("no element " + index + " in " + path);
                }
                at = at.path(index);
            } else {
                at = at.path(name);
            }
        }
        return at;
    }
}
