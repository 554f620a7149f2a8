package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What the figures say, in sentences. */
final class KeyFigures {
    private static final int EPISODES = 5;

    /** How many late mails make a wait of the list; one alone may have waited for a moderator. */
    private static final int SEVERAL = 3;

    private final Frame frame;
    private final List<String> names;

    /** @param names what the rows are called */
    KeyFigures(Frame frame, List<String> names) {
        this.frame = frame;
        this.names = List.copyOf(names);
    }

    /** Days that follow one another on which one list was late. */
    private record Episode(List<JsonNode> days) {
        long sum(String number) {
            long sum = 0;
            for (JsonNode day : days) {
                sum += day.path(number).asLong();
            }
            return sum;
        }

        long longest() {
            long longest = 0;
            for (JsonNode day : days) {
                longest = Math.max(longest, day.path("longest").asLong());
            }
            return longest;
        }

        double weight() {
            return DwellDays.weight(sum("late"), longest());
        }
    }

    List<String> sentences(
            long mails, long people, SortedMap<Integer, Long> latencies, JsonNode worst, ObjectNode data) {
        List<String> sentences = new ArrayList<>();
        sentences.add(Spelled.count(mails, "mail") + " on "
                + (frame.single()
                        ? "the list " + names.getFirst()
                        : Spelled.count(frame.lists().size() + (long) frame.more(), "list"))
                + " from " + Spelled.day(frame.from()) + " to "
                + Spelled.day(frame.to().minusMillis(1)) + ", written by "
                + Spelled.count(people, "person").replace("persons", "people")
                + ".");
        if (!latencies.isEmpty()) {
            sentences.add("Half of the mails took " + upTo(LogBuckets.percentile(latencies, 0.5))
                    + " from the first host to the archive, 95 of 100 took "
                    + upTo(LogBuckets.percentile(latencies, 0.95)) + "; the longest took "
                    + Spelled.duration(LogBuckets.middle(latencies.lastKey())) + ".");
        }
        episodes(worst, sentences);
        long clocks = data.path("clocks").size();
        if (clocks > 0) {
            JsonNode clock = data.path("clocks").get(0);
            double offset = clock.path("middle").asDouble();
            sentences.add("The clock of " + clock.path("host").asText() + " was wrong"
                    + (offset == 0
                            ? ""
                            : ", " + Spelled.duration(Math.abs(offset)) + (offset < 0 ? " behind" : " ahead")
                                    + " as a rule")
                    + (clocks > 1 ? "; so were those of " + Spelled.count(clocks - 1, "other host") : "") + ".");
        }
        long rejected = data.at("/imports/rejected").asLong();
        if (rejected > 0) {
            sentences.add(Spelled.count(rejected, "entry").replace("entrys", "entries")
                    + " of the archives could not be indexed.");
        }
        if (frame.outside() > 0) {
            sentences.add(Spelled.count(frame.outside(), "mail") + " with dates far from all others "
                    + (frame.outside() == 1 ? "is" : "are") + " left out.");
        }
        return sentences;
    }

    private static String upTo(double millis) {
        return millis < 0 ? "no time" : millis < 1_000 ? "less than a second" : "at most " + Spelled.duration(millis);
    }

    private void episodes(JsonNode worst, List<String> sentences) {
        List<Episode> episodes = new ArrayList<>(episodes(worst));
        episodes.removeIf(episode -> episode.sum("late") < SEVERAL);
        for (Episode episode : episodes.subList(0, Math.min(EPISODES, episodes.size()))) {
            JsonNode any = episode.days().getFirst();
            String host = any.path("host").asText();
            sentences.add("On "
                    + Spelled.days(
                            any.path("day").asLong(),
                            episode.days().getLast().path("day").asLong())
                    + " the list " + names.get(any.path("row").asInt()) + " held mails for up to "
                    + Spelled.duration((double) episode.longest()) + (host.isEmpty() ? "" : " at " + host) + ": "
                    + Spelled.count(episode.sum("late")) + " of " + Spelled.count(episode.sum("mails"), "mail")
                    + " waited far longer than is usual there ("
                    + Spelled.duration(any.path("usual").asDouble()) + " for 95 of 100).");
        }
        long told = 0;
        for (Episode episode : episodes.subList(0, Math.min(EPISODES, episodes.size()))) {
            told += episode.days().size();
        }
        if (worst.size() > told) {
            sentences.add(Spelled.count(worst.size() - told, (told == 0 ? "" : "more ") + "day")
                    + " with waits out of the ordinary " + (worst.size() - told == 1 ? "is" : "are")
                    + " listed below.");
        }
    }

    /** The waits, the worst first: each the worst day that is left, and those before and after it while they are as bad. */
    private static List<Episode> episodes(JsonNode worst) {
        Map<String, JsonNode> left = new LinkedHashMap<>();
        worst.forEach(
                day -> left.put(place(day.path("row").asInt(), day.path("day").asLong()), day));
        List<Episode> episodes = new ArrayList<>();
        for (JsonNode day : worst) {
            int row = day.path("row").asInt();
            long at = day.path("day").asLong();
            if (left.remove(place(row, at)) == null) {
                continue;
            }
            ArrayDeque<JsonNode> days = new ArrayDeque<>(List.of(day));
            for (long before = at - 1; asBad(left.get(place(row, before)), day); before--) {
                days.addFirst(Objects.requireNonNull(left.remove(place(row, before))));
            }
            for (long after = at + 1; asBad(left.get(place(row, after)), day); after++) {
                days.addLast(Objects.requireNonNull(left.remove(place(row, after))));
            }
            episodes.add(new Episode(List.copyOf(days)));
        }
        episodes.sort(Comparator.comparingDouble(Episode::weight).reversed());
        return episodes;
    }

    private static String place(int row, long day) {
        return row + " " + day;
    }

    private static boolean asBad(@Nullable JsonNode day, JsonNode worst) {
        return day != null
                && day.path("late").asLong() > 1
                && day.path("longest").asLong() * 4 >= worst.path("longest").asLong();
    }
}
