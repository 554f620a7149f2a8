package org.listlens.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An IMAP server that holds mails octet by octet, and does wrong what a test wants it to. Knows joe only. */
final class FakeImap extends LineServer {
    static final String PASSWORD = "pass word";
    static final String TOKEN = "t0ken";
    private static final Pattern FETCH =
            Pattern.compile("FETCH (\\d+)(?::(\\d+))? \\((.*)\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PEEK = Pattern.compile("BODY\\.PEEK\\[](?:<(\\d+)\\.(\\d+)>)?");

    /** A mailbox. */
    static final class Box {
        volatile long validity = 7;
        volatile long next = 1;
        final NavigableMap<Long, byte[]> mails = new TreeMap<>();

        synchronized long add(byte[] mail) {
            mails.put(next, mail);
            return next++;
        }

        synchronized NavigableMap<Long, byte[]> copy() {
            return new TreeMap<>(mails);
        }

        synchronized void remove(long uid) {
            mails.remove(uid);
        }
    }

    /** What is to happen before a command is answered. */
    interface Hook {
        void before(String command) throws IOException;
    }

    final Map<String, Box> boxes = new ConcurrentHashMap<>();
    final Set<Long> refused = ConcurrentHashMap.newKeySet();
    final Set<Long> empty = ConcurrentHashMap.newKeySet();
    final Set<Long> deadly = ConcurrentHashMap.newKeySet();
    /** Mails of which more is announced than comes. */
    final Map<Long, Integer> announced = new ConcurrentHashMap<>();

    /** Mails whose size is told wrong. */
    final Map<Long, Integer> sizes = new ConcurrentHashMap<>();

    volatile String capabilities = "IDLE AUTH=PLAIN";
    volatile String greeting = "* OK ready";
    volatile @Nullable SSLContext startTls;
    volatile @Nullable String loginAnswer;
    volatile boolean descending;
    /** Whether it breaks off where a part of a mail is asked for. */
    volatile boolean noParts;

    volatile Hook hook = command -> {};

    FakeImap() throws IOException {
        boxes.put("INBOX", new Box());
    }

    Box inbox() {
        return box("INBOX");
    }

    Box box(String name) {
        return boxes.computeIfAbsent(name, any -> new Box());
    }

    @Override
    void talk(Talk talk) throws IOException {
        new Session(talk).run();
    }

    /** The commands that were received, without tags. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        synchronized (received) {
            for (String line : received) {
                commands.add(line.substring(line.indexOf(' ') + 1));
            }
        }
        return commands;
    }

    private final class Session {
        private final Talk talk;
        private @Nullable Box selected;
        private String tag = "";
        /** How many mails the client knows of. */
        private volatile int told;

        Session(Talk talk) {
            this.talk = talk;
        }

        void run() throws IOException {
            talk.say(greeting);
            while (true) {
                String line = talk.line();
                int space = line.indexOf(' ');
                if (space < 0) {
                    throw new IOException("no command: " + line);
                }
                tag = line.substring(0, space);
                String command = line.substring(space + 1);
                hook.before(command);
                String verb = word(command, 0).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "CAPABILITY" -> {
                        talk.say("* CAPABILITY IMAP4rev1 " + capabilities);
                        ok();
                    }
                    case "STARTTLS" -> {
                        ok();
                        talk.startTls(Objects.requireNonNull(startTls));
                    }
                    case "LOGIN" -> login(command);
                    case "AUTHENTICATE" -> authenticate(command.split(" ", -1));
                    case "LIST" -> list(command);
                    case "EXAMINE" -> examine(name(command));
                    case "STATUS" -> status(command);
                    case "UID" -> uid(command.substring(4));
                    case "IDLE" -> idle();
                    case "NOOP" -> ok();
                    case "LOGOUT" -> {
                        talk.say("* BYE");
                        ok();
                        return;
                    }
                    default -> talk.say(tag + " BAD no such command here: " + command);
                }
            }
        }

        private void ok() throws IOException {
            talk.say(tag + " OK done");
        }

        private void login(String command) throws IOException {
            Matcher literal = Pattern.compile("\\{(\\d+)}$").matcher(command);
            String said = command;
            while (literal.find()) {
                talk.say("+ go on");
                said += talk.octets(Integer.parseInt(literal.group(1))) + talk.line();
                literal = Pattern.compile("\\{(\\d+)}$").matcher(said);
            }
            answer(said.equals("LOGIN joe \"" + PASSWORD + '"') || said.endsWith(PASSWORD), said);
        }

        private void authenticate(String[] words) throws IOException {
            String response = words.length > 2 ? words[2] : null;
            if (response == null) {
                talk.say("+ ");
                response = talk.line();
            }
            String said = new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
            boolean right = switch (words[1]) {
                case "PLAIN" -> said.equals("\0joe\0" + PASSWORD);
                case "XOAUTH2" -> said.equals("user=joe\1auth=Bearer " + TOKEN + "\1\1");
                case "OAUTHBEARER" -> said.equals("n,a=joe,\1auth=Bearer " + TOKEN + "\1\1");
                case "ANONYMOUS" -> true;
                default -> false;
            };
            if (!right && words[1].contains("OAUTH")) {
                talk.say("+ eyJzdGF0dXMiOiI0MDAifQ==");
                talk.line();
            }
            answer(right, said);
        }

        private void answer(boolean right, String said) throws IOException {
            if (right) {
                ok();
            } else {
                String text = loginAnswer == null ? "[AUTHENTICATIONFAILED] not with " + said : loginAnswer;
                talk.say(tag + " NO " + text);
            }
        }

