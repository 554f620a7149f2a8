package org.listlens.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.listlens.document.PatchSeries;
import org.listlens.mail.Patch;

/**
 * Makes series of patches: first {@linkplain Posting postings}, then of those the versions of one series. Two postings
 * are of one series when
 *
 * <ul>
 *   <li>b4 gave them one change-id,
 *   <li>one says that the other is its earlier version,
 *   <li>they are by one author and the later, of a higher version, answers the earlier,
 *   <li>they are by one author and have the title of their cover letter, or of their only patch, in common, and the
 *       later has a higher version or came within a year,
 *   <li>they are by one author and have patches in common: half of those of the smaller, when the later one is the next
 *       version, else half of those of the larger, within a year.
 * </ul>
 *
 * <p>Patches that come with a request to pull have been posted by themselves before, and join nothing.
 *
 * <p>The outcome depends on the mails alone, not on their order.
 */
final class SeriesGrouping {
    /** The order of time; that of identities where times are the same or unknown. */
    private static final Comparator<PostedPatch> ORDER = Comparator.comparing(
                    (PostedPatch mail) -> mail.time() == null ? Instant.MAX : mail.time())
            .thenComparing(PostedPatch::key)
            .thenComparing(PostedPatch::id);

    /** With how many of those before it a posting is compared that have a patch's title in common. */
    private static final int COMPARED = 8;

    /** After this long a title without a higher version is one that its author used twice. */
    private static final Duration YEAR = Duration.ofDays(365);

    private final List<Posting> postings;
    private final Groups groups;
    private final Map<String, Integer> postingOf = new HashMap<>();

    private SeriesGrouping(List<PostedPatch> mails) {
        postings = Posting.of(mails);
        groups = new Groups(postings.size());
        for (int i = 0; i < postings.size(); i++) {
            for (PostedPatch mail : postings.get(i).mails) {
                postingOf.put(mail.key(), i);
            }
        }
    }

    /**
     * Groups patches into series.
     *
     * @param mails every patch that any of them, or of the replies, has a key or a Message-ID in common with
     * @param replies what answers them
     * @return in the order of their first mails
     */
    static List<PatchSeries> group(List<PostedPatch> mails, List<PatchReply> replies) {
        SeriesGrouping grouping = new SeriesGrouping(distinct(mails));
        grouping.link();
        return grouping.series(replies);
    }

    /** Each Message-ID once: of several mails that share it, the one with the smallest id, by all their lists. */
    private static List<PostedPatch> distinct(List<PostedPatch> mails) {
        List<PostedPatch> sorted = new ArrayList<>(mails);
        sorted.sort(Comparator.comparing(PostedPatch::id));
        Map<String, PostedPatch> byKey = new LinkedHashMap<>();
        for (PostedPatch mail : sorted) {
            byKey.merge(mail.key(), mail, (first, other) -> {
                TreeSet<String> lists = new TreeSet<>(first.listIds());
                lists.addAll(other.listIds());
                return new PostedPatch(
                        first.id(),
                        first.messageId(),
                        first.time(),
                        first.author(),
                        first.name(),
                        List.copyOf(lists),
                        first.patch(),
                        first.refers());
            });
        }
        List<PostedPatch> distinct = new ArrayList<>(byKey.values());
        distinct.sort(ORDER);
        return distinct;
    }

    private void link() {
        Map<String, Integer> changes = new HashMap<>();
        Map<String, Integer> leads = new HashMap<>();
        Map<String, List<Integer>> titles = new HashMap<>();
        for (int i = 0; i < postings.size(); i++) {
            Posting posting = postings.get(i);
            String title = posting.title();
            Integer before = title == null ? null : leads.put(title, i);
            if (before != null && goesOn(postings.get(before), posting)) {
                groups.join(i, before);
            }
            for (PostedPatch mail : posting.mails) {
                if (!posting.isPull() || !mail.isPatch()) {
                    joinSaid(i, mail, changes);
                    joinAnswered(i, mail);
                }
            }
            if (!posting.isPull()) {
                joinOverlapping(i, titles);
            }
        }
    }

    private static boolean goesOn(Posting earlier, Posting later) {
        Instant from = earlier.time();
        Instant to = later.time();
        return later.version() > earlier.version()
                || from == null
                || to == null
                || Duration.between(from, to).compareTo(YEAR) <= 0;
    }

    /** Joins what a mail says to belong together. */
    private void joinSaid(int at, PostedPatch mail, Map<String, Integer> changes) {
        for (String key : mail.patch().seriesKeys()) {
            Integer other = null;
            if (key.startsWith("change-id:")) {
                other = changes.putIfAbsent(key, at);
            } else if (key.startsWith("message-id:")) {
                other = postingOf.get(key.substring("message-id:".length()));
            }
            if (other != null) {
                groups.join(at, other);
            }
        }
    }

    private void joinAnswered(int at, PostedPatch mail) {
        for (String id : mail.refers()) {
            Integer other = postingOf.get(id);
            if (other != null
                    && postings.get(other).version() < mail.patch().version()
                    && !postings.get(other).isPull()
                    && mail.author() != null
                    && mail.author().equals(postings.get(other).author())) {
                groups.join(at, other);
            }
        }
    }

