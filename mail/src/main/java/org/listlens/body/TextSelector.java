package org.listlens.body;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.Limits;

/** Chooses which entities make up the text that a reader sees, and puts it together. One for each mail. */
final class TextSelector {
    private static final String PLAIN = "text/plain";
    private static final String HTML = "text/html";
    /** A part that only says that the mail is HTML is not longer. */
    private static final int LONGEST_STUB = 500;

    private static final String[] STUB_WORDS = {
        "support",
        "view",
        "client",
        "reader",
        "enable",
        "browser",
        "version",
        "format",
        "capable",
        "display",
        "anzeig",
        "unterstütz",
        "afficher",
        "messagerie",
        "visualizar",
        "просмотр",
    };

    private final Entity root;
    private final Limits limits;
    private final Defects defects;
    /** Set while nothing better is found: attachments, other text types and attached messages count, too. */
    private boolean anything;

    private boolean cut;

    TextSelector(Entity root, Limits limits, Defects defects) {
        this.root = root;
        this.limits = limits;
        this.defects = defects;
    }

    /** Text, the same as it stood before its paragraphs were put together, its type and its charset. */
    private record Piece(String text, String original, String type, String charset) {
        boolean isHtml() {
            return type.equals(HTML);
        }
    }

    /**
     * The text of a mail: its first plain part and what else is displayed with it, or HTML where that is all there is,
     * or where plain text only says that the mail is HTML; as a last resort text that was attached. {@code null} when
     * the mail has none.
     */
    @Nullable
    ReaderText text() {
        Piece piece = piece(root, true);
        if (piece == null) {
            anything = true;
            piece = piece(root, true);
        }
        if (piece == null) {
            return null;
        }
        if (cut || piece.text.length() > limits.textChars()) {
            defects.add(DefectCode.TEXT_TOO_LONG, root.place());
        }
        String text = bounded(piece.text);
        String original = piece.original.equals(piece.text) ? text : bounded(piece.original);
        return new ReaderText(text, original, piece.type, piece.charset);
    }

