package org.listlens.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

/** The identities of documents: each the first 16 octets of a SHA-256, in lower-case hex. */
final class Digests {
    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Ends a digest. */
    static String hex(MessageDigest sha256) {
        return HEX.formatHex(sha256.digest(), 0, 16);
    }

    /** The digest of strings, each followed by a line feed. */
    static String of(MessageDigest sha256, String... parts) {
        for (String part : parts) {
            add(sha256, part);
        }
        return hex(sha256);
    }

    /**
     * The identity of a mail, whichever list brought it: of its Message-ID and of what the author wrote, so that two
     * mails that share a Message-ID by mistake stay two. A mail without Message-ID goes by its Date instead, and without
     * that by its author; its subject is part of {@link ParsedMail#contentDigest()}. From alone would not do: lists
     * rewrite it.
     */
    static String message(MessageDigest sha256, ParsedMail mail) {
        if (mail.messageId() != null) {
            return of(sha256, "message-id", mail.messageId(), mail.contentDigest());
        }
        if (mail.date() != null) {
            return of(sha256, "date", mail.date().instant().toString(), mail.contentDigest());
        }
        return of(sha256, "author", author(mail), mail.contentDigest());
    }

    /** The author's address; empty without any. */
    private static String author(ParsedMail mail) {
        if (mail.author() != null) {
            return mail.author().address();
        }
        List<Participant> participants = mail.participants();
        for (int i = 0; i < participants.size(); i++) {
            if (participants.get(i).role() == Role.FROM) {
                return participants.get(i).address().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private static void add(MessageDigest sha256, String part) {
        sha256.update(part.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
    }
}
