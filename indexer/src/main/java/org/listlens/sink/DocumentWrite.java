package org.listlens.sink;

import java.nio.ByteBuffer;
import java.util.List;
import org.listlens.document.EncodedDocument;

/** One document of a mail on its way into the engine. */
final class DocumentWrite {
    private final MailWrite mail;
    private final EncodedDocument document;
    private BulkItem item;
    private boolean inDoubt;
    private boolean note;
    private boolean creating = true;
    private boolean done;

    DocumentWrite(MailWrite mail, EncodedDocument document) {
        this.mail = mail;
        this.document = document;
        this.item = creation();
    }

    /** The lines as the document came: creates it unless it exists. */
    private BulkItem creation() {
        int length = document.end() - document.start();
        return new BulkItem(
                document.kind(),
                name().part(),
                List.of(ByteBuffer.wrap(mail.mail().body(), document.start(), length)));
    }

    /** What the document is found by. */
    DocumentId name() {
        return new DocumentId(document.kind(), document.id(), document.kind().isOfCopy() ? mail.part() : null);
    }

    EncodedDocument document() {
        return document;
    }

    MailWrite mail() {
        return mail;
    }

    /** The document without its action line. */
    ByteBuffer source() {
        return ByteBuffer.wrap(mail.mail().body(), document.sourceStart(), document.end() - document.sourceStart());
    }

    BulkItem item() {
        return item;
    }

    boolean done() {
        return done;
    }

    /** Whether it is to be sent as a {@link #note}. */
    boolean isNote() {
        return note;
    }

    /** Takes the engine's answer over; a conflict, or a document that is gone meanwhile, is left to be resolved. */
    void settle() {
        inDoubt |= item.inDoubt();
        if (item.status() == 0 || item.status() == 409 || item.status() == 404) {
            return;
        }
        if (item.status() < 300) {
            if (!note) {
                mail.changed();
            }
            if (creating) {
                mail.created(document.kind());
            } else {
                mail.found(document.kind());
            }
        } else {
            mail.rejected(document.kind(), String.valueOf(item.reason()));
        }
        done = true;
    }

    /** The engine has what it should have. */
    void unchanged() {
        if (inDoubt) {
            mail.changed();
        }
        mail.found(document.kind());
        done = true;
    }

    /** Tries to create it again: it was there, and is no more. */
    void createAgain() {
        item = creation();
        note = false;
        creating = true;
    }

    void send(BulkItem next) {
        item = next;
        note = false;
        creating = false;
    }

    /** Sends what changes nothing that the mail says, but only where else it lies: the mail counts as unchanged. */
    void note(BulkItem next) {
        item = next;
        note = true;
        creating = false;
    }
}
