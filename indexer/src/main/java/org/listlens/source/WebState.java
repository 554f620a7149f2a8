package org.listlens.source;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * What tells without reading a file on a web server that it is as it was (RFC 9110 §8.8).
 *
 * @param etag empty when the server sends none
 * @param modified Last-Modified as it stands in the answer; empty when there is none
 * @param length octets of the whole file; -1 when the server does not say
 */
record WebState(String etag, String modified, long length) {
    static WebState of(HttpResponse<InputStream> answer) {
        HttpHeaders headers = answer.headers();
        return new WebState(
                headers.firstValue("ETag").orElse(""),
                headers.firstValue("Last-Modified").orElse(""),
                answer.statusCode() == 206
                        ? total(headers.firstValue("Content-Range").orElse(""))
                        : number(headers.firstValue("Content-Length").orElse("")));
    }

    /** What a position has noted. */
    static WebState of(Map<String, String> noted) {
        return new WebState(
                noted.getOrDefault("etag", ""),
                noted.getOrDefault("modified", ""),
                number(noted.getOrDefault("length", "")));
    }

    void put(Map<String, String> state) {
        state.put("etag", etag);
        state.put("modified", modified);
        state.put("length", Long.toString(length));
    }

    /** Whether both are states of a file that has not changed, as far as the server tells. */
    boolean isSame(WebState other) {
        if (!etag.isEmpty() || !other.etag.isEmpty()) {
            return etag.equals(other.etag);
        }
        return !modified.isEmpty() && modified.equals(other.modified) && length == other.length;
    }

    /** The value for If-Range (RFC 9110 §13.1.5), which takes no weak ETag; empty when there is nothing to give. */
    String validator() {
        return etag.isEmpty() || etag.startsWith("W/") ? modified : etag;
    }

    /** The number behind the slash of {@code bytes 0-99/100}. */
    private static long total(String contentRange) {
        return number(contentRange.substring(contentRange.lastIndexOf('/') + 1));
    }

    /** The first octet of {@code bytes 0-99/100}; -1 when there is none. */
    static long start(HttpResponse<InputStream> answer) {
        String range = answer.headers().firstValue("Content-Range").orElse("").strip();
        int dash = range.indexOf('-');
        return range.startsWith("bytes ") && dash > 0 ? number(range.substring(6, dash)) : -1;
    }

    private static long number(String text) {
        try {
            return Math.max(-1, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
