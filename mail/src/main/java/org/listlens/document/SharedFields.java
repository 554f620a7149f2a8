package org.listlens.document;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.listlens.mail.DefectCode;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;
import org.listlens.mail.Participant;
import org.listlens.mail.Role;

/** The fields that documents of several kinds have. */
final class SharedFields {
    private SharedFields() {}

    /** Writes, into the object of the ECS fields, those that messages and deliveries share. */
    static void writeSummary(DocumentWriter writer, ParsedMail mail, MailDocuments.Shared shared) {
        if (writer.again(shared.summary)) {
            return;
        }
        int start = writer.position();
        writer.string("message_id", mail.messageId());
        writer.string("subject", mail.subject());
        if (mail.date() != null && DocumentWriter.representable(mail.date().instant())) {
            writer.time("origination_timestamp", mail.date().instant());
            writer.zone("origination_zone", mail.date().offset());
        }
        writer.startObject("from");
        writeAddresses(writer, mail.participants(), Role.FROM);
        writer.startArray("name");
        for (int i = 0; i < mail.participants().size(); i++) {
            Participant participant = mail.participants().get(i);
            if (participant.role() == Role.FROM && participant.name() != null && !writer.full()) {
                writer.element(participant.name());
            }
        }
        writer.endArray();
        writer.startArray("domain");
        for (int i = 0; i < mail.participants().size(); i++) {
            Participant participant = mail.participants().get(i);
            if (participant.role() == Role.FROM && !writer.full()) {
                writer.element(participant.domain());
            }
        }
        writer.endArray();
        writer.endObject();
        shared.summary = writer.members(start);
    }

    /** Writes the addresses of To and Cc. */
    static void writeRecipients(DocumentWriter writer, ParsedMail mail, MailDocuments.Shared shared) {
        if (writer.again(shared.recipients)) {
            return;
        }
        int start = writer.position();
        writeRole(writer, mail, "to", Role.TO);
        writeRole(writer, mail, "cc", Role.CC);
        shared.recipients = writer.members(start);
    }

    /** Writes an object with the addresses of the participants with a role. */
    static void writeRole(DocumentWriter writer, ParsedMail mail, String name, Role role) {
        writer.startObject(name);
        writeAddresses(writer, mail.participants(), role);
        writer.endObject();
    }

    /** Writes the array {@code address} of the participants with a role. */
    static void writeAddresses(DocumentWriter writer, List<Participant> participants, Role role) {
        writer.startArray("address");
        for (int i = 0; i < participants.size(); i++) {
            Participant participant = participants.get(i);
            if (participant.role() == role && !writer.full()) {
                writer.element(participant.address());
            }
        }
        writer.endArray();
    }

    /** Writes {@code list.*}: ids as the copy's, names and addresses in the order of the mail. */
    static void writeLists(DocumentWriter writer, ParsedMail mail, MailDocuments.Keys keys) {
        if (writer.again(keys.shared().lists)) {
            return;
        }
        int start = writer.position();
        List<MailingList> lists = mail.lists();
        writer.startObject("list");
        writer.strings("id", keys.listIds());
        writer.startArray("name");
        for (int i = 0; i < lists.size() && !writer.full(); i++) {
            writer.element(lists.get(i).name());
        }
        writer.endArray();
        writer.startArray("post");
        for (int i = 0; i < lists.size() && !writer.full(); i++) {
            writer.element(lists.get(i).post());
        }
        writer.endArray();
        writer.endObject();
        keys.shared().lists = writer.members(start);
    }

    /** Writes {@code defect.codes}, each code once; last of all lists, because a cut list is a defect. */
    static void writeDefects(DocumentWriter writer, ParsedMail mail) {
        Set<DefectCode> written = EnumSet.noneOf(DefectCode.class);
        writer.startObject("defect");
        writer.startArray("codes");
        for (int i = 0; i < mail.defects().size(); i++) {
            DefectCode code = mail.defects().get(i).code();
            if (written.add(code)) {
                writer.element(code.label());
            }
        }
        if (writer.truncated()) {
            writer.element(DefectCode.DOCUMENT_TRUNCATED.label());
        }
        writer.endArray();
        writer.endObject();
    }
}
