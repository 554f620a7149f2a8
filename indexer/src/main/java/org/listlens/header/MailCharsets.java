package org.listlens.header;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** Charsets by the names that mails give them. */
public final class MailCharsets {
    private MailCharsets() {}

    /** Returns the charset of that name; {@code null} when nobody knows it. */
    public static @Nullable Charset forName(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }
}
