package org.listlens.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.HeaderField;
import org.listlens.mail.MailingList;

/** What a mail's header tells of the lists that it came by: their names, addresses, domains and known hosts. */
final class ListSite {
    private final List<String> names = new ArrayList<>(2);
    private final List<String> posts = new ArrayList<>(2);
    private final List<String> domains = new ArrayList<>(4);
    private List<String> hosts = List.of();

    ListSite(List<MailingList> lists) {
        for (int i = 0; i < lists.size(); i++) {
            MailingList list = lists.get(i);
            String id = list.id();
            int dot = id.indexOf('.');
            add(names, dot < 0 ? id : id.substring(0, dot));
            String post = list.post() == null ? null : list.post().toLowerCase(Locale.ROOT);
            int at = post == null ? -1 : post.lastIndexOf('@');
            if (post != null && at > 0) {
                add(posts, post);
                add(names, post.substring(0, at));
                addDomain(post.substring(at + 1));
            }
            if (dot >= 0) {
                addDomain(id.substring(dot + 1));
            }
        }
    }

    /** Adds the domain of an envelope sender or of a Sender, where it has the form of a list's. */
    void addSender(HeaderField field) {
        String value = field.value();
        int at = value.lastIndexOf('@');
        if (at <= 0) {
            return;
        }
        int start = at;
        while (start > 0 && isAddressChar(value.charAt(start - 1))) {
            start--;
        }
        int end = at + 1;
        while (end < value.length() && isAddressChar(value.charAt(end))) {
            end++;
        }
        if (isOfList(value.substring(start, at).toLowerCase(Locale.ROOT))) {
            addDomain(value.substring(at + 1, end).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isAddressChar(char c) {
        return c > ' ' && "<>()[],;:\"".indexOf(c) < 0;
    }

    /** {@code owner-x}, {@code x-owner}, {@code x-bounces+…}, {@code x+bounces-…}, {@code x-return-…} and their like. */
    private static boolean isOfList(String local) {
        return local.startsWith("owner-")
                || local.startsWith("bounce")
                || local.startsWith("sentto-")
                || local.endsWith("-owner")
                || local.endsWith("-admin")
                || local.endsWith("-request")
                || local.endsWith("-errors")
                || local.contains("-bounces")
                || local.contains("+bounces")
                || local.contains("+bnc")
                || local.contains("-return-");
    }

    private void addDomain(String domain) {
        if (Domains.isQualified(domain) && !domains.contains(domain)) {
            domains.add(domain);
            List<String> known = ListSites.hosts(domain);
            if (!known.isEmpty()) {
                hosts = known;
            }
        }
    }

    private static void add(List<String> list, String item) {
        if (!list.contains(item)) {
            list.add(item);
        }
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether a host is of a site whose hosts are known one by one. */
    boolean isKnown(String host) {
        return ListSites.contains(hosts, host);
    }

    /** Whether a host's name lies in the domain of a list. */
    boolean owns(String host) {
        if (isKnown(host)) {
            return true;
        }
        for (int i = 0; i < domains.size(); i++) {
            if (Domains.isWithin(host, domains.get(i))
                    && ListSites.hosts(domains.get(i)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a list has its domain within an organisation's. */
    boolean isWithin(String organisation) {
        for (int i = 0; i < domains.size(); i++) {
            if (Domains.organisation(domains.get(i)).equals(organisation)
                    && ListSites.hosts(domains.get(i)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether mail to this address goes to a list: its address, or its name at a host of its organisation. */
    boolean isPost(@Nullable String address) {
        int at = address == null ? -1 : address.lastIndexOf('@');
        if (address == null || at <= 0 || !isNamed(address)) {
            return false;
        }
        String host = address.substring(at + 1).toLowerCase(Locale.ROOT);
        if (Domains.isQualified(host) && (owns(host) || isWithin(Domains.organisation(host)))) {
            return true;
        }
        for (int i = 0; i < posts.size(); i++) {
            if (posts.get(i).equalsIgnoreCase(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is what list software makes of a list's address for itself: {@code x-outgoing@}, {@code list-x@}. */
    boolean isInternal(@Nullable String address) {
        if (address == null || !isAt(address)) {
            return false;
        }
        String local = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int before = local.length() - name.length() - 1;
            boolean isFirst = before >= 0 && local.startsWith(name) && isJoint(local.charAt(name.length()));
            if (isFirst || (before >= 0 && local.endsWith(name) && isJoint(local.charAt(before)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJoint(char c) {
        return c == '-' || c == '+' || c == '.';
    }

    /** Whether an address lies in the domain of a list. */
    boolean isAt(@Nullable String address) {
        int at = address == null ? -1 : address.lastIndexOf('@');
        return address != null && at > 0 && owns(address.substring(at + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether an address has the name of a list, at whatever host. */
    boolean isNamed(@Nullable String address) {
        int at = address == null ? -1 : address.lastIndexOf('@');
        if (address == null || at <= 0) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.length() == at && address.regionMatches(true, 0, name, 0, at)) {
                return true;
            }
        }
        return false;
    }
}
