package org.listlens.quote;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.quote.AttributionTokens.Kind;

/** Names of people as attributions have them, told from the prose around them. */
final class PersonName {
    private static final int LONGEST = 100;

    /** Words of names that are written small. */
    private static final Set<String> PARTICLES = words(
            "van von vom zu zur zum de der den del della di da dos das do du la le el al bin ibn ben ter ten te y e af av"
                    + " und op st d 't in mc and &");

    /** Words that begin what is no name, and whole texts that are none. */
    private static final WordTable NO_NAMES =
            WordTable.of("the a an my your our his her their its this that these those it they we here there what"
                    + " when whenever if in on at as and but so also from for with to some all more most many"
                    + " few one two three output error errors log logs note notes example examples question"
                    + " questions answer answers problem problems result results test tests patch patches commit"
                    + " code diff change changes changelog summary description background update updates edit"
                    + " usage steps reason reasons todo fixme warning warnings info quote quotes hi hello dear"
                    + " hey thanks thank regards cheers ps btw fyi before after expected actual now then however"
                    + " well ok okay yes no nope subject date sent cc where which who why how documentation docs"
                    + " manual readme man manpage dmesg gcc clang linux kernel section chapter rfc since because"
                    + " both either another other old new first second third last current following additional"
                    + " suggested proposed input version versions file files line lines see e.g i.e external"
                    + " internal snip snipped snippage cut caution important notice confidential attention"
                    + " wikipedia posix git google spec datasheet comment comments by or not is are was were"
                    + " will would can could should may might must do does did have has had be been like just"
                    + " only even still again maybe perhaps actually basically finally instead later earlier"
                    + " today yesterday tomorrow re fw fwd original message begin end start stop using used use"
                    + " try tried run running build install text mail email attached available basic let please"
                    + " sorry besides meanwhile anyway apparently unfortunately personally someone somebody"
                    + " everyone everybody anyone nobody people redacted deleted trimmed removed options"
                    + " features changed changes-since link links bug bugs fix fixes issue issues idea ideas"
                    + " rules rule case cases status details data source sources config configuration proposal"
                    + " solution solutions option alternative alternatives context situation conclusion command"
                    + " commands response responses hidden protected lwn slashdot sure follow-up ex definitely right nice great good cool yep"
                    + " yeah nah hm hmm hmmm welcome agreed true exactly correct done applied indeed reasoning rationale motivation"
                    + " observed impact environment platform hardware software setup workaround reproducer repro trace backtrace"
                    + " reported requirements goals plan disclaimer caveat caveats limitations ref refs reference references driver"
                    + " device testing pros cons advantages disadvantages design overview introduction abstract credits signed"
                    + " regarding concerning about quoted excerpt snippet extract transcript translation definition definitions"
                    + " syntax synopsis function functions method class variable parameter parameters argument arguments return"
                    + " returns value values key table figure header headers footer body content contents title author authors name"
                    + " address phone tel web url website page site blog article news story headline cc'ed reviewers maintainer"
                    + " maintainers default defaults"
                    + " consequently therefore thus hence furthermore moreover nevertheless additionally similarly otherwise"
                    + " oops hopefully obviously clearly probably possibly alternatively presumably specifically");

    /** What stands before a thing, or before who is not named. */
    private static final Set<String> ARTICLES = words("the a an my your our this that these those");

    /** Who needs no name; what they wrote is somebody's all the same. */
    private static final WordTable PRONOUNS = WordTable.of(
            "you i me he she we they who someone somebody du sie ihr ich er vous tu je usted yo lei ты вы я ви ти u"
                    + " jij ik ty ja jag jeg");

    private PersonName() {}

    private static Set<String> words(String words) {
        return new HashSet<>(List.of(words.split(" ", -1)));
    }

