package org.listlens.trace;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.header.DateTimes;
import org.listlens.mail.HeaderField;
import org.listlens.mail.Stamp;

/**
 * What stands in a header beside its trace lines and tells of a list: fields that list software, or the agent that handed
 * the mail to it, put on top of the trace as it was then (RFC 5321 §4.4), so that the trace line above is of the mail's way
 * on; the envelope sender; when a moderator let the mail pass.
 */
final class TraceMarks {
    private final BitSet called = new BitSet();
    private int listField;
    private int addressField;
    private boolean delivered;
    private @Nullable Instant approved;

    /**
     * Reads the fields of a mail.
     *
     * @param total how many trace lines there are
     * @param site gets the senders that have the form of a list's, and knows its addresses
     */
    TraceMarks(List<HeaderField> fields, int total, ListSite site) {
        int older = 0;
        for (int i = fields.size() - 1; i >= 0; i--) {
            HeaderField field = fields.get(i);
            if (TraceParser.traceField(field) != null) {
                older++;
                if (isCall(field.value())) {
                    called.set(older);
                }
                continue;
            }
            boolean within = older > 0 && older < total;
            switch (field.name().length()) {
                case 6 -> {
                    if (field.is("Sender")) {
                        site.addSender(field);
                    }
                }
                case 7 -> list(within && field.is("List-Id"), older);
                case 9 -> {
                    list(within && field.is("List-Post"), older);
                    if (field.is("Errors-To")) {
                        site.addSender(field);
                    }
                }
                case 11 -> {
                    list(within && field.is("X-BeenThere"), older);
                    if (field.is("Return-Path")) {
                        site.addSender(field);
                    } else if (field.is("Envelope-To")) {
                        delivered(field.value(), site, older, total);
                    }
                }
                case 12 -> {
                    list(within && field.is("Mailing-List"), older);
                    if (field.is("Delivered-To")) {
                        delivered(field.value(), site, older, total);
                    }
                }
                case 13 -> {
                    if (field.is("X-Original-To")) {
                        delivered(field.value(), site, older, total);
                    }
                }
                case 14 -> list(within && field.is("X-Mailing-List"), older);
                case 17 -> list(within && (field.is("X-Mailman-Version") || field.is("X-Google-Group-Id")), older);
                case 21 -> {
                    if (field.is("X-Mailman-Approved-At")) {
                        Stamp stamp = DateTimes.parse(field.value());
                        approved = stamp == null ? null : stamp.instant();
                    }
                }
                default -> {}
            }
        }
    }

    private void list(boolean isThere, int older) {
        if (isThere) {
            listField = older + 1;
        }
    }

    /** To whom an agent delivered the mail, as it was then; ezmlm: {@code mailing list x@…}, {@code moderator for x@…}. */
    private void delivered(String value, ListSite site, int older, int total) {
        boolean isEzmlm = value.startsWith("mailing list ") || value.startsWith("moderator for ");
        String address = Words.bare(value, 0, value.length());
        if (older == total) {
            delivered |= site.isPost(address);
        } else if (older > 0) {
            if (isEzmlm || site.isPost(address) || site.isInternal(address)) {
                listField = older + 1;
            } else if (site.isNamed(address)) {
                addressField = older + 1;
            }
        }
    }

    /** qmail and what writes like it, called by a program on the same machine. */
    private static boolean isCall(String value) {
        return value.startsWith("(") && value.contains(" invoked by ");
    }

    /** The position of the trace line above the topmost field of a list within the trace; 0 when there is none. */
    int listField() {
        return listField;
    }

    /** The same of fields that tell of a delivery to a list's name at a host that nothing else tells to be a list's. */
    int addressField() {
        return addressField;
    }

    /** Whether the mail was archived from where it was delivered to the list, so that the list did not send it on. */
    boolean isDelivered() {
        return delivered;
    }

    /** Whether the line at a position says that a program on the same machine sent the mail. */
    boolean isCall(int position) {
        return called.get(position);
    }

    /** When a moderator let the mail pass; {@code null} when the list software did not say. */
    @Nullable
    Instant approved() {
        return approved;
    }
}
