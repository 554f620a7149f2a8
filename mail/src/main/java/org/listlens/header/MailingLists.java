package org.listlens.header;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.DefectCode;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.MailingList;

/**
 * Finds the mailing lists that a copy went through. Fields are asked in this order:
 *
 * <ol>
 *   <li>List-Id (RFC 2919), each field one list, the topmost first;
 *   <li>fields that hold the address of a list: List-Post (RFC 2369), X-Mailing-List (Majordomo, SmartList), Mailing-List
 *       (ezmlm, Yahoo), X-BeenThere (Mailman), and Delivered-To in ezmlm's form {@code mailing list …}. Each gives its
 *       address to the list that it names, or is a list of its own;
 *   <li>only when there is no list yet, the first of these with a list's address: X-Loop, Sender, Return-Path. In the
 *       latter two a list shows by {@code owner-x@}, {@code x-owner@}, {@code x-request@}, {@code x-bounces@},
 *       {@code x-bounces+…@}, {@code x+bounces-…@} and {@code x-return-…@}.
 * </ol>
 *
 * <p>An address names a known list when it is the address that the list already has, when {@code local.host} is the
 * list's id, or when its local part is the first label of a List-Id: hosts differ where a list moved or has an internal
 * name. The first List-Post belongs to the only List-Id in any case.
 */
public final class MailingLists {
    /** More lists than this a mail does not go through. */
    private static final int MOST = 100;

    /** RFC 2919 §3. */
    private static final int LONGEST_ID = 255;

    private static final String[] ADDRESS_FIELDS = {"X-Mailing-List", "Mailing-List", "X-BeenThere", "Delivered-To"};
    /** Gmane replaced addresses, those of lists too, by {@code local-hash@} this host. */
    private static final String GMANE = "@public.gmane.org";

    /** The length of the hash and its hyphen. */
    private static final int GMANE_HASH = 23;

    private static final String[] OWNER_FIELDS = {"Sender", "Return-Path"};

    private final Map<String, MailingList> byId = new LinkedHashMap<>();

    /** Ids by the first label of a List-Id, and by address. */
    private final Map<String, String> idByLabel = new HashMap<>();

    private final Map<String, String> idByPost = new HashMap<>();

    private final Defects defects;

    private MailingLists(Defects defects) {
        this.defects = defects;
    }

    /** Returns the lists of a header, each once; empty when nothing tells of a list. */
    public static List<MailingList> find(HeaderBlock header) {
        return find(header, new Defects(1));
    }

    /**
     * The same.
     *
     * @param defects takes {@code TOO_MANY_LISTS} when there are more lists than 100, of which the others are left out
     */
    public static List<MailingList> find(HeaderBlock header, Defects defects) {
        MailingLists lists = new MailingLists(defects);
        lists.addIds(header);
        lists.addAddresses(header);
        if (lists.byId.isEmpty()) {
            lists.addTraces(header);
        }
        return new ArrayList<>(lists.byId.values());
    }

    private void addIds(HeaderBlock header) {
        for (HeaderField field : header.fields()) {
            if (field.is("List-Id")) {
                addId(field);
            }
        }
    }

    private void addId(HeaderField field) {
        String value = withoutComments(field.value());
        int open = value.lastIndexOf('<');
        String id;
        String phrase;
        if (open >= 0) {
            int close = value.indexOf('>', open);
            id = value.substring(open + 1, close < 0 ? value.length() : close);
            phrase = value.substring(0, open);
        } else {
            // Without brackets the last word is the id, provided that it looks like one or stands alone.
            int blank = lastBlank(value);
            id = value.substring(blank + 1);
            phrase = value.substring(0, blank + 1);
            if (id.indexOf('/') >= 0 || (blank >= 0 && id.indexOf('.') < 0)) {
                return;
            }
        }
        id = strip(id);
        String post = null;
        if (id.indexOf('@') >= 0) {
            post = Addresses.normalize(withoutScheme(id));
            id = post == null ? id : id(post);
        }
        if (id.isEmpty()) {
            return;
        }
        String name = name(phrase);
        MailingList known = byId.get(id);
        if (known == null || (known.name() == null && name != null)) {
            put(new MailingList(id, name, known != null && known.post() != null ? known.post() : post));
        }
        int dot = id.indexOf('.');
        idByLabel.putIfAbsent(dot < 0 ? id : id.substring(0, dot), id);
    }

