package org.listlens.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.listlens.generate.Node.Linkage;
import org.listlens.generate.Node.Part;

/** Draws discussions: where, about what, who answers whom, and what goes wrong. */
final class Planner {
    /** Two for each list. */
    private static final List<String> THINGS = List.of(
            "dome shutter",
            "focuser",
            "rain gauge",
            "wind vane",
            "hive scale",
            "queen excluder",
            "long serif",
            "kerning table",
            "portolan chart",
            "compass rose",
            "turnout motor",
            "signal box",
            "warp beam",
            "shuttle",
            "mappa mundi",
            "parchment");

    private static final List<String> SUBJECTS = List.of(
            "%s does not settle after a cold start",
            "How do you store the %s over winter?",
            "New drawing of the %s",
            "%s: wrong reading below zero",
            "Minutes of Thursday, with a word on the %s",
            "Question about the %s",
            "Is the %s worth repairing?");
    private static final List<String> MODULES = List.of("dome", "focuser", "rain", "vane", "mount", "guider", "logger");
    private static final List<String> CHANGES = List.of(
            "fix overflow of the step counter",
            "do not read past the end of the frame",
            "add support for the second sensor",
            "use the calibrated value after wake-up",
            "drop the unused retry loop",
            "report the temperature in millikelvin");

    private final long seed;
    private final int people;
    private int conversations;
    private final List<Malformation> malformations = new ArrayList<>(List.of(Malformation.values()));

    Planner(long seed, int messages) {
        this.seed = seed;
        people = Math.clamp(messages / 20, 24, 5000);
    }

    /** How many people write. */
    int people() {
        return people;
    }

    /**
     * Draws the next discussion: one thread, or one for each version of a patch series.
     *
     * @param budget how many mails the archives may get at most, at least 1
     */
    List<ThreadPlan> next(int budget) {
        Prng random = Prng.of(seed, "thread", ++conversations);
        MailList list = list(random.below(100));
        if (list.patches() && random.chance(0.45) && budget > 1) {
            return series(random, list, budget);
        }
        MailList other = random.chance(0.05) && budget > 1 ? another(list, random) : null;
        boolean deep = random.chance(0.04);
        boolean ghost = !deep && other == null && random.chance(0.03) && budget > 1;
        int size = deep
                ? random.between(11, 14)
                : random.chance(0.28) && !ghost ? 1 : (int) Math.min(40, 1 + random.logNormal(3.2, 0.8));
        int room = other == null ? budget : budget / 2;
        size = Math.max(1, Math.min(size + (ghost ? 1 : 0), room));
        List<Node> nodes = new ArrayList<>();
        int starter = random.below(people);
        nodes.add(new Node(-1, starter, Part.STARTER, null, ghost, Linkage.PROPER, null, 1));
        while (nodes.size() < size) {
            nodes.add(reply(nodes, random, deep, Part.REPLY));
        }
        Language language = list.language();
        String thing = THINGS.get(MailList.ALL.indexOf(list) * 2 + random.below(2));
        String subject = language != null && random.chance(0.4)
                ? random.pick(language.sentences())
                : random.pick(SUBJECTS).replace("%s", thing);
        ThreadPlan plan = new ThreadPlan(
                conversations, list, other, subject, null, spoil(nodes, random, budget, other != null), deep);
        return List.of(plan);
    }

