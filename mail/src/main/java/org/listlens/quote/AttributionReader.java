package org.listlens.quote;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.listlens.quote.AttributionTokens.Kind;

/**
 * Reads one attribution: finds out what each of its words is, address, date, verb, and takes what is left for the name.
 * Whether the text is an attribution at all is for {@link Attributions} to say, by what is found here.
 */
final class AttributionReader {
    private static final int LONGEST_NAME = 9;
    /** "As you wrote" has not more words. */
    private static final int FEW = 5;

    private final AttributionTokens tokens;
    private final DateWords date;
    private @Nullable String address;
    private @Nullable String messageId;
    private boolean mailbox;
    private boolean started;
    private boolean quoting;
    private int verb = -1;
    private int verbs;
    /** Something begins an attribution behind other words. */
    private boolean startsWithin;

    private @Nullable Attribution read;

    AttributionReader(String raw) {
        tokens = new AttributionTokens(AttributionText.normalize(raw));
        date = new DateWords(tokens);
        addresses();
        int first = beginning();
        for (int i = first; i < tokens.count; ) {
            i = classify(i);
        }
        verbs();
    }

    /** Reads the value of a Date field; {@code null} when it does not give a date whole. */
    static @Nullable Instant date(String value) {
        return new AttributionReader(value).date.instant();
    }

    AttributionTokens tokens() {
        return tokens;
    }

    boolean isEmpty() {
        return tokens.count == 0;
    }

    boolean endsWithColon() {
        return tokens.colon;
    }

    boolean hasVerb() {
        return verb >= 0;
    }

    /** Whether there is a day of a year or a time. */
    boolean isDated() {
        return date.isDated() || date.hasTime();
    }

    /** Whether there are both. */
    boolean isWhollyDated() {
        return date.isDated() && date.hasTime();
    }

    /** Whether it names a mailbox: an address, or what hides one. */
    boolean hasMailbox() {
        return mailbox;
    }

    /** Whether it begins as attributions do, with a word before a date or a name, or with the date. */
    boolean isStarted() {
        return started || quoting || (tokens.count > 0 && tokens.kinds[0] == Kind.DATE);
    }

    /** Whether a verb ends it, and something stands before. */
    boolean endsWithVerb() {
        return verb > 0 && tokens.kinds[tokens.count - 1] == Kind.VERB;
    }

    /** Whether it begins with the verb, as an order does. */
    boolean beginsWithVerb() {
        return verb == 0;
    }

    boolean isQuoting() {
        return quoting;
    }

    /** What it says, whatever else there is. */
    Attribution read() {
        if (read == null) {
            read = new Attribution(name(), address, messageId, date.instant());
        }
        return read;
    }

    /** Whether it says who wrote. */
    boolean names() {
        return address != null || read().names();
    }

    /**
     * Whether each word has its place: at most one name, beside an address, a date, a verb or what introduces a name,
     * and nothing else.
     */
    boolean isTight() {
        if (startsWithin) {
            return false;
        }
        int segments = 0;
        int i = 0;
        while (i < tokens.count) {
            if (!tokens.isNamePart(i)) {
                i++;
                continue;
            }
            int end = tokens.segmentEnd(i);
            segments++;
            if (words(i, end) > LONGEST_NAME || (segments > 1 && !isTail(i))) {
                return false;
            }
            i = end;
        }
        return verbs < 3;
    }

    /** Whether the words before the verb are a name. */
    boolean namesSubject() {
        int end = verb;
        if (end <= 0) {
            return false;
        }
        int start = tokens.segmentStart(end - 1);
        String subject =
                start < end && tokens.isNamePart(start) ? PersonName.of(tokens.text, tokens, start, end, false) : null;
        return subject != null && (tokens.colon || !Character.isLowerCase(subject.charAt(0)));
    }

    /** Whether a few words are all, and the verb's subject is one such as you. */
    boolean isPronoun() {
        return tokens.count <= FEW
                && verb > 0
                && tokens.isWord(verb - 1)
                && PersonName.isPronoun(tokens.piece(verb - 1));
    }

    /** Whether the verb's subject begins as no name does: "The manual says". */
    boolean isSubjectNoName() {
        return verb > 0 && tokens.isNamePart(0) && PersonName.isNoName(tokens.piece(0));
    }

    /** Whether it is a name and what that person did, in one or two words: "Jane Doe cynicizes". */
    boolean isSpeech() {
        return NameShapes.speaker(tokens) > 0;
    }

