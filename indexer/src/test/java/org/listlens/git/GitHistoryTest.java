package org.listlens.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.listlens.mail.RawMail;
import org.listlens.source.Collected;
import org.listlens.source.Positions;
import org.listlens.source.SourceOptions;

/**
 * Which mails a history gives, at once and when a run has read a part of it before. A history is a line of steps, one
 * commit each:
 *
 * <ul>
 *   <li>version 2: {@code a} adds a mail, {@code -a} deletes it, {@code =} has the files of the commit before it, {@code
 *       0} has none;
 *   <li>version 1: {@code p:a} writes the mail a into the file p, {@code -p} removes the file;
 *   <li>{@code !} begins the branch anew, as when history is rewritten; {@code |} begins the next epoch; {@code <}
 *       names the commit before, and {@code >} merges what has come since then with the mail e, added to it;
 *   <li>{@code /} is where the first run reads.
 * </ul>
 */
class GitHistoryTest {
    @TempDir
    Path folder;

    private final List<Inbox> epochs = new ArrayList<>();
    private final Map<String, ObjectId> marks = new HashMap<>();
    private Positions known = Positions.NONE;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Without an earlier run.
                "a b c;                       a b c",
                "a b -a c;                    b c",
                "a b -b;                      a",
                "a -a a;                      a",
                "a -a a -a b;                 b",
                "a b -a -b;                   ''",
                "a b a;                       a b a",
                "a b a -a;                    b",
                // A commit from which a mail was purged has the files of the one before it, or none.
                "a = b;                       a b",
                "a 0 b;                       a b",
                "a -a = a;                    a",
                // Deletions reach back over epochs.
                "a b | c -a d;                b c d",
                "a b | c | -b d | -c;         a d",
                "a b | -a a;                  b a",
                // An earlier run has read a part.
                "a b / c d;                   c d",
                "a b / c -c d;                d (shrunk)",
                "a b / -a c;                  c (shrunk)",
                "a b -a / c;                  c",
                "a b / = c;                   c",
                "a b | c / d;                 d",
                "a b | c / d | e;             d e",
                "a b | c / -a d;              d (shrunk)",
                "a b / | -a d;                d (shrunk)",
                "a b / | d;                   d",
                // History was rewritten: everything is read again.
                "a b / ! a c;                 a c (shrunk)",
                "a b c / ! a c;               a c (shrunk)",
                "a b | c / ! d;               d (shrunk)",
            })
    void version2(String history, String expected) throws IOException {
        assertThat(read(history, 'm')).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p:a q:b r:c;                    a b c",
                "p:a q:b -p r:c;                 b c",
                "p:a q:b p:c;                    b c",
                "p:a q:b p:c p:d;                b d",
                "p:a -p p:b;                     b",
                "p:a q:b -p -q;                  ''",
                "p:a = q:b;                      a b",
                // Several mails with one Message-ID.
                "p:a -p p/1:a p/2:b;             a b",
                "p/1:a p/2:b -p/1;               b",
                // What is no mail is left alone.
                "README:x p:a docs/z:y;          a",
                "p:a q:b / r:c;                  c",
                "p:a q:b / r:c -r s:d;           d",
                "p:a q:b / r:c r:d;              d",
                "p:a q:b / p:c;                  c (shrunk)",
                "p:a q:b / -p;                   (shrunk)",
                "p:a q:b / -p p:a;               a (shrunk)",
                "p:a q:b -p / r:c;               c",
                "p:a q:b / ! p:a q:c;            a c (shrunk)",
            })
    void version1(String history, String expected) throws IOException {
        assertThat(read(history, 'p')).isEqualTo(expected);
    }

    /** Histories that are no line: every mail comes once, whichever side of a merge it is on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a < b c > d;          a b c e d",
                "a < -a b > c;         b e c",
                "a < b > -b c;         a e c",
                "a / < b c > d;        b c e d",
                "a < b / c > d;        c e d",
            })
    void merged(String history, String expected) throws IOException {
        String[] read = read(history, 'm').split(" ", -1);
        assertThat(read).containsExactlyInAnyOrder(expected.split(" ", -1));
    }

    /** What the last reading of a history gives. */
    private String read(String history, char version) throws IOException {
        boolean several = history.contains("|");
        Path path = several ? folder : folder.resolve("git/0.git");
        try {
            next();
            for (String step : history.split(" ", -1)) {
                if (step.equals("/")) {
                    known = collect(path).known(known);
                } else {
                    step(step, version);
                }
            }
            Collected last = collect(path);
            assertThat(last.rejected).isEmpty();
            assertThat(collectAgain(path, last)).isTrue();
            List<String> mails = new ArrayList<>();
            for (RawMail mail : last.mails) {
                String text = new String(mail.bytes(), StandardCharsets.UTF_8);
                mails.add(text.substring(text.indexOf(' ') + 1).strip());
            }
            if (last.shrunk) {
                mails.add("(shrunk)");
            }
            return String.join(" ", mails);
        } finally {
            epochs.forEach(Inbox::close);
        }
    }

    /** Whether a run after the last one finds nothing. */
    private boolean collectAgain(Path path, Collected last) throws IOException {
        known = last.known(known);
        Collected again = collect(path);
        return again.mails.isEmpty() && !again.shrunk && again.reached.isEmpty();
    }

    private Collected collect(Path path) throws IOException {
        Collected collected = new Collected();
        Objects.requireNonNull(GitSource.recognise(path, SourceOptions.DEFAULT)).read(known, collected);
        return collected;
    }

    private void next() throws IOException {
        epochs.add(new Inbox(folder.resolve("git/" + epochs.size() + ".git")));
    }

    private void step(String step, char version) throws IOException {
        Inbox inbox = epochs.getLast();
        switch (step) {
            case "|" -> next();
            case "!" -> inbox.begin();
            case "=" -> inbox.commit();
            case "0" -> inbox.commitNothing();
            case "<" -> marks.put("<", inbox.tip());
            case ">" -> {
                ObjectId side = inbox.tip();
                inbox.back(Objects.requireNonNull(marks.get("<")));
                inbox.add(mail("e"));
                inbox.commit(side);
            }
            default -> {
                boolean removal = step.startsWith("-");
                String name = removal ? step.substring(1) : step;
                if (version == 'p') {
                    int colon = name.indexOf(':');
                    String file = file(colon < 0 ? name : name.substring(0, colon));
                    if (removal) {
                        inbox.remove(file);
                    } else {
                        inbox.put(file, mail(name.substring(colon + 1)));
                    }
                } else if (removal) {
                    inbox.delete(mail(name));
                } else {
                    inbox.add(mail(name));
                }
            }
        }
    }

    private static String file(String name) {
        int slash = name.indexOf('/');
        if (name.equals("README") || name.startsWith("docs/")) {
            return name;
        }
        return Inbox.path(slash < 0 ? name : name.substring(0, slash))
                + (slash < 0 ? "" : '/' + Inbox.path(name).replace("/", ""));
    }

    private static byte[] mail(String name) {
        return ("Subject: " + name + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
