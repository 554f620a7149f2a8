package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Hop;

/** Collects what a line says about the host that wrote it and its software. */
final class ReceiverReader {
    private final String line;

    private boolean present;
    private boolean running;
    private @Nullable String host;
    private @Nullable String ip;
    private @Nullable Software software;
    /** A version without the name of its software. */
    private @Nullable String version;

    private int nameStart;
    private int nameEnd;
    private int names;

    ReceiverReader(String line) {
        this.line = line;
    }

    /** Notes that there is a {@code by} clause. */
    void begin() {
        present = true;
    }

    boolean isPresent() {
        return present;
    }

    boolean hasName() {
        return host != null;
    }

    @Nullable
    String host() {
        return host;
    }

    @Nullable
    String ip() {
        return ip;
    }

    @Nullable
    Software software() {
        return software;
    }

    void software(Software found) {
        software = found;
    }

    /** Names the software whose version alone a comment told: {@code with SpamAssassin (version 3.0.2)}. */
    void nameVersion(String name) {
        if (software == null && version != null) {
            software = new Software(name, version);
        }
    }

    /** A word of the clause itself. */
    void word(int start, int end) {
        int to = end;
        while (to > start && line.charAt(to - 1) == ',') {
            to--;
        }
        if (running) {
            software = new Software(line.substring(start, to), null);
            running = false;
        } else if (hasLetterOrDigit(start, to)) {
            if (host == null) {
                name(start, to);
            } else if (line.regionMatches(true, start, "running", 0, 7) && to - start == 7) {
                running = true;
            } else if (line.charAt(start) == '[') {
                address(start, to);
            } else if (names > 0 && nameEnd >= nameStart) {
                nameEnd = to;
                names++;
            }
        }
    }

    private void name(int start, int end) {
        nameStart = start;
        nameEnd = end;
        names = 1;
        int open = line.charAt(start) == '[' ? start + 1 : start;
        int close = line.charAt(end - 1) == ']' ? end - 1 : end;
        ip = IpAddress.canonical(line, open, close);
        String text = line.substring(start, end);
        // debbugs writes an address.
        host = ip != null ? ip : HostName.canonical(text.substring(text.lastIndexOf('@') + 1));
    }

    /** A comment after {@code by} or {@code with}: an address or software. */
    void comment(Words words, boolean ofHost) {
        if (ofHost) {
            for (int i = 0; i < words.size(); i++) {
                // Four numbers beside a name are a version.
                boolean bracketed = line.indexOf('[', words.start(i), words.end(i)) >= 0;
                if ((bracketed || words.size() == 1) && address(words.start(i), words.end(i))) {
                    return;
                }
            }
        }
        if (software == null) {
            software = Software.of(words);
            if (software == null && version == null) {
                version = Software.versionOf(words);
            }
        }
    }

    private boolean address(int start, int end) {
        int open = line.indexOf('[', start, end);
        int from = open < 0 ? start : open + 1;
        int close = open < 0 ? end : line.indexOf(']', from, end);
        if (close < 0 || (open < 0 && hasLeadingZero(from, close))) {
            return false;
        }
        String text = IpAddress.canonical(line, from, close);
        if (text == null) {
            int colon = line.indexOf(':', from, close);
            text = colon < 0 ? null : IpAddress.canonical(line, from, colon);
        }
        if (text != null && ip == null) {
            ip = text;
        }
        return text != null;
    }

    /** Whether a number begins with a zero, as in the version {@code 7.0.030.2}. */
    private boolean hasLeadingZero(int start, int end) {
        for (int i = start; i + 1 < end; i++) {
            boolean begins = i == start || line.charAt(i - 1) == '.';
            char next = line.charAt(i + 1);
            if (begins && line.charAt(i) == '0' && next >= '0' && next <= '9') {
                return true;
            }
        }
        return false;
    }

    private boolean hasLetterOrDigit(int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isLetterOrDigit(line.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The receiver; {@code null} when the line tells of none. Several words without a dot, as in {@code by Cloudmark
     * Gateway with}, are the name of a product and not of a host.
     *
     * @param cut where the date begins, so that its words are not taken for names
     * @param elsewhere the version of software that writes it elsewhere
     */
    Hop.@Nullable Receiver toReceiver(int cut, @Nullable String elsewhere) {
        String name = host;
        Software product = software;
        if (name != null && names > 1 && ip == null && name.indexOf('.') < 0 && nameEnd <= cut) {
            name = null;
            product = product == null ? new Software(line.substring(nameStart, nameEnd), null) : product;
        }
        if (name == null && ip == null && product == null) {
            return null;
        }
        if (product == null) {
            return new Hop.Receiver(name, ip, null, null);
        }
        String itsVersion = product.version();
        if (itsVersion == null) {
            itsVersion = version == null ? elsewhere : version;
        }
        return new Hop.Receiver(name, ip, product.name(), itsVersion);
    }
}
