package org.listlens.people;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.header.Addresses;
import org.listlens.mail.Defects;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

/**
 * Finds who wrote a mail whose From a list has rewritten, as lists do whose members' domains forbid others to send in their
 * name (DMARC, RFC 7489 §5.2 and §6.3). Mailman, Google Groups, groups.io, Sympa, LISTSERV, ezmlm, the IETF's and the
 * kernel's relays each keep the author's address elsewhere:
 *
 * <ol>
 *   <li>X-Original-From, Original-From: name and address (Google Groups, Sympa, Yahoo, kernel.org);
 *   <li>in the address itself: {@code jane=40example.org@dmarc.ietf.org}, {@code jane=example.org@groups.io};
 *   <li>X-Google-Original-From;
 *   <li>Reply-To, then Cc: an address with the author's name (Mailman);
 *   <li>X-Original-Sender (Google Groups), X-MailFrom (Mailman 3): the envelope's sender, if it is no list's and no
 *       bounce address;
 *   <li>Reply-To, if there is but one address in it that is not the list's.
 * </ol>
 */
final class OriginalAuthor {
    /** Hosts that send in the name of others. */
    private static final String IETF = "dmarc.ietf.org";

    private static final String KERNEL_RELAY = "devnull+";

    /** What list software appends to a list's name for addresses of its own. */
    private static final String[] SERVICE = {
        "-bounces", "-bounce", "-owner", "-request", "-admin", "-noreply", "-no-reply", "-relay", "-errors", "-return"
    };

    private final List<HeaderField> fields;
    private final List<Participant> participants;
    private final List<MailingList> lists;

    private OriginalAuthor(List<HeaderField> fields, List<Participant> participants, List<MailingList> lists) {
        this.fields = fields;
        this.participants = participants;
        this.lists = lists;
    }

    /**
     * An author as the header has it.
     *
     * @param name the display name, not cleaned
     * @param rewritten whether a list had put its own address into From
     * @param shared whether the address is the list's still, because nothing tells the author's
     */
    record Found(@Nullable String name, String address, boolean rewritten, boolean shared) {}

    /**
     * Finds the author.
     *
     * @param from the address in From, or what stands in for it
     */
    static Found find(
            Participant from, List<HeaderField> fields, List<Participant> participants, List<MailingList> lists) {
        return new OriginalAuthor(fields, participants, lists).find(from);
    }

    private Found find(Participant from) {
        boolean via = DisplayNames.hasVia(from.name());
        boolean relay = isRelay(from.address());
        boolean ofList = isOfList(from.address());
        if (!via && !relay && !ofList && lists.isEmpty()) {
            return new Found(from.name(), from.address(), false, false);
        }
        Participant original = mailbox("X-Original-From", from);
        original = original == null ? mailbox("Original-From", from) : original;
        if (original != null && (via || relay || ofList || sameName(original.name(), from.name()))) {
            return found(original, from);
        }
        if (!relay && !ofList && !(via && isOfHostOfList(from.address()))) {
            return new Found(from.name(), from.address(), false, false);
        }
        String decoded = relay || via ? decoded(from.address()) : null;
        if (decoded != null) {
            return new Found(from.name(), decoded, true, false);
        }
        if (DisplayNames.clean(from.name(), null) == null && !relay) {
            // Lists that rewrite From leave a name there; this is the list's own mail, or forged.
            return new Found(from.name(), from.address(), false, false);
        }
        original = mailbox("X-Google-Original-From", from);
        original = original == null ? named(Role.REPLY_TO, from) : original;
        original = original == null ? named(Role.CC, from) : original;
        original = original == null ? envelope("X-Original-Sender", from) : original;
        original = original == null ? envelope("X-MailFrom", from) : original;
        original = original == null ? only(Role.REPLY_TO, from) : original;
        original = original == null ? relayed(from) : original;
        if (original != null) {
            return found(original, from);
        }
        String name = from.name();
        boolean person = relay || via || (name != null && !isListName(name));
        // An address that its host gives to one author only is as good as the author's own.
        boolean shared = person && !isOwn(from.address());
        return new Found(name, from.address(), person, shared);
    }

    private static Found found(Participant original, Participant from) {
        String name = DisplayNames.clean(original.name(), null) == null ? from.name() : original.name();
        return new Found(name, original.address(), true, false);
    }

