package org.listlens.sink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.document.ClockDocuments;
import org.listlens.document.DocumentKind;
import org.listlens.document.EncodedDocument;
import org.listlens.document.EncodedMail;

/** A mail on its way into the engine, and what has become of its documents so far. */
final class MailWrite {
    private final EncodedMail mail;
    private final boolean again;
    private final List<DocumentWrite> documents;
    private String part;
    private boolean changed;
    /** Whether some of what a copy's delays are corrected in, its delivery and hops, was created and some was there. */
    private boolean created;

    private boolean found;
    private boolean clockUndone;
    private @Nullable String rejection;

    /** @param again whether the mail is only to be noted */
    MailWrite(EncodedMail mail, boolean again) {
        this.mail = mail;
        this.again = again;
        this.part = mail.part();
        this.documents = new ArrayList<>(mail.documents().size());
        for (EncodedDocument document : mail.documents()) {
            documents.add(new DocumentWrite(this, document));
        }
    }

    EncodedMail mail() {
        return mail;
    }

    /** The part that its delivery and its hops lie in. */
    String part() {
        return part;
    }

    /** Notes that they lie elsewhere than they would be put now; to be called before anything is sent. */
    void liesIn(String itsPart) {
        part = itsPart;
        documents.forEach(DocumentWrite::createAgain);
    }

    List<DocumentWrite> documents() {
        return documents;
    }

    void changed() {
        changed = true;
    }

    /** Notes that a document was created. */
    void created(DocumentKind kind) {
        created |= kind.isOfCopy();
    }

    /** Notes that a document was there. */
    void found(DocumentKind kind) {
        found |= kind.isOfCopy();
    }

    /**
     * Whether its delivery and hops were written by several runs, of which one may have known the clocks and another
     * not: then the delays have to be corrected anew, and that is not noted yet.
     */
    boolean needsClock() {
        return created && found && !clockUndone;
    }

    /** The item by which that is noted. */
    BulkItem withoutClock() {
        return new BulkItem(
                DocumentKind.DELIVERY,
                part,
                List.of(ByteBuffer.wrap(ClockDocuments.unsolved(mail.copyId()).body())));
    }

    void clockUndone() {
        clockUndone = true;
    }

    void rejected(DocumentKind kind, String reason) {
        if (rejection == null) {
            rejection = kind.name().toLowerCase(Locale.ROOT) + ": " + reason;
        }
    }

    /** Tells the one outcome of the mail. */
    void tell(SinkListener listener) {
        for (DocumentWrite document : documents) {
            if (!document.done()) {
                listener.abandoned(mail);
                return;
            }
        }
        if (needsClock()) {
            listener.abandoned(mail);
            return;
        }
        if (rejection != null) {
            listener.rejected(mail, rejection);
        } else if (again) {
            listener.duplicate(mail);
        } else if (changed) {
            listener.indexed(mail);
        } else {
            listener.unchanged(mail);
        }
    }
}
