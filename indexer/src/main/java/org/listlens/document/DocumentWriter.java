package org.listlens.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents one after another into one buffer, each as an action line and a line of JSON. What is absent
 * ({@code null}, an empty string, an empty list) is not written, and neither is an object or an array that stays empty.
 */
final class DocumentWriter {
    /** How long the lists of a document may make it before they are cut; engines refuse requests of 100 MB. */
    static final int DOCUMENT_BYTES = 8 << 20;

    /** The first and the last second that the engines' dates can hold: years 1 to 9999. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private final Octets out;
    private final MessageDigest sha256;
    private final JsonGenerator json;
    private final char[] date = "0000-00-00T00:00:00.000Z".toCharArray();

    /** The objects and arrays that were started and have nothing in them yet, outermost first. */
    private final Pending[] pending = new Pending[16];

    private int pendingCount;

    private DocumentKind kind = DocumentKind.MESSAGE;
    private String id = "";
    private String hash = "";
    private int start;
    private int sourceStart;
    private int ceiling;
    private boolean truncated;
    private boolean takesAway;

    private record Pending(@Nullable String name, boolean array) {}

    /** A buffer that grows and lets itself be read. */
    static final class Octets extends ByteArrayOutputStream {
        Octets(int capacity) {
            super(capacity);
        }

        void digestTo(MessageDigest digest, int from) {
            digest.update(buf, from, count - from);
        }

        int capacity() {
            return buf.length;
        }
    }

    DocumentWriter(Octets out, MessageDigest sha256) throws IOException {
        this.out = out;
        this.sha256 = sha256;
        this.json = JSON.createGenerator(out);
    }

    /** Begins a document with its action line. */
    void begin(String action, DocumentKind kind, String id) throws IOException {
        action(action, kind, id, 0);
        beginSource();
    }

    /** Writes an action line; {@code retries} is how often an update is tried again after a conflict. */
    void action(String action, DocumentKind itsKind, String itsId, int retries) throws IOException {
        action(action, itsKind, itsId, retries, null);
    }

    /** Writes an action line that holds only while the document is in a state. */
    void action(String action, DocumentKind itsKind, String itsId, Revision seen) throws IOException {
        action(action, itsKind, itsId, 0, seen);
    }

    private void action(String action, DocumentKind itsKind, String itsId, int retries, @Nullable Revision seen)
            throws IOException {
        kind = itsKind;
        id = itsId;
        hash = "";
        truncated = false;
        takesAway = false;
        start = position();
        json.writeStartObject();
        json.writeObjectFieldStart(action);
        json.writeStringField("_index", kind.alias());
        json.writeStringField("_id", id);
        if (retries > 0) {
            json.writeNumberField("retry_on_conflict", retries);
        }
        if (seen != null) {
            json.writeNumberField("if_seq_no", seen.seqNo());
            json.writeNumberField("if_primary_term", seen.primaryTerm());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Begins the document of the action line before. */
    void beginSource() throws IOException {
        sourceStart = position();
        ceiling = DOCUMENT_BYTES;
        json.writeStartObject();
    }

    /** Lets the digest of this document cover a text that is not in it. To be called right before {@link #seal}. */
    void digest(String text) {
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes the digest of everything that the document has so far. What follows does not count: it may change without
     * the mail.
     */
    void seal() throws IOException {
        json.flush();
        out.digestTo(sha256, sourceStart);
        hash = Digests.hex(sha256);
    }

    /**
     * Writes {@code event.hash}, the digest of what the document had when it was {@linkplain #seal() sealed}, or has
     * now, and returns it. What follows, a few lists at most, has an allowance of its own.
     */
    String hash() throws IOException {
        if (hash.isEmpty()) {
            seal();
        }
        startObject("event");
        string("hash", hash);
        endObject();
        ceiling = position() - sourceStart + (DOCUMENT_BYTES >> 3);
        return hash;
    }

    /** Ends the document. */
    EncodedDocument end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
        return new EncodedDocument(kind, id, hash, start, sourceStart, position());
    }

    /** Ends the last document; returns everything that was written. */
    byte[] finish() throws IOException {
        json.close();
        return out.toByteArray();
    }

    void startObject(String name) {
        pending[pendingCount++] = new Pending(name, false);
    }

    /** Starts an object in an array. */
    void startElement() {
        pending[pendingCount++] = new Pending(null, false);
    }

    void endObject() throws IOException {
        if (pendingCount > 0) {
            pendingCount--;
        } else {
            json.writeEndObject();
        }
    }

    void startArray(String name) {
        pending[pendingCount++] = new Pending(name, true);
    }

    void endArray() throws IOException {
        if (pendingCount > 0) {
            pendingCount--;
        } else {
            json.writeEndArray();
        }
    }

    /**
     * Whether the document has become so long that no more elements belong into its lists. Asking notes that some were
     * left out, so ask only with an element at hand.
     */
    boolean full() {
        if (position() - sourceStart < ceiling) {
            return false;
        }
        truncated = true;
        return true;
    }

    /** Whether elements were left out of this document because it was {@link #full()}. */
    boolean truncated() {
        return truncated;
    }

    void string(String name, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            name(name);
            text(value);
        }
    }

    void strings(String name, List<String> values) throws IOException {
        startArray(name);
        for (int i = 0; i < values.size() && !full(); i++) {
            element(values.get(i));
        }
        endArray();
    }

    /** Writes a string in an array. */
    void element(@Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            open();
            text(value);
        }
    }

