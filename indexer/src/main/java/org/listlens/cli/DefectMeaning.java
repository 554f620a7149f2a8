package org.listlens.cli;

import org.listlens.mail.DefectCode;

/** What defects mean, for those who do not read RFCs. */
final class DefectMeaning {
    private DefectMeaning() {}

    /** The meaning as a clause that follows the defect's name. */
    static String of(DefectCode code) {
        return switch (code) {
            case EMPTY_MAIL -> "the mail is empty";
            case MAIL_TRUNCATED -> "the mail is larger than the limit; the rest was not read";
            case BYTE_ORDER_MARK -> "the mail begins with a byte order mark";
            case LEADING_BLANK_LINES -> "blank lines before the header";
            case NUL_IN_HEADER -> "NUL octets in the header";
            case BARE_CR -> "lines of the header end with a lone CR";
            case LINE_BREAKS_LOST -> "the line breaks between the header fields were lost, as when a mail is pasted";
            case NO_HEADER -> "the mail has no header";
            case MISSING_BLANK_LINE -> "no blank line between header and body";
            case STRAY_HEADER_LINE -> "a line in the header that is no field";
            case FROM_LINE_IN_HEADER -> "an mbox From line inside the header";
            case SPACE_BEFORE_COLON -> "blanks between a field's name and its colon";
            case FIELD_TOO_LONG -> "a field longer than the limit was cut";
            case TOO_MANY_FIELDS -> "more fields than the limit; the rest was not read";
            case DUPLICATE_FIELD -> "a field that may stand once stands more often; the first counts";
            case RAW_8BIT_HEADER -> "octets above 127 in the header that are not UTF-8";
            case INVALID_ENCODED_WORD -> "an encoded word that cannot be decoded";
            case MISSING_MESSAGE_ID -> "no Message-ID";
            case INVALID_MESSAGE_ID -> "a Message-ID that is not as RFC 5322 wants it";
            case MISSING_DATE -> "no Date";
            case INVALID_DATE -> "a Date that cannot be read";
            case MISSING_FROM -> "no From";
            case INVALID_ADDRESS -> "an address that is not as RFC 5322 wants it";
            case OBSCURED_ADDRESS -> "an address that the archive has obscured, and that was made one again";
            case TOO_MANY_ADDRESSES -> "more addresses than the limit; the rest was left out";
            case TOO_MANY_REFERENCES -> "more References than the limit; some were left out";
            case TOO_MANY_LISTS -> "fields of more than 100 lists; the rest was left out";
            case MISSING_TRACE -> "the archive has kept no Received line, so that nothing is known of the mail's way";
            case RECEIVED_WITHOUT_DATE -> "a Received line without a date";
            case RECEIVED_INVALID_DATE -> "a Received line whose date cannot be read";
            case RECEIVED_UNPARSED -> "a Received line without host, protocol or id";
            case TOO_MANY_HOPS -> "more hops than the limit; some were left out";
            case INVALID_AUTHENTICATION_RESULTS -> "authentication results of which something cannot be read";
            case INVALID_RECEIVED_SPF -> "a Received-SPF of which something cannot be read";
            case INVALID_DKIM_SIGNATURE -> "a DKIM-Signature without tags that it must have";
            case INVALID_ARC_FIELD -> "an ARC field without its instance or tags that it must have";
            case INCOMPLETE_ARC_SET -> "an ARC set without one of its three fields";
            case DUPLICATE_ARC_INSTANCE -> "an ARC field that stands twice with one instance; the newer counts";
            case TOO_MANY_AUTHENTICATION_FIELDS -> "more authentication fields than the limit; the newest were read";
            case INVALID_CONTENT_TYPE -> "a Content-Type that cannot be read";
            case MISSING_BOUNDARY -> "a multipart whose boundary is not named or does not occur";
            case UNTERMINATED_MULTIPART -> "a multipart without its closing boundary";
            case NESTING_TOO_DEEP -> "parts nested deeper than the limit; they were not read";
            case TOO_MANY_PARTS -> "more parts than the limit; the rest was not read";
            case UNKNOWN_TRANSFER_ENCODING -> "a transfer encoding that nobody knows";
            case INVALID_TRANSFER_ENCODING -> "base64 or quoted-printable with octets that do not belong";
            case UNKNOWN_CHARSET -> "a charset that nobody knows; a detected one was used";
            case WRONG_CHARSET -> "text that is not in the charset that it declares; a detected one was used";
            case MALFORMED_TEXT -> "text with octets that its charset does not have";
            case TEXT_TOO_LONG -> "the text is longer than the limit and was cut";
            case DOCUMENT_TRUNCATED -> "the document was larger than an engine takes; some of its lists were cut";
        };
    }
}
