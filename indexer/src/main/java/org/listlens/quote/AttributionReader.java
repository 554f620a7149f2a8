package org.listlens.quote;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
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

    /** What looks like a verb of the past and stands behind a thing. */
    private static final Set<String> PARTICIPLES = Set.of(
            "used",
            "attached",
            "tested",
            "needed",
            "required",
            "included",
            "expected",
            "received",
            "affected",
            "installed",
            "changed",
            "fixed",
            "added",
            "removed",
            "updated",
            "suggested",
            "proposed",
            "enabled",
            "disabled",
            "related");

    private final String text;
    private final AttributionTokens tokens;
    private final AttributionDate date = new AttributionDate();
    private @Nullable String address;
    private @Nullable String messageId;
    private boolean mailbox;
    private boolean started;
    private boolean quoting;
    private int verb = -1;
    private int verbs;
    /** Something begins an attribution behind other words. */
    private boolean startsWithin;

    AttributionReader(String raw) {
        text = AttributionText.normalize(raw);
        tokens = new AttributionTokens(text);
        addresses();
        int first = beginning();
        for (int i = first; i < tokens.count; ) {
            i = classify(i);
        }
        verbs();
    }

    /** Reads the value of a From field: a name, an address, or both. */
    static Attribution mailbox(String value) {
        AttributionTokens tokens = new AttributionTokens(AttributionText.normalize(value));
        String address = null;
        int end = 0;
        while (end < tokens.count && tokens.kinds[end] != Kind.ADDRESS) {
            end++;
        }
        for (int i = end; i < tokens.count && address == null; i++) {
            address = tokens.kinds[i] == Kind.ADDRESS ? MailAddress.of(tokens.piece(i)) : null;
        }
        for (int i = 0; i < end; i++) {
            if (tokens.kinds[i] == Kind.NUMBER) {
                tokens.kinds[i] = Kind.NAME;
            }
        }
        String name = end == 0 ? null : PersonName.of(tokens.text, tokens, 0, end, true);
        if (address == null && end == tokens.count) {
            address = MailAddress.of(value);
            name = address == null ? name : null;
        }
        return new Attribution(name, address, null, null);
    }

    /** Reads the value of a Date field; {@code null} when it does not give a date whole. */
    static @Nullable Instant date(String value) {
        return new AttributionReader(value).date.instant();
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

    /** Whether nothing but a name and a whole date are there: "Jane Doe, Jul 6, 2021 at 10:11". */
    boolean beginsWithPerson() {
        int end = 0;
        while (end < tokens.count && isNamePart(end)) {
            if (tokens.kinds[end] != Kind.NAME
                    || !Character.isUpperCase(text.charAt(tokens.from[end]))
                    || PersonName.isNoName(tokens.piece(end))) {
                return false;
            }
            end++;
        }
        return end > 0 && isWhollyDated();
    }

    /** Whether it begins with the verb, as an order does. */
    boolean beginsWithVerb() {
        return verb == 0;
    }

    boolean isQuoting() {
        return quoting;
    }

    Attribution read() {
        return new Attribution(name(), address, messageId, date.instant());
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
            if (!isNamePart(i)) {
                i++;
                continue;
            }
            int end = segmentEnd(i);
            segments++;
            if (words(i, end) > LONGEST_NAME || (segments > 1 && !isTail(i))) {
                return false;
            }
            i = end;
        }
        return verbs < 3;
    }

    /** Whether the words before the verb are a name; {@code null}'s stand-in for a line that ends with neither. */
    boolean namesSubject() {
        int end = verb;
        if (end <= 0) {
            return false;
        }
        int start = segmentStart(end - 1);
        String subject = start < end && isNamePart(start) ? PersonName.of(text, tokens, start, end, false) : null;
        return subject != null && (tokens.colon || !Character.isLowerCase(subject.charAt(0)));
    }

    /** Whether there is nothing but a few words that could be a name. */
    boolean namesAlone() {
        return tokens.count > 0 && tokens.count <= LONGEST_NAME && segmentEnd(0) == tokens.count && isNamePart(0);
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
        return verb > 0 && isNamePart(0) && PersonName.isNoName(tokens.piece(0));
    }

    /**
     * Whether it is nothing but a name: words that are each written with a capital.
     *
     * @param bracketed whether it stands in brackets
     */
    boolean isPersonAlone(boolean bracketed) {
        if (bracketed) {
            return tokens.count == 1
                    && tokens.kinds[0] == Kind.COMMENT
                    && new AttributionReader(tokens.piece(0)).isPersonAlone(false);
        }
        if (!namesAlone() || tokens.count > 6) {
            return false;
        }
        // In a script without capitals any word can stand so.
        if (!Character.isUpperCase(text.charAt(tokens.from[0]))
                && !Character.isLowerCase(text.charAt(tokens.from[0]))
                && tokens.kinds[0] == Kind.NAME) {
            return false;
        }
        int capitals = 0;
        for (int i = 0; i < tokens.count; i++) {
            if (tokens.kinds[i] == Kind.NAME) {
                char first = text.charAt(tokens.from[i]);
                boolean particle = i > 0 && Character.isLowerCase(first) && PersonName.isParticle(tokens.piece(i));
                if (!Character.isUpperCase(first) && !particle && Character.isLowerCase(first)) {
                    return false;
                }
                if (!Character.isLetter(first)
                        || text.indexOf('_', tokens.from[i]) >= 0
                        || text.indexOf('/', tokens.from[i]) >= 0
                        || PersonName.isNoName(tokens.piece(i))) {
                    return false;
                }
                capitals += particle ? 0 : 1;
            } else if (tokens.kinds[i] == Kind.BREAK && !tokens.piece(i).equals(",")) {
                return false;
            } else if (tokens.kinds[i] == Kind.QUOTED && tokens.count > 1) {
                capitals++;
            }
        }
        return capitals > 0;
    }

    /** Whether it is a name and what that person did, in one or two words: "Jane Doe cynicizes". */
    boolean isSpeech() {
        return speaker() > 0;
    }

    /** How many words of the name stand before what that person did; 0 when it is not so. */
    private int speaker() {
        int words = 0;
        while (words < tokens.count
                && tokens.isWord(words)
                && Character.isUpperCase(text.charAt(tokens.from[words]))
                && !PersonName.isNoName(tokens.piece(words))) {
            words++;
        }
        int rest = tokens.count - words;
        if (words < 1
                || words > 4
                || rest < 1
                || rest > 2
                || !tokens.isWord(tokens.count - 1)
                || !tokens.isWord(words)) {
            return 0;
        }
        String did = lower(words);
        boolean past = did.endsWith("ed") && words + rest > 2;
        boolean present = did.endsWith("izes") || did.endsWith("ises");
        return did.length() > 4 && (past || present) && !PARTICIPLES.contains(did) ? words : 0;
    }

    private void addresses() {
        for (int i = 0; i < tokens.count; i++) {
            if (tokens.kinds[i] == Kind.ADDRESS) {
                address(i);
            } else if (i + 2 < tokens.count
                    && tokens.isWord(i)
                    && tokens.isWord(i + 1)
                    && tokens.isWord(i + 2)
                    && is(i + 1, "at")
                    && text.indexOf('.', tokens.from[i + 2]) > 0
                    && text.indexOf('.', tokens.from[i + 2]) < tokens.to[i + 2] - 1) {
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
                                && text.charAt(tokens.from[i] - 1) == '<'
                                && tokens.isWord(i - 1)
                                && (is(i - 1, "article")
                                        || is(i - 1, "message")
                                        || is(i - 1, "in")
                                        || is(i - 1, "id")
                                        || is(i - 1, "message-id"))));
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
        int phrase = AttributionWords.phrase(text.substring(start));
        int kinds = phrase >> 16;
        int end = start + (phrase & 0xffff);
        if (phrase == 0 && tokens.isWord(0)) {
            kinds = kinds(0) & (AttributionWords.START | AttributionWords.QUOTING);
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
                || (follows < tokens.count && (tokens.kinds[follows] == Kind.ID || isDateAt(follows, 0)));
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
        boolean afterDate = isBehindDate(i);
        if (kind == Kind.COMMENT) {
            if (afterDate && !tokens.piece(i).isEmpty()) {
                comment(i);
            }
            return i + 1;
        }
        if (kind == Kind.NUMBER) {
            if (isDateAt(i, 0)) {
                take(i);
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
        int kinds = kinds(i);
        if (kinds == 0) {
            // "GMT+0200".
            if (afterDate && date.hasTime()) {
                zoneWithOffset(i);
            }
            return i + 1;
        }
        if ((kinds & AttributionWords.VERB) != 0) {
            tokens.kinds[i] = Kind.VERB;
            verbs++;
            verb = verb < 0 ? i : verb;
            return i + 1;
        }
        if ((kinds & AttributionWords.SKIP) != 0 && !afterDateWord(i, kinds)) {
            tokens.kinds[i] = Kind.SKIP;
            return i + 1;
        }
        if (date.hasTime() && afterDate && half(i, kinds)) {
            return i + 1;
        }
        if (isDateAt(i, 0)) {
            if (i > 0
                    && (kinds & AttributionWords.START) != 0
                    && Character.isUpperCase(text.charAt(tokens.from[i]))
                    && !afterDate
                    && (kinds & AttributionWords.DAY) == 0) {
                startsWithin = true;
            }
            takeWord(i, kinds);
        } else if (afterDateWord(i, kinds)) {
            tokens.kinds[i] = Kind.DATE;
        }
        return i + 1;
    }

    /** Whether a word that stands behind dates does so: "Uhr", "г."; capitals are initials of names. */
    private boolean afterDateWord(int i, int kinds) {
        return (kinds & AttributionWords.AFTER) != 0
                && isBehindDate(i)
                && tokens.kinds[i - 1] != Kind.BREAK
                && (tokens.to[i] - tokens.from[i] > 2 || !Character.isUpperCase(text.charAt(tokens.from[i])));
    }

    private void take(int i) {
        date.number(tokens.piece(i));
        tokens.kinds[i] = Kind.DATE;
    }

    private void takeWord(int i, int kinds) {
        tokens.kinds[i] = Kind.DATE;
        if ((kinds & AttributionWords.MONTH) != 0 && isMonthAt(i) && !isDayBeforeMonth(i, kinds)) {
            date.month(AttributionWords.month(lower(i)));
        } else if ((kinds & (AttributionWords.AM | AttributionWords.PM)) != 0 && isTime(next(i))) {
            // Behind the time comes its half of the day in most languages, before it in others.
            int time = next(i);
            take(time);
            date.half((kinds & AttributionWords.PM) != 0);
        }
    }

    private boolean half(int i, int kinds) {
        int halves = kinds & (AttributionWords.AM | AttributionWords.PM);
        if (halves == 0
                && i + 1 < tokens.count
                && tokens.isWord(i + 1)
                && is(i + 1, "m")
                && (is(i, "a") || is(i, "p"))) {
            halves = is(i, "p") ? AttributionWords.PM : AttributionWords.AM;
            tokens.kinds[i + 1] = Kind.DATE;
        }
        if (halves != 0) {
            date.half(halves == AttributionWords.PM);
            tokens.kinds[i] = Kind.DATE;
            return true;
        }
        boolean zone = (kinds & AttributionWords.ZONE) != 0 && isUpper(i);
        if (zone) {
            date.zone(AttributionWords.zoneMinutes(lower(i)));
            tokens.kinds[i] = Kind.DATE;
        }
        return zone;
    }

    private void zoneWithOffset(int i) {
        String piece = tokens.piece(i);
        int slash = piece.indexOf('/');
        if (slash > 1
                && slash + 1 < piece.length()
                && Character.isUpperCase(piece.charAt(slash + 1))
                && tokens.kinds[i - 1] != Kind.BREAK) {
            // "Europe/London".
            tokens.kinds[i] = Kind.DATE;
            return;
        }
        int sign = Math.max(piece.indexOf('+'), piece.indexOf('-'));
        if (sign == 3 && (piece.startsWith("GMT") || piece.startsWith("UTC"))) {
            if (date.number(piece.substring(sign)) == AttributionDate.OFFSET) {
                tokens.kinds[i] = Kind.DATE;
            }
        }
    }

    /** A zone in parentheses, or the day of the week. */
    private void comment(int i) {
        tokens.kinds[i] = Kind.DATE;
        String inner = tokens.piece(i).strip();
        String word = inner.toLowerCase(Locale.ROOT);
        if ((AttributionWords.kinds(word) & AttributionWords.ZONE) != 0 && date.hasTime()) {
            date.zone(AttributionWords.zoneMinutes(word));
        } else if (inner.startsWith("GMT") || inner.startsWith("UTC")) {
            date.number(inner.substring(3));
        }
    }

    /** Whether the token is part of a date, by itself or by what follows it. */
    private boolean isDateAt(int i, int steps) {
        if (i >= tokens.count || steps > 5) {
            return false;
        }
        if (tokens.kinds[i] == Kind.NUMBER) {
            return isDateNumber(i, steps);
        }
        if (tokens.kinds[i] == Kind.COMMENT) {
            return (AttributionWords.kinds(tokens.piece(i).strip().toLowerCase(Locale.ROOT)) & AttributionWords.DAY)
                            != 0
                    && isDateAt(next(i), steps + 1);
        }
        if (tokens.kinds[i] != Kind.NAME) {
            return tokens.kinds[i] == Kind.DATE;
        }
        int kinds = kinds(i);
        if ((kinds & AttributionWords.MONTH) != 0 && isMonthAt(i)) {
            return true;
        }
        int halves = kinds & (AttributionWords.AM | AttributionWords.PM);
        if (halves != 0 && isTime(next(i))) {
            return true;
        }
        boolean day = (kinds & AttributionWords.DAY) != 0;
        if (day && (isBare(i) || (isBehindDate(i) && !tokens.isWord(i + 1)))) {
            // "6 Tem 2021 Sal, 10:11".
            return true;
        }
        if (day || (kinds & AttributionWords.LINK) != 0) {
            return isDateAt(next(i), steps + 1);
        }
        return false;
    }

    /** A day of the week that nothing of a date follows but that begins the text: "On Monday Jane wrote". */
    private boolean isBare(int i) {
        return i == 1 && tokens.kinds[0] == Kind.START && !tokens.isWord(2);
    }

    private boolean isDateNumber(int i, int steps) {
        String piece = tokens.piece(i);
        int shape = AttributionDate.shape(piece);
        return switch (shape) {
            case AttributionDate.NONE -> false;
            case AttributionDate.SMALL ->
                isBehindDate(i) || i == 0 || tokens.kinds[i - 1] == Kind.START || isDateAt(next(i), steps + 1);
            case AttributionDate.OFFSET -> isBehindDate(i);
            default -> true;
        };
    }

    /** A month counts beside a day or a year only: there are people of the names Jan, May and August. */
    private boolean isMonthAt(int i) {
        if (date.hasMonth()) {
            return false;
        }
        int before = i - 1;
        while (before >= 0
                && (tokens.kinds[before] == Kind.BREAK
                        || ((tokens.isWord(before) || tokens.kinds[before] == Kind.DATE)
                                && (kinds(before) & AttributionWords.LINK) != 0))) {
            before--;
        }
        if (before >= 0 && isDayOrYear(before)) {
            return true;
        }
        int after = next(i);
        if (after < tokens.count && tokens.isWord(after) && (kinds(after) & AttributionWords.LINK) != 0) {
            after = next(after);
        }
        return after < tokens.count && isDayOrYear(after);
    }

    /** Whether "mar" is Tuesday, not March: a month follows. */
    private boolean isDayBeforeMonth(int i, int kinds) {
        if ((kinds & AttributionWords.DAY) == 0) {
            return false;
        }
        int after = next(i);
        for (int steps = 0; steps < 3 && after < tokens.count; steps++) {
            if (tokens.isWord(after) && (kinds(after) & AttributionWords.MONTH) != 0) {
                return true;
            }
            after = next(after);
        }
        return false;
    }

    private boolean isDayOrYear(int i) {
        if (tokens.kinds[i] != Kind.NUMBER && tokens.kinds[i] != Kind.DATE) {
            return false;
        }
        char first = text.charAt(tokens.from[i]);
        if (!AttributionTokens.isDigit(first)) {
            return false;
        }
        int shape = AttributionDate.shape(tokens.piece(i));
        return shape == AttributionDate.SMALL || shape == AttributionDate.YEAR;
    }

    private boolean isTime(int i) {
        return i < tokens.count
                && tokens.kinds[i] == Kind.NUMBER
                && AttributionDate.shape(tokens.piece(i)) == AttributionDate.TIME;
    }

    private boolean isBehindDate(int i) {
        int before = i - 1;
        while (before >= 0 && tokens.kinds[before] == Kind.BREAK) {
            before--;
        }
        return before >= 0 && tokens.kinds[before] == Kind.DATE;
    }

    private int next(int i) {
        int next = i + 1;
        while (next < tokens.count && tokens.kinds[next] == Kind.BREAK) {
            next++;
        }
        return next;
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
                && (kinds(i) & AttributionWords.AUX) != 0
                && !Character.isUpperCase(text.charAt(tokens.from[i]));
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
            if (isNamePart(i)) {
                int speaker = speaker();
                return PersonName.of(text, tokens, i, speaker > 0 ? speaker : segmentEnd(i), true);
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
        if (last < 0 || !isNamePart(last)) {
            return null;
        }
        int start = segmentStart(last);
        // What stands by itself between a beginning or a date and the address is the name, however it is written.
        boolean alone = start == 0 ? false : tokens.kinds[start - 1] != Kind.BREAK || isBehindDate(start);
        return PersonName.of(text, tokens, start, last + 1, alone);
    }

    private @Nullable String after(int token) {
        int first = token;
        while (first < tokens.count
                && (tokens.kinds[first] == Kind.BREAK
                        || tokens.kinds[first] == Kind.SKIP
                        || tokens.kinds[first] == Kind.DATE)) {
            first++;
        }
        return first < tokens.count && isNamePart(first)
                ? PersonName.of(text, tokens, first, segmentEnd(first), true)
                : null;
    }

    private boolean isNamePart(int i) {
        Kind kind = tokens.kinds[i];
        return kind == Kind.NAME || kind == Kind.QUOTED || kind == Kind.COMMENT;
    }

    /** The end of the words from here on that could be one name: commas inside of it belong to it. */
    private int segmentEnd(int start) {
        int end = start;
        while (end < tokens.count
                && (isNamePart(end)
                        || (tokens.kinds[end] == Kind.BREAK && end + 1 < tokens.count && isNamePart(end + 1)))) {
            end++;
        }
        return end;
    }

    private int segmentStart(int last) {
        int start = last;
        while (start > 0
                && (isNamePart(start - 1)
                        || (tokens.kinds[start - 1] == Kind.BREAK && start > 1 && isNamePart(start - 2)))) {
            start--;
        }
        return start;
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
                && (is(i, "in")
                        || is(i, "to")
                        || is(i, "about")
                        || is(i, "regarding")
                        || is(i, "via")
                        || is(i, "re")
                        || is(i, "on")
                        || is(i, "for"));
    }

    private int kinds(int i) {
        String word = lower(i);
        int kinds = AttributionWords.kinds(word);
        if (kinds == 0) {
            int slash = word.indexOf('/');
            kinds = slash > 1 ? AttributionWords.kinds(word.substring(0, slash)) & AttributionWords.VERB : 0;
        }
        return kinds;
    }

    /** The word in lower case and without points at its end. */
    private String lower(int i) {
        int to = tokens.to[i];
        while (to > tokens.from[i] + 1 && text.charAt(to - 1) == '.') {
            to--;
        }
        return text.substring(tokens.from[i], to).toLowerCase(Locale.ROOT);
    }

    private boolean is(int i, String word) {
        int length = word.length();
        int to = tokens.to[i];
        if (to - tokens.from[i] == length + 1 && text.charAt(to - 1) == '.') {
            to--;
        }
        return to - tokens.from[i] == length && text.regionMatches(true, tokens.from[i], word, 0, length);
    }

    private boolean isUpper(int i) {
        for (int at = tokens.from[i]; at < tokens.to[i]; at++) {
            if (!Character.isUpperCase(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }
}
