package org.listlens.report;

import java.io.Serial;
import java.util.List;

/** A list that was asked for is not in the index; the message is one sentence for the user. */
public final class UnknownListException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 20;

    UnknownListException(String name, List<String> known, boolean several) {
        super(message(name, known, several));
    }

    private static String message(String name, List<String> known, boolean several) {
        if (known.isEmpty()) {
            return "There is no mail of the list \"" + name + "\", nor of any other list: index an archive first.";
        }
        List<String> shown = known.subList(0, Math.min(SHOWN, known.size()));
        return (several
                        ? "Several lists are called \"" + name + "\": name one of "
                        : "There is no mail of the list \"" + name + "\": name one of ")
                + String.join(", ", shown)
                + (known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more." : ".");
    }
}
