package org.listlens.document;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.thread.Discussion;
import org.listlens.thread.Quoting;
import org.listlens.thread.ThreadMail;

/** Writes what threads say: their own documents, who quotes whom in them, and the place of each message. */
public final class ThreadDocuments {
    /** More persons of a thread are counted and not named. */
    private static final int PERSONS = 1_000;

    private ThreadDocuments() {}

    /** The document of a thread, over what is there; its {@code _id} is the thread's. */
    public static HashedAction thread(Discussion thread) {
        return HashedAction.of(DocumentKind.THREAD, thread.id(), writer -> {
            writer.time("@timestamp", thread.first());
            writer.startObject("thread");
            writer.string("id", thread.id());
            writer.number("messages", thread.mails().size());
            writer.number("missing", thread.missing());
            writer.number("robot_messages", thread.robots());
            writer.number("patches", thread.patches());
            writer.number("crossposts", thread.crossposts());
            writer.number("participants", thread.persons().size());
            writer.startArray("persons");
            for (int i = 0; i < Math.min(PERSONS, thread.persons().size()); i++) {
                writer.element(thread.persons().get(i));
            }
            writer.endArray();
            writer.number("depth", thread.depth());
            writer.number("quote_depth", thread.quoteDepth());
            writer.time("last_activity", thread.last());
            if (thread.first() != null && thread.last() != null) {
                writer.number("duration_ms", ms(Duration.between(thread.first(), thread.last())));
            }
            writer.number("longest_gap_ms", ms(thread.longestGap()));
            writer.number("median_gap_ms", ms(thread.medianGap()));
            writer.number("first_response_ms", ms(thread.responseTime()));
            writer.number("first_response_after_list_ms", ms(thread.responseTimeAfterList()));
            ThreadMail response = thread.response();
            if (response != null) {
                writer.string("first_response_id", response.messageId());
                writer.string(
                        "first_responder",
                        response.writer() == null ? null : response.writer().person());
            }
            Boolean unanswered = thread.unanswered();
            if (unanswered != null) {
                writer.bool("unanswered", unanswered);
            }
            writer.endObject();
            writer.startObject("email");
            ThreadMail starter = thread.starter();
            writer.string("message_id", starter == null ? null : starter.messageId());
            writer.string("subject", thread.subject());
            writer.endObject();
            writeWriter(writer, "author", starter == null ? null : starter.writer());
            writer.startObject("list");
            writer.strings("id", thread.lists());
            writer.endObject();
        });
    }

    /** The document of what one mail quotes of another. */
    public static HashedAction quoting(Discussion thread, Quoting quoting) {
        return HashedAction.of(DocumentKind.QUOTE, id(quoting), writer -> {
            ThreadMail mail = quoting.mail();
            writer.time("@timestamp", mail.at());
            writer.startObject("message");
            writer.string("id", mail.id());
            writer.endObject();
            writer.startObject("email");
            writer.string("message_id", mail.messageId());
            writer.endObject();
            writer.startObject("thread");
            writer.string("id", thread.id());
            writer.endObject();
            writeWriter(writer, "author", mail.writer());
            writer.startObject("quote");
            writer.number("depth", quoting.depth());
            writer.number("number", quoting.number());
            writer.endObject();
            writer.startObject("quoted");
            writer.startArray("evidence");
            writer.element(quoting.quotation() == null ? null : "attribution");
            writer.element(quoting.source() == null ? null : "text");
            writer.endArray();
            writer.string(
                    "message_id",
                    quoting.source() == null ? null : quoting.source().messageId());
            writer.number("age_ms", ms(quoting.age()));
            writeQuoted(writer, quoting);
            writer.endObject();
            writer.startObject("list");
            writer.strings("id", mail.lists());
            writer.endObject();
        });
    }

    private static void writeQuoted(DocumentWriter writer, Quoting quoting) {
        ThreadMail.Writer quoted = quoting.writer();
        if (quoted != null) {
            writeWriter(writer, "author", quoted);
        } else if (quoting.quotation() != null) {
            String address = quoting.quotation().address();
            writer.startObject("author");
            writer.string("id", address == null ? null : address.toLowerCase(Locale.ROOT));
            writer.string("name", quoting.quotation().name());
            writer.string("address", address);
            writer.endObject();
        }
    }

    /** The {@code _id} of what a mail quotes: that of the message, and a number in at least three digits. */
    public static String id(Quoting quoting) {
        return String.format(Locale.ROOT, "%s-%03d", quoting.mail().id(), quoting.number());
    }

    private static void writeWriter(DocumentWriter writer, String name, ThreadMail.@Nullable Writer who) {
        if (who != null) {
            writer.startObject(name);
            writer.string("id", who.person());
            writer.string("name", who.name());
            writer.string("address", who.address());
            writer.string("organization", who.organization());
            writer.bool("robot", who.robot());
            writer.endObject();
        }
    }

    private static @Nullable Long ms(@Nullable Duration duration) {
        return duration == null ? null : (Long) duration.toMillis();
    }

    /**
     * The change of a message that gives it its place, left undone when the message is another by then.
     *
     * @param id the message's {@code _id}
     * @param person who wrote it; {@code null} to leave what the message says
     * @param seen the message from which this follows
     */
    public static EncodedAction place(String id, String thread, int depth, @Nullable String person, Revision seen) {
        return HashedAction.update(DocumentKind.MESSAGE, id, seen, writer -> {
            if (person != null) {
                writer.startObject("author");
                writer.string("id", person);
                writer.endObject();
            }
            writer.startObject("thread");
            writer.string("id", thread);
            writer.number("depth", depth);
            writer.bool("solved", true);
            writer.endObject();
        });
    }

    /** The change of a message that has all that it decides on with others looked at anew. */
    public static EncodedAction unsolved(String id) {
        return HashedAction.update(DocumentKind.MESSAGE, id, writer -> {
            writer.startObject("thread");
            writer.bool("solved", false);
            writer.endObject();
        });
    }

    /** The change of a thread's document that says that it has to be written anew. */
    public static EncodedAction stale(String id) {
        return HashedAction.update(DocumentKind.THREAD, id, writer -> {
            writer.startObject("thread");
            writer.bool("stale", true);
            writer.endObject();
        });
    }
}
