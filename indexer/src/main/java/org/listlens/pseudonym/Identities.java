package org.listlens.pseudonym;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.header.EncodedWords;
import org.listlens.mail.Hop;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.Quotation;
import org.listlens.mail.Trailer;

/** Gathers what identifies the persons of one mail: names, the local parts of addresses, hosts of the author's own. */
final class Identities {
    /** A local part with fewer letters stands in too many texts by chance. */
    private static final int SHORTEST_LOCAL = 5;

    private static final int TELLING_WORD = 4;

    /** Local parts that say what somebody does, and not who it is. */
    private static final Set<String> OFFICES = Set.of(
            "abuse",
            "admin",
            "administrator",
            "announce",
            "author",
            "bounce",
            "bounces",
            "builder",
            "buildbot",
            "bugzilla",
            "kernel",
            "commits",
            "contact",
            "contrib",
            "developer",
            "developers",
            "devel",
            "devicetree",
            "hello",
            "hostmaster",
            "linux",
            "lists",
            "listserv",
            "mailer",
            "daemon",
            "maintainer",
            "maintainers",
            "majordomo",
            "mailman",
            "netdev",
            "nobody",
            "notifications",
            "noreply",
            "office",
            "owner",
            "patches",
            "patchwork",
            "postmaster",
            "public",
            "release",
            "reply",
            "robot",
            "sales",
            "security",
            "sender",
            "server",
            "stable",
            "staff",
            "support",
            "sympa",
            "system",
            "tester",
            "tests",
            "testing",
            "syzbot",
            "syzkaller",
            "undisclosed",
            "users",
            "webmaster",
            "github",
            "gitlab",
            "debian");

    private static final Set<String> NOWHERE = Set.of("localhost", "localhost.localdomain", "unknown", "localdomain");

    private final Pseudonyms pseudonyms;
    private final ListAddresses lists;
    private final Scrubber.Known known = new Scrubber.Known();

    private Identities(Pseudonyms pseudonyms, ListAddresses lists) {
        this.pseudonyms = pseudonyms;
        this.lists = lists;
    }

    static Scrubber scrubber(ParsedMail mail, Pseudonyms pseudonyms) {
        ListAddresses lists = new ListAddresses(mail.lists());
        Identities identities = new Identities(pseudonyms, lists);
        identities.gather(mail);
        return new Scrubber(pseudonyms, lists, identities.known);
    }

    private void gather(ParsedMail mail) {
        for (Participant participant : mail.participants()) {
            person(participant.address(), participant.name(), true);
        }
        if (mail.author() != null) {
            person(mail.author().address(), mail.author().name(), true);
        }
        for (Trailer trailer : mail.trailers()) {
            person(trailer.address(), trailer.name(), false);
            collect(trailer.value());
        }
        for (int i = 0; i < mail.headers().size(); i++) {
            String value = mail.headers().get(i).value();
            if (value.indexOf('@') >= 0 && mayName(mail.headers().get(i).name())) {
                collect(EncodedWords.decode(value, null));
            }
        }
        if (mail.text() != null) {
            collect(mail.text().text());
            List<Quotation> quotations = mail.text().quote().quotations();
            for (int i = 0; i < quotations.size(); i++) {
                person(quotations.get(i).address(), quotations.get(i).name(), false);
            }
        }
        hops(mail.hops());
    }

    /** Trace fields have other words beside addresses than names. */
    private static boolean mayName(String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        return !lower.contains("received") && !lower.equals("references") && !lower.startsWith("dkim");
    }

    private void collect(String text) {
        NameCollector.collect(text, lists, (address, name) -> person(address, name, false));
    }

    private void person(@Nullable String address, @Nullable String displayName, boolean participates) {
        PersonName name = PersonName.of(displayName);
        boolean list = address != null && lists.contains(AddressToken.normalize(address));
        if (list
                && (displayName == null || !displayName.toLowerCase(Locale.ROOT).contains(" via "))) {
            return;
        }
        person(list ? null : address, name, participates);
    }