    private void joinOverlapping(int at, Map<String, List<Integer>> titles) {
        Posting later = postings.get(at);
        Set<Integer> compared = new HashSet<>();
        for (String title : later.patchTitles) {
            List<Integer> before = titles.computeIfAbsent(title, key -> new ArrayList<>(2));
            for (int i = Math.max(0, before.size() - COMPARED); i < before.size(); i++) {
                if (compared.add(before.get(i)) && overlap(postings.get(before.get(i)), later)) {
                    groups.join(at, before.get(i));
                }
            }
            before.add(at);
        }
    }

    private static boolean overlap(Posting earlier, Posting later) {
        if (later.title() != null && later.title().equals(earlier.title())) {
            // What they have to do with each other, their title has told.
            return false;
        }
        int shared = 0;
        for (String title : later.patchTitles) {
            shared += earlier.patchTitles.contains(title) ? 1 : 0;
        }
        int one = earlier.patchTitles.size();
        int other = later.patchTitles.size();
        boolean next = later.version() == earlier.version() + 1;
        return 2 * shared >= (next ? Math.min(one, other) : Math.max(one, other)) && goesOn(earlier, later);
    }

    private List<PatchSeries> series(List<PatchReply> replies) {
        Map<Integer, List<Posting>> members = new LinkedHashMap<>();
        for (int i = 0; i < postings.size(); i++) {
            members.computeIfAbsent(groups.find(i), group -> new ArrayList<>()).add(postings.get(i));
        }
        Map<Integer, List<PatchReply>> answers = new HashMap<>();
        Set<String> counted = new HashSet<>();
        List<PatchReply> sorted = new ArrayList<>(replies);
        sorted.sort(Comparator.comparing(PatchReply::id));
        for (PatchReply reply : sorted) {
            Integer posting = answered(reply);
            if (posting != null && counted.add(reply.messageId() == null ? reply.id() : reply.messageId())) {
                answers.computeIfAbsent(groups.find(posting), group -> new ArrayList<>())
                        .add(reply);
            }
        }
        List<PatchSeries> series = new ArrayList<>(members.size());
        members.forEach((group, its) -> series.add(series(its, answers.getOrDefault(group, List.of()))));
        return series;
    }

    /** The posting that has the nearest of the mails that a reply answers. */
    private @Nullable Integer answered(PatchReply reply) {
        for (String id : reply.refers()) {
            Integer posting = postingOf.get(id);
            if (posting != null) {
                return posting;
            }
        }
        return null;
    }

    private static PatchSeries series(List<Posting> postings, List<PatchReply> replies) {
        TreeMap<Integer, List<Posting>> byVersion = new TreeMap<>();
        TreeSet<String> lists = new TreeSet<>();
        TreeSet<String> files = new TreeSet<>();
        TreeSet<String> ids = new TreeSet<>();
        TreeSet<String> changes = new TreeSet<>();
        Set<String> authors = new HashSet<>();
        boolean pull = false;
        int mails = 0;
        for (Posting posting : postings) {
            mails += posting.mails.size();
            byVersion
                    .computeIfAbsent(posting.version(), version -> new ArrayList<>())
                    .add(posting);
            pull |= posting.isPull();
            for (PostedPatch mail : posting.mails) {
                lists.addAll(mail.listIds());
                files.addAll(mail.patch().files());
                if (mail.messageId() != null) {
                    ids.add(mail.messageId());
                }
                if (mail.patch().changeId() != null) {
                    changes.add(mail.patch().changeId());
                }
                if (mail.author() != null) {
                    authors.add(mail.author());
                }
            }
        }
        List<PatchSeries.Version> versions = new ArrayList<>(byVersion.size());
        byVersion.forEach((version, its) -> versions.add(version(version, its)));
        PostedPatch first = postings.get(0).first();
        SeriesReviews reviews = SeriesReviews.of(replies, authors, first.time());
        return new PatchSeries(
                first.key(),
                pull ? Patch.Kind.PULL_REQUEST : Patch.Kind.PATCH,
                title(byVersion.lastEntry().getValue()),
                first.author(),
                first.name(),
                changes.isEmpty() ? null : changes.first(),
                List.copyOf(lists),
                versions,
                mails,
                List.copyOf(files),
                reviews.reviews(),
                reviews.firstMs(),
                reviews.replies(),
                reviews.robotReplies(),
                reviews.robotTrailers(),
                List.copyOf(ids));
    }

    /** A version; of what was sent more than once, the most complete, of equals the newest. */
    private static PatchSeries.Version version(int version, List<Posting> postings) {
        Posting best = postings.get(0);
        for (Posting posting : postings) {
            best = posting.posted() >= best.posted() ? posting : best;
        }
        PostedPatch first = postings.get(0).first();
        return new PatchSeries.Version(version, first.time(), first.messageId(), best.posted(), best.announced());
    }

    private static String title(List<Posting> postings) {
        PostedPatch lead = postings.get(0).lead();
        for (Posting posting : postings) {
            if (!posting.lead().isPatch() || lead.isPatch()) {
                lead = posting.lead();
            }
        }
        return Objects.requireNonNull(lead.patch().title());
    }
}
