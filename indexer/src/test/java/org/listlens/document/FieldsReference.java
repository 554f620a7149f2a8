package org.listlens.document;

import com.fasterxml.jackson.databind.JsonNode;

/** Renders {@code docs/fields.md} from the templates. */
final class FieldsReference {
    private static final String HEAD = """
            # Fields

            <!-- Generated from mappings/. After a change there: mvn -q -pl embedded,mail,indexer test -Dtest=FieldsReferenceTest -Dlistlens.update -Dsurefire.failIfNoSpecifiedTests=false -->

            What is unknown is absent, never 0 and never an empty string. Delays are raw and keep their sign. Times are UTC, \
            `2021-07-06T13:45:36.000Z`; one outside the years 1 to 9999 is left out. Any field may hold several values; of a \
            list of objects (`participants`, `parts`, `email.attachments`), searches see the values of each field as one \
            list, and `_source` keeps the objects.

            Names under `email.` are those of the Elastic Common Schema where it has one. Not in it are \
            `email.from.name`, `email.from.domain`, `email.origination_zone`, `email.in_reply_to` and `email.references`; \
            `email.attachments` is an object here, not `nested`, because dashboards cannot aggregate `nested`.

            The documents of a mail are joined by `message.id` (all copies), `delivery.id` (one copy) and \
            `email.message_id` (all mails that claim that Message-ID).

            - **text** is searched by words; its `.keyword` is the whole value, for sorting and counting.
            - **keyword** is the whole value; one longer than 1,024 characters (8,191 for paths) is in `_source` only. \
            Marked *lower case* it is compared and counted in lower case and shown as written in `_source`.
            - **date**, **ip** and numbers: a value that the engine cannot read is in `_source` only and named in \
            `_ignored`; it never keeps a document out.

            ## Searching headers
            `header.lines` has an entry `Name: value` for each header field. Searches find those that have no \
            place of their own in the documents: addresses, ids, subject, trace and signatures are not found here. A phrase \
            finds a field that begins so; with a \
            `slop` below 100 its words may stand in any order and that far apart, but always in one field:

            ```json
            {"query": {"match_phrase": {"header.lines": "X-Mailer: git-send-email"}}}
            {"query": {"match_phrase": {"header.lines": {"query": "User-Agent Thunderbird", "slop": 99}}}}
            {"query": {"term": {"header.names": "list-unsubscribe-post"}}}
            ```

            A bare search term, as typed into the search bar, looks into `email.subject`, `text.new`, `participants.name`, \
            `participants.address`, `email.message_id` and `list.id`; quoted text and headers only when asked by name.
            """;

    private FieldsReference() {}

    static String render() {
        StringBuilder page = new StringBuilder(HEAD);
        for (DocumentKind kind : DocumentKind.values()) {
            String index = kind.alias();
            JsonNode template = Mappings.index(index);
            page.append("\n## ").append(index).append('\n');
            page.append(template.path("_meta").path("description").asText())
                    .append(" Mapping version ")
                    .append(template.path("_meta").path("version").asInt())
                    .append(".\n\n| field | type | unit | meaning |\n| --- | --- | --- | --- |\n");
            for (Mappings.Field field : Mappings.fields(index).values()) {
                page.append("| `").append(field.path()).append("` | ").append(type(field));
                page.append(" | ").append(field.unit()).append(" | ");
                page.append(field.meaning().replace("<>", "`<>`").replace("|", "\\|"))
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    private static String type(Mappings.Field field) {
        String type = field.type();
        if (field.mapping().has("fields")) {
            type += ", `.keyword`";
        }
        return field.mapping().path("normalizer").asText().equals("lowercase") ? type + ", lower case" : type;
    }
}
