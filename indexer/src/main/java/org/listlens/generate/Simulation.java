package org.listlens.generate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.listlens.generate.Node.Linkage;
import org.listlens.generate.Node.Part;
import org.listlens.generate.Signature.Altered;
import org.listlens.generate.ThreadPlan.Partition;
import org.listlens.generate.ThreadPlan.Post;

/**
 * Lets time pass: discussions begin, people answer what has reached them, lists carry mail, and copies arrive at the
 * archive in the order of their true arrival. It holds the discussions that go on and the copies under way, no more.
 */
final class Simulation {
    private static final long DAY_MS = 86_400_000;

    /** A mail that will be sent. */
    private record Send(long atMs, long order, ThreadPlan plan, int node) {}

    private record InFlight(Copy copy, long order) {}

    private final GeneratorOptions options;
    private final Archive archive;
    private final Planner planner;
    private final List<Outage> outages;
    private final Rewriting rewriting;
    private final PriorityQueue<Send> sends =
            new PriorityQueue<>(Comparator.comparingLong(Send::atMs).thenComparingLong(Send::order));
    private final PriorityQueue<InFlight> inFlight = new PriorityQueue<>(
            Comparator.<InFlight>comparingLong(flight -> flight.copy().arrivedMs())
                    .thenComparingLong(InFlight::order));

    /** Who has written to which list by a host that greylists. */
    private final BitSet known = new BitSet();

    private int budget;
    private int partitions;
    private long mails;
    private long order;
    private int peak;

    Simulation(GeneratorOptions options, Archive archive) {
        this.options = options;
        this.archive = archive;
        planner = new Planner(options.seed(), options.messages());
        outages = Outage.during(options);
        rewriting = Rewriting.during(options);
        budget = options.messages();
    }

    void run() throws IOException {
        long nextStart = start();
        while (budget > 0 || !sends.isEmpty()) {
            peak = Math.max(peak, sends.size() + inFlight.size());
            Send send = sends.peek();
            if (budget > 0 && (send == null || nextStart <= send.atMs())) {
                begin(nextStart);
                nextStart = Math.max(nextStart, start());
            } else if (send != null) {
                sends.remove();
                arrive(send.atMs());
                post(send);
            }
        }
        arrive(Long.MAX_VALUE);
    }

    /** How many mails were planned or under way at most at one time, which is what memory is needed for. */
    int peak() {
        return peak;
    }

    /** When the next discussion begins: as far into the span as the budget is used up, more by day than by night. */
    private long start() {
        int used = options.messages() - budget;
        double share = (double) used / options.messages();
        long even = (long) (share * options.span().toMillis());
        double time = (double) Math.floorMod(even, DAY_MS) / DAY_MS;
        double warped = time < 0.1
                ? time * 2.5
                : time < 0.8 ? 0.25 + (time - 0.1) * (0.5 / 0.7) : 0.75 + (time - 0.8) * (0.25 / 0.2);
        return options.start().toEpochMilli()
                + Math.floorDiv(even, DAY_MS) * DAY_MS
                + Math.min(DAY_MS - 1, (long) (warped * DAY_MS));
    }

    private void begin(long atMs) {
        for (ThreadPlan plan : planner.next(budget)) {
            budget -= plan.copies();
            int version = plan.series == null ? 1 : plan.series.version();
            Prng random = Prng.of(options.seed(), "start", plan.conversation);
            long later = (version - 1) * (2 * DAY_MS + random.below((int) (6 * DAY_MS)));
            sends.add(new Send(atMs + random.below(600_000) + later, order++, plan, 0));
        }
    }

    private void arrive(long untilMs) throws IOException {
        for (InFlight flight = inFlight.peek();
                flight != null && flight.copy().arrivedMs() < untilMs;
                flight = inFlight.peek()) {
            inFlight.remove();
            archive.write(flight.copy());
        }
    }

