package org.listlens.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One thread and what went on in it. A function of its mails, in whatever order they are given.
 *
 * @param id {@link ThreadIds#name} of its root
 * @param mails in the order of the tree: each before what answers it, answers by time
 * @param missing how many mails are referred to and not there
 * @param starter the mail at the root; {@code null} when it is missing
 * @param persons who wrote, programs aside, each once, sorted
 * @param robots how many mails programs wrote
 * @param first when the first mail was written; {@code null} when no time is known
 * @param last when the last was
 * @param response the first mail by another person than the one who wrote the starter, programs aside; {@code null}
 *     when there is none, or when nobody knows who started
 * @param longestGap between one mail and the next by time; {@code null} with fewer than two times
 * @param medianGap likewise
 */
public record Discussion(
        String id,
        List<Place> mails,
        int missing,
        @Nullable ThreadMail starter,
        List<String> persons,
        int robots,
        @Nullable Instant first,
        @Nullable Instant last,
        @Nullable ThreadMail response,
        @Nullable Duration longestGap,
        @Nullable Duration medianGap) {
    private static final Comparator<ThreadMail> BY_TIME = Comparator.comparing(
                    ThreadMail::at, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(ThreadMail::id);

    /**
     * A mail in the tree.
     *
     * @param mail the mail
     * @param depth how many mails lie above it, missing ones included
     * @param parent the next mail above it that is there; {@code null} when there is none
     */
    public record Place(
            ThreadMail mail, int depth, @Nullable ThreadMail parent) {}

    public Discussion {
        mails = List.copyOf(mails);
        persons = List.copyOf(persons);
    }

    /** The threads that some mails make, by id. Mails that belong to one of them must all be there. */
    public static List<Discussion> of(List<ThreadMail> mails) {
        ThreadIds ids = new ThreadIds();
        ThreadGraph graph = new ThreadGraph();
        Map<Long, List<ThreadMail>> places = new HashMap<>();
        for (ThreadMail mail : mails) {
            ThreadIds.References references = ids.references(mail.references(), mail.inReplyTo());
            long node = mail.node(ids);
            graph.add(node, references.references(), references.related());
            places.computeIfAbsent(node, unused -> new ArrayList<>()).add(mail);
        }
        Map<String, List<Long>> threads = new TreeMap<>();
        for (Map.Entry<Long, List<ThreadMail>> place : places.entrySet()) {
            place.getValue().sort(BY_TIME);
            threads.computeIfAbsent(ThreadIds.name(graph.thread(place.getKey())), unused -> new ArrayList<>())
                    .add(place.getKey());
        }
        List<Discussion> discussions = new ArrayList<>(threads.size());
        threads.forEach((id, nodes) -> discussions.add(new Tree(id, nodes, places, graph, ids).discussion()));
        return discussions;
    }

    /** How deep the answers go. */
    public int depth() {
        int deepest = 0;
        for (Place place : mails) {
            deepest = Math.max(deepest, place.depth());
        }
        return deepest;
    }

    /** How deep the quotes go; {@code null} when no mail has a text. */
    public @Nullable Integer quoteDepth() {
        Integer deepest = null;
        for (Place place : mails) {
            Integer depth = place.mail().quoteDepth();
            if (depth != null) {
                deepest = deepest == null ? depth : (Integer) Math.max(deepest, depth);
            }
        }
        return deepest;
    }

    /** The lists that carried some of it, sorted. */
    public List<String> lists() {
        TreeSet<String> lists = new TreeSet<>();
        for (Place place : mails) {
            lists.addAll(place.mail().lists());
        }
        return List.copyOf(lists);
    }

    /** How many of the mails are patches or introduce some. */
    public int patches() {
        int patches = 0;
        for (Place place : mails) {
            patches += place.mail().patch() ? 1 : 0;
        }
        return patches;
    }

    /** How many of the mails came by more than one list. */
    public int crossposts() {
        int crossposts = 0;
        for (Place place : mails) {
            crossposts += place.mail().lists().size() > 1 ? 1 : 0;
        }
        return crossposts;
    }

    /** Its subject: that of the starter, else of the first mail that has one. */
    public @Nullable String subject() {
        if (starter != null && starter.subject() != null) {
            return starter.subject();
        }
        for (Place place : mails) {
            if (place.mail().subject() != null) {
                return place.mail().subject();
            }
        }
        return null;
    }

    /** How long the first answer took from the starter's time, with its sign; {@code null} without one. */
    public @Nullable Duration responseTime() {
        return starter == null || response == null || starter.at() == null || response.at() == null
                ? null
                : Duration.between(starter.at(), response.at());
    }

    /** The same from when the list had sent the starter on. */
    public @Nullable Duration responseTimeAfterList() {
        return starter == null || response == null || starter.listExit() == null || response.at() == null
                ? null
                : Duration.between(starter.listExit(), response.at());
    }

    /** Whether nobody but who started it and programs have written; {@code null} when nobody knows who started. */
    public @Nullable Boolean unanswered() {
        if (starter == null || starter.writer() == null) {
            return null;
        }
        return response == null;
    }

    /** Makes one discussion of the nodes of one thread. */
    private record Tree(
            String id, List<Long> nodes, Map<Long, List<ThreadMail>> places, ThreadGraph graph, ThreadIds ids) {
        Discussion discussion() {
            List<ThreadMail> byTime = new ArrayList<>();
            for (long node : nodes) {
                byTime.addAll(at(node));
            }
            byTime.sort(BY_TIME);
            ThreadMail starter = starter();
            TreeSet<String> persons = new TreeSet<>();
            int robots = 0;
            List<Instant> times = new ArrayList<>();
            for (ThreadMail mail : byTime) {
                ThreadMail.Writer writer = mail.writer();
                if (writer != null && writer.robot()) {
                    robots++;
                } else if (writer != null) {
                    persons.add(writer.person());
                }
                if (mail.at() != null) {
                    times.add(mail.at());
                }
            }
            List<Duration> gaps = new ArrayList<>();
            for (int i = 1; i < times.size(); i++) {
                gaps.add(Duration.between(times.get(i - 1), times.get(i)));
            }
            gaps.sort(Comparator.naturalOrder());
            return new Discussion(
                    id,
                    inOrder(),
                    missing(),
                    starter,
                    List.copyOf(persons),
                    robots,
                    times.isEmpty() ? null : times.getFirst(),
                    times.isEmpty() ? null : times.getLast(),
                    response(starter, byTime),
                    gaps.isEmpty() ? null : gaps.getLast(),
                    gaps.isEmpty() ? null : gaps.get((gaps.size() - 1) / 2));
        }

        private List<ThreadMail> at(long node) {
            return places.getOrDefault(node, List.of());
        }

        private @Nullable ThreadMail starter() {
            for (long node : nodes) {
                if (ThreadIds.name(node).equals(id)) {
                    return at(node).getFirst();
                }
            }
            return null;
        }

        private static @Nullable ThreadMail response(@Nullable ThreadMail starter, List<ThreadMail> byTime) {
            ThreadMail.Writer started = starter == null ? null : starter.writer();
            if (started == null) {
                return null;
            }
            for (ThreadMail mail : byTime) {
                ThreadMail.Writer writer = mail.writer();
                if (writer != null && !writer.robot() && !writer.person().equals(started.person())) {
                    return mail;
                }
            }
            return null;
        }

        private int missing() {
            Set<Long> missing = new HashSet<>();
            for (long node : nodes) {
                for (ThreadMail mail : at(node)) {
                    ThreadIds.References references = ids.references(mail.references(), mail.inReplyTo());
                    for (long reference : references.references()) {
                        missing.add(reference);
                    }
                    for (long related : references.related()) {
                        missing.add(related);
                    }
                }
            }
            missing.removeAll(places.keySet());
            return missing.size();
        }

        /** Each mail before its answers; with a stack of its own, since threads may be deeper than Java's. */
        private List<Place> inOrder() {
            Map<Long, List<Long>> answers = new HashMap<>();
            List<Long> roots = new ArrayList<>();
            for (long node : nodes) {
                long parent = graph.parent(node);
                if (parent == node) {
                    roots.add(node);
                } else {
                    answers.computeIfAbsent(parent, unused -> new ArrayList<>()).add(node);
                }
            }
            Comparator<Long> latestFirst = Comparator.comparing((Long node) -> at(node).getFirst(), BY_TIME)
                    .reversed();
            roots.sort(latestFirst);
            List<Long> stack = new ArrayList<>(roots);
            List<Place> order = new ArrayList<>();
            while (!stack.isEmpty()) {
                long node = stack.removeLast();
                long parent = graph.parent(node);
                for (ThreadMail mail : at(node)) {
                    order.add(new Place(
                            mail,
                            graph.depth(node),
                            parent == node ? null : at(parent).getFirst()));
                }
                List<Long> below = answers.getOrDefault(node, new ArrayList<>());
                below.sort(latestFirst);
                stack.addAll(below);
            }
            return order;
        }
    }
}