    private void addresses() {
        for (int i = 0; i < tokens.count; i++) {
            if (tokens.kinds[i] == Kind.ADDRESS) {
                address(i);
            } else if (i + 2 < tokens.count
                    && tokens.isWord(i)
                    && tokens.isWord(i + 1)
                    && tokens.isWord(i + 2)
                    && tokens.is(i + 1, "at")
                    && tokens.text.indexOf('.', tokens.from[i + 2]) > 0
                    && tokens.text.indexOf('.', tokens.from[i + 2]) < tokens.to[i + 2] - 1) {
                String spelled = MailAddress.of(tokens.piece(i) + '@' + tokens.piece(i + 2));
                if (spelled != null) {
                    tokens.kinds[i] = Kind.ADDRESS;
                    tokens.kinds[i + 1] = Kind.ADDRESS;
                    tokens.kinds[i + 2] = Kind.ADDRESS;
                    address = address == null ? spelled : address;
                    mailbox = true;
                    i += 2;
                }
            }
        }
    }

    private void address(int i) {
        String piece = tokens.piece(i);
        boolean isId = messageId == null
                && piece.indexOf('@') > 0
                && (piece.startsWith("news:")
                        || piece.startsWith("mid:")
                        || (i > 0
                                && tokens.text.charAt(tokens.from[i] - 1) == '<'
                                && tokens.isWord(i - 1)
                                && (tokens.is(i - 1, "article")
                                        || tokens.is(i - 1, "message")
                                        || tokens.is(i - 1, "in")
                                        || tokens.is(i - 1, "id")
                                        || tokens.is(i - 1, "message-id"))));
        if (isId) {
            tokens.kinds[i] = Kind.ID;
            String id = piece.substring(piece.indexOf(':') + 1).strip();
            int end = id.length();
            while (end > 0 && id.charAt(end - 1) == '.') {
                end--;
            }
            messageId = id.substring(0, end);
            return;
        }
        mailbox = true;
        if (address == null) {
            address = MailAddress.of(piece);
        }
    }

    /** Takes the words with which attributions begin; returns the token behind them. */
    private int beginning() {
        if (tokens.count == 0) {
            return 0;
        }
        int start = tokens.from[0];
        int phrase = AttributionWords.phrase(tokens.text, start);
        int kinds = phrase >> 16;
        int end = start + (phrase & 0xffff);
        if (phrase == 0 && tokens.isWord(0)) {
            kinds = tokens.meaning(0) & (AttributionWords.START | AttributionWords.QUOTING);
            end = tokens.to[0];
        }
        if (kinds == 0) {
            return 0;
        }
        int next = 0;
        while (next < tokens.count && tokens.from[next] < end) {
            next++;
        }
        int follows = next;
        while (follows < tokens.count && tokens.kinds[follows] == Kind.BREAK) {
            follows++;
        }
        boolean introduces = (kinds & AttributionWords.QUOTING) != 0
                || (follows < tokens.count && (tokens.kinds[follows] == Kind.ID || date.isDateAt(follows)));
        if (!introduces) {
            return 0;
        }
        for (int i = 0; i < next; i++) {
            tokens.kinds[i] = Kind.START;
        }
        quoting = (kinds & AttributionWords.QUOTING) != 0;
        started = true;
        return next;
    }

    /** Finds out what the token is, if it is a word or a number; returns the next to look at. */
    private int classify(int i) {
        Kind kind = tokens.kinds[i];
        boolean afterDate = date.isBehindDate(i);
        if (kind == Kind.COMMENT) {
            if (afterDate && !tokens.piece(i).isEmpty()) {
                date.comment(i);
            }
            return i + 1;
        }
        if (kind == Kind.NUMBER) {
            if (date.isDateAt(i)) {
                date.take(i);
            } else if (afterDate && i + 1 < tokens.count && tokens.kinds[i + 1] == Kind.BREAK) {
                // Some offset that is written wrong.
                tokens.kinds[i] = Kind.DATE;
            } else {
                tokens.kinds[i] = Kind.NAME;
            }
            return i + 1;
        }
        if (kind != Kind.NAME) {
            return i + 1;
        }
        int kinds = tokens.meaning(i);
        if (kinds == 0) {
            // "GMT+0200".
            if (afterDate && date.hasTime()) {
                date.zoneWithOffset(i);
            }
            return i + 1;
        }
        if ((kinds & AttributionWords.VERB) != 0) {
            tokens.kinds[i] = Kind.VERB;
            verbs++;
            verb = verb < 0 ? i : verb;
            return i + 1;
        }
        if ((kinds & AttributionWords.SKIP) != 0 && !date.isAfterWord(i, kinds)) {
            tokens.kinds[i] = Kind.SKIP;
            return i + 1;
        }
        if (date.hasTime() && afterDate && date.half(i, kinds)) {
            return i + 1;
        }
        if (date.isDateAt(i)) {
            if (i > 0
                    && (kinds & AttributionWords.START) != 0
                    && Character.isUpperCase(tokens.text.charAt(tokens.from[i]))
                    && !afterDate
                    && (kinds & AttributionWords.DAY) == 0) {
                startsWithin = true;
            }
            date.takeWord(i, kinds);
        } else if (date.isAfterWord(i, kinds)) {
            tokens.kinds[i] = Kind.DATE;
        }
        return i + 1;
    }