    private void post(Send send) {
        ThreadPlan plan = send.plan();
        Prng random = Prng.of(options.seed(), "mail", mails);
        Letter letter = write(plan, send.node(), send.atMs(), random);
        long reachedMs = send.atMs();
        if (!letter.node().ghost()) {
            mails++;
            letter.partition().mails++;
            archive.count(letter);
            Trip trip = new Trip(send.atMs(), random);
            Peer edge = letter.author().site().depart(trip, letter.author().address());
            MailList crosspost = plan.crosspost;
            Trip other = crosspost == null ? null : trip.fork(Prng.of(options.seed(), "copy", mails));
            Copy copy = carry(letter, plan.list, trip, edge);
            reachedMs = copy.arrivedMs();
            inFlight.add(new InFlight(copy, order++));
            for (int more = letter.node().copies(); more > 1; more--) {
                inFlight.add(new InFlight(copy.again(), order++));
            }
            if (crosspost != null && other != null) {
                inFlight.add(new InFlight(carry(letter, crosspost, other, edge), order++));
            }
        }
        for (int child = send.node() + 1; child < plan.nodes.size(); child++) {
            Node node = plan.nodes.get(child);
            if (node.parent() == send.node()) {
                long atMs = node.part() == Part.PATCH
                        ? send.atMs() + 1500L * child
                        : reachedMs + Math.min(20 * DAY_MS, 90_000 + random.logNormal(12_000_000, 1.5));
                sends.add(new Send(atMs, order++, plan, child));
            }
        }
    }

    private Copy carry(Letter letter, MailList list, Trip trip, Peer edge) {
        Prng random = trip.random();
        int ingress = trip.hops().size();
        long greylisted = greylist(letter.author(), list, random);
        ListRoute.in(trip, list, edge, letter.author().address(), greylisted);
        long moderated =
                list.moderated() && random.chance(0.04) ? Math.min(3 * DAY_MS, random.logNormal(20_000_000, 1.0)) : 0;
        long blocked = 0;
        for (Outage outage : outages) {
            blocked += outage.holds(list, trip.nowMs() + moderated, random);
        }
        int exit = trip.hops().size();
        Altered altered = altered(letter, list, trip.nowMs());
        ListRoute.out(trip, list, moderated + blocked);
        ListRoute.deliver(trip, list);
        Authentication authentication = new Authentication(
                new Authentication.Passage(letter, list, trip.hops(), ingress, exit, edge, altered), options.seed());
        return new MailWriter(letter, list, trip, authentication).write(ingress, exit, greylisted, moderated, blocked);
    }

    /** What a list changes of what was signed: footers are of the body, tags of the subject. */
    private Altered altered(Letter letter, MailList list, long atMs) {
        return !list.footer(letter.format()).isEmpty() || rewriting.changes(list, atMs)
                ? Altered.BODY
                : list.tag().isEmpty() ? Altered.NOTHING : Altered.HEADER;
    }

    /** How long a Postfix host of a list turns a sender away whom it does not know; large providers are let in. */
    private long greylist(Person author, MailList list, Prng random) {
        boolean does = switch (list.software()) {
            case MAJORDOMO, MLMMJ, MAILMAN_3, SYMPA -> true;
            case MAILMAN_2, GROUPS_IO, EZMLM, LISTSERV -> false;
        };
        int contact = author.number() * MailList.ALL.size() + MailList.ALL.indexOf(list);
        if (!does || known.get(contact)) {
            return 0;
        }
        known.set(contact);
        boolean provider =
                author.site().origin() == Site.Origin.GOOGLE || author.site().origin() == Site.Origin.GOOGLE_WEB;
        return provider || !random.chance(0.3) ? 0 : random.between(300, 3600) * 1000L;
    }

