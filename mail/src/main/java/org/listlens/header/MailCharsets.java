package org.listlens.header;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The charsets that mails name, read as mailers mean them: IANA names and aliases, the common misspellings, and where a
 * name is used in practice for a superset, that superset (as the WHATWG Encoding Standard has it: {@code iso-8859-1} is
 * windows-1252, {@code gb2312} is GB18030). Thread-safe.
 */
public final class MailCharsets {
    /** A name longer than this is junk; the longest that the IANA lists has 45 characters. */
    private static final int LONGEST_NAME = 60;
    /** Mails can invent any number of names; beyond this many they are looked up each time. */
    private static final int CACHED_NAMES = 1024;

    private static final ConcurrentHashMap<String, Optional<Charset>> CACHE = new ConcurrentHashMap<>();

    /** From the name as {@link #key} folds it to the name of the JDK. */
    private static final Map<String, String> ALIASES = aliases();

    private MailCharsets() {}

    /**
     * The charset that a mail means by a name, quotes, blanks, a leading {@code charset=} and a language
     * ({@code utf-8*en}, RFC 2231 §5) or junk behind it set aside.
     *
     * @return {@code null} when nobody knows it, as with {@code unknown-8bit} (RFC 1428) or {@code x-unknown}, and for
     *     UTF-7, which the JDK does not read
     */
    public static @Nullable Charset forName(String name) {
        Optional<Charset> cached = CACHE.get(name);
        if (cached == null) {
            cached = Optional.ofNullable(find(name));
            if (name.length() <= LONGEST_NAME && CACHE.size() < CACHED_NAMES) {
                CACHE.put(name, cached);
            }
        }
        return cached.orElse(null);
    }

    /**
     * The name of a charset as the IANA registers it. Java's own names of the supersets that have no registration are
     * replaced by the registered charset that they extend.
     */
    public static String ianaName(Charset charset) {
        String name = charset.name();
        return switch (name) {
            case "x-windows-949" -> "EUC-KR";
            case "x-windows-874" -> "windows-874";
            case "x-windows-iso2022jp" -> "ISO-2022-JP";
            case "x-MS950-HKSCS" -> "Big5-HKSCS";
            case "x-MacRoman" -> "macintosh";
            default -> name;
        };
    }

    private static @Nullable Charset find(String name) {
        String token = token(name);
        if (token.isEmpty()) {
            return null;
        }
        String key = key(token);
        String alias = ALIASES.get(key);
        if (alias != null) {
            return Charset.isSupported(alias) ? Charset.forName(alias) : null;
        }
        Charset charset = supported(token);
        if (charset == null) {
            charset = supported(spelledOut(key));
        }
        return charset;
    }

    /** The first run of characters that a charset name may have, quotes and {@code charset=} before it skipped. */
    private static String token(String name) {
        int end = name.length();
        int from = 0;
        int to = 0;
        while (from < end) {
            while (from < end && !isNameChar(name.charAt(from))) {
                from++;
            }
            to = from;
            while (to < end && to - from <= LONGEST_NAME && isNameChar(name.charAt(to))) {
                to++;
            }
            if (to < end && name.charAt(to) == '=' && name.regionMatches(true, from, "charset", 0, to - from)) {
                from = to + 1;
                to = from;
            } else {
                break;
            }
        }
        return to - from > LONGEST_NAME ? "" : name.substring(from, to);
    }

    private static boolean isNameChar(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == ':'
                || c == '+';
    }

