package org.listlens.generate;

import java.util.List;

/**
 * Somebody who writes to lists. People are not kept but drawn again from the seed whenever they are needed.
 *
 * @param number counts from 0
 * @param name with non-ASCII letters as the language has them
 * @param address of a domain of {@code site}
 * @param site where the mail leaves from
 * @param language the language of the mail program, and of texts on lists in that language
 * @param client the mail program
 * @param zone where the author lives
 * @param clockMs how far the author's own clock is ahead
 * @param signs whether mails end with a signature
 */
record Person(
        int number,
        String name,
        String address,
        Site site,
        Language language,
        Client client,
        Zone zone,
        long clockMs,
        boolean signs) {
    /** Mail programs. */
    enum Client {
        THUNDERBIRD("User-Agent: Mozilla Thunderbird"),
        MUTT("User-Agent: Mutt/2.2.9 (2022-11-12)"),
        APPLE_MAIL("X-Mailer: Apple Mail (2.3654.120.0.1.13)"),
        OUTLOOK("X-Mailer: Microsoft Outlook 16.0"),
        GMAIL(""),
        OLD("X-Mailer: Pegasus 2.54");

        private final String field;

        Client(String field) {
            this.field = field;
        }

        /** The header field by which it names itself; empty when it does not. */
        String field() {
            return field;
        }
    }

    private static final List<Zone> ZONES = List.of(
            Zone.CENTRAL_EUROPE, Zone.EASTERN, Zone.PACIFIC, Zone.INDIA, Zone.CHINA, Zone.JAPAN, Zone.UTC, Zone.GMT);

    static Person of(long seed, int number) {
        Prng random = Prng.of(seed, "person", number);
        Site site = Site.ALL.get(number % Site.ALL.size());
        boolean english = random.chance(0.35);
        Language[] languages = Language.values();
        Language language = english ? Language.ENGLISH : languages[1 + random.below(languages.length - 1)];
        Client client = switch (site.origin()) {
            case EXCHANGE -> Client.OUTLOOK;
            case GOOGLE, GOOGLE_WEB -> Client.GMAIL;
            case OLD_GATEWAY, WEBMAIL -> Client.OLD;
            default -> random.pick(List.of(Client.THUNDERBIRD, Client.MUTT, Client.APPLE_MAIL));
        };
        long clock = random.chance(0.2) ? random.between(-400_000, 400_000) : random.between(-900, 900);
        String address = random.string("abcdefghiklmnoprstuvw", random.between(4, 8)) + number + '@' + site.domain();
        return new Person(
                number,
                language.name(random),
                address,
                site,
                language,
                client,
                random.pick(ZONES),
                clock,
                random.chance(0.5));
    }
}
