package org.listlens.quote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;

/** What words mean in attributions, whatever the language; the resource {@code attribution-words.txt} has them. */
final class AttributionWords {
    static final int VERB = 1;
    /** Begins an attribution, before a date. */
    static final int START = 2;
    /** Begins an attribution, before a name. */
    static final int QUOTING = 4;
    /** Stands between the parts of a date. */
    static final int LINK = 8;
    /** Belongs to a verb beside it. */
    static final int AUX = 16;
    /** Belongs neither to name nor to date. */
    static final int SKIP = 32;

    static final int DAY = 64;
    static final int MONTH = 128;
    static final int AM = 256;
    static final int PM = 512;
    static final int ZONE = 1024;
    /** Stands behind a date or a time. */
    static final int AFTER = 2048;

    private static final WordTable KINDS = new WordTable();
    /** The first letters of verbs and of what introduces who is quoted. */
    private static final WordTable BEGINNINGS = new WordTable();

    private static final Map<String, Integer> MONTHS = new HashMap<>();
    private static final Map<String, Integer> ZONES = new HashMap<>();
    /** Beginnings of several words. */
    private static final List<String> PHRASES = new ArrayList<>();

    private static final List<Integer> PHRASE_KINDS = new ArrayList<>();

    static {
        read("attribution-words.txt");
    }

    private AttributionWords() {}

    /** The kinds of a word in whatever case, as bits; 0 when it is of none. */
    static int kinds(String word) {
        return KINDS.get(word);
    }

    /** The same of the word that stands from {@code from} to before {@code to}. */
    static int kinds(String text, int from, int to) {
        return KINDS.get(text, from, to);
    }

    /** Which of {@code VERB} and {@code QUOTING} a word or phrase that begins with these letters can be, as bits. */
    static int beginning(String text, int from, int to) {
        return BEGINNINGS.get(text, from, to);
    }

    /** The month, 1 to 12, that a word in lower case names; 0 when it names none. */
    static int month(String word) {
        Integer month = MONTHS.get(word);
        return month == null ? 0 : month;
    }

    /** A zone's minutes from UTC; only for words of that kind. */
    static int zoneMinutes(String word) {
        return Objects.requireNonNull(ZONES.get(word), word);
    }

    /**
     * The beginning of several words that stands here in a text, in whatever case.
     *
     * @return its length in the lower half and its kinds in the upper; 0 without one
     */
    static int phrase(String text, int from) {
        for (int i = 0; i < PHRASES.size(); i++) {
            String phrase = PHRASES.get(i);
            int length = phrase.length();
            int end = from + length;
            if (text.regionMatches(true, from, phrase, 0, length)
                    && (text.length() == end || !Character.isLetterOrDigit(text.charAt(end)))) {
                return PHRASE_KINDS.get(i) << 16 | length;
            }
        }
        return 0;
    }

    private static void read(String resource) {
        try (InputStream in = Objects.requireNonNull(AttributionWords.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    readLine(new StringTokenizer(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read: " + resource, e);
        }
    }

    private static void readLine(StringTokenizer words) {
        if (!words.hasMoreTokens()) {
            return;
        }
        String name = words.nextToken();
        int kind = switch (name) {
            case "verb" -> VERB;
            case "start" -> START;
            case "quoting" -> QUOTING;
            case "link" -> LINK;
            case "aux" -> AUX;
            case "skip" -> SKIP;
            case "day" -> DAY;
            case "after" -> AFTER;
            case "am" -> AM;
            case "pm" -> PM;
            case "zone" -> ZONE;
            default -> MONTH;
        };
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if ((kind & (VERB | QUOTING)) != 0) {
                int letters = 0;
                while (letters < word.length() && Character.isLetter(word.charAt(letters))) {
                    letters++;
                }
                String beginning = word.substring(0, letters).toLowerCase(Locale.ROOT);
                BEGINNINGS.put(beginning, BEGINNINGS.get(beginning) | kind);
            }
            if (word.indexOf('_') > 0) {
                PHRASES.add(word.replace('_', ' '));
                PHRASE_KINDS.add(kind);
                continue;
            }
            String lower = word.toLowerCase(Locale.ROOT);
            KINDS.put(lower, KINDS.get(lower) | kind);
            if (kind == MONTH) {
                MONTHS.putIfAbsent(word, Integer.valueOf(name));
            } else if (kind == ZONE) {
                ZONES.put(word, Integer.valueOf(words.nextToken()));
            }
        }
    }
}
