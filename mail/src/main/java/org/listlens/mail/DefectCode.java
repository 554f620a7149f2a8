package org.listlens.mail;

import java.util.Locale;

/** Every defect that parsing names; none of them keeps a mail from becoming a document. */
public enum DefectCode {
    // The mail as a whole.
    /** The mail has no octets but blanks and line ends. */
    EMPTY_MAIL,
    /** The mail is larger than the limit; what lies beyond was not read. */
    MAIL_TRUNCATED,
    /** The octets begin with a byte order mark. */
    BYTE_ORDER_MARK,
    /** Blank lines before the header. */
    LEADING_BLANK_LINES,
    /** NUL octets in the header. */
    NUL_IN_HEADER,
    /** Lines of the header end with a lone CR. */
    BARE_CR,
    /** The line breaks between the header fields were lost, as when a mail is pasted into a form. */
    LINE_BREAKS_LOST,

    // The header's shape.
    /** No header field at all. */
    NO_HEADER,
    /** The body begins without a blank line before it. */
    MISSING_BLANK_LINE,
    /** A line in the header that is neither a field nor a continuation. */
    STRAY_HEADER_LINE,
    /** An mbox {@code From } or {@code >From } line inside the header. */
    FROM_LINE_IN_HEADER,
    /** Blanks between a field name and its colon (RFC 5322 §4.5). */
    SPACE_BEFORE_COLON,
    /** A field longer than the limit was cut. */
    FIELD_TOO_LONG,
    /** More fields than the limit. */
    TOO_MANY_FIELDS,
    /** A field that may stand once (RFC 5322 §3.6) stands more often; the first counts. */
    DUPLICATE_FIELD,
    /** Octets above 127 in the header that are not UTF-8 (RFC 6532). */
    RAW_8BIT_HEADER,
    /** An encoded word (RFC 2047) that cannot be decoded. */
    INVALID_ENCODED_WORD,

    // Single fields.
    MISSING_MESSAGE_ID,
    INVALID_MESSAGE_ID,
    MISSING_DATE,
    INVALID_DATE,
    MISSING_FROM,
    /** An address that does not follow RFC 5322 §3.4, kept as written. */
    INVALID_ADDRESS,
    /** An address that an archive has obscured, as in {@code jane at example.org}; it was made one again. */
    OBSCURED_ADDRESS,
    TOO_MANY_ADDRESSES,
    TOO_MANY_REFERENCES,
    TOO_MANY_LISTS,

    // Trace.
    /** An archive that obscures addresses has kept no Received line either: nothing is known of the mail's way. */
    MISSING_TRACE,
    /** A Received line without anything that looks like a date. */
    RECEIVED_WITHOUT_DATE,
    /** A Received line whose date cannot be read. */
    RECEIVED_INVALID_DATE,
    /** A Received line in which no host, protocol or id could be found. */
    RECEIVED_UNPARSED,
    TOO_MANY_HOPS,

    // Authentication.
    /** An Authentication-Results or ARC-Authentication-Results field of which something could not be read (RFC 8601). */
    INVALID_AUTHENTICATION_RESULTS,
    /** A Received-SPF field of which something could not be read (RFC 7208 §9.1). */
    INVALID_RECEIVED_SPF,
    /** A DKIM-Signature that is no list of tags, or lacks one that it must have (RFC 6376 §3.5). */
    INVALID_DKIM_SIGNATURE,
    /** An ARC field without an instance from 1 to 50, or without a tag that it must have (RFC 8617 §4). */
    INVALID_ARC_FIELD,
    /** An ARC set that lacks one of its three fields, or all of them below a higher instance (RFC 8617 §5.2). */
    INCOMPLETE_ARC_SET,
    /** An ARC field that stands twice with one instance; the newer counts. */
    DUPLICATE_ARC_INSTANCE,
    /** More authentication fields of a kind, or more results in one, than are read; the newest are. */
    TOO_MANY_AUTHENTICATION_FIELDS,

    // Body.
    INVALID_CONTENT_TYPE,
    /** A multipart that names no boundary, or whose boundary does not occur. */
    MISSING_BOUNDARY,
    /** A multipart without its closing boundary. */
    UNTERMINATED_MULTIPART,
    NESTING_TOO_DEEP,
    TOO_MANY_PARTS,
    UNKNOWN_TRANSFER_ENCODING,
    /** Base64 or quoted-printable with octets that do not belong. */
    INVALID_TRANSFER_ENCODING,
    /** A charset that nobody knows; the text was decoded with a detected one. */
    UNKNOWN_CHARSET,
    /** The text is not in the charset that it declares; a detected one was used. */
    WRONG_CHARSET,
    /** The text has octets that its charset does not have; they became U+FFFD. */
    MALFORMED_TEXT,
    /** The text is longer than the limit and was cut. */
    TEXT_TOO_LONG,

    // Document.
    /** The document would have become larger than an engine takes; the rest of its header lines or lists was left out. */
    DOCUMENT_TRUNCATED;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The code under which documents hold this defect: lower case, {@code -} between words. */
    public String label() {
        return label;
    }
}
