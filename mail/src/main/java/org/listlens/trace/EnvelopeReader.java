package org.listlens.trace;

import org.jspecify.annotations.Nullable;

/** Finds the envelope's sender and the authenticated user in the comments of a line. */
final class EnvelopeReader {
    private @Nullable String sender;
    private @Nullable String user;

    /** The envelope's sender; an empty string for the null reverse-path. */
    @Nullable
    String sender() {
        return sender;
    }

    /** The authenticated user; an empty string when the line does not say who. */
    @Nullable
    String user() {
        return user;
    }

    /** Notes the envelope's sender; the first counts. */
    void sender(String address) {
        sender = sender == null ? address : sender;
    }

    /** Notes that the sender was authenticated, and as whom if that is known. */
    void authenticated(@Nullable String name) {
        if (user == null || user.isEmpty()) {
            user = name == null ? "" : name;
        }
    }

    /** Reads a comment; whether it is about the envelope or a login. */
    boolean read(Words words) {
        boolean found = false;
        for (int i = 0; i < words.size(); i++) {
            switch (words.first(i)) {
                case 'e', 'E', 'r', 'R' -> {
                    if (words.is(i, "envelope-from") || words.is(i, "envelope-sender") || words.is(i, "return-path")) {
                        String next = words.bare(i + 1);
                        sender = sender == null ? next : sender;
                        found = true;
                        i++;
                    }
                }
                case 'm', 'M' -> {
                    if (words.startsWith(i, "mailfrom:")) {
                        sender = sender == null ? words.get(i).substring(9) : sender;
                        found = true;
                    } else if (words.startsWith(i, "mech=")) {
                        found |= login(words);
                    }
                }
                case 'a', 'A' -> {
                    if (words.is(i, "authenticated") || words.is(i, "authenticated:")) {
                        found = true;
                        if (!words.is(i - 1, "not")) {
                            i = name(words, i + 1);
                        }
                    } else if (words.is(i, "auth:")) {
                        // Courier: the mechanism, then the user.
                        authenticated(words.bare(i + 2));
                        found = true;
                        i += 2;
                    } else if (words.is(i, "account") && i == 0 && words.size() > 1) {
                        // CommuniGate: more of the peer follows.
                        authenticated(words.bare(1));
                    }
                }
                case 's', 'S' -> {
                    if (words.is(i, "smtp-auth:") && i + 1 < words.size()) {
                        // ZMailer: among what it says of the peer.
                        authenticated(words.bare(i + 1));
                    }
                }
                default -> {}
            }
        }
        return found;
    }

    /** What follows {@code authenticated}: {@code sender: NAME}, {@code as NAME}, {@code bits=0}, nothing. */
    private int name(Words words, int from) {
        int i = from;
        while (words.is(i, "sender")
                || words.is(i, "sender:")
                || words.is(i, "user")
                || words.is(i, "user:")
                || words.is(i, "as")
                || words.is(i, "id")
                || words.is(i, "id:")
                || words.is(i, ":")) {
            i++;
        }
        boolean named = i < words.size() && !words.startsWith(i, "bits=") && !words.isNested(i);
        boolean direct = i == from && named && !words.is(i - 1, "authenticated:");
        // A name needs its introduction: "authenticated via SASL" names nobody.
        authenticated(named && !direct ? words.bare(i) : null);
        return i;
    }

    /** {@code user=NAME mech=PLAIN bits=0}. */
    private boolean login(Words words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.startsWith(i, "user=")) {
                authenticated(words.get(i).substring(5));
                return true;
            }
        }
        authenticated(null);
        return true;
    }
}