    private List<ThreadPlan> series(Prng random, MailList list, int budget) {
        int versions = random.chance(0.3) ? random.between(2, 3) : 1;
        int total = random.chance(0.35) ? 1 : random.between(2, 5);
        boolean rfc = random.chance(0.12);
        String module = random.pick(MODULES);
        String subject = module + ": " + random.pick(CHANGES);
        int author = random.below(people);
        List<ThreadPlan> plans = new ArrayList<>();
        int left = budget;
        int conversation = conversations;
        for (int version = 1; version <= versions && left > 0; version++) {
            int mails = Math.min(total > 1 ? total + 1 : 1, left);
            List<Node> nodes = new ArrayList<>();
            if (total > 1) {
                nodes.add(new Node(-1, author, Part.COVER, 0, false, Linkage.PROPER, null, 1));
            }
            while (nodes.size() < mails) {
                int parent = nodes.isEmpty() ? -1 : 0;
                int index = total > 1 ? nodes.size() : 1;
                nodes.add(new Node(parent, author, Part.PATCH, index, false, Linkage.PROPER, null, 1));
            }
            int size = Math.min(left, mails + (random.chance(0.2) ? 0 : (int) random.logNormal(3, 0.7)));
            while (nodes.size() < size) {
                nodes.add(reply(nodes, random, false, Part.REVIEW));
            }
            ThreadPlan.Series series = new ThreadPlan.Series(version, total, rfc, module);
            ThreadPlan plan =
                    new ThreadPlan(conversation, list, null, subject, series, spoil(nodes, random, left, false), false);
            plans.add(plan);
            left -= plan.copies();
        }
        return plans;
    }

    private Node reply(List<Node> nodes, Prng random, boolean chain, Part part) {
        int last = nodes.size() - 1;
        int parent = chain || random.chance(0.5) ? last : random.chance(0.4) ? 0 : random.below(nodes.size());
        int asker = nodes.get(parent).person();
        int person = nodes.get(0).person();
        if (asker == person || !random.chance(0.4)) {
            do {
                person = random.below(people);
            } while (person == asker);
        }
        Linkage linkage = Linkage.PROPER;
        if (!chain && random.chance(0.05)) {
            linkage = random.pick(List.of(Linkage.ONLY_IN_REPLY_TO, Linkage.ONLY_REFERENCES, Linkage.NONE));
        }
        return new Node(parent, person, part, null, false, linkage, null, 1);
    }

    /** Lets some of a thread's mails be malformed or archived twice, as far as the budget allows. */
    private List<Node> spoil(List<Node> nodes, Prng random, int budget, boolean crossposted) {
        int spare = budget - nodes.size() * (crossposted ? 2 : 1);
        List<Node> spoilt = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Malformation malformation = null;
            int copies = 1;
            if (!node.ghost() && random.chance(0.012)) {
                malformation = nextMalformation(nodes, i);
            } else if (!node.ghost() && random.chance(0.003) && spare > 0) {
                copies = 2;
                spare--;
            }
            spoilt.add(new Node(
                    node.parent(),
                    node.person(),
                    node.part(),
                    node.patch(),
                    node.ghost(),
                    malformation == null ? node.linkage() : Linkage.PROPER,
                    malformation,
                    copies));
        }
        return spoilt;
    }

    /** Takes malformations in turn, so that a small archive has them all; one that does not fit waits for the next mail. */
    private Malformation nextMalformation(List<Node> nodes, int number) {
        Malformation next = malformations.getFirst();
        for (Malformation malformation : malformations) {
            if (fits(malformation, nodes, number)) {
                next = malformation;
                break;
            }
        }
        malformations.remove(next);
        malformations.addLast(next);
        return next;
    }

    private static boolean fits(Malformation malformation, List<Node> nodes, int number) {
        if (malformation == Malformation.REUSED_MESSAGE_ID) {
            // The id of a mail above its parent is there to be taken.
            int parent = nodes.get(number).parent();
            return leaf(nodes, number)
                    && parent > 0
                    && nodes.get(parent).linkage() != Linkage.NONE
                    && !nodes.get(nodes.get(parent).parent()).ghost();
        }
        return !malformation.leafOnly() || leaf(nodes, number);
    }

    private static boolean leaf(List<Node> nodes, int number) {
        for (Node node : nodes) {
            if (node.parent() == number) {
                return false;
            }
        }
        return true;
    }

    private static MailList list(int percent) {
        int sum = 0;
        for (MailList list : MailList.ALL) {
            sum += list.share();
            if (percent < sum) {
                return list;
            }
        }
        return MailList.ALL.get(0);
    }

    private static @Nullable MailList another(MailList list, Prng random) {
        MailList other = random.pick(MailList.ALL);
        return other.equals(list) ? null : other;
    }
}