    /**
     * The name in the tokens from {@code start} to before {@code end}, clean.
     *
     * @param alone whether these tokens can be nothing but a name, so that it may be written in small letters and begin
     *     with any word; else it is what stands at their end and looks like one
     * @return {@code null} when there is none
     */
    static @Nullable String of(String text, AttributionTokens tokens, int start, int end, boolean alone) {
        for (int i = start + 1; i < end; i++) {
            if (tokens.isWord(i) && tokens.is(i, "via")) {
                // What follows is the list by whose way the mail came.
                return of(text, tokens, start, i, alone);
            }
        }
        if (alone
                && end - start > 1
                && tokens.kinds[start] == Kind.NAME
                && isSmall(text, tokens, start)
                && ARTICLES.contains(tokens.piece(start))) {
            // "the voices made Jane Doe write": who it is stands at the end.
            String inProse = of(text, tokens, start, end, false);
            if (inProse != null || isSmall(text, tokens, end - 1)) {
                return inProse;
            }
        }
        int last = end;
        while (last > start && tokens.kinds[last - 1] == Kind.BREAK) {
            last--;
        }
        int first = last;
        boolean capital = false;
        while (first > start) {
            Kind kind = tokens.kinds[first - 1];
            if (kind == Kind.BREAK) {
                if (text.charAt(tokens.from[first - 1]) != ',' || tokens.to[first - 1] - tokens.from[first - 1] > 1) {
                    break;
                }
            } else if (kind == Kind.NAME && !alone) {
                if (isSmall(text, tokens, first - 1) && !isParticle(tokens.piece(first - 1))) {
                    break;
                }
                capital |= !isSmall(text, tokens, first - 1);
            } else {
                capital |= kind == Kind.QUOTED;
            }
            first--;
        }
        if (!alone && last > start && tokens.kinds[last - 1] == Kind.NAME && isPronoun(tokens.piece(last - 1))) {
            return null;
        }
        if (!alone && !capital) {
            // "peter wrote:"
            if (last - start > 1 || start == last || tokens.kinds[start] != Kind.NAME) {
                return only(tokens, start, last);
            }
            first = start;
        }
        while (first < last
                && (tokens.kinds[first] == Kind.BREAK
                        || (!alone
                                && tokens.kinds[first] == Kind.NAME
                                && isSmall(text, tokens, first)
                                && last - first > 1
                                && !isNameParticle(tokens.piece(first))))) {
            first++;
        }
        String name = joined(tokens, first, last);
        if (name == null) {
            return only(tokens, first, last);
        }
        return alone || !isNoName(name) ? clean(name) : null;
    }

    /** Cleans a name: no quotes, no comments, no list by whose way the mail came; {@code null} when nothing is left. */
    static @Nullable String clean(String written) {
        String name = withoutSender(written.strip());
        int via = name.indexOf(" via ");
        if (via > 0) {
            name = name.substring(0, via);
        }
        int comment = name.indexOf('(');
        while (comment >= 0) {
            int close = name.indexOf(')', comment);
            String tail = close < 0 ? "" : name.substring(close + 1);
            name = name.substring(0, comment).stripTrailing() + tail;
            comment = name.indexOf('(');
        }
        int bracket = name.indexOf('[');
        if (bracket > 0) {
            name = name.substring(0, bracket);
        }
        // Lotus: "Jane Doe/Sales/Example".
        int slash = name.indexOf('/');
        if (slash > 0 && slash + 1 < name.length() && Character.isUpperCase(name.charAt(slash + 1))) {
            name = name.substring(0, slash);
        }
        int from = 0;
        int to = name.length();
        while (from < to && isTrimmed(name.charAt(from))) {
            from++;
        }
        while (to > from && (isTrimmed(name.charAt(to - 1)) || name.charAt(to - 1) == ',')) {
            to--;
        }
        name = name.substring(from, to);
        boolean letter = false;
        for (int i = 0; i < name.length() && !letter; i++) {
            letter = Character.isLetter(name.charAt(i));
        }
        if (!letter
                || name.length() > LONGEST
                || name.indexOf('@') >= 0
                || name.indexOf('/') >= 0
                || PRONOUNS.contains(name)
                || MailAddress.of(name) != null) {
            return null;
        }
        return name;
    }