    private void addAddresses(HeaderBlock header) {
        HeaderField listPost = header.first("List-Post");
        if (listPost != null) {
            String post = mailto(listPost.value());
            if (post != null) {
                if (byId.size() == 1) {
                    setPost(byId.values().iterator().next(), post);
                } else {
                    addAddress(post);
                }
            }
        }
        for (String name : ADDRESS_FIELDS) {
            for (HeaderField field : header.fields()) {
                if (field.is(name)) {
                    String post = address(name, field.value());
                    if (post != null) {
                        addAddress(post);
                    }
                }
            }
        }
    }

    private static @Nullable String address(String field, String value) {
        return switch (field) {
            case "Mailing-List" -> ezmlm(value);
            case "Delivered-To" ->
                value.regionMatches(true, 0, "mailing list ", 0, 13) ? firstAddress(value, 13) : null;
            default -> firstAddress(value, 0);
        };
    }

    /** {@code list x@example.com; contact x-owner@example.com}, or {@code contact x-help@example.com; run by ezmlm}. */
    private static @Nullable String ezmlm(String value) {
        String post = firstAddress(value, 0);
        if (post == null || value.regionMatches(true, 0, "list ", 0, 5)) {
            return post;
        }
        int at = post.lastIndexOf('@');
        String local = post.substring(0, at);
        int dash = local.lastIndexOf('-');
        boolean helper = dash > 0 && (local.startsWith("help", dash + 1) || local.startsWith("owner", dash + 1));
        return helper ? local.substring(0, dash) + post.substring(at) : null;
    }

    private void addTraces(HeaderBlock header) {
        for (HeaderField field : header.fields()) {
            if (field.is("X-Loop")) {
                String post = firstAddress(field.value(), 0);
                if (post != null && !post.regionMatches(true, 0, "owner-", 0, 6)) {
                    addAddress(post);
                    return;
                }
            }
        }
        for (String name : OWNER_FIELDS) {
            HeaderField field = header.first(name);
            String owner = field == null ? null : firstAddress(field.value(), 0);
            String post = owner == null ? null : listOfOwner(owner);
            if (post != null) {
                addAddress(post);
                return;
            }
        }
    }

    /** The address of the list that has this envelope sender; {@code null} when it is not a list's. */
    private static @Nullable String listOfOwner(String owner) {
        int at = owner.lastIndexOf('@');
        String local = owner.substring(0, at);
        String lower = local.toLowerCase(Locale.ROOT);
        int from = 0;
        int to = 0;
        if (lower.startsWith("owner-")) {
            from = 6;
            to = local.length();
        } else if (lower.endsWith("-owner")) {
            to = local.length() - 6;
        } else if (lower.endsWith("-request")) {
            to = local.length() - 8;
        } else if (lower.endsWith("-bounces")) {
            to = local.length() - 8;
        } else {
            to = Math.max(lower.indexOf("-bounces+"), Math.max(lower.indexOf("+bounces-"), lower.indexOf("-return-")));
        }
        return to > from ? Addresses.normalize(local.substring(from, to) + owner.substring(at)) : null;
    }

    private void addAddress(String post) {
        String key = post.toLowerCase(Locale.ROOT);
        String id = id(post);
        String known = idByPost.get(key);
        if (known == null && byId.containsKey(id)) {
            known = id;
        }
        String local = key.substring(0, key.lastIndexOf('@'));
        if (known == null) {
            known = idByLabel.get(local);
        }
        if (known == null && key.endsWith(GMANE) && local.length() > GMANE_HASH) {
            if (idByLabel.containsKey(local.substring(0, local.length() - GMANE_HASH))) {
                return;
            }
        }
        MailingList list = known == null ? null : byId.get(known);
        if (list == null) {
            put(new MailingList(id, null, post));
        } else {
            setPost(list, post);
        }
    }