    void number(String name, long value) throws IOException {
        name(name);
        json.writeNumber(value);
    }

    void number(String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            number(name, value.longValue());
        }
    }

    void number(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            number(name, value.longValue());
        }
    }

    void numbers(String name, List<Integer> values) throws IOException {
        startArray(name);
        for (int i = 0; i < values.size() && !full(); i++) {
            open();
            json.writeNumber(values.get(i));
        }
        endArray();
    }

    void decimal(String name, double value) throws IOException {
        name(name);
        json.writeNumber(value);
    }

    /** Writes {@code null}, over what an older version of the document has. */
    void nothing(String name) throws IOException {
        name(name);
        json.writeNull();
        takesAway = true;
    }

    /** Whether this document has {@code null} for a field. */
    boolean takesAway() {
        return takesAway;
    }

    void bool(String name, boolean value) throws IOException {
        name(name);
        json.writeBoolean(value);
    }

    /** Writes a time as {@code 2021-07-06T13:45:36.000Z}; one that no engine can hold is left out. */
    void time(String name, @Nullable Instant time) throws IOException {
        if (time == null || !representable(time)) {
            return;
        }
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        digits(0, 4, utc.getYear());
        digits(5, 2, utc.getMonthValue());
        digits(8, 2, utc.getDayOfMonth());
        digits(11, 2, utc.getHour());
        digits(14, 2, utc.getMinute());
        digits(17, 2, utc.getSecond());
        digits(20, 3, time.getNano() / 1_000_000);
        name(name);
        json.writeString(date, 0, date.length);
    }

    /** Writes an offset from UTC as {@code +03:00}; UTC itself is {@code +00:00}. */
    void zone(String name, @Nullable ZoneOffset offset) throws IOException {
        if (offset != null) {
            string(name, offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId());
        }
    }

    /** Whether the engines' dates can hold a time. */
    static boolean representable(Instant time) {
        return time.getEpochSecond() >= FIRST_SECOND && time.getEpochSecond() <= LAST_SECOND;
    }

    private void digits(int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            date[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private void name(String name) throws IOException {
        open();
        json.writeFieldName(name);
    }

    private void open() throws IOException {
        for (int i = 0; i < pendingCount; i++) {
            Pending next = pending[i];
            if (next.name() != null) {
                json.writeFieldName(next.name());
            }
            if (next.array()) {
                json.writeStartArray();
            } else {
                json.writeStartObject();
            }
        }
        pendingCount = 0;
    }

    /**
     * Writes a string. The platform's encoder and the generator's way for UTF-8 take a third of the time of the
     * generator's own encoding, but leave a {@code ?} for half a surrogate pair.
     */
    private void text(String value) throws IOException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        for (byte octet : utf8) {
            if (octet == '?') {
                utf8 = wellFormed(value).getBytes(StandardCharsets.UTF_8);
                break;
            }
        }
        json.writeUTF8String(utf8, 0, utf8.length);
    }

    private int position() {
        return out.size() + json.getOutputBuffered();
    }

    /** Replaces surrogates without their other half by U+FFFD: UTF-8 cannot hold them. */
    static String wellFormed(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (i + 1 < length && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
                    i++;
                } else {
                    return repaired(value, i);
                }
            }
        }
        return value;
    }

    private static String repaired(String value, int from) {
        char[] chars = value.toCharArray();
        for (int i = from; i < chars.length; i++) {
            if (Character.isSurrogate(chars[i])) {
                if (i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1])) {
                    i++;
                } else {
                    chars[i] = '\uFFFD';
                }
            }
        }
        return new String(chars);
    }
}
