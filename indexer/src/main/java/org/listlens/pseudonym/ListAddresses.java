package org.listlens.pseudonym;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.listlens.mail.MailingList;

/** Tells addresses of mailing lists from those of persons: by the lists of a mail, and by hosts that only run lists. */
final class ListAddresses {
    private static final Set<String> HOST_LABELS =
            Set.of("lists", "list", "listserv", "mailman", "groups", "ml", "vger", "listman", "sympa");

    private static final Set<String> HOSTS =
            Set.of("googlegroups.com", "groups.io", "yahoogroups.com", "freelists.org", "lists.linux.dev");

    private static final String[] ROLES = {
        "-owner",
        "-request",
        "-bounces",
        "-help",
        "-subscribe",
        "-unsubscribe",
        "-join",
        "-leave",
        "-admin",
        "+owner",
        "+help",
        "+subscribe",
        "+unsubscribe",
    };

    /** The lists' local parts by domain. */
    private final Map<String, Set<String>> locals = new HashMap<>();

    private final Set<String> words = new HashSet<>();

    ListAddresses(List<MailingList> lists) {
        for (int i = 0; i < lists.size(); i++) {
            MailingList list = lists.get(i);
            Words.addAll(list.id(), words);
            String post = list.post() == null ? null : list.post().toLowerCase(Locale.ROOT);
            int at = post == null ? -1 : post.lastIndexOf('@');
            if (post != null && at > 0) {
                Words.addAll(post, words);
                locals.computeIfAbsent(post.substring(at + 1), domain -> new HashSet<>(2))
                        .add(post.substring(0, at));
            }
        }
    }

    /** Whether a word, in lower case, is part of the name of one of the mail's lists. */
    boolean hasWord(String word) {
        return words.contains(word);
    }

    /** Whether an address is a list's; not so the return paths that lists make of the addresses of subscribers. */
    boolean contains(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        if (at <= 0 || lower.indexOf('=') >= 0) {
            return false;
        }
        String domain = lower.substring(at + 1);
        String local = lower.substring(0, at);
        Set<String> known = locals.get(domain);
        if (known != null && (known.contains(local) || known.contains(withoutRole(local)))) {
            return true;
        }
        return isListHost(domain) && !hasDigits(local) && local.indexOf('+') < 0;
    }

    private static boolean isListHost(String domain) {
        int dot = domain.indexOf('.');
        return dot > 0 && (HOST_LABELS.contains(domain.substring(0, dot)) || HOSTS.contains(domain));
    }

    private static String withoutRole(String local) {
        if (local.startsWith("owner-")) {
            return local.substring(6);
        }
        for (String role : ROLES) {
            if (local.endsWith(role)) {
                return local.substring(0, local.length() - role.length());
            }
        }
        return local;
    }

    /** A Message-ID that the host has made. */
    private static boolean hasDigits(String local) {
        int digits = 0;
        for (int i = 0; i < local.length(); i++) {
            digits += Character.isDigit(local.charAt(i)) ? 1 : 0;
        }
        return digits > 2;
    }
}