        private static String word(String command, int number) {
            return command.split(" ", -1)[number];
        }

        private String name(String command) {
            return command.substring(command.indexOf(' ') + 1).replace("\"", "");
        }

        private void list(String command) throws IOException {
            String pattern = command.substring(command.lastIndexOf(' ') + 1).replace("\"", "");
            if (pattern.isEmpty()) {
                talk.say("* LIST (\\Noselect) \".\" \"\"");
            } else {
                for (String box : boxes.keySet()) {
                    if (box.startsWith(pattern.replace("*", ""))) {
                        talk.say("* LIST () \".\" \"" + box + '"');
                    }
                }
                talk.say("* LIST (\\Noselect) \".\" \"" + pattern.replace("*", "folder") + '"');
            }
            ok();
        }

        private void examine(String name) throws IOException {
            Box box = boxes.get(name);
            selected = box;
            if (box == null) {
                talk.say(tag + " NO [NONEXISTENT] no such mailbox");
                return;
            }
            told = box.copy().size();
            talk.say("* " + told + " EXISTS");
            talk.say("* OK [UIDVALIDITY " + box.validity + "] valid");
            talk.say("* OK [UIDNEXT " + box.next + "] next");
            talk.say(tag + " OK [READ-ONLY] done");
        }

        private void status(String command) throws IOException {
            String name = word(command, 1).replace("\"", "");
            Box box = boxes.get(name);
            if (box == null) {
                talk.say(tag + " NO no such mailbox");
                return;
            }
            talk.say("* STATUS " + name + " (MESSAGES " + box.copy().size() + " UIDNEXT " + box.next + " UIDVALIDITY "
                    + box.validity + ')');
            ok();
        }

        private void uid(String command) throws IOException {
            Box box = selected;
            if (box == null) {
                talk.say(tag + " BAD nothing is selected");
                return;
            }
            NavigableMap<Long, byte[]> mails = box.copy();
            if (command.startsWith("SEARCH UID ")) {
                long from = Long.parseLong(command.substring(11, command.indexOf(':')));
                Set<Long> found = new HashSet<>(mails.tailMap(from).keySet());
                if (!mails.isEmpty()) {
                    found.add(mails.lastKey());
                }
                StringBuilder line = new StringBuilder("* SEARCH");
                found.forEach(uid -> line.append(' ').append(uid));
                talk.say(line.toString());
                ok();
                return;
            }
            Matcher fetch = FETCH.matcher(command);
            if (!fetch.matches()) {
                talk.say(tag + " BAD");
                return;
            }
            long from = Long.parseLong(fetch.group(1));
            long to = fetch.group(2) == null ? from : Long.parseLong(fetch.group(2));
            boolean no = false;
            NavigableMap<Long, byte[]> range = mails.subMap(from, true, to, true);
            for (long uid : descending ? range.descendingKeySet() : range.keySet()) {
                byte[] mail = Objects.requireNonNull(mails.get(uid));
                if (fetch.group(3).contains("RFC822.SIZE")) {
                    talk.say("* " + mails.headMap(uid, true).size() + " FETCH (UID " + uid + " RFC822.SIZE "
                            + sizes.getOrDefault(uid, mail.length) + ')');
                } else if (refused.contains(uid)) {
                    no = true;
                } else {
                    body(uid, mails.headMap(uid, true).size(), mail, fetch.group(3));
                }
            }
            talk.say(no ? tag + " NO [SERVERBUG] cannot read it" : tag + " OK done");
        }

        private void body(long uid, int number, byte[] mail, String items) throws IOException {
            Matcher peek = PEEK.matcher(items);
            if (!peek.find()) {
                throw new IOException("not a PEEK: " + items);
            }
            String begin = "* " + number + " FETCH (UID " + uid + " BODY[]";
            int offset = 0;
            int length = mail.length;
            if (peek.group(1) != null) {
                offset = (int) Math.min(Long.parseLong(peek.group(1)), mail.length);
                length = (int) Math.min(Long.parseLong(peek.group(2)), mail.length - offset);
                begin += "<" + offset + '>';
            }
            // What no client asked for comes in between.
            talk.say("* " + number + " FETCH (FLAGS (\\Recent))");
            if (empty.contains(uid)) {
                talk.say(begin + " NIL)");
                return;
            }
            int told = announced.getOrDefault(uid, length);
            talk.send((begin + " {" + told + "}\r\n").getBytes(StandardCharsets.ISO_8859_1));
            if (deadly.contains(uid) || (noParts && peek.group(1) != null)) {
                throw new IOException("deadly");
            }
            byte[] piece = new byte[length];
            System.arraycopy(mail, offset, piece, 0, length);
            talk.send(piece);
            talk.say(")");
        }

        private void idle() throws IOException {
            Box box = Objects.requireNonNull(selected);
            talk.say("+ idling");
            Thread teller = Thread.ofPlatform().daemon().start(() -> tell(box));
            String line = talk.line();
            teller.interrupt();
            try {
                teller.join();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (!line.equals("DONE")) {
                throw new IOException(line);
            }
            ok();
        }

        private void tell(Box box) {
            try {
                while (true) {
                    int now = box.copy().size();
                    if (now != told) {
                        told = now;
                        talk.say("* " + now + " EXISTS");
                    }
                    Thread.sleep(5);
                }
            } catch (InterruptedException | IOException e) {
                // IDLE is over.
            }
        }
    }
}
