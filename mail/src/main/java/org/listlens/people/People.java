package org.listlens.people;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Author;
import org.listlens.mail.HeaderField;
import org.listlens.mail.MailingList;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

/**
 * What is known of people before their mails are read: whom a {@code .mailmap} names, which domains are an organisation's,
 * and what robots look like. Finds who wrote a mail. Immutable, so that many threads may ask.
 */
public final class People {
    /** With the tables that come with the program, and no {@code .mailmap}. */
    public static final People SHIPPED = new People(Mailmap.EMPTY, Organizations.shipped(), Robots.shipped());

    private final Mailmap mailmap;
    private final Organizations organizations;
    private final Robots robots;

    public People(Mailmap mailmap, Organizations organizations, Robots robots) {
        this.mailmap = mailmap;
        this.organizations = organizations;
        this.robots = robots;
    }

    /**
     * Finds who wrote a mail: the first address of From, without one the Sender; where a list has rewritten From, the
     * address that it came from, wherever list software keeps that.
     *
     * @param fields all fields of the header
     * @param participants the addresses of the address fields
     * @param lists the lists that the mail came by
     * @return {@code null} when neither From nor Sender has an address
     */
    public @Nullable Author author(List<HeaderField> fields, List<Participant> participants, List<MailingList> lists) {
        Participant from = first(Role.FROM, participants);
        from = from == null ? first(Role.SENDER, participants) : from;
        if (from == null) {
            return null;
        }
        OriginalAuthor.Found found = OriginalAuthor.find(from, fields, participants, lists);
        String address = found.address().toLowerCase(Locale.ROOT);
        String name = DisplayNames.clean(found.name(), address);
        boolean shared = found.shared();
        boolean robot = robots.wrote(name, shared ? "" : address, fields);
        Mailmap.Identity proper = mailmap.find(name, address);
        if (proper == null && found.name() != null && !found.name().equals(name)) {
            proper = mailmap.find(found.name(), address);
        }
        if (proper != null) {
            name = proper.name() == null ? name : proper.name();
            shared &= proper.address() == null;
            address = proper.address() == null ? address : proper.address().toLowerCase(Locale.ROOT);
        }
        return new Author(name, address, shared ? null : organizations.find(address), robot, found.rewritten());
    }

    private static @Nullable Participant first(Role role, List<Participant> participants) {
        for (int i = 0; i < participants.size(); i++) {
            Participant participant = participants.get(i);
            if (participant.role() == role && participant.address().indexOf('@') > 0) {
                return participant;
            }
        }
        return null;
    }
}