    /** The letters and digits of a name, in lower case. */
    private static String key(String token) {
        StringBuilder key = new StringBuilder(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
                key.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                key.append((char) (c + ('a' - 'A')));
            }
        }
        return key.toString();
    }

    /** Names that differ from the registered ones only by their punctuation, or by a stray {@code x-}. */
    private static String spelledOut(String key) {
        String name = key.startsWith("x") ? key.substring(1) : key;
        int digits = name.length();
        while (digits > 0 && name.charAt(digits - 1) >= '0' && name.charAt(digits - 1) <= '9') {
            digits--;
        }
        String letters = name.substring(0, digits);
        String number = name.substring(digits);
        return switch (letters) {
            case "iso" -> number.startsWith("8859") && number.length() > 4 ? "ISO-8859-" + number.substring(4) : name;
            case "isolatin", "latin" -> "latin" + number;
            case "windows", "win", "cp", "ibm", "ansi", "codepage", "dos", "ms", "microsoftcp" ->
                number.length() == 4 && number.startsWith("125") ? "windows-" + number : "IBM" + number;
            case "koi" -> name;
            default -> name;
        };
    }

    private static @Nullable Charset supported(String name) {
        return Supported.BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /** What the JDK reads. Asked for a name that nobody knows, it goes through its class path for each. */
    private static final class Supported {
        static final Map<String, Charset> BY_NAME = byName();

        private Supported() {}

        private static Map<String, Charset> byName() {
            Map<String, Charset> names = new HashMap<>();
            for (Charset charset : Charset.availableCharsets().values()) {
                names.put(charset.name().toLowerCase(Locale.ROOT), charset);
                for (String alias : charset.aliases()) {
                    names.put(alias.toLowerCase(Locale.ROOT), charset);
                }
            }
            return names;
        }
    }

    private static Map<String, String> aliases() {
        Map<String, String> aliases = new HashMap<>();
        put(
                aliases,
                StandardCharsets.UTF_8.name(),
                "utf8",
                "utf8mac",
                "utf8mb4",
                "unicode11utf8",
                "xutf8",
                "utf",
                "uft8");
        put(
                aliases,
                StandardCharsets.UTF_8.name(),
                "unicode20utf8",
                "xunicode20utf8",
                "utf8bom",
                "cp65001",
                "utf88bit");
        put(aliases, StandardCharsets.US_ASCII.name(), "usascii", "ascii", "ansix341968", "iso646us", "us", "7bit");
        put(aliases, StandardCharsets.US_ASCII.name(), "usacii", "asciius", "xusascii", "iso88591us", "isoir6", "ansi");
        put(aliases, "windows-1252", "iso88591", "latin1", "isolatin1", "l1", "isoir100", "iso885911987", "cp819");
        put(aliases, "windows-1252", "ibm819", "windows1252", "cp1252", "xcp1252", "win1252", "xansi", "csisolatin1");
        put(aliases, "windows-1252", "iso8859", "isolatin", "western", "xwindows1252", "iso8859115bit", "8859");
        put(
                aliases,
                "windows-1254",
                "iso88599",
                "latin5",
                "isolatin5",
                "l5",
                "iso885991989",
                "isoir148",
                "csisolatin5");
        put(aliases, "x-windows-874", "iso885911", "tis620", "windows874", "dos874", "cp874", "tis62025330");
        put(aliases, "ISO-8859-8", "iso88598i", "iso88598e", "csiso88598i", "csiso88598e", "logical", "visual");
        put(aliases, "ISO-8859-6", "iso88596i", "iso88596e", "csiso88596i", "csiso88596e");
        put(aliases, "ISO-8859-15", "latin9", "iso885915", "isolatin9", "l9");
        put(aliases, "ISO-8859-16", "latin10", "l10", "iso885916");
        put(
                aliases,
                "GB18030",
                "gb2312",
                "gb23121980",
                "gb231280",
                "csgb2312",
                "gbk",
                "xgbk",
                "cp936",
                "ms936",
                "euccn");
        put(
                aliases,
                "GB18030",
                "xeuccn",
                "windows936",
                "gb180302000",
                "csiso58gb231280",
                "chinese",
                "isoir58",
                "gb18030");
        put(aliases, "x-windows-949", "ksc56011987", "ksc56011989", "ksc5601", "euckr", "xeuckr", "cseuckr", "korean");
        put(
                aliases,
                "x-windows-949",
                "windows949",
                "cp949",
                "ms949",
                "uhc",
                "xwindows949",
                "isoir149",
                "csksc56011987");
        put(
                aliases,
                "windows-31j",
                "shiftjis",
                "sjis",
                "xsjis",
                "mskanji",
                "csshiftjis",
                "cp932",
                "ms932",
                "windows31j");
        put(aliases, "windows-31j", "xshiftjis", "shiftjisx0213", "windows932", "mscp932");
        put(aliases, "x-windows-iso2022jp", "iso2022jp", "csiso2022jp", "iso2022jpms", "cp50220", "cp50221", "cp50222");
        put(aliases, "x-windows-iso2022jp", "iso2022jp1", "iso2022jp3", "iso2022jp2004", "jis", "csjisencoding");
        put(aliases, "EUC-JP", "eucjp", "xeucjp", "cseucpkdfmtjapanese", "ujis", "eucjpms", "cp51932");
        put(aliases, "Big5", "big5", "xbig5", "csbig5", "cnbig5", "big5eten", "cp950", "xxbig5", "big5tw");
        put(aliases, "Big5-HKSCS", "big5hkscs", "big5hk");
        put(aliases, "ISO-2022-KR", "csiso2022kr", "iso2022kr");
        put(aliases, "KOI8-R", "koi8r", "koi8", "koi", "cskoi8r", "koi8ru", "xkoi8r");
        put(aliases, "KOI8-U", "koi8u", "koi8uni");
        put(aliases, "windows-1251", "cp1251", "windows1251", "win1251", "xcp1251", "ansi1251", "cyrillic1251");
        put(aliases, "x-MacRoman", "macintosh", "macroman", "xmacroman", "mac", "xmac");
        put(aliases, "x-MacCyrillic", "maccyrillic", "xmaccyrillic", "xmacukrainian");
        put(aliases, "x-MacCentralEurope", "macce", "xmacce", "xmaccentraleurroman");
        put(aliases, "UTF-16", "unicode", "ucs2", "iso10646ucs2", "utf16");
        return Map.copyOf(aliases);
    }

    private static void put(Map<String, String> aliases, String charset, String... keys) {
        for (String key : keys) {
            aliases.put(key, charset);
        }
    }
}
