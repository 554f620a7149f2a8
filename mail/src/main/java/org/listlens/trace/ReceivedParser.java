package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Dialect;
import org.listlens.mail.Stamp;

/**
 * Reads one trace line: the clauses of RFC 5321 §4.4 in any order, each with its comments, and the date after the last
 * semicolon that stands outside of comments and quotes, or at the end where there is no semicolon. Words that nobody
 * knows are passed over.
 */
public final class ReceivedParser {
    private enum Clause {
        NONE,
        FROM,
        BY,
        VIA,
        WITH,
        ID,
        FOR,
        /** What follows a second {@code with}: {@code ESMTP with STARTTLS}. */
        EXTENSION,
        /** Exim's {@code tls CIPHER}. */
        TLS,
        /** The envelope's sender: Haraka's {@code envelope-from <ADDRESS>}, XMail's and Domino's second {@code from <ADDRESS>}. */
        SENDER,
        /** Exim's {@code by authid <USER> with MECHANISM}. */
        AUTHID
    }

    private final String line;
    private final Tokens tokens;
    private final Words words;
    private final LineDate date;
    private final PeerReader peer;
    private final ReceiverReader receiver;
    private final TlsReader tls = new TlsReader();
    private final EnvelopeReader envelope = new EnvelopeReader();

    private Clause clause = Clause.NONE;
    private int withStart = -1;
    private int withEnd = -1;
    private boolean withClosed;
    private int viaStart = -1;
    private int viaEnd = -1;
    private @Nullable String id;
    private int idStart = -1;

    /** Words after the id: {@code TLS version=… cipher=…} of older OpenSMTPD. */
    private int extraStart = -1;

    private int extraEnd = -1;
    private @Nullable String recipient;
    private boolean invoked;
    private boolean vger;

    private ReceivedParser(String line) {
        this.line = line;
        tokens = new Tokens(line, start(line), line.length());
        words = new Words(line);
        date = new LineDate(line);
        peer = new PeerReader(line);
        receiver = new ReceiverReader(line);
    }

    /** Reads the value of one {@code Received} or {@code X-Received} field, folded or not. */
    public static Received parse(String value) {
        RepeatedLine line = RepeatedLine.of(value);
        if (line == null) {
            return readAnew(value);
        }
        Received known = line.known();
        if (known != null) {
            return known;
        }
        ReceivedParser parser = new ReceivedParser(value);
        Received read = parser.read();
        if (parser.isCutAt(line)) {
            line.remember(read);
        }
        return read;
    }

    /** Reads a line as if none like it had been read before. */
    static Received readAnew(String value) {
        return new ReceivedParser(value).read();
    }

    /** Whether the line's id and date are those that {@link RepeatedLine} takes for them, and nothing else depends on them. */
    private boolean isCutAt(RepeatedLine cut) {
        return !tokens.isUnclosed()
                && idStart == cut.idStart()
                && date.lastSemicolon() == cut.semicolon()
                && date.start() > line.length()
                && withStart < cut.semicolon();
    }

    /** Behind the bracket of a line that is put in brackets as a whole, otherwise at the start. */
    private static int start(String line) {
        int at = 0;
        while (at < line.length() && Tokens.isBlank(line.charAt(at))) {
            at++;
        }
        boolean bracketed =
                line.startsWith("[from", at) && line.length() > at + 5 && Tokens.isBlank(line.charAt(at + 5));
        return bracketed ? at + 1 : 0;
    }

    private Received read() {
        Tokens.Kind kind = tokens.next();
        while (kind != Tokens.Kind.END) {
            int start = tokens.start();
            int end = tokens.end();
            switch (kind) {
                case WORD -> {
                    date.word(start);
                    Clause keyword = keyword(start, end);
                    kind = tokens.next();
                    if (keyword == Clause.NONE || (isValueMissing() && isValueBefore(kind))) {
                        word(start, end);
                    } else {
                        begin(keyword);
                    }
                }
                case COMMENT -> {
                    comment(words.read(start, end), start - 1);
                    kind = tokens.next();
                }
                default -> {
                    date.semicolon(start);
                    if (clause != Clause.WITH || withStart >= 0) {
                        clause = Clause.NONE;
                    }
                    kind = tokens.next();
                }
            }
        }
        return finish();
    }

