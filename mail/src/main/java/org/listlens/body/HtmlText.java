package org.listlens.body;

import java.util.BitSet;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * HTML as the lines that its reader sees. Each element that quotes ({@link HtmlQuote}) puts a {@code > } before the lines
 * in it. Scripts, styles, the head and what is not displayed are left out.
 *
 * <p>The tree is bounded before it is built: the input is cut by the caller, and jsoup nests elements only so deep.
 */
final class HtmlText {
    /** Marks beyond these are not written. */
    static final int MAX_MARKS = 255;

    private static final int MAX_DEPTH = 512;

    private HtmlText() {}

    /** The text of a document, in {@code maxChars} characters at most and a few more. */
    static String of(String html, int maxChars) {
        Writer writer = new Writer(maxChars);
        try {
            Document document = Parser.htmlParser().setMaxDepth(MAX_DEPTH).parseInput(html, "");
            for (Element quote : document.getElementsByTag("blockquote")) {
                writer.marking |= HtmlQuote.isMarked(quote);
            }
            NodeTraversor.filter(writer, document);
        } catch (RuntimeException unforeseen) {
            // jsoup reads whatever browsers read; should it ever not, the source is better than nothing.
            return html;
        }
        return writer.finish();
    }

    private static final class Writer implements NodeFilter {
        private final int maxChars;
        private final StringBuilder out = new StringBuilder();
        private final StringBuilder line = new StringBuilder();
        /** Whether the mailer says of its quotes that they are. */
        private boolean marking;

        private int quotes;
        /** The depths in the tree of the elements that quote and are open. */
        private final BitSet openQuotes = new BitSet();

        private int preformatted;
        private boolean blankPending;
        /** Whether a paragraph ended and a blank line is due before the next. */
        private boolean paragraphPending;
        /** The marks of that blank line: those of the outer one of the two paragraphs. */
        private int paragraphQuotes;
        /** The marks of the last line that is not blank. */
        private int lastQuotes;

        private boolean begun;

        Writer(int maxChars) {
            this.maxChars = maxChars;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (out.length() > maxChars) {
                return FilterResult.STOP;
            }
            if (node instanceof TextNode text) {
                text(text.getWholeText());
            } else if (node instanceof Element element) {
                return open(element, depth);
            }
            return FilterResult.CONTINUE;
        }

        private FilterResult open(Element element, int depth) {
            switch (element.normalName()) {
                case "head",
                        "script",
                        "style",
                        "noscript",
                        "template",
                        "title",
                        "object",
                        "iframe",
                        "select",
                        "textarea",
                        "svg",
                        "math" -> {
                    return FilterResult.SKIP_ENTIRELY;
                }
                case "br" -> lineBreak();
                case "hr" -> blockEdge();
                case "blockquote", "div" -> {
                    if (isHidden(element)) {
                        return FilterResult.SKIP_ENTIRELY;
                    }
                    if (HtmlQuote.quotes(element, marking && quotes == 0)) {
                        quoteEdge();
                        quotes++;
                        openQuotes.set(depth);
                    } else if (element.normalName().equals("div")) {
                        blockEdge();
                    } else {
                        paragraphEdge();
                    }
                }
                case "pre", "listing", "xmp", "plaintext" -> {
                    paragraphEdge();
                    preformatted++;
                }
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl" -> paragraphEdge();
                case "li" -> {
                    blockEdge();
                    line.append("* ");
                }
                case "td", "th" -> {
                    if (!line.isEmpty()) {
                        blankPending = true;
                    }
                }
                default -> {
                    if (isHidden(element)) {
                        return FilterResult.SKIP_ENTIRELY;
                    }
                    if (element.isBlock()) {
                        blockEdge();
                    }
                }
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                switch (element.normalName()) {
                    case "br", "td", "th" -> {}
                    case "blockquote", "div" -> {
                        blockEdge();
                        if (openQuotes.get(depth)) {
                            openQuotes.clear(depth);
                            quotes--;
                            quoteEdge();
                        } else if (!element.normalName().equals("div")) {
                            paragraphEdge();
                        }
                    }
                    case "pre", "listing", "xmp", "plaintext" -> {
                        paragraphEdge();
                        preformatted--;
                    }
                    case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl" -> paragraphEdge();
                    default -> {
                        if (element.isBlock()) {
                            blockEdge();
                        }
                    }
                }
            }
            return FilterResult.CONTINUE;
        }

        private static boolean isHidden(Element element) {
            String style = element.attributesSize() == 0 ? "" : element.attr("style");
            if (style.isEmpty() || style.length() > 4096) {
                return false;
            }
            String tight = style.toLowerCase(Locale.ROOT).replace(" ", "");
            return tight.contains("display:none") || tight.contains("mso-hide:all");
        }

        private void text(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (preformatted > 0) {
                    if (c == '\n') {
                        lineBreak();
                    } else if (c != '\r') {
                        line.append(c == '\u00a0' ? ' ' : c);
                    }
                } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
                    blankPending = !line.isEmpty();
                } else {
                    if (blankPending && line.charAt(line.length() - 1) != ' ') {
                        line.append(' ');
                    }
                    blankPending = false;
                    line.append(c == '\u00a0' ? ' ' : c);
                }
            }
        }

        /** Ends the line, also an empty one. */
        private void lineBreak() {
            if (line.isEmpty()) {
                paragraphPending = false;
                marks(quotes);
                out.append('\n');
                begun = true;
            } else {
                endLine();
            }
        }

        /** Ends the line that has been begun. */
        private void blockEdge() {
            if (!line.isEmpty()) {
                endLine();
            }
        }

        private void paragraphEdge() {
            blockEdge();
            paragraphQuotes = paragraphPending ? Math.min(paragraphQuotes, quotes) : quotes;
            paragraphPending = begun;
        }

        /** A quote stands apart from the text around it, but not from the quote that it stands in. */
        private void quoteEdge() {
            if (quotes == 0) {
                paragraphEdge();
            } else {
                blockEdge();
            }
        }

        private void endLine() {
            if (paragraphPending && !endsWithBlankLine()) {
                marks(Math.min(Math.min(paragraphQuotes, quotes), lastQuotes));
                out.append('\n');
            }
            paragraphPending = false;
            lastQuotes = quotes;
            marks(quotes);
            if (quotes > 0) {
                out.append(' ');
            }
            if (blankPending && line.length() == 2) {
                line.append(' ');
            }
            int end = line.length();
            while (end > 0 && line.charAt(end - 1) == ' ' && !isSignature(end)) {
                end--;
            }
            out.append(line, 0, end).append('\n');
            line.setLength(0);
            blankPending = false;
            begun = true;
        }

        private boolean isSignature(int end) {
            return end == 3 && line.charAt(0) == '-' && line.charAt(1) == '-';
        }

        private boolean endsWithBlankLine() {
            int end = out.length() - 1;
            return end < 1 || out.charAt(end - 1) == '\n' || out.charAt(end - 1) == '>';
        }

        private void marks(int depth) {
            // One text node can have as many lines as the document has characters.
            int count = out.length() > maxChars ? 0 : Math.min(depth, MAX_MARKS);
            for (int i = 0; i < count; i++) {
                out.append(i == 0 ? ">" : " >");
            }
        }

        String finish() {
            blockEdge();
            return out.toString();
        }
    }
}
