package org.listlens.quote;

import java.util.Set;
import org.listlens.quote.AttributionTokens.Kind;

/** Attributions that are little more than a name: {@code Jane Doe:}, {@code [Jane Doe]}, {@code Jane Doe joked:}. */
final class NameShapes {
    /** No name has more words. */
    private static final int LONGEST_NAME = 6;

    private static final int LONGEST = 9;

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

    private NameShapes() {}

    /** Whether a name, each word of it with a capital, begins the text: "Jane Doe, Jul 6, 2021 at 10:11". */
    static boolean beginsWithPerson(AttributionTokens tokens) {
        int end = 0;
        while (end < tokens.count && tokens.isNamePart(end)) {
            if (tokens.kinds[end] != Kind.NAME
                    || !Character.isUpperCase(tokens.text.charAt(tokens.from[end]))
                    || PersonName.isNoName(tokens.piece(end))) {
                return false;
            }
            end++;
        }
        return end > 0;
    }

    /** Whether there is nothing but a few words that could be a name. */
    static boolean namesAlone(AttributionTokens tokens) {
        return tokens.count > 0
                && tokens.count <= LONGEST
                && tokens.segmentEnd(0) == tokens.count
                && tokens.isNamePart(0);
    }

    /**
     * Whether it is nothing but a name: words that are each written with a capital.
     *
     * @param bracketed whether it stands in brackets
     */
    static boolean isPersonAlone(AttributionTokens tokens, boolean bracketed) {
        if (bracketed) {
            return tokens.count == 1
                    && tokens.kinds[0] == Kind.COMMENT
                    && isPersonAlone(new AttributionReader(tokens.piece(0)).tokens(), false);
        }
        if (!namesAlone(tokens) || tokens.count > LONGEST_NAME) {
            return false;
        }
        // In a script without capitals any word can stand so.
        if (!Character.isUpperCase(tokens.text.charAt(tokens.from[0]))
                && !Character.isLowerCase(tokens.text.charAt(tokens.from[0]))
                && tokens.kinds[0] == Kind.NAME) {
            return false;
        }
        int capitals = 0;
        for (int i = 0; i < tokens.count; i++) {
            if (tokens.kinds[i] == Kind.NAME) {
                char first = tokens.text.charAt(tokens.from[i]);
                boolean particle = i > 0 && Character.isLowerCase(first) && PersonName.isParticle(tokens.piece(i));
                if (!Character.isUpperCase(first) && !particle && Character.isLowerCase(first)) {
                    return false;
                }
                if (!Character.isLetter(first)
                        || tokens.text.indexOf('_', tokens.from[i]) >= 0
                        || tokens.text.indexOf('/', tokens.from[i]) >= 0
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

    /** How many words of the name stand before what that person did; 0 when it is not so. */
    static int speaker(AttributionTokens tokens) {
        int words = 0;
        while (words < tokens.count
                && tokens.isWord(words)
                && Character.isUpperCase(tokens.text.charAt(tokens.from[words]))
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
        String did = tokens.lower(words);
        boolean past = did.endsWith("ed") && words + rest > 2;
        boolean present = did.endsWith("izes") || did.endsWith("ises");
        return did.length() > 4 && (past || present) && !PARTICIPLES.contains(did) ? words : 0;
    }
}
