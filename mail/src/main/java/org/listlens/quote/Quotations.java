package org.listlens.quote;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.listlens.mail.Participant;
import org.listlens.mail.Quotation;

/**
 * Who is quoted where: the attributions of a text, read, each with the lines that it speaks for. Attributions that tell
 * nothing ({@code -----Original Message-----} alone) give no quotation.
 */
public final class Quotations {
    /** So many are kept. */
    private static final int MAX = 1_000;

    private final ClassifiedLines lines;
    private final Completion completion;
    private final List<Draft> drafts = new ArrayList<>();
    /** The quotation that speaks for each depth at the line that has been come to. */
    private final @Nullable Draft[] open = new Draft[QuoteParser.MAX_DEPTH + 2];

    private int deepestOpen;

    private Quotations(ClassifiedLines lines, List<Participant> participants) {
        this.lines = lines;
        this.completion = new Completion(participants);
    }

    /**
     * The quotations of a text in its order.
     *
     * @param participants those of the mail: where an attribution gives a name or an address only, the one among them
     *     who has it completes it
     */
    public static List<Quotation> of(ClassifiedLines lines, List<Participant> participants) {
        boolean quoted = false;
        for (int line = 0; line < lines.size() && !quoted; line++) {
            quoted = lines.lineClass(line) == LineClass.ATTRIBUTION || lines.depth(line) > 0;
        }
        return quoted ? new Quotations(lines, participants).read() : List.of();
    }

