package org.listlens.people;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Author;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

/**
 * When two addresses may be one person's. Two authors on one list who have the same key are one person, and so are two with
 * the same address; nothing else joins anybody.
 *
 * <p>A key is a full name and what the local part of the address has to do with it. The name has at least two words of two
 * letters, or of one Chinese character; case, marks above letters and the order of the words do not matter. The local part
 * either is made of that name ({@code jane.doe}, {@code jdoe}, {@code janed}, {@code doe}), all of which are alike:
 * {@code "doe jane|name"}; or it is something else, which then must be the same: {@code "doe jane|jd42"}. Where the local
 * part is but a first name, or says what the address is for ({@code info}, {@code linux}), there is no key. Neither
 * {@code jane@} nor {@code Jane} ever joins anybody.
 *
 * <p>A robot's key is its address without what follows a {@code +}: {@code "syzbot@example.com|robot"}. An address that a
 * list has put in the place of an author's that nobody knows is many people's: there the key, {@code "doe jane|list"},
 * tells them apart.
 */
public final class PersonRules {
    private static final Set<String> ROLES = roles();

    /** The longest local part (RFC 5321 §4.5.3.1.1). */
    private static final int MAX_LOCAL = 64;

    private static final int MAX_WORDS = 8;
    private static final String NAME = "|name";
    private static final String ROBOT = "|robot";
    private static final String LIST = "|list";

    private PersonRules() {}

    private static Set<String> roles() {
        Set<String> roles = new HashSet<>();
        for (TableLines.Line line : TableLines.read(TableLines.resource("roles.txt"))) {
            roles.add(line.key());
        }
        return Set.copyOf(roles);
    }

    /** The key of a mail's author; {@code null} when only the address says who it is. */
    public static @Nullable String key(ParsedMail mail) {
        return key(mail.author(), mail.participants());
    }

    /** The key of the author of a mail with some participants; {@code null} when only the address says who it is. */
    public static @Nullable String key(@Nullable Author author, List<Participant> participants) {
        if (author == null) {
            return null;
        }
        boolean shared = false;
        for (int i = 0; author.rewritten() && i < participants.size(); i++) {
            Participant from = participants.get(i);
            shared |= from.role() == Role.FROM && from.address().equalsIgnoreCase(author.address());
        }
        // An address that its host gives to one author only is nobody else's.
        return key(author.name(), author.address(), author.robot(), shared && !OriginalAuthor.isOwn(author.address()));
    }