    /** The beginning of a text, as long as a text may be, without half a character at its end. */
    private String bounded(String text) {
        if (text.length() <= limits.textChars()) {
            return text;
        }
        int end = limits.textChars();
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /**
     * The text of an entity; {@code null} when it has none.
     *
     * @param first whether nothing that is displayed stands before it
     */
    private @Nullable Piece piece(Entity entity, boolean first) {
        return switch (entity.kind()) {
            case LEAF -> leaf(entity, first);
            case UNDIVIDED -> decode(entity, PLAIN);
            case MESSAGE ->
                anything && !entity.children().isEmpty()
                        ? piece(entity.children().get(0), first)
                        : null;
            case MULTIPART -> multipart(entity, first);
        };
    }

    private @Nullable Piece leaf(Entity entity, boolean first) {
        boolean plain = entity.type().equals(PLAIN);
        boolean html = entity.type().equals(HTML);
        boolean displayed = (plain || html)
                && (root.kind() == Entity.Kind.LEAF || !entity.isAttachment())
                && (first || entity.filename() == null);
        boolean lastResort =
                anything && entity.type().startsWith("text/") && !entity.type().equals("text/calendar");
        return displayed || lastResort ? decode(entity, entity.type()) : null;
    }

    private @Nullable Piece multipart(Entity entity, boolean first) {
        List<Entity> children = entity.children();
        return switch (entity.type()) {
            case "multipart/alternative" -> alternative(children, first);
            case "multipart/related" -> related(entity, first);
            case "multipart/signed" -> children.isEmpty() ? null : piece(children.get(0), first);
            case "multipart/encrypted" -> anything ? joined(children, first) : null;
            default -> joined(children, first);
        };
    }

    /** RFC 2046 §5.1.4: the same several times; plain where it is not a mere stub, else the richest that is text. */
    private @Nullable Piece alternative(List<Entity> children, boolean first) {
        Piece plain = null;
        Piece rich = null;
        for (Entity child : children) {
            // Decoding the HTML is spared where the plain text before it leaves no doubt.
            if (plain != null && !plain.text.isBlank() && !isSuspicious(plain.text)) {
                return plain;
            }
            Piece piece = piece(child, first);
            if (piece != null && !piece.isHtml()) {
                plain = plain == null || plain.text.isBlank() ? piece : plain;
            } else if (piece != null && !piece.text.isBlank()) {
                rich = piece;
            }
        }
        if (rich == null) {
            return plain;
        }
        return plain == null || plain.text.isBlank() || isStub(plain.text, rich.text) ? rich : plain;
    }

    /** Whether a plain text could be one that only says that the mail is HTML. */
    private static boolean isSuspicious(String plain) {
        if (plain.length() > LONGEST_STUB) {
            return false;
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        if (!lower.contains("html")) {
            return false;
        }
        for (String word : STUB_WORDS) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is one: then what it says does not stand in the HTML. */
    private static boolean isStub(String plain, String rich) {
        return isSuspicious(plain) && !letters(rich, 4 * LONGEST_STUB).startsWith(letters(plain, 40));
    }

    private static String letters(String text, int limit) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < text.length() && letters.length() < limit; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }

    /** RFC 2387: the part that the start parameter names, else the first. */
    private @Nullable Piece related(Entity entity, boolean first) {
        String start = entity.parameter("start");
        if (start != null) {
            String id = start.replace("<", "").replace(">", "").strip();
            for (Entity child : entity.children()) {
                if (id.equals(child.fields().id())) {
                    Piece piece = piece(child, first);
                    if (piece != null) {
                        return piece;
                    }
                }
            }
        }
        for (Entity child : entity.children()) {
            Piece piece = piece(child, first);
            if (piece != null) {
                return piece;
            }
        }
        return null;
    }

    /** What is displayed one below the other; HTML only where no plain text stands before it. */
    private @Nullable Piece joined(List<Entity> children, boolean first) {
        Piece only = null;
        StringBuilder text = null;
        StringBuilder original = null;
        for (Entity child : children) {
            Piece piece = piece(child, first && only == null);
            if (piece == null || piece.text.isBlank()) {
                only = only == null ? piece : only;
                continue;
            }
            if (only == null || only.text.isBlank()) {
                only = piece;
                continue;
            }
            if (piece.isHtml() && !only.isHtml()) {
                continue;
            }
            if (text == null || original == null) {
                text = new StringBuilder(only.text);
                original = new StringBuilder(only.original);
            }
            if (text.length() > limits.textChars()) {
                cut = true;
                break;
            }
            append(text, piece.text);
            append(original, piece.original);
        }
        return only == null || text == null || original == null
                ? only
                : new Piece(text.toString(), original.toString(), only.type, only.charset);
    }

    private static void append(StringBuilder text, String below) {
        if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        text.append(below);
    }

    private Piece decode(Entity entity, String type) {
        Slice slice =
                TransferEncoding.decode(entity.octets(), entity.offset(), entity.length(), entity.fields(), defects);
        TextDecoder.Decoded decoded =
                TextDecoder.decode(slice, entity.parameter("charset"), limits.textChars(), entity.place(), defects);
        cut |= !decoded.whole();
        String text = PlainText.clean(decoded.text());
        String original = null;
        if (type.equals(HTML)) {
            // Markup and text together are bounded as text is: a tree costs many times what its source does.
            if (text.length() > limits.textChars()) {
                cut = true;
                text = text.substring(0, limits.textChars());
            }
            text = PlainText.clean(HtmlText.of(text, limits.textChars()));
        } else if ("flowed".equalsIgnoreCase(entity.parameter("format"))) {
            original = text;
            text = FlowedText.unflow(text, "yes".equalsIgnoreCase(entity.parameter("delsp")));
        }
        return new Piece(text, original == null ? text : original, type.equals(HTML) ? HTML : PLAIN, decoded.charset());
    }
}
