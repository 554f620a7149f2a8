package org.listlens.authentication;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.ReceivedSpf;
import org.listlens.trace.IpAddress;

/** Reads Received-SPF (RFC 7208 §9.1): a result, a comment, and {@code key=value} pairs; only the result must be there. */
final class ReceivedSpfParser {
    private static final int MAX_PAIRS = 50;

    /** How many words of a comment are looked at for an address. */
    private static final int MAX_WORDS = 50;

    private ReceivedSpfParser() {}

    /**
     * What such a field holds.
     *
     * @param spf {@code null} when it does not begin with a result
     * @param malformed whether something in it could not be read
     */
    record Payload(@Nullable ReceivedSpf spf, boolean malformed) {}

    /** @param below how many trace fields stand below the field */
    static Payload parse(String value, int below, Way way) {
        FieldScanner scanner = new FieldScanner(value);
        scanner.skip();
        String result = scanner.lowerName();
        if (!isResult(result)) {
            return new Payload(null, true);
        }
        String clientIp = null;
        String envelopeFrom = null;
        String helo = null;
        String receiver = null;
        String identity = null;
        String mechanism = null;
        scanner.skip();
        for (int pairs = 0; !scanner.atEnd() && pairs < MAX_PAIRS; scanner.skip()) {
            if (scanner.take(';')) {
                continue;
            }
            String key = scanner.lowerName();
            scanner.skip();
            if (!scanner.take('=')) {
                scanner.noteMalformed();
                if (key.isEmpty()) {
                    scanner.passOver();
                }
                continue;
            }
            pairs++;
            String text = scanner.valueOfPair(false);
            switch (key) {
                case "client-ip" -> clientIp = clientIp == null ? address(text) : clientIp;
                case "envelope-from" -> envelopeFrom = envelopeFrom == null ? text : envelopeFrom;
                case "helo" -> helo = known(helo, text);
                case "receiver" -> receiver = text.equalsIgnoreCase("unknown") ? receiver : known(receiver, text);
                case "identity" -> identity = known(identity, text);
                case "mechanism" -> mechanism = known(mechanism, text);
                default -> {}
            }
        }
        String comment = scanner.takeComments();
        return new Payload(
                new ReceivedSpf(
                        result,
                        comment,
                        clientIp == null ? addressIn(comment) : clientIp,
                        envelopeFrom,
                        helo,
                        receiver,
                        identity,
                        mechanism,
                        way.hop(below, receiver == null ? null : receiver.toLowerCase(Locale.ROOT))),
                scanner.malformed());
    }

    /** The first address among the words of a comment: {@code designates 192.0.2.1 as permitted sender}. */
    static @Nullable String addressIn(@Nullable String comment) {
        if (comment == null) {
            return null;
        }
        int at = 0;
        for (int words = 0; words < MAX_WORDS && at < comment.length(); words++) {
            int blank = comment.indexOf(' ', at);
            int end = blank < 0 ? comment.length() : blank;
            int start = comment.startsWith("ip=", at) ? at + 3 : at;
            String address = IpAddress.canonical(comment, start, end);
            if (address == null && end > start && isPunctuation(comment.charAt(end - 1))) {
                address = IpAddress.canonical(comment, start, end - 1);
            }
            if (address != null) {
                return address;
            }
            at = end + 1;
        }
        return null;
    }

    static @Nullable String address(@Nullable String text) {
        return text == null ? null : IpAddress.canonical(text, 0, text.length());
    }

    private static @Nullable String known(@Nullable String first, String text) {
        return first == null && !text.isEmpty() ? text : first;
    }

    private static boolean isPunctuation(char c) {
        return c == ',' || c == ':' || c == ';';
    }

    private static boolean isResult(String word) {
        return switch (word) {
            case "pass",
                    "fail",
                    "softfail",
                    "neutral",
                    "none",
                    "temperror",
                    "permerror",
                    "error",
                    "unknown",
                    "hardfail" -> true;
            default -> false;
        };
    }
}