    /** Gives a verb the words that belong to it, and the ending in parentheses: "napisał(a)". */
    private void verbs() {
        for (int i = 0; i < tokens.count; i++) {
            if (tokens.kinds[i] != Kind.VERB) {
                continue;
            }
            for (int before = i - 1; before >= 0 && isAux(before); before--) {
                tokens.kinds[before] = Kind.VERB;
                verb = verb == before + 1 ? before : verb;
            }
            for (int after = i + 1; after < tokens.count && (isAux(after) || isEnding(after)); after++) {
                tokens.kinds[after] = Kind.VERB;
            }
        }
    }

    private boolean isAux(int i) {
        return tokens.isWord(i)
                && (tokens.meaning(i) & AttributionWords.AUX) != 0
                && !Character.isUpperCase(tokens.text.charAt(tokens.from[i]));
    }

    private boolean isEnding(int i) {
        return tokens.kinds[i] == Kind.COMMENT && tokens.to[i] - tokens.from[i] <= 3;
    }

    private @Nullable String name() {
        // Beside an address, before the verb, behind it, or wherever there is one.
        int address = 0;
        while (address < tokens.count && tokens.kinds[address] != Kind.ADDRESS) {
            address++;
        }
        if (address < tokens.count) {
            String name = before(address);
            if (name != null) {
                return name;
            }
        }
        if (verb >= 0) {
            String name = before(verb);
            if (name != null) {
                return name;
            }
            int after = verb;
            while (after < tokens.count && tokens.kinds[after] == Kind.VERB) {
                after++;
            }
            if (address == tokens.count || address > after) {
                name = after(after);
                if (name != null) {
                    return name;
                }
            }
        }
        if (address < tokens.count || verb >= 0) {
            return null;
        }
        for (int i = 0; i < tokens.count; i++) {
            if (tokens.isNamePart(i)) {
                int speaker = NameShapes.speaker(tokens);
                return PersonName.of(tokens.text, tokens, i, speaker > 0 ? speaker : tokens.segmentEnd(i), true);
            }
        }
        return null;
    }

    private @Nullable String before(int token) {
        int last = token - 1;
        while (last >= 0
                && (tokens.kinds[last] == Kind.BREAK
                        || tokens.kinds[last] == Kind.SKIP
                        || tokens.kinds[last] == Kind.ADDRESS
                        || tokens.kinds[last] == Kind.DATE
                        || tokens.kinds[last] == Kind.ID)) {
            last--;
        }
        if (last < 0 || !tokens.isNamePart(last)) {
            return null;
        }
        int start = tokens.segmentStart(last);
        // What stands by itself between a beginning or a date and the address is the name, however it is written.
        boolean alone = start == 0 ? false : tokens.kinds[start - 1] != Kind.BREAK || date.isBehindDate(start);
        return PersonName.of(tokens.text, tokens, start, last + 1, alone);
    }

    private @Nullable String after(int token) {
        int first = token;
        while (first < tokens.count
                && (tokens.kinds[first] == Kind.BREAK
                        || tokens.kinds[first] == Kind.SKIP
                        || tokens.kinds[first] == Kind.DATE)) {
            first++;
        }
        return first < tokens.count && tokens.isNamePart(first)
                ? PersonName.of(tokens.text, tokens, first, tokens.segmentEnd(first), true)
                : null;
    }

    private int words(int start, int end) {
        int words = 0;
        for (int i = start; i < end; i++) {
            words += tokens.kinds[i] == Kind.NAME ? 1 : 0;
        }
        return words;
    }

    /** Words behind the rest that say where it was written: "in example.group", "to the list". */
    private boolean isTail(int i) {
        return tokens.isWord(i)
                && (tokens.is(i, "in")
                        || tokens.is(i, "to")
                        || tokens.is(i, "about")
                        || tokens.is(i, "regarding")
                        || tokens.is(i, "via")
                        || tokens.is(i, "re")
                        || tokens.is(i, "on")
                        || tokens.is(i, "for"));
    }
}
