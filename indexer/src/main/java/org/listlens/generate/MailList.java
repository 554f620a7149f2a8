package org.listlens.generate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mailing list.
 *
 * @param name the part of its address before the {@code @}, in lower case
 * @param domain the part after it, in lower case
 * @param title what it calls itself
 * @param software what runs it
 * @param relay the host that takes mail for the list host; {@code null} when it takes it itself
 * @param host the host that expands the list
 * @param archive where the subscriber lies whose copies make the archive
 * @param language what people write there when not in English
 * @param patches whether people send patches there
 * @param share how much of all mail it gets, in percent
 */
record MailList(
        String name,
        String domain,
        String title,
        Software software,
        @Nullable Host relay,
        Host host,
        Archive archive,
        @Nullable Language language,
        boolean patches,
        int share) {
    /** The programs that run lists. */
    enum Software {
        MAJORDOMO,
        MLMMJ,
        MAILMAN_2,
        MAILMAN_3,
        SYMPA,
        GROUPS_IO,
        EZMLM,
        LISTSERV;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace("_", "-");
        }
    }

    /** The ways in which mail reaches the archive. */
    enum Archive {
        POSTFIX,
        POSTFIX_LMTP,
        EXCHANGE,
        GOOGLE
    }

    private static final Clock SAWTOOTH = new Clock(100_000, 2_000);
    private static final Host GROUPS_IO = new Host("mx.groups.io", "192.0.2.150", Zone.PACIFIC);

    static final List<MailList> ALL = List.of(
            new MailList(
                    "telescope-drivers",
                    "vger.example.org",
                    "Telescope drivers",
                    Software.MAJORDOMO,
                    new Host("lindy.vger.example.org", "198.51.100.19", Zone.PACIFIC),
                    new Host("vger.example.org", "198.51.100.18", Zone.EASTERN, SAWTOOTH),
                    Archive.POSTFIX,
                    null,
                    true,
                    28),
            new MailList(
                    "weather-station",
                    "lists.subspace.example.net",
                    "Weather station firmware",
                    Software.MLMMJ,
                    null,
                    new Host("smtp.subspace.example.net", "2001:db8:52::25", Zone.UTC),
                    Archive.POSTFIX,
                    null,
                    true,
                    22),
            new MailList(
                    "beekeepers",
                    "lists.example.com",
                    "Beekeepers",
                    Software.MAILMAN_2,
                    null,
                    new Host("lists.example.com", "203.0.113.40", Zone.CENTRAL_EUROPE),
                    Archive.POSTFIX_LMTP,
                    Language.GERMAN,
                    false,
                    12),
            new MailList(
                    "type-design",
                    "mail.foundries.example.org",
                    "Type design",
                    Software.MAILMAN_3,
                    null,
                    new Host("mail.foundries.example.org", "203.0.113.50", Zone.GMT),
                    Archive.GOOGLE,
                    Language.JAPANESE,
                    false,
                    12),
            new MailList(
                    "cartographie",
                    "listes.example.net",
                    "Cartographie ancienne",
                    Software.SYMPA,
                    null,
                    new Host("listes.example.net", "192.0.2.60", Zone.CENTRAL_EUROPE),
                    Archive.EXCHANGE,
                    Language.FRENCH,
                    false,
                    8),
            new MailList(
                    "railways",
                    "models.example.org",
                    "Model railways",
                    Software.GROUPS_IO,
                    null,
                    GROUPS_IO,
                    Archive.POSTFIX,
                    Language.RUSSIAN,
                    false,
                    8),
            new MailList(
                    "dev",
                    "loom.example.net",
                    "Loom developers",
                    Software.EZMLM,
                    null,
                    new Host("lists.loom.example.net", "203.0.113.70", Zone.UTC),
                    Archive.POSTFIX,
                    Language.CHINESE,
                    false,
                    6),
            new MailList(
                    "medieval-maps",
                    "listserv.example.com",
                    "Medieval maps",
                    Software.LISTSERV,
                    null,
                    new Host("listserv.example.com", "198.51.100.90", Zone.EASTERN),
                    Archive.POSTFIX_LMTP,
                    Language.SPANISH,
                    false,
                    4));

    /** The address to post to, as the list writes it. */
    String address() {
        String address = name + '@' + domain;
        return software == Software.LISTSERV ? address.toUpperCase(Locale.ROOT) : address;
    }

    /** The List-Id without brackets (RFC 2919), in lower case. */
    String id() {
        return name + '.' + domain;
    }

    String file() {
        return name + ".mbox";
    }

    /** Whether a moderator sees the first mail of somebody. */
    boolean moderated() {
        return software == Software.MAILMAN_2
                || software == Software.MAILMAN_3
                || software == Software.SYMPA
                || software == Software.EZMLM;
    }

    /** The envelope sender of what the list sends out (VERP where the software does so). */
    String bounces() {
        return switch (software) {
            case MAJORDOMO -> name + "-owner@" + domain;
            case MLMMJ -> name + "+bounces-4711-archive=archive.example.net@" + domain;
            case MAILMAN_2, MAILMAN_3 -> name + "-bounces@" + domain;
            case SYMPA -> name + "-owner@" + domain;
            case GROUPS_IO -> "bounce+64575+4711+4520527+8129362@groups.io";
            case EZMLM -> name + "-return-4711-archive=archive.example.net@" + domain;
            case LISTSERV -> "owner-" + name + '@' + domain;
        };
    }

    /** What the list puts in front of subjects. */
    String tag() {
        return switch (software) {
            case MAILMAN_2 -> "[Beekeepers] ";
            case SYMPA -> "[carto] ";
            case GROUPS_IO -> "[railways] ";
            default -> "";
        };
    }

    /** The lines that the list adds below a text; only below plain ones. */
    List<String> footer(Format format) {
        return format.shape() == Format.Shape.PLAIN ? footer() : List.of();
    }

    private List<String> footer() {
        return switch (software) {
            case MAILMAN_2 ->
                List.of(
                        "_______________________________________________",
                        title + " mailing list",
                        address(),
                        "https://" + domain + "/mailman/listinfo/" + name);
            case MAILMAN_3 ->
                List.of(
                        "_______________________________________________",
                        name + " mailing list -- " + address(),
                        "To unsubscribe send an email to " + name + "-leave@" + domain);
            case GROUPS_IO ->
                List.of(
                        "-=-=-=-=-=-=-=-=-=-=-=-",
                        "Groups.io Links: You receive all messages sent to this group.",
                        "View/Reply Online (#4711): https://groups.io/g/" + name + "/message/4711",
                        "-=-=-=-=-=-=-=-=-=-=-=-");
            default -> List.of();
        };
    }
}
