package org.listlens.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.listlens.mail.Author;
import org.listlens.mail.BodyText;
import org.listlens.mail.LineCounts;
import org.listlens.mail.MailingList;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.Quotes;
import org.listlens.mail.ReplyStyle;
import org.listlens.mail.Role;

/** What holds for the body of any mail: offsets, identities, hashes, bounds. */
class MailDocumentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Collection<ParsedMail> mails() {
        return Mails.GOLDENS.values();
    }

    @ParameterizedTest
    @MethodSource("mails")
    void documentsLieEndToEndInTheBody(ParsedMail mail) throws IOException {
        EncodedMail encoded = new MailDocuments().encode(mail);

        assertThat(encoded.origin()).isEqualTo(mail.origin());
        assertThat(encoded.copyId()).isEqualTo(mail.digest());
        assertThat(encoded.documents()).hasSize(2 + mail.hops().size());
        int end = 0;
        List<EncodedDocument> inOrder = encoded.documents().stream()
                .sorted(Comparator.comparingInt(EncodedDocument::start))
                .toList();
        assertThat(inOrder.getFirst().kind()).isEqualTo(DocumentKind.MESSAGE);
        assertThat(inOrder.getLast().kind()).isEqualTo(DocumentKind.DELIVERY);
        for (EncodedDocument document : inOrder) {
            assertThat(document.start()).isEqualTo(end);
            end = document.end();
            String action = text(encoded, document.start(), document.sourceStart());
            String source = text(encoded, document.sourceStart(), document.end());
            assertThat(action)
                    .isEqualTo("{\"create\":{\"_index\":\"" + document.kind().alias() + "\",\"_id\":\"" + document.id()
                            + "\"}}\n");
            assertThat(source).startsWith("{").endsWith("}\n");
            assertThat(source.indexOf('\n')).isEqualTo(source.length() - 1);
            assertThat(JSON.readTree(source).at("/event/hash").asText()).isEqualTo(document.hash());
        }
        assertThat(end).isEqualTo(encoded.length());
        assertThat(encoded.documents().stream().map(EncodedDocument::id)).doesNotHaveDuplicates();
    }

    @Test
    void sameMailGivesTheSameOctetsWhateverWasEncodedBefore() {
        MailDocuments documents = new MailDocuments();
        for (ParsedMail mail : mails()) {
            EncodedMail first = documents.encode(mail);
            byte[] octets = first.body().clone();
            EncodedMail second = documents.encode(mail);
            assertThat(second.body()).isEqualTo(octets);
            assertThat(second.documents()).isEqualTo(first.documents());
            assertThat(first.body()).as("owned by the first").isEqualTo(octets);
            assertThat(new MailDocuments().encode(mail).body()).isEqualTo(octets);
        }
    }

    @Test
    void messageIsKnownByItsMessageIdAndContent() throws Exception {
        assertThat(messageId(draft -> {}))
                .isEqualTo(digest("message-id\na@example.com\nfedcba9876543210fedcba9876543210\n"));
        assertThat(messageId(draft -> {
                    draft.digest = "ffffffffffffffffffffffffffffffff";
                    draft.origin = new Origin("elsewhere", "9");
                    draft.subject = "[list] as the list rewrote it";
                    draft.lists.add(new MailingList("list.example.org", null, null));
                    draft.header("X-List", "yes");
                }))
                .as("another copy")
                .isEqualTo(messageId(draft -> {}));
        assertThat(messageId(draft -> draft.messageId = "b@example.com")).isNotEqualTo(messageId(draft -> {}));
        assertThat(messageId(draft -> draft.contentDigest = "0")).isNotEqualTo(messageId(draft -> {}));
    }

    /** Neither From nor Subject count, which lists rewrite: what the author's subject says is in the content digest. */
    @Test
    void mailWithoutMessageIdIsKnownByDateAndContent() throws Exception {
        Consumer<Mails.Draft> nameless = draft -> {
            draft.messageId = null;
            draft.subject = "Hello";
            draft.date = Mails.stamp("1995-05-05T05:05:05Z", null);
            draft.participants.add(new Participant(Role.FROM, null, "ada@example.com", null));
        };
        String id = messageId(nameless);
        assertThat(id).isEqualTo(digest("date\n1995-05-05T05:05:05Z\nfedcba9876543210fedcba9876543210\n"));
        assertThat(messageId(nameless.andThen(draft -> {
                    draft.subject = "[list] Hello";
                    draft.participants.clear();
                })))
                .isEqualTo(id);
        List<Consumer<Mails.Draft>> others = List.of(
                draft -> draft.date = Mails.stamp("1995-05-05T05:05:06Z", null),
                draft -> draft.date = null,
                draft -> draft.contentDigest = "0",
                draft -> draft.messageId = "Hello");
        assertThat(others.stream().map(other -> messageId(nameless.andThen(other))))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }

    @Test
    void mailWithoutMessageIdAndDateIsKnownByItsAuthor() throws Exception {
        Consumer<Mails.Draft> nameless = draft -> {
            draft.messageId = null;
            draft.participants.add(new Participant(Role.FROM, null, "Ada@example.com", null));
        };
        assertThat(messageId(nameless))
                .isEqualTo(digest("author\nada@example.com\nfedcba9876543210fedcba9876543210\n"));
        assertThat(messageId(nameless.andThen(draft -> {
                    draft.participants.clear();
                    draft.participants.add(new Participant(Role.FROM, null, "list@example.org", null));
                    draft.author = new Author(null, "ada@example.com", null, false, true);
                })))
                .isEqualTo(messageId(nameless));
        assertThat(messageId(nameless.andThen(draft -> draft.participants.clear())))
                .isNotEqualTo(messageId(nameless));
    }

    @Test
    void hashLeavesOutWhereTheMailLiesAndWhichListsCarriedTheMessage() {
        List<String> hashes = hashes(draft -> {});

        assertThat(hashes(draft -> {
                    draft.origin = new Origin("elsewhere", "9");
                    draft.size = 1000;
                }))
                .isEqualTo(hashes);
        List<String> listed =
                hashes(draft -> draft.lists.add(new MailingList("list.example.org", "L", "l@example.org")));
        assertThat(listed.get(0)).as("message").isEqualTo(hashes.get(0));
        assertThat(listed.get(1)).as("delivery").isNotEqualTo(hashes.get(1));
        assertThat(listed.get(2)).as("hop").isNotEqualTo(hashes.get(2));
        assertThat(hashes(draft -> draft.subject = "other").get(0)).isNotEqualTo(hashes.get(0));
        assertThat(hashes(draft -> draft.text = new BodyText("x", "x", "text/plain", null, Quotes.NONE))
                        .get(0))
                .isNotEqualTo(hashes.get(0));
    }

    /** A hop's document that is replaced has no corrected delay any more; its delivery must show that. */
    @Test
    void aDeliverysHashCoversItsHops() {
        List<String> hashes = hashes(draft -> {
            draft.hops.clear();
            draft.hop("a.example.org", "2021-07-06T12:00:00Z", null, null);
        });
        List<String> others = hashes(draft -> {
            draft.hops.clear();
            draft.hop("a.example.org", "2021-07-06T12:00:00Z", null, "told.only.in.the.hop.example.org");
        });
        assertThat(others.get(0)).isEqualTo(hashes.get(0));
        assertThat(others.get(1)).isNotEqualTo(hashes.get(1));
        assertThat(others.get(2)).isNotEqualTo(hashes.get(2));
    }

    @Test
    void latencyAndHolderAreThoseOfTheModel() throws IOException {
        for (ParsedMail mail : List.of(Mails.full(), Mails.plain(), Mails.crosspost())) {
            JsonNode delivery = source(new MailDocuments().encode(mail), 1).path("delivery");
            Long latency =
                    delivery.has("latency_ms") ? delivery.path("latency_ms").asLong() : null;
            assertThat(latency).isEqualTo(mail.latencyMs());
            assertThat(delivery.path("held_by").asText(null))
                    .isEqualTo(
                            mail.longestHold() == null
                                    ? null
                                    : mail.longestHold().host());
            assertThat(delivery.path("skewed").asBoolean()).isEqualTo(mail.skewed());
        }
    }

    @Test
    void headerOf100KilobytesIsKeptWhole() throws IOException {
        String value = "word ".repeat(20_000).trim();
        Mails.Draft draft = draft();
        draft.header("X-Long", value);

        JsonNode message = source(new MailDocuments().encode(draft.mail()), 0);

        assertThat(message.at("/header/lines/0").asText()).isEqualTo("X-Long: " + value);
        assertThat(message.has("defect")).isFalse();
    }

    /** 40 fields of 1 MB: the document is cut between two lines, says so, and still has its lists and its text. */
    @Test
    void documentStaysSmallEnoughForTheEngine() throws IOException {
        Mails.Draft draft = draft();
        for (int i = 0; i < 40; i++) {
            draft.header("X-Long-" + i, "y".repeat(1 << 20));
        }
        draft.lists.add(new MailingList("list.example.org", null, null));
        draft.text = new BodyText(
                "text",
                "text",
                "text/plain",
                null,
                new Quotes(0, List.of(1), LineCounts.NONE, "text", "", ReplyStyle.NONE, List.of(), List.of()));

        EncodedMail encoded = new MailDocuments().encode(draft.mail());

        JsonNode message = source(encoded, 0);
        assertThat(encoded.length()).isBetween(8 << 20, 10 << 20);
        assertThat(message.at("/header/lines")).hasSize(8);
        assertThat(message.at("/header/names")).hasSize(40);
        assertThat(message.at("/defect/codes").toString()).isEqualTo("[\"document-truncated\"]");
        assertThat(message.at("/list/id/0").asText()).isEqualTo("list.example.org");
        assertThat(message.at("/text/new").asText()).isEqualTo("text");
        assertThat(source(encoded, 1).has("defect")).as("the delivery is whole").isFalse();
    }

    /** What documents share is written once, but where it is cut: each says so, and has what it has room for. */
    @Test
    void recipientsAreCutInEachDocument() throws IOException {
        Mails.Draft draft = draft();
        draft.hop("lists.example.org", "2020-01-01T00:00:01Z", null, null);
        draft.lists.add(new MailingList("list.example.org", "List", "list@example.org"));
        for (int i = 0; i < 10; i++) {
            draft.participants.add(new Participant(Role.TO, null, i + "x".repeat(1 << 20) + "@example.com", null));
        }

        EncodedMail encoded = new MailDocuments().encode(draft.mail());

        for (int i = 0; i < 2; i++) {
            JsonNode document = source(encoded, i);
            assertThat(document.at("/email/message_id").asText()).isEqualTo("a@example.com");
            assertThat(document.at("/email/to/address")).hasSize(8);
            assertThat(document.at("/defect/codes").toString()).isEqualTo("[\"document-truncated\"]");
        }
        assertThat(source(encoded, 0).at("/list/id/0").asText()).isEqualTo("list.example.org");
        assertThat(source(encoded, 1).has("list"))
                .as("no room is left for the lists")
                .isFalse();
        for (int i = 2; i < 4; i++) {
            JsonNode hop = source(encoded, i);
            assertThat(hop.at("/message/id").asText())
                    .isEqualTo(encoded.documents().get(0).id());
            assertThat(hop.at("/delivery/id").asText()).isEqualTo(encoded.copyId());
            assertThat(hop.at("/email/message_id").asText()).isEqualTo("a@example.com");
            assertThat(hop.at("/list/id/0").asText()).isEqualTo("list.example.org");
            assertThat(hop.at("/hop/position").asInt()).isEqualTo(i - 1);
        }
    }

    @Test
    void mailThatAnswersItselfHasAnotherParentOrNone() throws IOException {
        Mails.Draft draft = draft();
        draft.references.addAll(List.of("root@example.com", "a@example.com"));
        assertThat(parent(draft)).isEqualTo("root@example.com");
        draft.references.remove(0);
        draft.inReplyTo.add("answered@example.com");
        assertThat(parent(draft)).isEqualTo("answered@example.com");
        draft.inReplyTo.set(0, "a@example.com");
        assertThat(parent(draft)).isNull();
    }

    private static String parent(Mails.Draft draft) throws IOException {
        return source(new MailDocuments().encode(draft.mail()), 0)
                .at("/thread/parent")
                .asText(null);
    }

    private static Mails.Draft draft() {
        Mails.Draft draft = new Mails.Draft();
        draft.messageId = "a@example.com";
        return draft.hop("mx.example.org", "2020-01-01T00:00:00Z", null, null);
    }

    private static EncodedMail encode(Consumer<Mails.Draft> change) {
        Mails.Draft draft = draft();
        change.accept(draft);
        return new MailDocuments().encode(draft.mail());
    }

    private static String messageId(Consumer<Mails.Draft> change) {
        return encode(change).documents().get(0).id();
    }

    private static List<String> hashes(Consumer<Mails.Draft> change) {
        return encode(change).documents().stream().map(EncodedDocument::hash).toList();
    }

    private static String digest(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
    }

    private static JsonNode source(EncodedMail encoded, int document) throws IOException {
        EncodedDocument found = encoded.documents().get(document);
        return JSON.readTree(encoded.body(), found.sourceStart(), found.end() - found.sourceStart());
    }

    private static String text(EncodedMail encoded, int from, int to) {
        return new String(encoded.body(), from, to - from, StandardCharsets.UTF_8);
    }
}
