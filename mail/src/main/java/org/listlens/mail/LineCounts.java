package org.listlens.mail;

/**
 * How many lines of a text are of each class; lines that hold nothing but quote marks and blanks are not counted.
 *
 * @param written lines that the author wrote here
 * @param quoted lines repeated from other mails, at whatever depth
 * @param attribution lines that say who is quoted
 * @param signature lines of the author's signature
 * @param footer lines that a list or a provider put under the mail
 * @param patch lines of the author's own patches
 * @param trailer trailers that the author gives
 */
public record LineCounts(int written, int quoted, int attribution, int signature, int footer, int patch, int trailer) {
    /** Of a text without lines. */
    public static final LineCounts NONE = new LineCounts(0, 0, 0, 0, 0, 0, 0);
}