    private Letter write(ThreadPlan plan, int number, long sentMs, Prng random) {
        Node node = plan.nodes.get(number);
        Post parent = node.parent() < 0 ? null : plan.posts[node.parent()];
        Person author = Person.of(options.seed(), node.person());
        boolean patch = node.patch() != null;
        Language language = language(plan.list, author, patch || node.part() == Part.REVIEW, random);
        Format.Shape shape = Format.shape(author, patch, random);
        boolean flowed = shape == Format.Shape.PLAIN
                && !patch
                && node.malformation() == null
                && ((author.client() == Person.Client.THUNDERBIRD && random.chance(0.5))
                        || (author.client() == Person.Client.APPLE_MAIL && random.chance(0.3)));
        Composer composer = new Composer(random, author, language, flowed, plan.deep);
        Draft draft = draft(composer, plan, node, parent);
        String reused = node.malformation() == Malformation.REUSED_MESSAGE_ID ? earlierId(plan, node) : null;
        if (node.malformation() == Malformation.REUSED_MESSAGE_ID && reused == null) {
            node = node.with(null);
        }
        draft = spoil(draft, node);
        Format format = format(node, shape, author, language, draft, flowed, random);
        if (format.shape() == Format.Shape.HTML) {
            draft = withoutBlankQuotes(draft);
        }
        String id = reused != null ? reused : id(plan, number, author, sentMs, random);
        boolean missingId = node.malformation() == Malformation.MISSING_MESSAGE_ID;
        boolean linked = parent != null && node.linkage() != Linkage.NONE;
        List<String> chain = parent == null || parent.id() == null ? List.of() : chain(parent, parent.id());
        Partition partition =
                linked && parent != null ? parent.partition() : new Partition(++partitions, missingId ? null : id);
        String own = node.patch() != null && plan.series != null
                ? plan.series.tag(node.patch()) + plan.subject
                : parent == null ? plan.subject : parent.subject();
        Long dateMs = dateMs(node, sentMs + author.clockMs(), random);
        Letter letter = new Letter(
                mails,
                plan,
                node,
                author,
                language,
                missingId ? null : id,
                linked && parent != null && node.linkage() != Linkage.ONLY_REFERENCES ? parent.id() : null,
                linked && node.linkage() != Linkage.ONLY_IN_REPLY_TO ? chain : List.of(),
                partition,
                linked && parent != null ? parent.id() : null,
                linked && parent != null ? parent.depth() + 1 : 0,
                own,
                draft.reply() == null ? "" : prefix(author),
                draft,
                format,
                sentMs,
                dateMs,
                parent == null || patch ? null : parent.author());
        plan.posts[number] = new Post(
                letter.id(),
                author,
                dateMs == null ? sentMs : dateMs,
                own,
                draft.lines(),
                letter.references(),
                partition,
                letter.depth());
        return letter;
    }

    private static Draft draft(Composer composer, ThreadPlan plan, Node node, @Nullable Post parent) {
        ThreadPlan.Series series = plan.series;
        if (series != null && node.part() == Part.COVER) {
            return composer.cover(series);
        }
        if (series != null && node.part() == Part.PATCH) {
            return composer.patch(series);
        }
        return parent == null ? composer.starter() : composer.reply(parent, node.part() == Part.REVIEW);
    }

    /** A text that shows the malformation and nothing else that is odd. */
    private static Draft spoil(Draft draft, Node node) {
        List<Line> lines = new ArrayList<>();
        if (node.malformation() == Malformation.MISSING_BLANK_LINE) {
            lines.add(Line.text("Hello everyone,"));
            lines.add(Line.text(""));
        } else if (node.malformation() == Malformation.WRONG_CHARSET) {
            lines.add(Line.text("Viele Grüße aus dem Süden, schöne Ostern und frohes Wandern!"));
            lines.add(Line.text(""));
        } else {
            return draft;
        }
        for (Line line : draft.lines()) {
            if (Mime.canEncode("windows-1252", line.content())) {
                lines.add(line);
            }
        }
        return new Draft(lines, draft.reply(), draft.trailers());
    }

