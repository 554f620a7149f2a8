package org.listlens.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Patch;

/**
 * What was sent at once: the patches of one version with their cover letter. Patches come together by the mail that they
 * answer, the cover letter or the first patch, which may be missing; a cover letter and a patch without a number begin a
 * posting of their own, whatever they answer.
 */
final class Posting {
    /** In the order of time. */
    final List<PostedPatch> mails = new ArrayList<>();

    /** Keys of the titles of its patches, the cover letter's aside. */
    final Set<String> patchTitles = new HashSet<>();

    private final Set<Integer> numbers = new HashSet<>();
    private int version;
    private @Nullable Integer announced;
    /** Whether it asks to pull; its patches were posted by themselves before. */
    private boolean pull;

    private void add(PostedPatch mail) {
        mails.add(mail);
        Patch patch = mail.patch();
        version = Math.max(version, patch.version());
        pull |= patch.kind() == Patch.Kind.PULL_REQUEST;
        if (patch.total() != null && (announced == null || patch.total() > announced)) {
            announced = patch.total();
        }
        if (mail.isPatch()) {
            numbers.add(patch.number() == null ? (Integer) 1 : patch.number());
            String title = mail.titleKey();
            if (title != null) {
                patchTitles.add(title);
            }
        }
    }

    PostedPatch first() {
        return mails.get(0);
    }

    /** The version; where mails of one posting disagree, the highest: authors forget to give it to some. */
    int version() {
        return version;
    }

    @Nullable
    Instant time() {
        return first().time();
    }

    @Nullable
    String author() {
        return first().author();
    }

    boolean isPull() {
        return pull;
    }

    /** How many of its patches are there. */
    int posted() {
        return numbers.size();
    }

    /** How many it has by what its mails say; a patch without a number stands alone. */
    @Nullable
    Integer announced() {
        return announced == null && !pull && !numbers.isEmpty() ? (Integer) 1 : announced;
    }

    /** The mail that gives it its title: the cover letter, else the patch with the lowest number. */
    PostedPatch lead() {
        PostedPatch lead = first();
        for (PostedPatch mail : mails) {
            if (rank(mail) < rank(lead)) {
                lead = mail;
            }
        }
        return lead;
    }

    private static int rank(PostedPatch mail) {
        Integer number = mail.patch().number();
        return mail.isPatch() ? (number == null ? 1 : number) : 0;
    }

    /** The key of the title that all of it has: its cover letter's, or its only patch's; {@code null} without one. */
    @Nullable
    String title() {
        return !lead().isPatch() || numbers.size() == 1 ? lead().titleKey() : null;
    }

    /**
     * Groups mails.
     *
     * @param mails in the order of time, each Message-ID once
     * @return in the order of their first mails
     */
    static List<Posting> of(List<PostedPatch> mails) {
        Map<String, Integer> byId = new HashMap<>();
        for (int i = 0; i < mails.size(); i++) {
            byId.put(mails.get(i).key(), i);
        }
        Groups groups = new Groups(mails.size());
        Map<List<Object>, Integer> missing = new HashMap<>();
        for (int i = 0; i < mails.size(); i++) {
            PostedPatch mail = mails.get(i);
            Integer number = mail.patch().number();
            if (!mail.isPatch() || number == null || number == 0) {
                continue;
            }
            Integer answered = answered(mail, mails, byId);
            if (answered != null) {
                groups.join(i, answered);
            } else {
                String anchor = anchor(mail, byId);
                if (anchor != null) {
                    List<Object> key = List.of(
                            anchor,
                            mail.author() == null ? "" : mail.author(),
                            mail.patch().version(),
                            mail.patch().total() == null ? 0 : mail.patch().total());
                    Integer same = missing.putIfAbsent(key, i);
                    if (same != null) {
                        groups.join(i, same);
                    }
                }
            }
        }
        Map<Integer, Posting> postings = new LinkedHashMap<>();
        for (int i = 0; i < mails.size(); i++) {
            postings.computeIfAbsent(groups.find(i), group -> new Posting()).add(mails.get(i));
        }
        return List.copyOf(postings.values());
    }

    /** The nearest mail of the same posting that a patch answers. */
    private static @Nullable Integer answered(PostedPatch mail, List<PostedPatch> mails, Map<String, Integer> byId) {
        for (String id : mail.refers()) {
            Integer at = byId.get(id);
            if (at != null && isSamePosting(mail, mails.get(at))) {
                return at;
            }
        }
        return null;
    }

    private static boolean isSamePosting(PostedPatch mail, PostedPatch above) {
        Patch patch = mail.patch();
        Patch other = above.patch();
        boolean totals =
                patch.total() == null || other.total() == null || patch.total().equals(other.total());
        boolean pull = other.kind() == Patch.Kind.PULL_REQUEST;
        boolean before = pull || (other.number() != null && patch.number() != null && other.number() < patch.number());
        return before
                && totals
                && (patch.version() == other.version() || pull || (patch.version() == 1 && !above.isPatch()))
                && Objects.equals(mail.author(), above.author());
    }

    /**
     * What a patch has in common with the others when the mail that they answer is not there: its Message-ID, or, where
     * the patch answers none, the part of its own that git gives to all patches it sends at once
     * ({@code 20210706134536.12345-3-jane@example.org}).
     */
    private static @Nullable String anchor(PostedPatch mail, Map<String, Integer> byId) {
        for (String id : mail.refers()) {
            if (!byId.containsKey(id)) {
                return id;
            }
        }
        String own = mail.refers().isEmpty() ? mail.messageId() : null;
        int dash = own == null ? -1 : own.indexOf('-');
        if (own == null || dash < 16) {
            return null;
        }
        for (int i = 0; i < dash; i++) {
            char c = own.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return null;
            }
        }
        return own.substring(0, dash + 1);
    }
}
