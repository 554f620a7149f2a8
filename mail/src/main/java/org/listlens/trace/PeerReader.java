package org.listlens.trace;

import org.jspecify.annotations.Nullable;
import org.listlens.mail.Hop;

/** Collects what the {@code from} clause and its comments say about the host that handed the mail over. */
final class PeerReader {
    private final String line;

    private boolean present;
    private @Nullable String name;
    private @Nullable String nameIp;
    private @Nullable String helo;
    private @Nullable String host;
    private @Nullable String ip;
    private @Nullable Integer port;
    private @Nullable String user;
    private boolean heloNamed;
    private boolean described;

    /** The address was followed by {@code verified}: CommuniGate found that it is the one of the name. */
    private boolean verified;

    /** A comment stands right behind the name, without a blank: Obtuse smtpd's and smap's {@code RDNS(IP)}. */
    private boolean joined;

    private int nameEnd = -1;

    /** The only word of a comment, which could be a host; Exim 2 and 3 write HELO and user so. */
    private @Nullable String lone;

    private @Nullable String secondLone;
    private boolean claiming;
    private boolean bare;

    /** More words than one: {@code mail pickup service}. */
    private boolean phrase;

    PeerReader(String line) {
        this.line = line;
    }

    /** Notes that there is a {@code from} clause. */
    void begin() {
        present = true;
    }

    boolean isPresent() {
        return present;
    }

    boolean hasName() {
        return name != null;
    }

    /** Whether the clause holds nothing but a word that is neither an address nor a name with dots. */
    boolean isWord() {
        return name != null && !described && nameIp == null && name.indexOf('.') < 0;
    }

    /** Whether a comment gave the name in HELO apart, so that the first name is the one by reverse DNS. */
    boolean isHeloNamed() {
        return heloNamed;
    }

    /** Whether a comment or a literal followed the name. */
    boolean isDescribed() {
        return described;
    }

    /** Whether the address stands in a comment without brackets. */
    boolean hasBareIp() {
        return bare;
    }

    /** A word of the clause itself. */
    void word(int start, int end) {
        int to = end;
        while (to > start && line.charAt(to - 1) == ',') {
            to--;
        }
        if (to == start) {
            return;
        }
        if (name == null) {
            name = Words.bare(line, start, to);
            nameEnd = to;
            if (line.charAt(start) == '[') {
                literal(start, to, true);
            } else {
                nameIp = address(start, to);
            }
        } else if (claiming || line.regionMatches(true, start, "claiming", 0, 8)) {
            // Obtuse smtpd: from HOST(IP), claiming to be "HELO".
            claiming = true;
            if (line.charAt(start) == '"') {
                helo = Words.bare(line, start, to);
                heloNamed = true;
            }
        } else if (bracketed(start, to) || bareAddress(start, to)) {
            described = true;
        } else if (!phrase && to - start == 5 && line.startsWith("named", start)) {
            // Gmail's API: from PROJECT named NAME.
            user = name;
            phrase = true;
        } else {
            phrase = true;
        }
    }

    /** {@code (from USER@HOST)} of a mail that was handed over on the host itself, {@code (from HELO [IP])} of others. */
    void local(Words words) {
        present = true;
        described = true;
        if (words.size() > 2 && words.first(2) == '[' && bracketed(words.start(2), words.end(2))) {
            helo = words.bare(1);
        } else {
            plain(words, 1);
        }
    }

    /** {@code network[IP/HOST]} of qmail. */
    void network(String ip, String host) {
        present = true;
        described = true;
        this.ip = IpAddress.canonical(ip, 0, ip.length());
        this.host = HostName.isUnknown(host) ? null : HostName.canonical(host);
    }

    /**
     * A comment of the clause.
     *
     * @param start where its opening parenthesis is
     * @param names whether the comment is about the peer alone; otherwise only addresses in brackets are taken from it
     */
    void comment(Words words, int start, boolean names) {
        described = true;
        joined |= start == nameEnd && nameIp == null;
        for (int i = 0; i < words.size(); i++) {
            if (names && !words.isNested(i)) {
                i = described(words, i);
            } else {
                bracketed(words.start(i), words.end(i));
            }
        }
    }