    /** The name of who it was sent for, where both are named. */
    private static String withoutSender(String name) {
        if (name.indexOf(' ') == name.lastIndexOf(' ')) {
            // There are no words between two names.
            return name;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (String behalf : OriginalMessageWords.behalf()) {
            int at = lower.indexOf(behalf);
            if (at > 0 && lower.length() == name.length() && behalf.length() > 7) {
                return name.substring(at + behalf.length());
            }
        }
        return name;
    }

    /** Whether a text, which was taken for a name, begins as no name does. */
    static boolean isNoName(String name) {
        int second = name.indexOf(' ') + 1;
        if (second > 1 && second < name.length() - 1 && name.indexOf(' ', second) > 0) {
            // "That Goddess Chick": three words, and the next one has a capital as well.
            int third = name.indexOf(' ', second) + 1;
            if (third < name.length()
                    && Character.isUpperCase(name.charAt(0))
                    && Character.isUpperCase(name.charAt(second))
                    && Character.isUpperCase(name.charAt(third))) {
                return false;
            }
        }
        int end = 0;
        while (end < name.length()
                && name.charAt(end) != ' '
                && name.charAt(end) != ','
                && name.charAt(end) != ':'
                && name.charAt(end) != '/') {
            end++;
        }
        return NO_NAMES.contains(name, 0, end);
    }

    static boolean isPronoun(String word) {
        return PRONOUNS.contains(word);
    }

    /** A name from nothing but a comment: "[ Jane Doe ]". */
    private static @Nullable String only(AttributionTokens tokens, int start, int end) {
        return end - start == 1 && tokens.kinds[start] == Kind.COMMENT ? clean(tokens.piece(start)) : null;
    }

    private static @Nullable String joined(AttributionTokens tokens, int first, int last) {
        StringBuilder name = new StringBuilder();
        for (int i = first; i < last; i++) {
            if (tokens.kinds[i] == Kind.NAME || tokens.kinds[i] == Kind.QUOTED) {
                if (name.length() > 0) {
                    name.append(' ');
                }
                name.append(tokens.piece(i).strip());
            } else if (tokens.kinds[i] == Kind.BREAK && name.length() > 0) {
                name.append(tokens.piece(i));
            }
        }
        return name.length() == 0 ? null : name.toString();
    }

    static boolean isParticle(String word) {
        return PARTICLES.contains(word);
    }

    /** Particles with which a name may begin. */
    private static boolean isNameParticle(String word) {
        return PARTICLES.contains(word)
                && !word.equals("in")
                && !word.equals("and")
                && !word.equals("und")
                && !word.equals("op")
                && !word.equals("&")
                && !word.equals("do")
                && !word.equals("y")
                && !word.equals("e");
    }

    /** Whether a word begins with a small letter; scripts without case have none. */
    private static boolean isSmall(String text, AttributionTokens tokens, int i) {
        char first = text.charAt(tokens.from[i]);
        return Character.isLowerCase(first);
    }

    private static boolean isTrimmed(char c) {
        return switch (c) {
            case ' ',
                    '\'',
                    '"',
                    '`',
                    '\u2018',
                    '\u2019',
                    '\u201c',
                    '\u201d',
                    '\u00ab',
                    '\u00bb',
                    '*',
                    '_',
                    ':',
                    ';',
                    '-',
                    '=',
                    '<',
                    '>',
                    '\u00a0',
                    '\t',
                    '\u2013',
                    '\u2014',
                    '~',
                    '|',
                    '#',
                    '!',
                    '?',
                    '\u2026',
                    '\\' -> true;
            default -> false;
        };
    }
}
