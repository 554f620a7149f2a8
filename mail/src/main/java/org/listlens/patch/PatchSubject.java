package org.listlens.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the subject of a mail says of a patch: {@code [PATCH net-next v2 03/12] title}. Stateless; takes time linear in
 * the subject.
 *
 * @param evidence how much the subject alone proves
 * @param request whether it asks to pull from a repository
 * @param version of the series, 1 when none is given
 * @param versioned whether a version is given
 * @param number of the patch in its series; {@code null} when not given
 * @param total how many patches the series has; {@code null} when not given
 * @param prefixes the words of the brackets that are neither version nor number
 * @param title the subject without brackets
 */
record PatchSubject(
        Evidence evidence,
        boolean request,
        int version,
        boolean versioned,
        @Nullable Integer number,
        @Nullable Integer total,
        List<String> prefixes,
        String title) {
    /** How much a subject proves. */
    enum Evidence {
        /** It says that the mail is a patch or asks to pull. */
        SAID,
        /** It has a number or a version among brackets: {@code [net-next 1/2]}. */
        NUMBERED,
        /** Any other subject that is no reply. */
        NONE,
        /** The mail answers another, or hands one on. */
        REPLY
    }

    private static final int MAX_BRACKETS = 8;
    private static final int MAX_PREFIXES = 32;
    private static final int MAX_VERSION = 999;
    private static final int MAX_NUMBER = 9_999;

    /** Words that say by themselves that a patch comes. */
    private static final Set<String> PATCH = Set.of("patch", "patches", "patchset", "patchbomb", "patch-set");

    /** Words that authors put into brackets of their own before {@code [PATCH]}. */
    private static final Set<String> MODIFIERS = Set.of("rfc", "rft", "rfh", "resend", "repost", "wip", "next", "v");

    /** What mail programs put before the subject of a reply, or of a mail that is handed on. */
    private static final Set<String> REPLIES = Set.of(
            "re", "aw", "antw", "sv", "vs", "wg", "fw", "fwd", "tr", "rv", "res", "odp", "ynt", "vb", "vl", "enc",
            "rif", "r", "i", "ref", "bls", "doorst", "回复", "回覆", "答复", "转发", "轉寄", "返信", "转寄", "forward");

    /** Branches that the stable kernels have; {@code v6.1} is no version of a series. */
    private static final Set<String> KERNELS = Set.of("4.4", "4.9", "5.4", "6.1", "6.6", "3.2", "2.6");

    /** Reads a decoded subject. */
    static PatchSubject of(String subject) {
        return new Reader(subject).read();
    }

    private static final class Reader {
        private final String text;
        private final int end;
        private int at;
        private final List<String> brackets = new ArrayList<>(2);
        /** For each bracket, whether no blank stands between it and the next. */
        private final List<Boolean> joined = new ArrayList<>(2);

        private final List<String> prefixes = new ArrayList<>(4);
        private int version = 1;
        private boolean versioned;
        private @Nullable Integer number;
        private @Nullable Integer total;
        private boolean said;
        private boolean request;

        Reader(String subject) {
            text = oneLine(subject);
            end = text.length();
        }

        PatchSubject read() {
            if (text.startsWith("Subject: ")) {
                at = 9;
            }
            while (brackets.size() < MAX_BRACKETS) {
                skipBlanks();
                if (!said && isReply()) {
                    return plain(Evidence.REPLY);
                }
                int close = at < end && text.charAt(at) == '[' ? close() : -1;
                if (close < 0) {
                    break;
                }
                String bracket = text.substring(at + 1, close);
                brackets.add(bracket);
                said |= says(bracket);
                at = close + 1;
                joined.add(at < end && text.charAt(at) == '[');
            }
            int main = main();
            if (main >= 0) {
                words(main);
            } else {
                unbracketed();
            }
            boolean numbered = number != null || versioned;
            String title = title();
            if (said && number == null) {
                title = numberIn(title);
            }
            request |= isPullTitle(title);
            if (said || request) {
                return new PatchSubject(Evidence.SAID, request, version, versioned, number, total, prefixes, title);
            }
            return numbered
                    ? new PatchSubject(Evidence.NUMBERED, false, version, versioned, number, total, prefixes, title)
                    : new PatchSubject(Evidence.NONE, false, 1, false, null, null, tree(main), main < 0 ? text : title);
        }

        private PatchSubject plain(Evidence evidence) {
            return new PatchSubject(evidence, false, 1, false, null, null, List.of(), text);
        }

        /** Of a bracket that proves nothing: the words that authors put there, not those of lists. */
        private List<String> tree(int main) {
            boolean authors = main >= 0;
            for (int i = 0; i < prefixes.size(); i++) {
                String word = prefixes.get(i).toLowerCase(Locale.ROOT);
                authors &= MODIFIERS.contains(word)
                        || word.equals("net")
                        || word.equals("bpf")
                        || word.endsWith("-next")
                        || word.endsWith("-fixes");
            }
            return authors ? prefixes : List.of();
        }

        private void skipBlanks() {
            while (at < end && text.charAt(at) == ' ') {
                at++;
            }
        }

        /** Whether a mark of replies stands here: {@code Re:}, {@code AW :}, {@code Re[2]:}, {@code 回复：}. */
        private boolean isReply() {
            int to = at;
            while (to < end && to - at < 8 && Character.isLetter(text.charAt(to))) {
                to++;
            }
            if (to == at || !REPLIES.contains(text.substring(at, to).toLowerCase(Locale.ROOT))) {
                return false;
            }
            boolean single = to - at == 1;
            if (to < end && (text.charAt(to) == '[' || text.charAt(to) == '(' || text.charAt(to) == '^')) {
                to++;
                while (to < end && isDigit(text.charAt(to))) {
                    to++;
                }
                if (to < end && (text.charAt(to) == ']' || text.charAt(to) == ')')) {
                    to++;
                }
            }
            while (to < end && text.charAt(to) == ' ') {
                to++;
            }
            boolean colon = to < end && (text.charAt(to) == ':' || text.charAt(to) == '：');
            // One letter alone marks a reply before a bracket only.
            return colon && (!single || text.startsWith("[", to + 1) || text.startsWith(" [", to + 1));
        }

        /** Where the bracket that opens here closes; -1 when it does not. */
        private int close() {
            int depth = 0;
            for (int i = at; i < end; i++) {
                char c = text.charAt(i);
                if (c == '[') {
                    depth++;
                } else if (c == ']' && --depth == 0) {
                    return i;
                }
            }
            return text.indexOf(']', at);
        }

        private boolean says(String bracket) {
            boolean says = false;
            int from = 0;
            while (from < bracket.length()) {
                int to = wordEnd(bracket, from);
                String word = bracket.substring(from, to).toLowerCase(Locale.ROOT);
                says |= isPatchWord(word) || word.equals("pull") || word.startsWith("pull-request");
                from = to + 1;
            }
            // A tree and its branch, as robots write: [linux:patch-queue 3/4].
            return says && bracket.indexOf("://") < 0;
        }

        /** Which bracket tells; -1 when none does. */
        private int main() {
            for (int i = 0; i < brackets.size(); i++) {
                if (says(brackets.get(i))) {
                    return i;
                }
            }
            for (int i = 0; i < brackets.size(); i++) {
                if (isNumbered(brackets.get(i))) {
                    return i;
                }
            }
            return brackets.isEmpty() || brackets.get(0).indexOf(':') >= 0 ? -1 : 0;
        }

        private static boolean isNumbered(String bracket) {
            if (bracket.indexOf(':') >= 0) {
                return false;
            }
            Reader reader = new Reader("");
            reader.bracket(bracket);
            return reader.number != null || reader.versioned;
        }

        /** Reads the words of the bracket that tells, and of those around that belong to it. */
        private void words(int main) {
            for (int i = 0; i < brackets.size(); i++) {
                boolean before = i < main;
                if (!before || isModifier(brackets.get(i)) || isJoined(i, main)) {
                    bracket(brackets.get(i));
                }
            }
        }

        /** Lists put a blank behind their tags; brackets without one between were written together. */
        private boolean isJoined(int from, int to) {
            for (int i = from; i < to; i++) {
                if (!joined.get(i)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isModifier(String bracket) {
            Reader reader = new Reader("");
            reader.bracket(bracket);
            for (int i = 0; i < reader.prefixes.size(); i++) {
                if (!MODIFIERS.contains(reader.prefixes.get(i).toLowerCase(Locale.ROOT))) {
                    return false;
                }
            }
            return true;
        }

        private void bracket(String bracket) {
            int from = 0;
            while (from < bracket.length()) {
                int to = wordEnd(bracket, from);
                if (to > from) {
                    to = word(bracket, from, to);
                }
                from = to + 1;
            }
        }

        /** Takes a word; returns the end of what was taken. */
        private int word(String bracket, int from, int to) {
            String word = bracket.substring(from, to);
            String lower = word.toLowerCase(Locale.ROOT);
            int next = Math.min(to + 1, bracket.length());
            int nextEnd = wordEnd(bracket, next);
            if (lower.equals("of") || fraction(word)) {
                return to;
            }
            boolean counted = isNumber(word, 0, word.length()) && bracket.startsWith("of ", next);
            if (counted && number == null) {
                int all = next + 3;
                int allEnd = wordEnd(bracket, all);
                if (isNumber(bracket, all, allEnd)) {
                    number = Integer.parseInt(word);
                    total = Integer.parseInt(bracket.substring(all, allEnd));
                    return allEnd;
                }
            }
            boolean named = lower.equals("v") || lower.equals("take") || lower.equals("version") || lower.equals("rev");
            if (named && isNumber(bracket, next, nextEnd)) {
                version(Integer.parseInt(bracket.substring(next, nextEnd)));
                return nextEnd;
            }
            int given = versionOf(lower);
            if (given >= 0) {
                version(given);
                return to;
            }
            int glued = lower.startsWith("patch") ? gluedVersion(lower) : -1;
            if (glued >= 0) {
                version(glued);
                prefix(word.substring(0, 5));
                return to;
            }
            if (lower.startsWith("patch-") && !PATCH.contains(lower)) {
                prefix(word.substring(0, 5));
                prefix(word.substring(6));
                return to;
            }
            request |= lower.equals("pull") || lower.startsWith("pull-request");
            prefix(word);
            return to;
        }

        private void prefix(String word) {
            if (!word.isEmpty() && prefixes.size() < MAX_PREFIXES && !prefixes.contains(word)) {
                prefixes.add(word);
            }
        }

        private void version(int given) {
            if (!versioned) {
                version = Math.max(given, 0);
                versioned = true;
            }
        }

        /** Takes {@code 3/12}, {@code 0/n}, {@code 1/?}; false when the word is another. */
        private boolean fraction(String word) {
            int slash = word.indexOf('/');
            if (slash < 1 || !isNumber(word, 0, slash)) {
                return false;
            }
            boolean counted = isNumber(word, slash + 1, word.length());
            boolean open = word.length() == slash + 2 && "nNxXmM?".indexOf(word.charAt(slash + 1)) >= 0;
            if (!counted && !open) {
                return false;
            }
            if (number == null) {
                number = Integer.parseInt(word.substring(0, slash));
                total = counted ? (Integer) Integer.parseInt(word.substring(slash + 1)) : null;
            }
            return true;
        }

        /** Takes {@code PATCH v2 1/3: title} and {@code PATCH] title}, whose brackets are lost. */
        private void unbracketed() {
            if (at > 0 && !text.startsWith("Subject: ")) {
                return;
            }
            int to = wordEnd(text, at);
            String first = text.substring(at, to);
            if (!first.equals("PATCH") && !first.equals("PATCH]") && versionOfPatch(first) < 0) {
                return;
            }
            Reader reader = new Reader("");
            reader.bracket(first.endsWith("]") ? "PATCH" : first);
            int rest = to;
            while (rest < end) {
                int from = rest;
                while (from < end && (text.charAt(from) == ' ' || text.charAt(from) == '[')) {
                    from++;
                }
                int wordEnd = from;
                while (wordEnd < end && " :]".indexOf(text.charAt(wordEnd)) < 0) {
                    wordEnd++;
                }
                String word = text.substring(from, wordEnd);
                if (versionOf(word.toLowerCase(Locale.ROOT)) < 0 && !reader.fraction(word)) {
                    break;
                }
                reader.bracket(word);
                rest = wordEnd < end && text.charAt(wordEnd) == ']' ? wordEnd + 1 : wordEnd;
            }
            at = rest;
            version = reader.version;
            versioned = reader.versioned;
            number = reader.number;
            total = reader.total;
            prefixes.addAll(reader.prefixes);
            // The word alone begins sentences, too; a number or a version behind it does not.
            said = number != null;
        }

        private static int versionOfPatch(String word) {
            return word.startsWith("PATCH") ? gluedVersion(word.toLowerCase(Locale.ROOT)) : -1;
        }

        private String title() {
            while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == ':' || isLoneDash())) {
                at++;
            }
            return text.substring(at);
        }

        private boolean isLoneDash() {
            return text.charAt(at) == '-' && at + 1 < end && text.charAt(at + 1) == ' ';
        }

        /** Takes a number that stands behind the bracket: {@code [PATCH] 1/3: title}, {@code [PATCH] (1/3) title}. */
        private String numberIn(String title) {
            int to = 0;
            while (to < title.length() && title.charAt(to) != ' ') {
                to++;
            }
            String word = title.substring(0, to);
            if (word.endsWith(":")) {
                word = word.substring(0, word.length() - 1);
            }
            if (word.startsWith("(") && word.endsWith(")")) {
                word = word.substring(1, word.length() - 1);
            }
            return to < title.length() && fraction(word) ? title.substring(to).strip() : title;
        }
    }

    private static boolean isPatchWord(String word) {
        return PATCH.contains(word)
                || word.startsWith("patch-")
                || (word.startsWith("patch") && gluedVersion(word) >= 0);
    }

    /** The version in {@code patchv2}, {@code patch-v2}, {@code patch_v2}; -1 without one. */
    private static int gluedVersion(String word) {
        int from = 5;
        if (from < word.length() && (word.charAt(from) == '-' || word.charAt(from) == '_')) {
            from++;
        }
        return from < word.length() ? versionOf(word.substring(from)) : -1;
    }

    /** The version in {@code v2}, {@code v2.1}, {@code v4rev2}; -1 when the word is none, as {@code v5.10} and {@code v6.6.y}. */
    private static int versionOf(String word) {
        if (word.length() < 2 || word.charAt(0) != 'v' || !isDigit(word.charAt(1))) {
            return -1;
        }
        int to = 1;
        while (to < word.length() && isDigit(word.charAt(to))) {
            to++;
        }
        int version = to > 4 ? MAX_VERSION + 1 : Integer.parseInt(word.substring(1, to));
        if (version > MAX_VERSION) {
            return -1;
        }
        String rest = word.substring(to);
        if (rest.startsWith(".")) {
            boolean minor = rest.length() == 2 && isDigit(rest.charAt(1)) && !KERNELS.contains(word.substring(1));
            return minor ? version : -1;
        }
        return rest.isEmpty() || rest.startsWith("rev") || rest.equals(":") ? version : -1;
    }

    private static boolean isPullTitle(String title) {
        return startsWith(title, "pull-request:")
                || startsWith(title, "pull request:")
                || startsWith(title, "git pull:")
                || startsWith(title, "git pull request");
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** The end of a word in a bracket; blanks, commas and parentheses part words, and so does the slash in PATCH/RFC. */
    private static int wordEnd(String text, int from) {
        int to = from;
        while (to < text.length()) {
            char c = text.charAt(to);
            boolean slash = c == '/' && (isModifierAt(text, from, to) || isPatchAt(text, from, to));
            if (c == ' ' || c == ',' || c == '(' || c == ')' || c == '[' || c == ';' || slash) {
                break;
            }
            to++;
        }
        return to;
    }

    private static boolean isPatchAt(String text, int from, int to) {
        return to - from == 5 && startsWith(text.substring(from, to), "patch");
    }

    private static boolean isModifierAt(String text, int from, int to) {
        return to - from == 3 && startsWith(text.substring(from, to), "rfc");
    }

    private static boolean isNumber(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            return false;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value <= MAX_NUMBER;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The subject with single blanks. */
    private static String oneLine(String subject) {
        StringBuilder line = null;
        boolean blank = true;
        for (int i = 0; i < subject.length(); i++) {
            char c = subject.charAt(i);
            boolean isBlank = c <= ' ' || c == '\u00a0';
            if (isBlank && (blank || c != ' ') && line == null) {
                line = new StringBuilder(subject.length()).append(subject, 0, i);
            }
            if (line != null && !(isBlank && blank)) {
                line.append(isBlank ? ' ' : c);
            }
            blank = isBlank;
        }
        String one = line == null ? subject : line.toString();
        return one.endsWith(" ") ? one.substring(0, one.length() - 1) : one;
    }
}
