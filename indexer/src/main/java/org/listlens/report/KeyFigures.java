package org.listlens.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/** What the figures say, in sentences. */
final class KeyFigures {
    private static final int EPISODES = 4;

    private final Frame frame;
    private final List<String> names;

    /** @param names what the rows are called */
    KeyFigures(Frame frame, List<String> names) {
        this.frame = frame;
        this.names = List.copyOf(names);
    }

    /** Days that follow one another on which one list was late. */
    private static final class Episode {
        private final int row;
        private final String host;
        private long first;
        private long last;
        private long mails;
        private long late;
        private long longest;
        private long usual;

        Episode(JsonNode day) {
            row = day.path("row").asInt();
            host = day.path("host").asText();
            first = day.path("day").asLong();
            last = first;
            usual = day.path("usual").asLong();
            add(day);
        }

        void add(JsonNode day) {
            first = Math.min(first, day.path("day").asLong());
            last = Math.max(last, day.path("day").asLong());
            mails += day.path("mails").asLong();
            late += day.path("late").asLong();
            longest = Math.max(longest, day.path("longest").asLong());
        }

        /** How much mail waited how long. */
        double weight() {
            return Math.sqrt(late) * longest;
        }
    }

    List<String> sentences(
            long mails, long people, SortedMap<Integer, Long> latencies, JsonNode worst, ObjectNode data) {
        List<String> sentences = new ArrayList<>();
        sentences.add(Spelled.count(mails, "mail") + " on "
                + (frame.single() ? "the list " + names.getFirst() : Spelled.count(frame.lists().size() + (long) frame.more(), "list"))
                + " from " + Spelled.day(frame.from()) + " to "
                + Spelled.day(frame.to().minusMillis(1)) + ", written by " + Spelled.count(people, "person").replace("persons", "people")
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
                                    + " on half of the days")
                    + (clocks > 1 ? "; so were those of " + Spelled.count(clocks - 1, "other host") : "") + ".");
        }
        long rejected = data.at("/imports/rejected").asLong();
        if (rejected > 0) {
            sentences.add(Spelled.count(rejected, "entry").replace("entrys", "entries")
                    + " of the archives could not be indexed.");
        }
        if (frame.outside() > 0) {
            sentences.add(Spelled.count(frame.outside(), "mail")
                    + " with dates far from all others " + (frame.outside() == 1 ? "is" : "are") + " left out.");
        }
        return sentences;
    }

    private static String upTo(double millis) {
        return millis < 0 ? "no time" : millis < 1_000 ? "less than a second" : "at most " + Spelled.duration(millis);
    }

    private void episodes(JsonNode worst, List<String> sentences) {
        List<JsonNode> days = new ArrayList<>();
        worst.forEach(days::add);
        days.sort(Comparator.<JsonNode>comparingInt(day -> day.path("row").asInt())
                .thenComparingLong(day -> day.path("day").asLong()));
        List<Episode> episodes = new ArrayList<>();
        for (JsonNode day : days) {
            Episode open = episodes.isEmpty() ? null : episodes.getLast();
            if (open != null && open.row == day.path("row").asInt() && day.path("day").asLong() == open.last + 1) {
                open.add(day);
            } else {
                episodes.add(new Episode(day));
            }
        }
        episodes.sort(Comparator.comparingDouble(Episode::weight).reversed());
        for (Episode episode : episodes.subList(0, Math.min(EPISODES, episodes.size()))) {
            sentences.add("On " + Spelled.days(episode.first, episode.last) + " the list " + names.get(episode.row)
                    + " held mails for up to " + Spelled.duration(episode.longest)
                    + (episode.host.isEmpty() ? "" : " at " + episode.host) + ": "
                    + Spelled.count(episode.late) + " of " + Spelled.count(episode.mails, "mail")
                    + " waited far longer than is usual there ("
                    + Spelled.duration(episode.usual) + " for 95 of 100).");
        }
        if (episodes.size() > EPISODES) {
            sentences.add("There are " + Spelled.count(episodes.size() - EPISODES)
                    + " more such waits among the worst days below.");
        }
    }
}
