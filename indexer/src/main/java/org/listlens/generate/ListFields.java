package org.listlens.generate;

import java.util.Locale;

/** The header fields that list software adds. */
final class ListFields {
    private ListFields() {}

    /** The fields at the end of the header, each ended by a line feed; empty for ezmlm, which writes into the trace. */
    static String atEnd(MailList list, boolean moderated, long approvedMs) {
        String at = '@' + list.domain() + ">\n";
        String name = list.name();
        String request = "List-Help: <mailto:" + name + "-request" + at;
        String mailman = "https://" + list.domain() + "/mailman";
        return switch (list.software()) {
            case MAJORDOMO ->
                "Precedence: bulk\nList-ID: <" + list.id() + ">\nX-Mailing-List: " + list.address() + '\n';
            case MLMMJ ->
                "Precedence: bulk\nX-Mailing-List: " + list.address() + "\nList-Id: <" + list.id()
                        + ">\nList-Subscribe: <mailto:" + name + "+subscribe" + at + "List-Unsubscribe: <mailto:" + name
                        + "+unsubscribe" + at;
            case MAILMAN_2 ->
                (moderated
                                ? "X-Mailman-Approved-At: "
                                        + Dates.zeroPadded(
                                                approvedMs, list.host().zone()) + '\n'
                                : "")
                        + "X-BeenThere: " + list.address() + "\nX-Mailman-Version: 2.1.39\nPrecedence: list\nList-Id: "
                        + list.title() + " <" + list.id() + ">\nList-Unsubscribe: <" + mailman + "/options/" + name
                        + ">,\n <mailto:" + name + "-request@" + list.domain()
                        + "?subject=unsubscribe>\nList-Archive: <"
                        + "https://" + list.domain() + "/pipermail/" + name + "/>\nList-Post: <mailto:" + list.address()
                        + ">\n" + request + "Errors-To: " + list.bounces() + "\nSender: \"" + list.title() + "\" <"
                        + list.bounces() + ">\n";
            case MAILMAN_3 ->
                (moderated
                                ? "X-Mailman-Rule-Hits: nonmember-moderation\n"
                                : "X-Mailman-Rule-Misses: dmarc-mitigation\n")
                        + "X-MailFrom: " + list.bounces() + "\nX-Mailman-Version: 3.3.9\nPrecedence: list\nList-Id: "
                        + list.title() + " <" + list.id() + ">\nArchived-At: <https://" + list.domain()
                        + "/archives/list/" + list.address() + "/message/4711/>\n" + request + "List-Owner: <mailto:"
                        + name
                        + "-owner" + at + "List-Post: <mailto:" + list.address() + ">\nList-Unsubscribe: <mailto:"
                        + name
                        + "-leave" + at;
            case SYMPA ->
                (moderated ? "X-Validation-by: moderation@" + list.domain() + '\n' : "") + "X-Loop: " + list.address()
                        + "\nX-Sequence: 4711\nErrors-To: " + list.bounces() + "\nPrecedence: list\nX-no-archive: yes\n"
                        + "List-Id: <" + list.id() + ">\nList-Help: <mailto:sympa"
                        + at.replace(">\n", "?subject=help>\n")
                        + "List-Post: <mailto:" + list.address() + ">\nList-Owner: <mailto:" + name + "-request" + at;
            case GROUPS_IO ->
                "Precedence: Bulk\nList-Subscribe: <mailto:" + name + "+subscribe" + at + "List-Help: <mailto:" + name
                        + "+help" + at + "Sender: " + list.address() + "\nList-Id: <" + list.id()
                        + ">\nMailing-List: list "
                        + list.address() + "; contact " + name + "+owner@" + list.domain()
                        + "\nDelivered-To: mailing list " + list.address() + "\nReply-To: " + list.address() + '\n';
            case EZMLM -> "";
            case LISTSERV ->
                "Reply-To: " + list.title() + " <" + list.address() + ">\nSender: " + list.title() + " <"
                        + list.address()
                        + ">\nPrecedence: list\nList-Help: <https://" + list.domain() + "/scripts/wa.exe?LIST="
                        + name.toUpperCase(Locale.ROOT) + ">\nList-Post: <mailto:" + list.address()
                        + ">\nList-Owner: <mailto:" + name + "-request" + at;
        };
    }

    /** What ezmlm writes below its own trace line; empty for other software. */
    static String inTrace(MailList list, boolean moderated) {
        if (list.software() != MailList.Software.EZMLM) {
            return "";
        }
        String name = list.name();
        String at = '@' + list.domain() + ">\n";
        return "Mailing-List: contact " + name + "-help@" + list.domain() + "; run by ezmlm\nPrecedence: bulk\n"
                + "List-Help: <mailto:" + name + "-help" + at + "List-Unsubscribe: <mailto:" + name + "-unsubscribe"
                + at
                + "List-Post: <mailto:" + list.address() + ">\nList-Id: <" + list.id() + ">\nReply-To: "
                + list.address()
                + "\nDelivered-To: mailing list " + list.address() + '\n'
                + (moderated ? "Delivered-To: moderator for " + list.address() + '\n' : "");
    }
}
