package org.listlens.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Limits;
import org.listlens.mail.MailingList;
import org.listlens.mail.Origin;
import org.listlens.mail.RawMail;
import org.listlens.parse.MailParser;
import org.listlens.source.LeftOut;
import org.listlens.source.MailReceiver;
import org.listlens.source.Position;
import org.listlens.source.RejectedEntry;

/** Counts what a source hands over. */
final class SourceSurvey implements MailReceiver {
    /** So many rejected entries are kept, the others counted. */
    static final int KEPT = 10;

    private static final int MAX_LISTS = 100_000;

    private final MailParser parser;
    private final Map<String, Long> lists = new TreeMap<>();
    private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private long mails;
    private long octets;
    private long undated;
    private long rejections;
    private boolean noted;
    private @Nullable Instant first;
    private @Nullable Instant last;

    SourceSurvey(Limits limits) {
        parser = new MailParser(limits);
    }

    @Override
    public void mail(RawMail mail) {
        mails++;
        octets += mail.size();
        MailParser.Traced traced = parser.trace(mail);
        if (traced.date() == null) {
            undated++;
        } else {
            Instant date = traced.date().instant();
            first = first == null || date.isBefore(first) ? date : first;
            last = last == null || date.isAfter(last) ? date : last;
        }
        for (MailingList list : traced.lists()) {
            if (lists.size() < MAX_LISTS || lists.containsKey(list.id())) {
                lists.merge(list.id(), 1L, Long::sum);
            }
        }
    }

    @Override
    public void rejected(RejectedEntry entry) {
        rejections++;
        if (rejected.size() < KEPT) {
            rejected.add(entry);
        }
    }

    @Override
    public void leftOut(LeftOut why, Origin origin) {
        leftOut.merge(why, 1L, Long::sum);
    }

    @Override
    public void progress(long taken) {}

    @Override
    public boolean tracks() {
        return true;
    }

    @Override
    public void reached(Position position) {
        noted = true;
    }

    long mails() {
        return mails;
    }

    /** Octets of all mails. */
    long octets() {
        return octets;
    }

    /** Mails without a Date that can be read. */
    long undated() {
        return undated;
    }

    /** The earliest Date, in whatever order the mails stand; {@code null} when none has any. */
    @Nullable
    Instant first() {
        return first;
    }

    /** The latest Date. */
    @Nullable
    Instant last() {
        return last;
    }

    /** Mails of each list by its id, the most first. */
    List<Map.Entry<String, Long>> lists() {
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(lists.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue().reversed());
        return sorted;
    }

    Map<LeftOut, Long> leftOut() {
        return leftOut;
    }

    long rejections() {
        return rejections;
    }

    /** The first of the rejected entries. */
    List<RejectedEntry> rejected() {
        return rejected;
    }

    /** Whether the source told a position, from which a later run goes on. */
    boolean isResumable() {
        return noted;
    }
}
