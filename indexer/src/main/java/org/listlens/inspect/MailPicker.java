package org.listlens.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.people.People;
import org.listlens.source.MailReceiver;
import org.listlens.source.MailSource;
import org.listlens.source.RejectedEntry;

/** Picks one mail of an archive, and counts those that could be picked. */
public final class MailPicker implements MailReceiver {
    private final MailParser parser;
    private final int number;
    private final @Nullable String messageId;
    private final byte @Nullable [] idOctets;
    private int count;
    private @Nullable ParsedMail picked;
    private @Nullable RejectedEntry rejected;

    /**
     * Says what to pick.
     *
     * @param number which, counted from 1
     * @param messageId only mails with this Message-ID, given without brackets, count; all, when it is {@code null}
     * @param people by which authors are found
     */
    public MailPicker(int number, @Nullable String messageId, People people) {
        this.parser = new MailParser(Limits.DEFAULT, people);
        this.number = number;
        this.messageId = messageId;
        this.idOctets = messageId == null ? null : messageId.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads an archive to its end. */
    public void read(MailSource source) throws IOException {
        source.read(this);
    }

    /** The mail; {@code null} when there are fewer than asked for. */
    public @Nullable ParsedMail picked() {
        return picked;
    }

    /** How many mails could have been picked. */
    public int count() {
        return count;
    }

    /** The first part of the archive that could not be read; {@code null} when all could. */
    public @Nullable RejectedEntry rejected() {
        return rejected;
    }

    @Override
    public void mail(RawMail raw) {
        ParsedMail mail = null;
        if (messageId != null) {
            // Few mails hold the id at all: the others need no parsing.
            mail = holdsId(raw.bytes()) ? parser.parse(raw) : null;
            if (mail == null || !messageId.equals(mail.messageId())) {
                return;
            }
        }
        count++;
        if (count == number) {
            picked = mail == null ? parser.parse(raw) : mail;
        }
    }

    private boolean holdsId(byte[] bytes) {
        byte[] id = idOctets;
        if (id == null || id.length == 0) {
            return false;
        }
        for (int i = 0; i <= bytes.length - id.length; i++) {
            int same = 0;
            while (same < id.length && bytes[i + same] == id[same]) {
                same++;
            }
            if (same == id.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void rejected(RejectedEntry entry) {
        rejected = rejected == null ? entry : rejected;
    }

    @Override
    public void progress(long octets) {}
}