    /** One word of a comment about the peer; the index of the last word used. */
    private int described(Words words, int i) {
        char c = words.first(i);
        if (words.is(i, "helo") || words.is(i, "ehlo") || words.is(i, "lhlo")) {
            return named(words.bare(i + 1), i + 1);
        }
        if (c == '"') {
            String text = words.bare(i);
            if (text != null && text.length() >= 5 && isGreeting(text)) {
                return named(text.substring(5), i);
            }
            return i;
        }
        if (words.startsWith(i, "helo=")) {
            return named(words.get(i).substring(5), i);
        }
        if (words.startsWith(i, "port=")) {
            port(words.start(i) + 5, words.end(i));
            return i;
        }
        if (words.startsWith(i, "ident=") || words.startsWith(i, "user=")) {
            user = words.get(i).substring(c == 'i' || c == 'I' ? 6 : 5);
            return i;
        }
        if (words.startsWith(i, "ident:")) {
            if (words.length(i) == 6) {
                user = words.bare(i + 1);
                return i + 1;
            }
            atHost(words.start(i) + 6, words.end(i));
            return i;
        }
        if (words.is(i, "proxying") && words.is(i + 1, "for")) {
            return i + 2;
        }
        if (words.is(i, "verified")) {
            verified |= ip != null;
            return i;
        }
        if (words.is(i, "account") || words.is(i, "uid") || line.charAt(words.end(i) - 1) == ':') {
            return i + 1;
        }
        if (!bracketed(words.start(i), words.end(i))) {
            plain(words, i);
        }
        return i;
    }

    private int named(@Nullable String text, int last) {
        heloNamed = true;
        if (text != null && !text.isBlank()) {
            helo = text.strip();
        }
        return last;
    }

    /** {@code EHLO NAME} or {@code HELO NAME}. */
    private static boolean isGreeting(String text) {
        boolean greeting = text.regionMatches(true, 0, "EHLO", 0, 4) || text.regionMatches(true, 0, "HELO", 0, 4);
        return greeting && Tokens.isBlank(text.charAt(4));
    }

    private void plain(Words words, int i) {
        if (i >= words.size()) {
            return;
        }
        int start = words.start(i);
        int end = words.end(i);
        if (bareAddress(start, end)) {
            return;
        }
        int at = last('@', start, end);
        if (at >= 0) {
            atHost(start, end);
        } else if (HostName.isName(line, start, end) && isHost(words, i)) {
            if (host == null) {
                host = HostName.canonical(words.get(i));
                lone = words.size() == 1 ? words.get(i) : null;
            } else if (words.size() == 1 && lone != null && secondLone == null) {
                secondLone = words.get(i);
            }
        }
    }

    /** {@code USER@HOST} or {@code USER@IP}. */
    private void atHost(int start, int end) {
        int at = last('@', start, end);
        if (at < 0) {
            user = line.substring(start, end);
            return;
        }
        if (at > start) {
            user = line.substring(start, at);
        }
        // qmail-ldap marks some addresses: USER@IP_trustedrelay.
        int mark = line.indexOf('_', at + 1, end);
        boolean address = bracketed(at + 1, end) || bareAddress(at + 1, end) || (mark > 0 && bareAddress(at + 1, mark));
        if (!address && host == null && HostName.isName(line, at + 1, end)) {
            String text = line.substring(at + 1, end);
            host = HostName.isUnknown(text) ? null : HostName.canonical(text);
        }
    }

    /** Where a character stands last between two places; -1 where it does not. Looks at nothing beyond them. */
    private int last(char c, int start, int end) {
        int i = end - 1;
        while (i >= start && line.charAt(i) != c) {
            i--;
        }
        return i < start ? -1 : i;
    }

    /**
     * {@code [IP]}, {@code [IP]:PORT}, {@code [IP:PORT]}, {@code [IP.PORT]}, {@code NAME[IP]}, {@code USER@[IP]}, {@code
     * [(IP)]}.
     */
    private boolean bracketed(int start, int end) {
        int open = line.indexOf('[', start, end);
        if (open < 0) {
            return false;
        }
        if (!literal(open, end, false) && open == start) {
            return true;
        }
        if (open > start) {
            if (line.charAt(open - 1) == '@') {
                user = open - 1 > start ? line.substring(start, open - 1) : user;
            } else if (host == null && HostName.isName(line, start, open)) {
                String text = line.substring(start, open);
                host = HostName.isRemark(text) ? null : HostName.canonical(text);
            }
        }
        return true;
    }

    private boolean literal(int open, int end, boolean ofName) {
        int close = line.indexOf(']', open, end);
        if (close < 0) {
            return false;
        }
        int from = open + 1;
        int to = close;
        while (from < to && (line.charAt(from) == '(' || line.charAt(from) == '[' || line.charAt(from) == ' ')) {
            from++;
        }
        while (from < to && (line.charAt(to - 1) == ')' || line.charAt(to - 1) == ' ')) {
            to--;
        }
        String text = IpAddress.canonical(line, from, to);
        if (text == null) {
            int joint = line.indexOf(':', from, to);
            joint = joint < 0 ? last('.', from, to) : joint;
            text = joint < 0 ? null : IpAddress.canonical(line, from, joint);
            if (text == null) {
                return false;
            }
            port(joint + 1, to);
        } else if (close + 1 < end && line.charAt(close + 1) == ':') {
            port(close + 2, end);
        }
        if (ofName) {
            nameIp = text;
        } else if (ip == null) {
            ip = text;
        }
        return true;
    }