    private void person(@Nullable String address, @Nullable PersonName name, boolean participates) {
        if (name != null) {
            known.everywhere().addPerson(name, pseudonyms.person(name.key()));
        }
        if (address == null || AddressToken.isGenerated(address)) {
            return;
        }
        String normal = AddressToken.normalize(address);
        int at = normal.lastIndexOf('@');
        local(normal, at < 0 ? normal : normal.substring(0, at));
        if (at >= 0) {
            String domain = normal.substring(at + 1).toLowerCase(Locale.ROOT);
            List<String> words = Words.of(domain);
            if (words.size() > 1) {
                if (name != null && isNamedAfter(domain, name)) {
                    known.everywhere().addWords(words, pseudonyms.host(domain));
                }
                if (participates) {
                    known.domains().addWords(words, pseudonyms.host(domain));
                }
            }
        }
    }

    private void local(String address, String local) {
        int plus = local.indexOf('+');
        List<String> words = Words.of(plus > 0 ? local.substring(0, plus) : local);
        int letters = 0;
        for (String word : words) {
            letters += word.length();
        }
        boolean office = false;
        for (String word : words) {
            office |= isOffice(word) || lists.hasWord(word);
        }
        if (letters >= SHORTEST_LOCAL && !office) {
            known.everywhere().addWords(words, pseudonyms.local(address));
        }
    }

    /** Whether a word of a local part says what somebody does. */
    static boolean isOffice(String word) {
        return OFFICES.contains(word);
    }

    private static boolean isNamedAfter(String domain, PersonName name) {
        for (String word : name.words()) {
            if (word.length() >= TELLING_WORD && domain.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private void hops(List<Hop> hops) {
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            user(hop.authenticated());
            user(hop.from() == null ? null : hop.from().user());
        }
        Origin origin = Origin.of(hops);
        host(origin.helo());
        host(origin.host());
        if (origin.ip() != null) {
            known.everywhere().addWords(Words.of(origin.ip()), pseudonyms.ip(origin.ip()));
        }
    }

    private void user(@Nullable String user) {
        if (user != null && !user.isEmpty() && user.indexOf('@') < 0) {
            known.trace().addWords(Words.of(user), pseudonyms.word(user));
        }
    }

    private void host(@Nullable String host) {
        if (host != null) {
            List<String> words = Words.of(host);
            (words.size() > 1 ? known.everywhere() : known.trace()).addWords(words, pseudonyms.host(host));
        }
    }

    /**
     * The author's own host, from which the mail came to the first hop.
     *
     * @param helo its name in HELO; {@code null} when unknown, or not the author's own
     * @param host its name by reverse DNS
     * @param ip its address
     */
    record Origin(
            @Nullable String helo,
            @Nullable String host,
            @Nullable String ip) {
        /** A host that later carries the mail is no author's. */
        static Origin of(List<Hop> hops) {
            Hop.Peer from = hops.isEmpty() ? null : hops.get(0).from();
            if (from == null) {
                return new Origin(null, null, null);
            }
            return new Origin(own(from.helo(), hops), own(from.host(), hops), own(from.ip(), hops));
        }

        private static @Nullable String own(@Nullable String host, List<Hop> hops) {
            if (host == null || host.isEmpty()) {
                return null;
            }
            String lower = host.toLowerCase(Locale.ROOT);
            String bare = lower.startsWith("[") ? lower.substring(1) : lower;
            if (NOWHERE.contains(lower)
                    || bare.startsWith("127.")
                    || bare.startsWith("::1")
                    || bare.startsWith("ipv6:::1")) {
                return null;
            }
            for (int i = 1; i < hops.size(); i++) {
                Hop.Receiver by = hops.get(i).by();
                if (by != null && (lower.equals(by.host()) || lower.equals(by.ip()))) {
                    return null;
                }
            }
            return host;
        }

        boolean is(@Nullable String other) {
            return other != null
                    && (other.equalsIgnoreCase(helo) || other.equalsIgnoreCase(host) || other.equalsIgnoreCase(ip));
        }
    }
}