    private @Nullable HeaderField field(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).is(name)) {
                return fields.get(i);
            }
        }
        return null;
    }

    /** The first address of a field, if it is another one than From's and no list's. */
    private @Nullable Participant mailbox(String name, Participant from) {
        HeaderField field = field(name);
        if (field == null) {
            return null;
        }
        List<Participant> found = Addresses.parse(Role.FROM, field, Limits.DEFAULT, new Defects(1));
        return found.isEmpty() || !isOther(found.get(0).address(), from) ? null : found.get(0);
    }

    private @Nullable Participant envelope(String name, Participant from) {
        Participant found = mailbox(name, from);
        if (found == null) {
            return null;
        }
        String local = local(found.address());
        boolean bounces = local.indexOf('=') >= 0
                || local.contains("bounce")
                || local.startsWith("owner-")
                || local.startsWith("srs0")
                || local.startsWith("prvs")
                || local.contains("+caf_")
                || local.startsWith("msprvs");
        return bounces ? null : found;
    }

    /** The address of a role that has the same name as From. */
    private @Nullable Participant named(Role role, Participant from) {
        for (int i = 0; i < participants.size(); i++) {
            Participant other = participants.get(i);
            if (other.role() == role && isOther(other.address(), from) && sameName(other.name(), from.name())) {
                return other;
            }
        }
        return null;
    }

    /** The address of a role, if there is but one that is no list's. */
    private @Nullable Participant only(Role role, Participant from) {
        Participant only = null;
        for (int i = 0; i < participants.size(); i++) {
            Participant other = participants.get(i);
            if (other.role() == role && isOther(other.address(), from)) {
                if (only != null && !only.address().equalsIgnoreCase(other.address())) {
                    return null;
                }
                only = other;
            }
        }
        return only == null || (DisplayNames.clean(only.name(), null) != null && !sameName(only.name(), from.name()))
                ? null
                : only;
    }

    /** Of {@code devnull+jane.example.org@kernel.org}: who among the participants is meant. */
    private @Nullable Participant relayed(Participant from) {
        String local = local(from.address());
        if (!local.startsWith(KERNEL_RELAY)) {
            return null;
        }
        for (int i = 0; i < participants.size(); i++) {
            Participant other = participants.get(i);
            String address = other.address().toLowerCase(Locale.ROOT);
            if (address.length() == local.length() - KERNEL_RELAY.length()
                    && local.endsWith(address.replace('@', '.'))) {
                return other;
            }
        }
        return null;
    }

    private static boolean sameName(@Nullable String one, @Nullable String other) {
        String cleaned = DisplayNames.clean(one, null);
        return cleaned != null && cleaned.equalsIgnoreCase(DisplayNames.clean(other, null));
    }

    private boolean isOther(String address, Participant from) {
        return address.indexOf('@') > 0
                && !address.equalsIgnoreCase(from.address())
                && !isOfList(address)
                && !isRelay(address)
                && !isListPost(address);
    }

    private static String local(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase(Locale.ROOT);
    }

    private static String host(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Whether an address is the list's own, or one that its software uses. */
    private boolean isOfList(String address) {
        return !lists.isEmpty() && (isListPost(address) || isService(local(address), host(address)));
    }

    private boolean isListPost(String address) {
        for (int i = 0; i < lists.size(); i++) {
            MailingList list = lists.get(i);
            if (address.equalsIgnoreCase(list.post()) || isId(list.id(), local(address), host(address))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isId(String id, String local, String host) {
        return id.length() == local.length() + 1 + host.length() && id.startsWith(local) && id.endsWith(host);
    }

    private boolean isService(String local, String host) {
        String base = local;
        if (base.startsWith("owner-")) {
            base = base.substring("owner-".length());
        }
        for (String suffix : SERVICE) {
            int at = base.indexOf(suffix);
            if (at > 0
                    && (at + suffix.length() == base.length()
                            || "+-".indexOf(base.charAt(at + suffix.length())) >= 0)) {
                base = base.substring(0, at);
                break;
            }
        }
        return base.length() < local.length() && isListPost(base + '@' + host);
    }

    /** Whether an address lies at the host of a list: {@code jane@lists.example.org}. */
    private boolean isOfHostOfList(String address) {
        String host = host(address);
        for (int i = 0; i < lists.size(); i++) {
            String id = lists.get(i).id();
            String post = lists.get(i).post();
            if (id.endsWith('.' + host) || (post != null && host.equals(host(post)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRelay(String address) {
        String local = local(address);
        String host = host(address);
        return (local.startsWith(KERNEL_RELAY) && host.equals("kernel.org"))
                || local.equals("dmarc-noreply")
                || local.endsWith("-dmarc-request")
                || host.equals(IETF)
                || (host.startsWith("dmarc.") && local.indexOf('=') > 0)
                || (host.equals("groups.io") && local.indexOf('=') > 0);
    }

    /** Whether nobody else writes under this address of a relay. */
    static boolean isOwn(String address) {
        String local = local(address);
        return isRelay(address) && !local.equals("dmarc-noreply");
    }

    /** The address that is written into the local part of another: {@code jane=40example.org} or {@code jane=example.org}. */
    private static @Nullable String decoded(String address) {
        String local = local(address);
        int at = local.startsWith(KERNEL_RELAY) ? -1 : local.lastIndexOf('=');
        if (at <= 0) {
            return null;
        }
        String host = local.substring(local.startsWith("=40", at) ? at + 3 : at + 1);
        return host.indexOf('.') > 0 ? local.substring(0, at) + '@' + host : null;
    }

    private boolean isListName(String name) {
        String cleaned = DisplayNames.clean(name, null);
        for (int i = 0; i < lists.size() && cleaned != null; i++) {
            String other = lists.get(i).name();
            if (other != null && cleaned.equalsIgnoreCase(DisplayNames.clean(other, null))) {
                return true;
            }
        }
        return false;
    }
}