    private Clause keyword(int start, int end) {
        char c = (char) (line.charAt(start) | 0x20);
        return switch (end - start) {
            case 2 -> c == 'b' && is(start, "by") ? Clause.BY : c == 'i' && is(start, "id") ? Clause.ID : Clause.NONE;
            case 3 ->
                switch (c) {
                    case 'v' -> is(start, "via") ? Clause.VIA : Clause.NONE;
                    case 'f' -> is(start, "for") ? Clause.FOR : Clause.NONE;
                    case 't' -> withStart >= 0 && line.startsWith("tls", start) ? Clause.TLS : Clause.NONE;
                    default -> Clause.NONE;
                };
            case 4 ->
                c == 'f' && is(start, "from") ? Clause.FROM : c == 'w' && is(start, "with") ? Clause.WITH : Clause.NONE;
            case 13 -> c == 'e' && is(start, "envelope-from") ? Clause.SENDER : Clause.NONE;
            default -> Clause.NONE;
        };
    }

    private boolean is(int start, String word) {
        return line.regionMatches(true, start, word, 0, word.length());
    }

    /** Whether the clause has just begun. */
    private boolean isValueMissing() {
        return switch (clause) {
            case FROM -> !peer.hasName() && !peer.isDescribed();
            case BY -> !receiver.hasName();
            case VIA -> viaStart < 0;
            case WITH -> withStart < 0;
            case ID -> id == null;
            case FOR -> recipient == null;
            default -> false;
        };
    }

    /** Whether what follows a clause's word shows that the word is a value here: {@code from with by HOST}. */
    private boolean isValueBefore(Tokens.Kind next) {
        return switch (next) {
            case WORD -> keyword(tokens.start(), tokens.end()) != Clause.NONE;
            case COMMENT -> clause == Clause.FROM || clause == Clause.BY;
            default -> clause == Clause.ID || clause == Clause.FOR;
        };
    }

    private void begin(Clause keyword) {
        switch (keyword) {
            case FROM -> {
                clause = peer.isPresent() ? Clause.SENDER : Clause.FROM;
                peer.begin();
            }
            case BY -> {
                clause = receiver.isPresent() ? Clause.NONE : Clause.BY;
                receiver.begin();
            }
            case VIA -> clause = viaStart < 0 ? Clause.VIA : Clause.NONE;
            case WITH -> clause = withStart < 0 ? Clause.WITH : Clause.EXTENSION;
            case ID -> clause = id == null ? Clause.ID : Clause.NONE;
            case FOR -> clause = recipient == null ? Clause.FOR : Clause.NONE;
            default -> clause = keyword;
        }
    }

    private void word(int start, int end) {
        if (id == null && end - start > 3 && is(start, "id=")) {
            // debbugs: id=ID
            id = Words.bare(line, start + 3, end);
            idStart = start + 3;
            clause = Clause.ID;
            return;
        }
        switch (clause) {
            case FROM -> peer.word(start, end);
            case BY -> receiver.word(start, end);
            case VIA -> {
                viaStart = viaStart < 0 ? start : viaStart;
                viaEnd = end;
            }
            case WITH -> {
                if (withStart < 0 && is(start, "cipher") && end - start == 6) {
                    clause = Clause.TLS;
                } else if (!withClosed) {
                    // XMail puts itself and the protocol in brackets.
                    boolean bracketed = withStart < 0
                            && line.charAt(start) == '['
                            && line.charAt(end - 1) == ']'
                            && end - start > 2;
                    withStart = withStart < 0 ? (bracketed ? start + 1 : start) : withStart;
                    withEnd = bracketed ? end - 1 : end;
                }
            }
            case ID -> {
                if (id == null) {
                    id = Words.bare(line, start, end);
                    idStart = start;
                } else {
                    extraStart = extraStart < 0 ? start : extraStart;
                    extraEnd = end;
                }
            }
            case FOR -> recipient(start, end);
            case EXTENSION -> {
                if (is(start, "STARTTLS") || is(start, "TLS")) {
                    tls.used();
                } else if (is(start, "AUTH") && end - start == 4) {
                    envelope.authenticated(null);
                }
            }
            case TLS -> {
                if (TlsReader.isCipher(line.substring(start, end))) {
                    tls.cipher(line.substring(start, end));
                }
                clause = Clause.EXTENSION;
            }
            case SENDER -> {
                if (line.charAt(start) == '<' || line.indexOf('@', start, end) >= 0) {
                    envelope.sender(Words.bare(line, start, end));
                }
                clause = Clause.NONE;
            }
            case AUTHID -> {
                envelope.authenticated(Words.bare(line, start, end));
                clause = Clause.NONE;
            }
            case NONE -> {
                if (is(start, "authenticated")) {
                    envelope.authenticated(null);
                } else if (end - start == 6 && is(start, "authid")) {
                    clause = Clause.AUTHID;
                }
            }
        }
    }