    private boolean bareAddress(int start, int end) {
        int from = start < end && line.charAt(start) == '/' ? start + 1 : start;
        String text = address(from, end);
        if (text == null) {
            return false;
        }
        if (ip == null) {
            ip = text;
            bare = true;
        }
        return true;
    }

    private @Nullable String address(int start, int end) {
        if (start >= end) {
            return null;
        }
        String text = IpAddress.canonical(line, start, end);
        int colon = text == null ? last(':', start, end) : -1;
        if (colon > start && line.indexOf('.', start, colon) > 0) {
            text = IpAddress.canonical(line, start, colon);
            if (text != null) {
                port(colon + 1, end);
            }
        }
        return text;
    }

    private void port(int start, int end) {
        int n = 0;
        int at = start;
        while (at < end && at - start < 6 && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            n = n * 10 + line.charAt(at++) - '0';
        }
        if (at > start && n > 0 && n <= 65_535) {
            port = n;
        }
    }

    /** Whether a word is the name of a host: it stands before the address, first, or after {@code actually}. */
    private boolean isHost(Words words, int i) {
        boolean isAddressed = i + 1 < words.size() && words.first(i + 1) == '[';
        boolean isLeading = i == 0 || (i == 1 && words.is(0, "actually"));
        String text = words.get(i);
        boolean isDotted = text.indexOf('.') > 0;
        // After (HELO NAME) a single word is what qmail was told of the user.
        boolean isLone = words.size() == 1 && (isDotted || !heloNamed);
        return (isAddressed || isLone || (isLeading && isDotted)) && !HostName.isRemark(text);
    }

    /** Whether the peer is told by nothing but a word without dots and a HELO: a user of the host itself. */
    private boolean isUserWithHelo() {
        return heloNamed
                && nameIp == null
                && ip == null
                && host == null
                && name != null
                && name.indexOf('.') < 0
                && !name.equalsIgnoreCase("localhost");
    }

    /**
     * The peer; {@code null} when the line tells of none.
     *
     * @param rdnsFirst whether this software writes the name by reverse DNS first, and leaves out a HELO that is the same
     * @param localUser whether a single word is a user of the host itself
     */
    Hop.@Nullable Peer toPeer(boolean rdnsFirst, boolean localUser) {
        if (!present) {
            return null;
        }
        boolean isPhrase = phrase && !described && name != null && name.indexOf('.') < 0;
        String first = isPhrase ? null : name;
        String peerHelo = helo;
        String peerHost = host;
        String peerUser = user;
        String address = ip == null ? nameIp : ip;
        boolean isLiteral = nameIp != null;
        boolean isJoined = joined && bare && nameIp == null;
        if (first != null && (localUser || (rdnsFirst && isUserWithHelo()))) {
            peerUser = first;
        } else if (first != null && rdnsFirst && lone != null && !heloNamed && address != null) {
            // Exim before 3.10: RDNS (HELO) [IP] (USER).
            peerHelo = lone;
            peerHost = isLiteral || HostName.isUnknown(first) ? null : HostName.canonical(first);
            peerUser = peerUser == null ? secondLone : peerUser;
        } else if (first != null && isJoined && !heloNamed) {
            peerHost = HostName.isUnknown(first) ? null : HostName.canonical(first);
        } else if (first != null && !isLiteral && first.indexOf('@') > 0 && peerUser == null) {
            int at = first.lastIndexOf('@');
            peerUser = first.substring(0, at);
            peerHelo = peerHelo == null && at + 1 < first.length() ? first.substring(at + 1) : peerHelo;
        } else if (first != null && (heloNamed || rdnsFirst)) {
            if (!isLiteral && !HostName.isUnknown(first)) {
                peerHost = peerHost == null ? HostName.canonical(first) : peerHost;
                peerHelo = peerHelo == null && !heloNamed ? first : peerHelo;
            }
        } else if (first != null && peerHelo == null) {
            peerHelo = first;
            if (verified && !isLiteral && peerHost == null) {
                peerHost = HostName.canonical(first);
            }
        }
        if (peerHelo == null && peerHost == null && address == null && peerUser == null && port == null) {
            return null;
        }
        return new Hop.Peer(peerHelo, peerHost, address, port, peerUser);
    }
}
