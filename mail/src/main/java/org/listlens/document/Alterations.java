package org.listlens.document;

import java.util.List;
import java.util.Locale;
import org.listlens.mail.DefectCode;
import org.listlens.mail.DkimSignature;
import org.listlens.mail.HeaderField;
import org.listlens.mail.MailingList;
import org.listlens.mail.ParsedMail;

/**
 * How much a copy has been altered on its way: of several copies of a mail the least altered one speaks for it. A sum of
 * what was done, the worst first, so that any of it outweighs all that is milder.
 */
final class Alterations {
    /** Octets or the line breaks of the header were lost. */
    private static final int DAMAGED = 32;

    private static final int FROM_REWRITTEN = 16;
    /** A list took parts away. */
    private static final int PARTS_REMOVED = 8;
    /** Made by an archive that keeps no trace, and shortens the header with it. */
    private static final int TRACE_REMOVED = 4;

    private static final int SUBJECT_TAGGED = 2;
    private static final int SIGNATURE_BROKEN = 1;

    private Alterations() {}

    /**
     * The sum; 0 for a copy as its author sent it.
     *
     * @param fields the mail's
     */
    static int of(ParsedMail mail, NamedFields fields) {
        return (isDamaged(mail) ? DAMAGED : 0)
                + (isFromRewritten(mail, fields) ? FROM_REWRITTEN : 0)
                + (fields.isFiltered() ? PARTS_REMOVED : 0)
                + (mail.hops().isEmpty() ? TRACE_REMOVED : 0)
                + (isSubjectTagged(mail) ? SUBJECT_TAGGED : 0)
                + (hasBrokenSignature(mail) ? SIGNATURE_BROKEN : 0);
    }

    private static boolean isDamaged(ParsedMail mail) {
        for (int i = 0; i < mail.defects().size(); i++) {
            DefectCode code = mail.defects().get(i).code();
            if (code == DefectCode.MAIL_TRUNCATED || code == DefectCode.LINE_BREAKS_LOST) {
                return true;
            }
        }
        return false;
    }

    /** Whether a list's address stands in From, or a list says that it has put another there. */
    private static boolean isFromRewritten(ParsedMail mail, NamedFields fields) {
        if ((mail.author() != null && mail.author().rewritten()) || fields.isFromReplaced()) {
            return true;
        }
        HeaderField from = fields.from();
        if (from == null || mail.lists().isEmpty()) {
            return false;
        }
        String value = from.value().toLowerCase(Locale.ROOT);
        for (int i = 0; i < mail.lists().size(); i++) {
            String post = mail.lists().get(i).post();
            if (post != null && value.contains(post.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the subject has the name of one of the lists in brackets, as in {@code Re: [dev] x} and {@code [dev 17] x}. */
    private static boolean isSubjectTagged(ParsedMail mail) {
        String subject = mail.subject();
        int open = subject == null ? -1 : subject.indexOf('[');
        while (subject != null && open >= 0) {
            int close = subject.indexOf(']', open);
            if (close < 0) {
                return false;
            }
            if (isTag(subject.substring(open + 1, close).toLowerCase(Locale.ROOT), mail.lists())) {
                return true;
            }
            open = subject.indexOf('[', close);
        }
        return false;
    }

    private static boolean isTag(String bracketed, List<MailingList> lists) {
        int end = bracketed.length();
        while (end > 0 && " :#0123456789".indexOf(bracketed.charAt(end - 1)) >= 0) {
            end--;
        }
        String tag = bracketed.substring(0, end == 0 ? bracketed.length() : end);
        for (int i = 0; i < lists.size(); i++) {
            MailingList list = lists.get(i);
            int dot = list.id().indexOf('.');
            String label = dot < 0 ? list.id() : list.id().substring(0, dot);
            if (tag.equals(label) || tag.equalsIgnoreCase(list.name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBrokenSignature(ParsedMail mail) {
        List<DkimSignature> signatures = mail.authentication().signatures();
        for (int i = 0; i < signatures.size(); i++) {
            if (Boolean.FALSE.equals(signatures.get(i).whole())) {
                return true;
            }
        }
        return false;
    }
}
