package org.listlens.pseudonym;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.header.Addresses;
import org.listlens.header.EncodedWords;
import org.listlens.mail.Author;
import org.listlens.mail.BodyText;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Hop;
import org.listlens.mail.Origin;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Part;
import org.listlens.mail.Participant;
import org.listlens.mail.Patch;
import org.listlens.mail.Quotation;
import org.listlens.mail.Quotes;
import org.listlens.mail.Route;
import org.listlens.mail.Trailer;
import org.listlens.pseudonym.Scrubber.Kind;

/** Replaces persons by pseudonyms in parsed mails. Not thread-safe: one a thread. */
public final class Pseudonymizer {
    /** Fields that hold nothing but who somebody is, in forms that no scan sees through. */
    private static final Set<String> OPAQUE = Set.of(
            "autocrypt",
            "openpgp",
            "face",
            "x-face",
            "x-pgp-key",
            "x-pgp-fingerprint",
            "x-pgp",
            "x-image-url",
            "x-url",
            "x-homepage",
            "x-home-page",
            "x-me-sender",
            "x-me-proxy",
            "x-me-received",
            "x-provags-id",
            "x-gm-message-state",
            "x-authuser",
            "x-authenticated-user",
            "x-authenticated",
            "x-auth-id",
            "x-sender-id",
            "x-user",
            "x-id",
            "x-yahoo-profile",
            "x-yahoo-newman-id",
            "x-ymail-osg",
            "x-get-message-sender-via",
            "x-virtual-server-userid");

    private static final String[] OPAQUE_PARTS = {
        "originating-ip",
        "client-ip",
        "clientaddr",
        "source-ip",
        "remote-ip",
        "sender-ip",
        "sender-addr",
        "user-ip",
        "originating-client",
        "x-eip",
        "source-auth",
        "auth-user",
        "x-mail-from-ip",
    };

    private static final String[] AUTHENTICATION = {
        "received-spf",
        "x-received-spf",
        "authentication-results",
        "arc-",
        "dkim",
        "domainkey",
        "x-google-dkim",
        "x-original-authentication",
        "x-spf",
    };

    private static final String[] TRACE = {"received", "x-received", "x-greylist", "x-source", "x-antiabuse"};

    private final Pseudonyms pseudonyms;

    public Pseudonymizer(PseudonymKey key) {
        pseudonyms = new Pseudonyms(key);
    }

    /** The same mail with pseudonyms in the place of persons. */
    public ParsedMail apply(ParsedMail mail) {
        Scrubber scrubber = Identities.scrubber(mail, pseudonyms);
        return new ParsedMail(
                origin(mail.origin()),
                mail.size(),
                copyId(mail.digest()),
                pseudonyms.digest(mail.contentDigest()),
                headers(mail.headers(), scrubber),
                mail.messageId() == null ? null : id(mail.messageId()),
                scrubber.nullable(mail.subject()),
                mail.date(),
                participants(mail.participants(), scrubber),
                author(mail.author(), scrubber),
                ids(mail.inReplyTo()),
                ids(mail.references()),
                mail.lists(),
                hops(mail.hops(), scrubber),
                route(mail.route(), mail.hops(), scrubber),
                new AuthenticationPseudonyms(scrubber).apply(mail.authentication()),
                parts(mail.parts(), scrubber),
                text(mail.text(), scrubber),
                patch(mail.patch(), scrubber),
                trailers(mail.trailers(), scrubber),
                mail.defects());
    }

    /** The digest of a copy as {@link #apply} gives it. */
    public String copyId(String digest) {
        return pseudonyms.digest(digest);
    }

    /**
     * A place as {@link #apply} gives it. Archives have their users' names in their paths as the mails have, and pseudonyms
     * must be the same for all.
     */
    public Origin origin(Origin origin) {
        Scrubber addresses = Scrubber.ofAddresses(pseudonyms);
        return new Origin(addresses.text(origin.source()), addresses.text(origin.position()));
    }

    private List<HeaderField> headers(List<HeaderField> headers, Scrubber scrubber) {
        List<HeaderField> replaced = new ArrayList<>(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            HeaderField field = headers.get(i);
            String name = field.name().toLowerCase(Locale.ROOT);
            String value = EncodedWords.decode(field.value(), null);
            String hidden = isOpaque(name, value)
                    ? pseudonyms.word(value)
                    : holdsIds(name) ? ids(value, scrubber) : scrubber.scrub(value, kind(name));
            replaced.add(new HeaderField(field.name(), hidden, field.offset()));
        }
        return replaced;
    }