    /**
     * The key of an author.
     *
     * @param name cleaned
     * @param address in lower case
     * @param robot whether it is a program
     * @param shared whether the address is a list's, in the place of the author's
     */
    static @Nullable String key(@Nullable String name, String address, boolean robot, boolean shared) {
        int at = address.lastIndexOf('@');
        if (robot && at > 0) {
            int plus = address.indexOf('+');
            return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) + ROBOT : null;
        }
        List<String> words = name == null ? List.of() : words(name);
        if (shared) {
            return sorted(words) + LIST;
        }
        int long2 = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            long2 += word.length() > 1 || Character.isIdeographic(word.codePointAt(0)) ? 1 : 0;
        }
        if (long2 < 2 || words.size() > MAX_WORDS || at <= 0 || at > MAX_LOCAL) {
            return null;
        }
        String local = local(address.substring(0, at));
        if (local.length() < 2 || ROLES.contains(local)) {
            return null;
        }
        List<String> spelledOut = spelledOut(name);
        if (isOfName(local, words) || isOfName(local, spelledOut)) {
            return sorted(words) + NAME;
        }
        return isFirstName(local, words) || isFirstName(local, spelledOut) ? null : sorted(words) + '|' + local;
    }

    /** Whether a key is of an address that many people share, so that the key, not the address, says who it is. */
    static boolean isShared(@Nullable String key) {
        return key != null && key.endsWith(LIST);
    }

    /** In lower case, without what follows a {@code +}. */
    private static String local(String local) {
        int plus = local.indexOf('+');
        return (plus > 0 ? local.substring(0, plus) : local).toLowerCase(Locale.ROOT);
    }

    private static String sorted(List<String> words) {
        List<String> sorted = new ArrayList<>(words);
        Collections.sort(sorted);
        return String.join(" ", sorted);
    }

    /** The words of a name, folded; what is neither letter nor digit separates them, but for apostrophes. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>(3);
        String folded = fold(name);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= folded.length(); ) {
            int c = i < folded.length() ? folded.codePointAt(i) : ' ';
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
            } else if (c != '\'' && c != '\u2019' && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }

    /** Lower case without marks above letters; letters that are others with a stroke, or two in one, are resolved. */
    static String fold(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (isAscii(text)) {
            return lower;
        }
        String decomposed = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            switch (c) {
                case '\u00DF' -> folded.append("ss");
                case '\u00E6' -> folded.append("ae");
                case '\u0153' -> folded.append("oe");
                case '\u00F8' -> folded.append('o');
                case '\u0142' -> folded.append('l');
                case '\u0111', '\u00F0' -> folded.append('d');
                case '\u0127' -> folded.append('h');
                case '\u0131' -> folded.append('i');
                case '\u00FE' -> folded.append("th");
                default -> {
                    if (Character.getType(c) != Character.NON_SPACING_MARK) {
                        folded.append(c);
                    }
                }
            }
        }
        return folded.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /**
     * The words with umlauts as two letters: {@code Müller} is {@code mueller} in many addresses. Empty when there are no
     * umlauts.
     */
    private static List<String> spelledOut(@Nullable String name) {
        if (name == null || isAscii(name)) {
            return List.of();
        }
        String lower = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        String spelled = lower.replace("\u00E4", "ae")
                .replace("\u00F6", "oe")
                .replace("\u00FC", "ue")
                .replace("\u00F8", "oe")
                .replace("\u00E5", "aa");
        return spelled.length() == lower.length() ? List.of() : words(spelled);
    }

    /** Whether a local part is made of the name: its surname, or words and initials of it of which one is the surname's. */
    private static boolean isOfName(String local, List<String> words) {
        String letters = letters(local);
        if (words.size() < 2 || letters.isEmpty()) {
            return false;
        }
        // A number behind initials may tell jdoe1 from jdoe2; behind the full name it seldom does.
        boolean numbered = Character.isDigit(local.charAt(local.length() - 1));
        return letters.equals(words.getLast())
                ? letters.length() > 2 && !numbered
                : new Spelling(letters, words, !numbered).found(2, words.size() - 1);
    }

    /** Whether a local part is nothing but given names: words of the name before its last, the begin of one, or a pet name. */
    private static boolean isFirstName(String local, List<String> words) {
        String letters = letters(local);
        if (letters.isEmpty()) {
            return true;
        }
        List<String> given = words.subList(0, Math.max(0, words.size() - 1));
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).startsWith(letters) || isPetName(letters, given.get(i))) {
                return true;
            }
        }
        return new Spelling(letters, given, false).found(1, -1);
    }

    /** {@code chrissy} of Christine, {@code janey} of Jane: the name's begin, and up to two letters. */
    private static boolean isPetName(String letters, String name) {
        int same = 0;
        while (same < letters.length() && same < name.length() && letters.charAt(same) == name.charAt(same)) {
            same++;
        }
        return same >= 3 && letters.length() - same <= 2;
    }

    /** A local part without dots, hyphens and underscores, and without the number at its end. */
    private static String letters(String local) {
        int end = local.length();
        while (end > 0 && Character.isDigit(local.charAt(end - 1))) {
            end--;
        }
        StringBuilder letters = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = local.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(c);
            }
        }
        return fold(letters.toString());
    }

    /** Looks for a way to write letters as words of a name, or initials of them, one after the other in any order. */
    private static final class Spelling {
        private final String letters;
        private final List<String> words;
        private final boolean initials;

        /** What was tried in vain: where, with which words used, and whether a word was whole. */
        private final Set<Integer> tried = new HashSet<>();

        private int least;
        private int needed;

        Spelling(String letters, List<String> words, boolean initials) {
            this.letters = letters;
            this.words = words;
            this.initials = initials;
        }

        /**
         * Whether there is a way with at least one whole word of two letters.
         *
         * @param words how many words at least have their part
         * @param word the position of a word that must have; -1 when none must
         */
        boolean found(int words, int word) {
            least = words;
            needed = word < 0 ? 0 : 1 << word;
            return letters.length() <= 2 * MAX_LOCAL && this.words.size() <= MAX_WORDS && from(0, 0, false);
        }

        private boolean from(int at, int used, boolean whole) {
            if (at == letters.length()) {
                return whole && Integer.bitCount(used) >= least && (used & needed) == needed;
            }
            if (!tried.add(at << 16 | used << 1 | (whole ? 1 : 0))) {
                return false;
            }
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if ((used & 1 << i) == 0 && letters.charAt(at) == word.charAt(0)) {
                    boolean isWord = letters.startsWith(word, at);
                    if ((isWord && from(at + word.length(), used | 1 << i, whole || word.length() > 1))
                            || (initials && from(at + 1, used | 1 << i, whole))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
