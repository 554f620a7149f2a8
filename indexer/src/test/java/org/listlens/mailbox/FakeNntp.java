package org.listlens.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A news server with one newsgroup, that does wrong what a test wants it to. */
final class FakeNntp extends LineServer {
    static final String GROUP = "org.example.list";
    private final NavigableMap<Long, byte[]> articles = new TreeMap<>();
    final Set<Long> refused = ConcurrentHashMap.newKeySet();
    final Set<Long> deadly = ConcurrentHashMap.newKeySet();
    /** Articles before which a line comes that does not end. */
    final Set<Long> endless = ConcurrentHashMap.newKeySet();

    volatile String greeting = "200 ready";
    volatile boolean lists = true;
    volatile boolean garbled;
    volatile boolean login;
    volatile long next = 1;

    FakeNntp() throws IOException {}

    /** Adds an article, with CR LF. */
    synchronized void add(byte[] article) {
        articles.put(next++, article);
    }

    synchronized void remove(long number) {
        articles.remove(number);
    }

    synchronized void clear() {
        articles.clear();
        next = 1;
    }

    private synchronized NavigableMap<Long, byte[]> copy() {
        return new TreeMap<>(articles);
    }

    @Override
    void talk(Talk talk) throws IOException {
        talk.say(greeting);
        boolean in = !login;
        boolean selected = false;
        while (true) {
            String line = talk.line();
            String[] words = line.split(" ", 3);
            NavigableMap<Long, byte[]> now = copy();
            long first = now.isEmpty() ? next : now.firstKey();
            switch (words[0]) {
                case "MODE" -> talk.say("200 hello");
                case "AUTHINFO" -> {
                    if (words[1].equals("USER")) {
                        talk.say("381 and the password?");
                    } else {
                        in = words[2].equals("pass word");
                        talk.say(in ? "281 welcome" : "481 not with " + words[2]);
                    }
                }
                case "GROUP" -> {
                    selected = in && words[1].equals(GROUP);
                    talk.say(
                            !in
                                    ? "480 log in first"
                                    : selected
                                            ? "211 " + now.size() + ' ' + first + ' ' + (next - 1) + ' ' + GROUP
                                            : "411 no such group");
                }
                case "LISTGROUP" -> {
                    if (lists) {
                        String[] range = words[2].split("-", 2);
                        talk.say("211 list follows");
                        for (long number : now.subMap(Long.parseLong(range[0]), true, Long.parseLong(range[1]), true)
                                .keySet()) {
                            talk.say(garbled ? "ARRAY(0x" + number + ')' : Long.toString(number));
                        }
                        talk.say(".");
                    } else {
                        talk.say("500 what?");
                    }
                }
                case "ARTICLE" -> article(talk, selected, Long.parseLong(words[1]), now);
                case "QUIT" -> {
                    talk.say("205 bye");
                    return;
                }
                default -> talk.say("500 what?");
            }
        }
    }

    private void article(Talk talk, boolean selected, long number, NavigableMap<Long, byte[]> now) throws IOException {
        byte[] article = now.get(number);
        if (!selected) {
            talk.say("412 no group");
        } else if (refused.contains(number)) {
            talk.say("403 the spool is broken");
        } else if (article == null) {
            talk.say("423 no such article");
        } else if (endless.contains(number)) {
            byte[] line = "a".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                talk.send(line);
            }
        } else {
            talk.say("220 " + number + " <" + number + "@example.org>");
            if (deadly.contains(number)) {
                talk.send("From: a".getBytes(StandardCharsets.US_ASCII));
                throw new IOException("deadly");
            }
            talk.send(stuffed(article));
            talk.say(".");
        }
    }

    private static byte[] stuffed(byte[] article) {
        String text = new String(article, StandardCharsets.ISO_8859_1);
        String stuffed = (text.startsWith(".") ? "." : "") + text.replace("\r\n.", "\r\n..");
        return stuffed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
