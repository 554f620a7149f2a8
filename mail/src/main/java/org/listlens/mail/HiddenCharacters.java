package org.listlens.mail;

/** Which code points of a text from mail are not seen, or make a reader see another text. */
public final class HiddenCharacters {
    private HiddenCharacters() {}

    /**
     * Whether a code point is a control character (C0, C1), a format character, those for bidirectional text among them, a
     * line or paragraph separator, half a character, or of no common meaning.
     */
    public static boolean isHidden(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }
}
