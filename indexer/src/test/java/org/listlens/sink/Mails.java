package org.listlens.sink;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;
import org.listlens.mail.Origin;

/** Encoded mails for tests, as small as they can be. */
final class Mails {
    private Mails() {}

    /** A mail with a message, a delivery and two hops, each named after the number. */
    static EncodedMail numbered(int number) {
        return mail("m" + number, "c" + number, List.of("a.example.org"), "v1", 2);
    }

    static List<EncodedMail> numbered(int from, int to) {
        List<EncodedMail> mails = new ArrayList<>();
        for (int i = from; i < to; i++) {
            mails.add(numbered(i));
        }
        return mails;
    }

    /**
     * One copy of a message.
     *
     * @param content goes into all documents and their hashes
     */
    static EncodedMail mail(String messageId, String copyId, List<String> lists, String content, int hops) {
        return mail(messageId, copyId, 0, lists, content, hops);
    }

    /** The same of a copy that was altered on its way. */
    static EncodedMail mail(
            String messageId, String copyId, int alterations, List<String> lists, String content, int hops) {
        return mail("test", messageId, copyId, alterations, lists, content, hops);
    }

    /** The same in an archive. */
    static EncodedMail mail(
            String source,
            String messageId,
            String copyId,
            int alterations,
            List<String> lists,
            String content,
            int hops) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<EncodedDocument> documents = new ArrayList<>();
        StringBuilder ids = new StringBuilder();
        for (String list : lists) {
            ids.append(ids.isEmpty() ? "" : ",").append('"').append(list).append('"');
        }
        add(
                body,
                documents,
                DocumentKind.MESSAGE,
                messageId,
                content + "-by-" + copyId,
                ",\"list\":{\"id\":[" + ids + "],\"x\":1.50},\"delivery\":{\"id\":\"" + copyId
                        + "\"},\"message\":{\"alterations\":" + alterations + "}");
        add(
                body,
                documents,
                DocumentKind.DELIVERY,
                copyId,
                content,
                ",\"archive\":{\"source\":\"" + source + "\",\"sources\":[\"" + source + "\"]}");
        for (int i = 1; i <= hops; i++) {
            add(body, documents, DocumentKind.HOP, String.format(Locale.ROOT, "%s-%04d", copyId, i), content, "");
        }
        int length = body.size();
        body.writeBytes(new byte[7]);
        return new EncodedMail(
                new Origin(source, messageId + '/' + copyId + '/' + content + '/' + hops),
                copyId,
                "2021",
                alterations,
                lists,
                body.toByteArray(),
                length,
                documents);
    }

    private static void add(
            ByteArrayOutputStream body,
            List<EncodedDocument> documents,
            DocumentKind kind,
            String id,
            String hash,
            String more) {
        int start = body.size();
        body.writeBytes(("{\"create\":{\"_index\":\"" + kind.alias() + "\",\"_id\":\"" + id + "\"}}\n")
                .getBytes(StandardCharsets.UTF_8));
        int source = body.size();
        body.writeBytes(("{\"event\":{\"hash\":\"" + hash + "\"},\"text\":\"grüße von " + id + "\"" + more + "}\n")
                .getBytes(StandardCharsets.UTF_8));
        documents.add(new EncodedDocument(kind, id, hash, start, source, body.size()));
    }
}