    private static boolean holdsIds(String name) {
        return name.endsWith("message-id") || name.equals("references") || name.equals("in-reply-to");
    }

    /** A field of Message-IDs: what stands in brackets is one, whatever it looks like. */
    private String ids(String value, Scrubber scrubber) {
        StringBuilder out = new StringBuilder(value.length());
        int at = 0;
        for (int open = value.indexOf('<'); open >= 0; open = value.indexOf('<', at)) {
            int close = value.indexOf('>', open);
            if (close < 0) {
                break;
            }
            out.append(scrubber.text(value.substring(at, open)))
                    .append('<')
                    .append(id(withoutBlanks(value.substring(open + 1, close))))
                    .append('>');
            at = close + 1;
        }
        return out.append(scrubber.text(value.substring(at))).toString();
    }

    /** As ids are compared: folds leave blanks. */
    private static String withoutBlanks(String id) {
        StringBuilder out = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) > ' ') {
                out.append(id.charAt(i));
            }
        }
        return out.toString();
    }

    private static boolean isOpaque(String name, String value) {
        if (OPAQUE.contains(name)) {
            return true;
        }
        if (value.indexOf('@') < 0) {
            for (String part : OPAQUE_PARTS) {
                if (name.contains(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Kind kind(String name) {
        for (String prefix : AUTHENTICATION) {
            if (name.startsWith(prefix)) {
                return Kind.AUTHENTICATION;
            }
        }
        for (String prefix : TRACE) {
            if (name.startsWith(prefix)) {
                return Kind.TRACE;
            }
        }
        String plain = name.startsWith("resent-") ? name.substring(7) : name;
        return Addresses.role(plain) != null || name.endsWith("-from") || name.endsWith("-to")
                ? Kind.ADDRESSES
                : Kind.TEXT;
    }

    private List<Participant> participants(List<Participant> participants, Scrubber scrubber) {
        List<Participant> replaced = new ArrayList<>(participants.size());
        for (int i = 0; i < participants.size(); i++) {
            Participant participant = participants.get(i);
            String address = scrubber.address(participant.address());
            replaced.add(new Participant(
                    participant.role(),
                    address.equals(participant.address())
                            ? scrubber.nullable(participant.name())
                            : name(participant.name(), scrubber),
                    address,
                    scrubber.nullable(participant.group())));
        }
        return replaced;
    }

    private @Nullable Author author(@Nullable Author author, Scrubber scrubber) {
        return author == null
                ? null
                : new Author(
                        name(author.name(), scrubber),
                        scrubber.address(author.address()),
                        author.organization(),
                        author.robot(),
                        author.rewritten());
    }

    /** A person's name, whatever it looks like. */
    private @Nullable String name(@Nullable String name, Scrubber scrubber) {
        if (name == null || name.isBlank()) {
            return name;
        }
        PersonName person = PersonName.of(name);
        return person == null
                ? name.indexOf('@') < 0 ? pseudonyms.person(name) : scrubber.text(name)
                : pseudonyms.person(person.key());
    }

    private String id(String id) {
        return pseudonyms.address(AddressToken.normalize(id));
    }

    private List<String> ids(List<String> ids) {
        List<String> replaced = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            replaced.add(id(ids.get(i)));
        }
        return replaced;
    }

    private List<Hop> hops(List<Hop> hops, Scrubber scrubber) {
        Identities.Origin own = Identities.Origin.of(hops);
        List<Hop> replaced = new ArrayList<>(hops.size());
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            replaced.add(new Hop(
                    hop.position(),
                    hop.field(),
                    hop.dialect(),
                    peer(hop.from(), own, scrubber),
                    receiver(hop.by(), own, scrubber),
                    scrubber.nullable(hop.via()),
                    hop.with(),
                    hop.tls(),
                    user(hop.authenticated()),
                    scrubber.nullable(hop.id()),
                    address(hop.recipient(), scrubber),
                    address(hop.envelopeFrom(), scrubber),
                    hop.stamp(),
                    hop.stampSource(),
                    hop.stampPrecisionMs(),
                    hop.times(),
                    hop.delayMs(),
                    host(hop.heldBy(), own, scrubber),
                    hop.segment(),
                    hop.greylistedMs()));
        }
        return replaced;
    }

    private Hop.@Nullable Peer peer(Hop.@Nullable Peer from, Identities.Origin own, Scrubber scrubber) {
        return from == null
                ? null
                : new Hop.Peer(
                        host(from.helo(), own, scrubber),
                        host(from.host(), own, scrubber),
                        ip(from.ip(), own),
                        from.port(),
                        user(from.user()));
    }

    private Hop.@Nullable Receiver receiver(Hop.@Nullable Receiver by, Identities.Origin own, Scrubber scrubber) {
        return by == null
                ? null
                : new Hop.Receiver(host(by.host(), own, scrubber), ip(by.ip(), own), by.software(), by.version());
    }

    /** The author's own host, and those that have a person's name in theirs. */
    private @Nullable String host(@Nullable String host, Identities.Origin own, Scrubber scrubber) {
        return host != null && own.is(host) ? pseudonyms.host(host) : scrubber.nullable(host);
    }

    private @Nullable String ip(@Nullable String ip, Identities.Origin own) {
        return ip != null && own.is(ip) ? pseudonyms.ip(ip) : ip;
    }

    private Route route(Route route, List<Hop> hops, Scrubber scrubber) {
        return new Route(host(route.listHost(), Identities.Origin.of(hops), scrubber), route.moderatedMs());
    }

    private @Nullable String user(@Nullable String user) {
        if (user == null || user.isEmpty()) {
            return user;
        }
        return user.indexOf('@') < 0 ? pseudonyms.word(user) : pseudonyms.address(AddressToken.normalize(user));
    }

    private static @Nullable String address(@Nullable String address, Scrubber scrubber) {
        return address == null || address.isEmpty() ? address : scrubber.address(address);
    }

    private static List<Part> parts(List<Part> parts, Scrubber scrubber) {
        List<Part> replaced = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            replaced.add(new Part(
                    part.path(),
                    part.type(),
                    part.charset(),
                    part.encoding(),
                    part.disposition(),
                    part.filename() == null ? null : scrubber.scrub(part.filename(), Kind.ADDRESSES),
                    part.size()));
        }
        return replaced;
    }

    private @Nullable BodyText text(@Nullable BodyText text, Scrubber scrubber) {
        if (text == null) {
            return null;
        }
        String whole = scrubber.text(text.text());
        Quotes quotes = text.quote();
        List<Quotation> quotations = new ArrayList<>(quotes.quotations().size());
        for (Quotation quotation : quotes.quotations()) {
            quotations.add(new Quotation(
                    quotation.depth(),
                    name(quotation.name(), scrubber),
                    quotation.address() == null ? null : scrubber.address(quotation.address()),
                    quotation.messageId() == null ? null : id(quotation.messageId()),
                    quotation.date(),
                    quotation.lines()));
        }
        List<String> sketch = new ArrayList<>(quotes.sketch().size());
        for (String hashes : quotes.sketch()) {
            int blank = hashes.indexOf(' ');
            sketch.add(hashes.substring(0, blank + 1) + pseudonyms.hashes(hashes.substring(blank + 1)));
        }
        return new BodyText(
                whole,
                text.original().equals(text.text()) ? whole : scrubber.text(text.original()),
                text.type(),
                text.charset(),
                new Quotes(
                        quotes.depth(),
                        quotes.linesByDepth(),
                        quotes.counts(),
                        scrubber.text(quotes.newText()),
                        scrubber.text(quotes.quotedText()),
                        quotes.style(),
                        quotations,
                        sketch));
    }

    private @Nullable Patch patch(@Nullable Patch patch, Scrubber scrubber) {
        if (patch == null) {
            return null;
        }
        List<String> keys = new ArrayList<>(patch.seriesKeys().size());
        for (String key : patch.seriesKeys()) {
            // Keys of Message-IDs are looked up among the mails' own.
            int prefix = key.indexOf(':') + 1;
            keys.add(key.substring(0, prefix)
                    + (key.startsWith("message-id:")
                            ? id(key.substring(prefix))
                            : pseudonyms.digest(key.substring(prefix))));
        }
        return new Patch(
                patch.kind(),
                patch.version(),
                patch.number(),
                patch.total(),
                scrubber.all(patch.prefixes()),
                scrubber.text(patch.title()),
                keys,
                scrubber.all(patch.files()),
                patch.fileCount(),
                patch.insertions(),
                patch.deletions(),
                patch.baseCommit(),
                patch.changeId(),
                scrubber.all(patch.prerequisites()));
    }

    private List<Trailer> trailers(List<Trailer> trailers, Scrubber scrubber) {
        List<Trailer> replaced = new ArrayList<>(trailers.size());
        for (Trailer trailer : trailers) {
            replaced.add(new Trailer(
                    trailer.key(),
                    scrubber.text(trailer.value()),
                    name(trailer.name(), scrubber),
                    trailer.address() == null ? null : scrubber.address(trailer.address())));
        }
        return replaced;
    }
}