    private void setPost(MailingList list, String post) {
        if (list.post() == null) {
            put(new MailingList(list.id(), list.name(), post));
        } else {
            idByPost.putIfAbsent(post.toLowerCase(Locale.ROOT), list.id());
        }
    }

    private void put(MailingList list) {
        if (list.id().length() > LONGEST_ID) {
            return;
        }
        if (byId.size() == MOST && !byId.containsKey(list.id())) {
            defects.add(DefectCode.TOO_MANY_LISTS);
            return;
        }
        byId.put(list.id(), list);
        if (list.post() != null) {
            idByPost.putIfAbsent(list.post().toLowerCase(Locale.ROOT), list.id());
        }
    }

    private static String id(String post) {
        int at = post.lastIndexOf('@');
        return (post.substring(0, at) + '.' + post.substring(at + 1)).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String name(String phrase) {
        String decoded = EncodedWords.decode(Tokens.squeeze(unquote(phrase.trim())), null);
        String name = Tokens.squeeze(decoded);
        return name.isEmpty() ? null : name;
    }

    private static String unquote(String phrase) {
        StringBuilder text = new StringBuilder(phrase.length());
        for (int i = 0; i < phrase.length(); i++) {
            char c = phrase.charAt(i);
            if (c == '\\' && i + 1 < phrase.length()) {
                text.append(phrase.charAt(++i));
            } else if (c != '"') {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** The first address of a List-Post that is one: {@code <mailto:x@example.com?subject=…>}; NO has none. */
    private static @Nullable String mailto(String value) {
        int scheme = value.toLowerCase(Locale.ROOT).indexOf("mailto:");
        return firstAddress(value, scheme < 0 ? 0 : scheme + 7);
    }

    /** The first address from {@code from} on, wherever it stands; {@code null} when there is none. */
    private static @Nullable String firstAddress(String value, int from) {
        int at = value.indexOf('@', from);
        while (at >= 0) {
            int start = at;
            while (start > from && isAddressChar(value.charAt(start - 1))) {
                start--;
            }
            int end = at + 1;
            while (end < value.length() && isAddressChar(value.charAt(end))) {
                end++;
            }
            String address = Addresses.normalize(withoutScheme(decodePercents(value.substring(start, end))));
            if (address != null) {
                return address;
            }
            at = value.indexOf('@', end);
        }
        return null;
    }

    private static boolean isAddressChar(char c) {
        return c > ' ' && "<>()[],;\"?".indexOf(c) < 0;
    }

    private static String withoutScheme(String address) {
        return address.regionMatches(true, 0, "mailto:", 0, 7) ? address.substring(7) : address;
    }

    /** Resolves {@code %2B} and its like in a mailto URL (RFC 6068 §2). */
    private static String decodePercents(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            int octet = low < 0 ? -1 : high << 4 | low;
            if (octet > ' ' && octet < 127) {
                decoded.append((char) octet);
                i += 2;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    /** A list's id in lower case, without the blanks, quotes and dots that do not belong. */
    private static String strip(String id) {
        StringBuilder stripped = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c > ' ' && c != '<' && c != '>' && c != '"') {
                stripped.append(c);
            }
        }
        while (stripped.length() > 0 && stripped.charAt(stripped.length() - 1) == '.') {
            stripped.setLength(stripped.length() - 1);
        }
        return stripped.toString().toLowerCase(Locale.ROOT);
    }

    private static int lastBlank(String value) {
        int i = value.length() - 1;
        while (i >= 0 && value.charAt(i) > ' ') {
            i--;
        }
        return i;
    }

    /** Without comments outside of quotes; a parenthesis that nothing closes stays. */
    private static String withoutComments(String value) {
        if (value.indexOf('(') < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        boolean quoted = false;
        boolean close = true;
        int pos = 0;
        while (pos < value.length()) {
            char c = value.charAt(pos);
            int end = c == '(' && !quoted && close ? Tokens.commentEnd(value, pos) : -1;
            if (end >= 0) {
                pos = end;
            } else {
                close &= c != '(' || quoted;
                quoted ^= c == '"';
                text.append(c);
                pos++;
            }
        }
        return text.toString().trim();
    }
}
