package org.listlens.document;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
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

    /** How deep objects and arrays lie in each other; documents have six levels at most. */
    private static final int DEPTH = 16;

    private static final long DAY_SECONDS = 86_400;

    private final JsonBuffer out;
    private final MessageDigest sha256;

    /** Where each object and array that is open begins, with its comma and its name, outermost first. */
    private final int[] starts = new int[DEPTH];

    /** Where what is in it begins. */
    private final int[] contents = new int[DEPTH];

    private int depth;

    /** The day last written, in days since 1970. */
    private long day = Long.MIN_VALUE;

    private String dayText = "";

    private DocumentKind kind = DocumentKind.MESSAGE;
    private String id = "";
    private String hash = "";
    private int start;
    private int sourceStart;
    private int ceiling;
    private boolean truncated;
    private boolean takesAway;

    DocumentWriter(JsonBuffer out, MessageDigest sha256) {
        this.out = out;
        this.sha256 = sha256;
    }

    /** Begins a document with its action line. */
    void begin(String action, DocumentKind kind, String id) {
        action(action, kind, id, 0);
        beginSource();
    }

    /** Writes an action line; {@code retries} is how often an update is tried again after a conflict. */
    void action(String action, DocumentKind itsKind, String itsId, int retries) {
        action(action, itsKind, itsId, retries, null);
    }

    /** Writes an action line that holds only while the document is in a state. */
    void action(String action, DocumentKind itsKind, String itsId, Revision seen) {
        action(action, itsKind, itsId, 0, seen);
    }

    private void action(String action, DocumentKind itsKind, String itsId, int retries, @Nullable Revision seen) {
        kind = itsKind;
        id = itsId;
        hash = "";
        truncated = false;
        takesAway = false;
        start = out.size();
        out.put("{\"");
        out.put(action);
        out.put("\":{");
        out.name("_index");
        out.string(kind.alias());
        out.name("_id");
        out.string(id);
        if (retries > 0) {
            number("retry_on_conflict", retries);
        }
        if (seen != null) {
            number("if_seq_no", seen.seqNo());
            number("if_primary_term", seen.primaryTerm());
        }
        out.put("}}\n");
    }

    /** Begins the document of the action line before. */
    void beginSource() {
        sourceStart = out.size();
        ceiling = DOCUMENT_BYTES;
        out.put('{');
    }

    /** Lets the digest of this document cover a text that is not in it. To be called right before {@link #seal}. */
    void digest(byte[] text) {
        sha256.update(text);
    }

    /**
     * Takes the digest of everything that the document has so far. What follows does not count: it may change without
     * the mail.
     */
    void seal() {
        out.digestTo(sha256, sourceStart);
        hash = Digests.hex(sha256);
    }

    /**
     * Writes {@code event.hash}, the digest of what the document had when it was {@linkplain #seal() sealed}, or has
     * now, and returns it. What follows, a few lists at most, has an allowance of its own.
     */
    String hash() {
        if (hash.isEmpty()) {
            seal();
        }
        startObject("event");
        string("hash", hash);
        endObject();
        ceiling = out.size() - sourceStart + (DOCUMENT_BYTES >> 3);
        return hash;
    }

    /** Ends the document. */
    EncodedDocument end() {
        out.put("}\n");
        return new EncodedDocument(kind, id, hash, start, sourceStart, out.size());
    }

    /** Everything that was written. */
    byte[] finish() {
        return out.toByteArray();
    }

    void startObject(String name) {
        int from = out.size();
        out.name(name);
        start(from, '{');
    }

    /** Starts an object in an array. */
    void startElement() {
        int from = out.size();
        out.comma();
        start(from, '{');
    }

    void endObject() {
        end('}');
    }

    void startArray(String name) {
        int from = out.size();
        out.name(name);
        start(from, '[');
    }

    void endArray() {
        end(']');
    }

    private void start(int from, char bracket) {
        out.put(bracket);
        starts[depth] = from;
        contents[depth] = out.size();
        depth++;
    }

    private void end(char bracket) {
        depth--;
        if (out.size() == contents[depth]) {
            out.truncate(starts[depth]);
        } else {
            out.put(bracket);
        }
    }

    /** How far this document, or what else is written, has come: for {@link #members}. */
    int position() {
        return out.size();
    }

    /** The members that were written since a position; {@code null} when lists were cut there, or may have been. */
    @Nullable
    Members members(int from) {
        return truncated ? null : new Members(from, out.size());
    }

    /** Some members of an object, as they lie in the buffer. */
    record Members(int from, int to) {}

    /**
     * Writes members again that an object before had.
     *
     * @return whether they were written; not if {@code null}, or if they might have to be cut here
     */
    boolean again(@Nullable Members members) {
        if (members == null || out.size() - sourceStart + members.to() - members.from() >= ceiling) {
            return false;
        }
        out.membersAgain(members.from(), members.to());
        return true;
    }

    /**
     * Whether the document has become so long that no more elements belong into its lists. Asking notes that some were
     * left out, so ask only with an element at hand.
     */
    boolean full() {
        if (written() - sourceStart < ceiling) {
            return false;
        }
        truncated = true;
        return true;
    }

    /** Whether elements were left out of this document because it was {@link #full()}. */
    boolean truncated() {
        return truncated;
    }

    void string(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.name(name);
            out.string(value);
        }
    }

    void strings(String name, List<String> values) {
        startArray(name);
        for (int i = 0; i < values.size() && !full(); i++) {
            element(values.get(i));
        }
        endArray();
    }

    /** Writes a string in an array. */
    void element(@Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.comma();
            out.string(value);
        }
    }

    /** Starts a string in an array that is written in parts, of which one at least is not empty. */
    void startText() {
        out.comma();
        out.put('"');
    }

    void text(String part) {
        out.text(part);
    }

    void text(long part) {
        out.number(part);
    }

    void endText() {
        out.put('"');
    }

    void number(String name, long value) {
        out.name(name);
        out.number(value);
    }

    void number(String name, @Nullable Integer value) {
        if (value != null) {
            number(name, value.longValue());
        }
    }

    void number(String name, @Nullable Long value) {
        if (value != null) {
            number(name, value.longValue());
        }
    }

    void numbers(String name, List<Integer> values) {
        startArray(name);
        for (int i = 0; i < values.size() && !full(); i++) {
            out.comma();
            out.number(values.get(i));
        }
        endArray();
    }

    void decimal(String name, double value) {
        out.name(name);
        out.put(Double.toString(value));
    }

    /** Writes {@code null}, over what an older version of the document has. */
    void nothing(String name) {
        out.name(name);
        out.put("null");
        takesAway = true;
    }

    /** Whether this document has {@code null} for a field. */
    boolean takesAway() {
        return takesAway;
    }

    void bool(String name, boolean value) {
        out.name(name);
        out.put(value ? "true" : "false");
    }

    /** Writes a time as {@code 2021-07-06T13:45:36.000Z}; one that no engine can hold is left out. */
    void time(String name, @Nullable Instant time) {
        if (time == null || !representable(time)) {
            return;
        }
        out.name(name);
        out.put('"');
        day(Math.floorDiv(time.getEpochSecond(), DAY_SECONDS));
        int second = (int) Math.floorMod(time.getEpochSecond(), DAY_SECONDS);
        out.put('T');
        out.digits(second / 3600, 2);
        out.put(':');
        out.digits(second / 60 % 60, 2);
        out.put(':');
        out.digits(second % 60, 2);
        out.put('.');
        out.digits(time.getNano() / 1_000_000, 3);
        out.put("Z\"");
    }

    /** Writes a day in a string, counted from 1970-01-01. */
    void day(long epochDay) {
        if (epochDay != day) {
            // Most times of a mail are of one day.
            dayText = LocalDate.ofEpochDay(epochDay).toString();
            day = epochDay;
        }
        out.put(dayText);
    }

    /** Writes an offset from UTC as {@code +03:00}; UTC itself is {@code +00:00}. */
    void zone(String name, @Nullable ZoneOffset offset) {
        if (offset != null) {
            string(name, offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId());
        }
    }

    /** Whether the engines' dates can hold a time. */
    static boolean representable(Instant time) {
        return time.getEpochSecond() >= FIRST_SECOND && time.getEpochSecond() <= LAST_SECOND;
    }

    /** How much is written, objects and arrays aside that have nothing in them yet. */
    private int written() {
        int written = out.size();
        for (int i = depth - 1; i >= 0 && contents[i] == written; i--) {
            written = starts[i];
        }
        return written;
    }
}
