package org.listlens.quote;

/**
 * Brings the text of an attribution into the shape that its reader knows: no marks of writing direction, digits and
 * punctuation of ASCII, {@code 2021-7-6} for {@code 2021年7月6日}, and blanks around the words of scripts that have none.
 */
final class AttributionText {
    /** Words of Chinese, Japanese and Korean that stand without blanks; of those that begin alike the longer first. */
    private static final String[] UNSPACED = {
        "写道",
        "寫道",
        "提到",
        "书写",
        "書きました",
        "書いています",
        "書いた",
        "のメッセージから",
        "のメッセージ",
        "のメール",
        "さんは",
        "さんが",
        "次のように",
        "님이",
        "이(가)",
        "작성",
        "上午",
        "下午",
        "早上",
        "凌晨",
        "晚上",
        "午前",
        "午後",
        "오전",
        "오후",
        "星期一",
        "星期二",
        "星期三",
        "星期四",
        "星期五",
        "星期六",
        "星期日",
        "星期天",
        "周一",
        "周二",
        "周三",
        "周四",
        "周五",
        "周六",
        "周日",
        "週一",
        "週二",
        "週三",
        "週四",
        "週五",
        "週六",
        "週日",
    };

    private AttributionText() {}

    static String normalize(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // From here on there is what has to be changed: Hebrew, and dashes and marks of direction.
            if (c >= 0x0590) {
                return changed(text);
            }
        }
        return text;
    }

    private static String changed(String text) {
        StringBuilder out = new StringBuilder(text.length() + 32);
        int length = text.length();
        int i = 0;
        while (i < length) {
            char c = ascii(text.charAt(i));
            if (c == 0) {
                i++;
                continue;
            }
            boolean afterDigit = out.length() > 0 && isDigit(out.charAt(out.length() - 1));
            if (afterDigit && "年년月월".indexOf(c) >= 0) {
                out.append('-');
                i = skipBlanks(text, i + 1);
            } else if (afterDigit && "日일分분秒초에".indexOf(c) >= 0) {
                trimDash(out);
                out.append(' ');
                i++;
            } else if (afterDigit && "時时点點시".indexOf(c) >= 0) {
                out.append(':');
                i = skipBlanks(text, i + 1);
            } else if ("于於在".indexOf(c) >= 0 && isDigit(at(text, skipBlanks(text, i + 1)))) {
                out.append(' ').append(c).append(' ');
                i++;
            } else if (c == '\u05d1' && at(text, i + 1) == '-' && isDigit(at(text, i + 2))) {
                // Hebrew "at 10:11" and "on the 6th", joined by a dash.
                out.append(c).append(' ');
                i += 2;
            } else {
                int word = unspaced(text, i);
                if (word > 0) {
                    // The ending in parentheses is one of the two that a name can have.
                    int bracket = text.indexOf('(', i);
                    int end = bracket > i && bracket < i + word ? bracket : i + word;
                    out.append(' ').append(text, i, end).append(' ');
                    i += word;
                } else {
                    out.append(c);
                    i++;
                }
            }
        }
        return out.toString();
    }

    /** The character itself, or what stands for it in ASCII; 0 when it is to be left out. */
    private static char ascii(char c) {
        if ((c >= 0x200b && c <= 0x200f)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x2069)
                || c == 0xfeff) {
            return 0;
        }
        if (c >= 0x0660 && c <= 0x0669) {
            return (char) (c - 0x0660 + '0');
        }
        if (c >= 0x06f0 && c <= 0x06f9) {
            return (char) (c - 0x06f0 + '0');
        }
        if (c >= 0xff01 && c <= 0xff5e) {
            return (char) (c - 0xff01 + '!');
        }
        return switch (c) {
            case 0x3000, 0x202f, 0x2009, 0x2007 -> ' ';
            case 0x3001, 0x060c -> ',';
            case 0x3008, 0x300a -> '<';
            case 0x3009, 0x300b -> '>';
            default -> c;
        };
    }

    private static int unspaced(String text, int at) {
        if (text.charAt(at) < 0x2e80) {
            return 0;
        }
        for (String word : UNSPACED) {
            if (text.startsWith(word, at)) {
                return word.length();
            }
        }
        return 0;
    }

    private static void trimDash(StringBuilder out) {
        int last = out.length() - 1;
        if (out.charAt(last) == '-') {
            out.setLength(last);
        }
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\u00a0')) {
            i++;
        }
        return i;
    }

    private static char at(String text, int i) {
        return i < text.length() ? ascii(text.charAt(i)) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
