package org.listlens.generate;

import java.util.List;
import java.util.Locale;

/** What can be wrong with a mail, and the labels of the defects that a reader of it names. */
@SuppressWarnings("ImmutableEnumChecker") // Lists made by List.of.
enum Malformation {
    MISSING_MESSAGE_ID(true, "missing-message-id"),
    /** The Message-ID of an earlier mail of the thread on another text. */
    REUSED_MESSAGE_ID(true),
    INVALID_DATE(false, "invalid-date"),
    MISSING_DATE(false, "missing-date"),
    /** A Date years away from when the mail was sent. */
    DATE_DECADES_OFF(false),
    MISSING_BLANK_LINE(false, "missing-blank-line"),
    RAW_8BIT_HEADER(false, "raw-8bit-header"),
    NUL_IN_HEADER(false, "nul-in-header"),
    STRAY_HEADER_LINE(false, "stray-header-line"),
    FROM_LINE_IN_HEADER(false, "from-line-in-header"),
    SPACE_BEFORE_COLON(false, "space-before-colon"),
    INVALID_ENCODED_WORD(false, "invalid-encoded-word"),
    MISSING_FROM(false, "missing-from"),
    DUPLICATE_FIELD(false, "duplicate-field"),
    UNTERMINATED_MULTIPART(false, "unterminated-multipart"),
    MISSING_BOUNDARY(false, "missing-boundary"),
    UNKNOWN_CHARSET(false, "unknown-charset"),
    WRONG_CHARSET(false, "wrong-charset"),
    UNKNOWN_TRANSFER_ENCODING(false, "unknown-transfer-encoding"),
    RECEIVED_WITHOUT_DATE(false, "received-without-date"),
    RECEIVED_INVALID_DATE(false, "received-invalid-date");

    private final boolean leafOnly;
    private final List<String> defects;

    Malformation(boolean leafOnly, String... defects) {
        this.leafOnly = leafOnly;
        this.defects = List.of(defects);
    }

    /** Whether only a mail without replies may have it, because replies could not name their parent. */
    boolean leafOnly() {
        return leafOnly;
    }

    /** The labels of the indexer's defect codes. */
    List<String> defects() {
        return defects;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