    private void recipient(int start, int end) {
        int to = end;
        while (to > start && line.charAt(to - 1) == ',') {
            to--;
        }
        if (recipient == null && to > start) {
            String address = Words.bare(line, start, to);
            // Google has mail "for <multiple recipients>".
            boolean isPhrase = address.indexOf('@') < 0 && hasBlank(address);
            recipient = address.isEmpty() || isPhrase ? null : address;
        }
    }

    private static boolean hasBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Tokens.isBlank(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private void comment(Words comment, int start) {
        if (comment.size() == 0) {
            return;
        }
        withClosed = withStart >= 0;
        if (clause == Clause.NONE && isInvocation(comment)) {
            invoked(comment);
            return;
        }
        boolean taken = tls.read(comment);
        taken |= envelope.read(comment);
        taken |= comment.is(0, "client") || (comment.is(0, "no") && comment.is(1, "client"));
        if (clause == Clause.FROM) {
            vger |= isRhostFlags(comment);
            peer.comment(comment, start, !taken);
        } else if (taken) {
            return;
        } else if (clause == Clause.NONE && comment.is(0, "from") && !peer.isPresent() && !receiver.isPresent()) {
            peer.local(comment);
        } else if (comment.is(0, "via") && comment.size() > 1 && viaStart < 0) {
            viaStart = comment.start(1);
            viaEnd = comment.end(comment.size() - 1);
        } else if (clause == Clause.BY || clause == Clause.WITH || clause == Clause.EXTENSION) {
            receiver.comment(comment, clause == Clause.BY);
        }
    }

    private static boolean isRhostFlags(Words comment) {
        for (int i = 0; i < comment.size(); i++) {
            if (comment.startsWith(i, "rhost-flags")) {
                return true;
            }
        }
        return false;
    }

    /** qmail and what writes like it: nullmailer, ofmipd, Critical Path's cpmta. */
    private static boolean isInvocation(Words comment) {
        return comment.is(2, "invoked")
                || comment.is(0, "qmail")
                || comment.is(0, "nullmailer")
                || comment.is(0, "ofmipd");
    }

    /** {@code qmail 1234 invoked from network}, {@code qmail 12 messnum 34 invoked from network[IP/HOST]}. */
    private void invoked(Words comment) {
        invoked = true;
        if (comment.is(0, "ofmipd") && comment.size() > 1) {
            peer.network(comment.get(1), "unknown");
        }
        for (int i = 1; i < comment.size(); i++) {
            if (comment.startsWith(i, "network[")) {
                String text = comment.get(i);
                int slash = text.indexOf('/');
                int close = text.lastIndexOf(']');
                if (slash > 0 && close > slash) {
                    peer.network(text.substring(8, slash), text.substring(slash + 1, close));
                }
            }
        }
    }

    private Received finish() {
        Stamp stamp = date.find();
        int cut = date.start();
        if (extraStart >= 0 && extraStart < cut) {
            tls.read(words.read(extraStart, Math.min(extraEnd, cut)));
        }
        String via = viaStart < 0 || viaStart >= cut ? null : phrase(viaStart, Math.min(viaEnd, cut));
        String with = withStart < 0 || withStart >= cut
                ? null
                : Protocol.read(words.read(withStart, Math.min(withEnd, cut)), tls, envelope);
        Software named = with == null ? null : Dialects.softwareOf(with, words);
        if (named != null) {
            receiver.software(named);
        } else if (with != null && !Protocol.isRegistered(with)) {
            receiver.nameVersion(with);
        }
        Dialect dialect = Dialects.of(this, with, via);
        boolean rdnsFirst = Dialects.isRdnsFirst(dialect, peer);
        // Exim writes more than one word about every peer that came over a network.
        boolean localUser = dialect == Dialect.EXIM && peer.isWord();
        String version = dialect == Dialect.EXCHANGE ? Dialects.exchangeVersion(id) : null;
        return new Received(
                dialect,
                peer.toPeer(rdnsFirst, localUser),
                receiver.toReceiver(cut, version),
                via,
                with,
                tls.toTls(),
                envelope.user(),
                id,
                recipient,
                envelope.sender(),
                stamp,
                date.isThere());
    }

    private String phrase(int start, int end) {
        Words phrase = words.read(start, end);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < phrase.size() && text.length() < 200; i++) {
            text.append(text.isEmpty() ? "" : " ").append(phrase.get(i));
        }
        return text.toString();
    }

    PeerReader peer() {
        return peer;
    }

    ReceiverReader receiver() {
        return receiver;
    }

    @Nullable
    String id() {
        return id;
    }

    /** Whether the line tells how a program was called instead of where the mail came from. */
    boolean isInvoked() {
        return invoked;
    }

    boolean hasRhostFlags() {
        return vger;
    }

    boolean hasEnvelopeFrom() {
        return envelope.sender() != null;
    }
}
