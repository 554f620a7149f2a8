package org.listlens.body;

/**
 * The text of a mail that its reader sees, decoded, with {@code \n} line ends.
 *
 * @param text the whole of it, with the paragraphs of {@code format=flowed} (RFC 3676) put together again
 * @param original the same as it stood, before that; {@code text} itself when there was nothing to do
 * @param type {@code text/plain}, or {@code text/html} when the text was made from HTML
 * @param charset the IANA name of the charset that it was decoded with
 */
public record ReaderText(String text, String original, String type, String charset) {}