    private List<Quotation> read() {
        int above = 0;
        int line = 0;
        while (line < lines.size()) {
            if (lines.lineClass(line) == LineClass.ATTRIBUTION) {
                int end = attributionEnd(line);
                attribution(line, end, above < lines.depth(line));
                above = lines.depth(line);
                line = end;
                continue;
            }
            boolean blank = lines.isBlank(line);
            int depth = lines.depth(line);
            if (!blank || (lines.marks(line) > 0 && depth > 0)) {
                if (!blank) {
                    begin(line, depth, depth > above);
                    above = depth;
                }
                count(depth, blank);
            }
            line++;
        }
        List<Quotation> quotations = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            Quotation quotation = drafts.get(i).toQuotation(completion);
            if (quotation != null) {
                quotations.add(quotation);
            }
        }
        return quotations;
    }

    /** Lines of one class that follow each other may be more than one attribution. */
    private int attributionEnd(int line) {
        ClassifiedLines.Found found = lines.found(line);
        int end = found == null ? Attributions.end(lines, line) : found.end();
        end = end > line ? end : OriginalMessage.end(lines, line);
        int last = line + 1;
        while (last < lines.size()
                && last < end
                && lines.lineClass(last) == LineClass.ATTRIBUTION
                && lines.depth(last) == lines.depth(line)) {
            last++;
        }
        return last;
    }

    private void attribution(int from, int to, boolean begins) {
        int depth = lines.depth(from);
        close(depth);
        Draft outer = open[depth];
        if (outer != null) {
            outer.lines += to - from;
        }
        // Found when the lines were classed, or when their end was looked for.
        ClassifiedLines.Found found = lines.found(from);
        Attribution said = found == null
                ? OriginalMessage.read(lines, from, to)
                : found.end() == to ? found.said() : Attribution.of(Attributions.joined(lines, from, to));
        if (depth < QuoteParser.MAX_DEPTH && drafts.size() < MAX) {
            Draft draft = new Draft(depth + 1, said, begins && depth > 0);
            drafts.add(draft);
            speak(draft);
        }
    }

    /** What has to be known when a line comes that is not blank: whether something above it speaks for it. */
    private void begin(int line, int depth, boolean rises) {
        Draft inner = depth < open.length - 1 ? open[depth + 1] : null;
        if (inner != null && inner.movable && inner.lines == 0 && open[depth] == null && !isCut(line)) {
            // The mark before the attribution is that of what it introduces.
            inner.depth = depth;
            inner.lines = inner.blanks;
            inner.movable = false;
            open[depth + 1] = null;
            speak(inner);
        }
        if (rises && depth > 0) {
            Draft said = open[depth];
            if (said == null || (!said.said.names() && said.lines == 0)) {
                header(line, depth);
            }
        }
    }

    /** Reads a header that is quoted as the text below it is. */
    private void header(int line, int depth) {
        if (lines.marks(line) == 0 || drafts.size() >= MAX) {
            return;
        }
        int end = OriginalMessage.quotedHeaderEnd(lines, line);
        if (end > line) {
            Attribution said = OriginalMessage.read(lines, line, end);
            if (said.names()) {
                Draft draft = new Draft(depth, said, false);
                // Its own lines, which will be come to, are not under it.
                draft.lines = line - end;
                Draft unnamed = open[depth];
                if (unnamed != null) {
                    unnamed.depth = 0;
                }
                drafts.add(draft);
                speak(draft);
            }
        }
    }

    private boolean isCut(int line) {
        return lines.startsWith(line, "[") || lines.startsWith(line, "...") || lines.startsWith(line, "<snip");
    }

    private void count(int depth, boolean blank) {
        if (!blank || depth == 0) {
            close(depth);
        }
        Draft draft = open[depth];
        if (draft != null) {
            draft.lines++;
            return;
        }
        Draft inner = open[depth + 1];
        if (blank && inner != null) {
            inner.blanks++;
        }
    }

    private void speak(Draft draft) {
        open[draft.depth] = draft;
        deepestOpen = Math.max(deepestOpen, draft.depth);
    }

    /** Ends what speaks for lines that are quoted deeper; what nothing has yet been found for goes on. */
    private void close(int depth) {
        for (int deeper = deepestOpen; deeper > depth; deeper--) {
            Draft draft = open[deeper];
            if (draft != null && draft.lines > 0) {
                open[deeper] = null;
            }
        }
        while (deepestOpen > depth && open[deepestOpen] == null) {
            deepestOpen--;
        }
    }

    /** A quotation whose lines are being counted. */
    private static final class Draft {
        /** 0 when another has taken its place. */
        private int depth;

        private final Attribution said;
        /** Whether it stands first among lines of its own depth, which it may be about. */
        private boolean movable;

        private int lines;
        /** The blank lines at its own depth that stand right under it. */
        private int blanks;

        Draft(int depth, Attribution said, boolean movable) {
            this.depth = depth;
            this.said = said;
            this.movable = movable;
        }

        @Nullable
        Quotation toQuotation(Completion completion) {
            Instant date = said.date();
            if (depth == 0 || (!said.names() && said.messageId() == null && date == null)) {
                return null;
            }
            String name = said.name();
            String address = said.address();
            if (name == null && address != null) {
                name = completion.name(address);
            } else if (address == null && name != null) {
                address = completion.address(name);
            }
            return new Quotation(depth, name, address, said.messageId(), date, lines);
        }
    }

    /** Completes names and addresses by the participants of the mail. */
    private static final class Completion {
        private final List<Participant> participants;
        /** By participant the name to compare by, once it has been made. */
        private @Nullable String[] keys = {};

        Completion(List<Participant> participants) {
            this.participants = participants;
        }

        @Nullable
        String name(String address) {
            String name = null;
            for (int i = 0; i < participants.size() && name == null; i++) {
                Participant participant = participants.get(i);
                if (participant.name() != null && participant.address().equalsIgnoreCase(address)) {
                    name = PersonName.clean(participant.name());
                }
            }
            return name;
        }

        /** The address of the one participant with this name; {@code null} when there is none, or more than one. */
        @Nullable
        String address(String name) {
            String key = key(name);
            if (keys.length == 0) {
                keys = new String[participants.size()];
            }
            String address = null;
            for (int i = 0; i < participants.size(); i++) {
                Participant participant = participants.get(i);
                if (key.equals(key(i, participant.name()))) {
                    if (address != null && !address.equalsIgnoreCase(participant.address())) {
                        return null;
                    }
                    address = participant.address();
                }
            }
            return address;
        }

        private @Nullable String key(int participant, @Nullable String name) {
            if (name == null) {
                return null;
            }
            String key = keys[participant];
            if (key == null) {
                key = key(name);
                keys[participant] = key;
            }
            return key;
        }

        /** A name to compare by: in small letters, without quotes, {@code Doe, Jane} turned around. */
        private static String key(String written) {
            String cleaned = PersonName.clean(written);
            String name = cleaned == null ? written : cleaned;
            int comma = name.indexOf(',');
            if (comma > 0 && comma == name.lastIndexOf(',')) {
                name = name.substring(comma + 1) + ' ' + name.substring(0, comma);
            }
            StringBuilder key = new StringBuilder(name.length());
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                boolean blank = ClassifiedLines.isBlankChar(c);
                if (c != '"' && c != '\'' && !(blank && (key.isEmpty() || key.charAt(key.length() - 1) == ' '))) {
                    key.append(blank ? ' ' : c);
                }
            }
            return key.toString().strip().toLowerCase(Locale.ROOT);
        }
    }
}
