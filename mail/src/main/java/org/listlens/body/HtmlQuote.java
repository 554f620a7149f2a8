package org.listlens.body;

import java.util.Locale;
import org.jsoup.nodes.Element;

/**
 * Which elements of HTML quote another mail. A {@code blockquote} does, whatever class or type its mailer gave it, if it is
 * not one that only indents: Gmail's with neither border nor padding, and one without any sign where the mailer says of
 * its other quotes that they are. A division quotes when it is Yahoo's {@code yahoo_quoted} or has the bar at its left
 * that Word draws. Gmail's {@code gmail_quote} division holds the attribution besides the quote and is no mark.
 */
final class HtmlQuote {
    private static final int LONGEST_STYLE = 4096;

    private HtmlQuote() {}

    /** Whether a {@code blockquote} says that it quotes: by a type, an address, a class or a bar at its left. */
    static boolean isMarked(Element blockquote) {
        if (blockquote.attributesSize() == 0) {
            return false;
        }
        String name = blockquote.className() + ' ' + blockquote.id();
        return blockquote.hasAttr("type")
                || blockquote.hasAttr("cite")
                || holds(name, "quote")
                || holds(name, "cite")
                || style(blockquote).contains("border-left:");
    }

    /**
     * Whether an element quotes.
     *
     * @param element a {@code blockquote} or a {@code div}
     * @param marking whether it stands in no quote, and the mailer says of its quotes that they are
     */
    static boolean quotes(Element element, boolean marking) {
        if (element.normalName().equals("blockquote")) {
            return isMarked(element) || !(marking || style(element).contains("border:none"));
        }
        if (element.attributesSize() == 0) {
            return false;
        }
        String style = style(element);
        int bar = style.indexOf("border-left:solid");
        return element.hasClass("yahoo_quoted")
                || (bar >= 0 && style.indexOf("pt", bar) >= 0 && style.startsWith("border:none;"));
    }

    private static boolean holds(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word);
    }

    private static String style(Element element) {
        String style = element.attr("style");
        return style.isEmpty() || style.length() > LONGEST_STYLE
                ? ""
                : style.toLowerCase(Locale.ROOT).replace(" ", "");
    }
}