    private static Format format(
            Node node, Format.Shape shape, Person author, Language language, Draft draft, boolean flowed, Prng random) {
        Malformation malformation = node.malformation();
        Format.Shape used = malformation == Malformation.UNTERMINATED_MULTIPART ? Format.Shape.MIXED : shape;
        Format format = Format.of(used, author, language, text(draft.lines()), flowed, node.patch() != null, random);
        if (malformation == null) {
            return format;
        }
        return switch (malformation) {
            case MISSING_BLANK_LINE, MISSING_BOUNDARY, UNKNOWN_CHARSET, UNKNOWN_TRANSFER_ENCODING ->
                Format.plain("UTF-8");
            case WRONG_CHARSET -> Format.plain("windows-1252");
            default -> format;
        };
    }

    private static Draft withoutBlankQuotes(Draft draft) {
        List<Line> lines = new ArrayList<>();
        for (Line line : draft.lines()) {
            if (line.depth() == 0 || !line.blank()) {
                lines.add(line);
            }
        }
        return new Draft(lines, draft.reply(), draft.trailers());
    }

    private static Language language(MailList list, Person author, boolean english, Prng random) {
        Language usual = list.language();
        if (english) {
            return Language.ENGLISH;
        }
        if (usual != null && (author.language() == usual || random.chance(0.4))) {
            return usual;
        }
        return random.chance(0.04) ? author.language() : Language.ENGLISH;
    }

    /** The Message-ID of a mail of the same thread that is in the archive and that the node does not answer. */
    private static @Nullable String earlierId(ThreadPlan plan, Node node) {
        Post parent = node.parent() < 0 ? null : plan.posts[node.parent()];
        for (int i = 0; i < plan.posts.length; i++) {
            Post post = plan.posts[i];
            if (post != null
                    && parent != null
                    && i != node.parent()
                    && !plan.nodes.get(i).ghost()
                    && post.partition().number == parent.partition().number
                    && post.id() != null) {
                return post.id();
            }
        }
        return null;
    }

    /** As mail programs make ids; the discussion, the series' version and the place therein keep them apart. */
    private static String id(ThreadPlan plan, int number, Person author, long sentMs, Prng random) {
        int version = plan.series == null ? 1 : plan.series.version();
        String unique = Integer.toHexString(plan.conversation) + '.' + version + '.' + number;
        String domain = '@' + author.site().domain();
        return switch (author.client()) {
            case GMAIL -> "CA+" + random.string(QueueIds.BASE62, 20) + '=' + unique + "@mail.skymail.example.com";
            case MUTT ->
                Zone.utc(sentMs).toLocalDate().toString().replace("-", "") + random.between(100_000, 235_959) + ".GA"
                        + unique + domain;
            default ->
                random.string("0123456789abcdef", 8)
                        + '-'
                        + unique
                        + '-'
                        + random.string("0123456789abcdef", 12)
                        + domain;
        };
    }

    private static List<String> chain(Post parent, String parentId) {
        List<String> chain = new ArrayList<>(parent.references());
        chain.add(parentId);
        return List.copyOf(chain);
    }

    private static String prefix(Person author) {
        return switch (author.client()) {
            case OUTLOOK, OLD -> author.language().replyPrefix();
            default -> "Re: ";
        };
    }

    private static @Nullable Long dateMs(Node node, long clockMs, Prng random) {
        long seconds = Math.floorDiv(clockMs, 1000L) * 1000;
        Malformation malformation = node.malformation();
        if (malformation == Malformation.MISSING_DATE || malformation == Malformation.INVALID_DATE) {
            return null;
        }
        if (malformation == Malformation.DATE_DECADES_OFF) {
            return random.chance(0.5) ? seconds + 64 * 365 * DAY_MS : seconds % (365 * DAY_MS);
        }
        return seconds;
    }

    private static String text(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.content()).append('\n');
        }
        return text.toString();
    }
}
